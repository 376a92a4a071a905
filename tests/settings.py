"""Settings of the test run: the app's own, with plain static files and a fast password hash."""

import atexit
import os
import shutil
import tempfile

if "COBALOG_VAR" not in os.environ:
    os.environ["COBALOG_VAR"] = tempfile.mkdtemp(prefix="cobalog-test-")
    atexit.register(shutil.rmtree, os.environ["COBALOG_VAR"], ignore_errors=True)
os.environ.setdefault("SECRET_KEY", "only-for-tests")

from tracker.settings import *  # noqa: F403
from tracker.settings import DATABASES, STORAGES, VAR_DIR

DEMO = True
# Kept in memory, as Django's runner does.
SENDS_MAIL, ACCOUNT_EMAIL_VERIFICATION = True, "optional"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
ACCOUNT_RATE_LIMITS = False
# A file, as in the app: in memory, all threads of a live server would share one connection.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
