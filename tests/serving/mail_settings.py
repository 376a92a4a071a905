"""The app's own settings, plus a page that sends a message."""

from tracker.settings import *  # noqa: F403

ROOT_URLCONF = "tests.serving.mail_urls"
