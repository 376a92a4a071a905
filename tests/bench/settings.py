"""The app's own settings, with the bare views beside it and a count of queries on each answer."""

from tracker.settings import *  # noqa: F403
from tracker.settings import MIDDLEWARE

ROOT_URLCONF = "tests.bench.urls"
MIDDLEWARE = ["tests.bench.bare.CountQueries", *MIDDLEWARE]
