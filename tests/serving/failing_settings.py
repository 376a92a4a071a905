"""The app's own settings, with pages that cannot be found."""

from tracker.settings import *  # noqa: F403

ROOT_URLCONF = "tests.serving.no_such_module"
