"""Can the app serve people? Checked before it starts, and at ``/readyz``."""

import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.db import BaseDatabaseCache
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from tracker.serving.models import Beat
from tracker.serving.sqlite import database_file

MB = 1_000_000
NEEDED_MB = 20
LONGEST_WAIT_MS = 3_000
LOOKS, PAUSE_S = 5, 0.02
REPLACED = "the file of the database was deleted or replaced. Restart the app"


class NotReady(Exception):
    """What is wrong, in words that reveal nothing about this machine."""


def check_ready() -> None:
    """Raise NotReady or DatabaseError unless data can be read, written and stored."""
    check_room()
    check_migrations()
    check_reading()
    check_writing()
    check_kept()


def check_room() -> None:
    """A write that is rolled back, or that fits in the existing file, does not prove free space."""
    database = database_file()
    for folder in {settings.VAR_DIR, database.parent if database else settings.VAR_DIR}:
        if shutil.disk_usage(folder).free < NEEDED_MB * MB:
            raise NotReady(f"the disk is full: fewer than {NEEDED_MB} MB are free")


def check_migrations() -> None:
    if known_migrations() - set(MigrationRecorder(connection).applied_migrations()):
        raise NotReady("the database is not up to date")


@cache
def known_migrations() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None).disk_migrations)


def check_reading() -> None:
    """Read a row of each table, which detects most kinds of damage."""
    with connection.cursor() as cursor:
        for name in tables():
            table = connection.ops.quote_name(name)
            cursor.execute(f"SELECT * FROM {table} LIMIT 1")
            cursor.fetchall()


def tables() -> list[str]:
    """Return the tables that pages read: those of the models, and the counts of attempts."""
    databases = (cache for cache in caches.all() if isinstance(cache, BaseDatabaseCache))
    cached = [vars(cache)["_table"] for cache in databases]
    return [*(model._meta.db_table for model in apps.get_models()), *cached]


def check_writing() -> None:
    """Write a row and commit it."""
    with waiting_less():
        now = timezone.now()
        if not Beat.objects.filter(pk=1).update(at=now):
            Beat.objects.bulk_create([Beat(pk=1, at=now)], ignore_conflicts=True)


def check_kept() -> None:
    """Look for the row in the file at the database's path: the open file may have been deleted or
    replaced, so that writes to it are lost."""
    file = database_file()
    if file is None or connection.in_atomic_block:  # the row is not visible to others yet
        return
    for _look in range(LOOKS):
        if beat_in(file) == str(connection.ops.adapt_datetimefield_value(Beat.objects.get().at)):
            return
        time.sleep(PAUSE_S)  # another probe may have written between the two
    raise NotReady(REPLACED)


def beat_in(file: Path) -> str:
    """Return the text of the row in a file; empty if there is none."""
    try:
        with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as other:
            row = other.execute(f"SELECT at FROM {Beat._meta.db_table} WHERE id = 1").fetchone()
    except sqlite3.Error:
        return ""
    return str(row[0]) if row else ""


@contextmanager
def waiting_less() -> Iterator[None]:
    """Make a probe wait for other writers, but not as long as a person would."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        before = cursor.fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout={LONGEST_WAIT_MS}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout={before}")


def words_of(error: DatabaseError) -> str:
    """Return the public part of an error, whose full text may name hosts and files."""
    text = str(error).lower()
    if "locked" in text:
        return "the database is busy"
    if "full" in text or "disk i/o" in text:
        return "the disk is full"
    if "readonly" in text or "read-only" in text:
        return "the database cannot be written"
    return "the database cannot be used"
