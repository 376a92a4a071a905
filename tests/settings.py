"""Settings of the test run: the app's own, with plain static files and a quick password hash."""

import os
import tempfile

os.environ.setdefault("COBALOG_VAR", tempfile.mkdtemp(prefix="cobalog-test-"))
os.environ.setdefault("SECRET_KEY", "only-for-tests")

from tracker.settings import *  # noqa: F403
from tracker.settings import STORAGES

DEMO = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
ACCOUNT_RATE_LIMITS = False
