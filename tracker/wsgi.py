"""WSGI entry point: what granian serves."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
django.setup(set_prefix=False)

from tracker.serving.requests import Handler  # noqa: E402  (needs the settings)

application = Handler()
