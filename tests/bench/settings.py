"""The app's own settings, plus the bare views and a query count on each response."""

from tracker.settings import *  # noqa: F403
from tracker.settings import MIDDLEWARE

ROOT_URLCONF = "tests.bench.urls"
MIDDLEWARE = ["tests.bench.bare.CountQueries", *MIDDLEWARE]
