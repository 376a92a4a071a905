import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import DatabaseError, OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test.utils import CaptureQueriesContext

from tracker import settings as app_settings
from tracker.serving import readiness
from tracker.serving.models import Beat
from tracker.serving.readiness import NotReady, check_ready, words_of


def with_free_mb(monkeypatch, free):
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=free * 1_000_000))


def test_a_whole_site_is_ready_and_a_row_was_written(db):
    check_ready()
    first = Beat.objects.get().at

    check_ready()

    assert Beat.objects.get().at > first


def test_a_full_disk_is_not_ready(db, monkeypatch):
    with_free_mb(monkeypatch, 19)

    with pytest.raises(NotReady, match="the disk is full: fewer than 20 MB are free"):
        check_ready()


def test_a_disk_with_a_little_space_is_ready(db, monkeypatch):
    with_free_mb(monkeypatch, 20)

    check_ready()


def test_the_disk_of_a_database_elsewhere_counts_too(db, monkeypatch, settings, tmp_path):
    settings.VAR_DIR = tmp_path / "var"
    free = {settings.VAR_DIR: 1_000_000_000, tmp_path / "db": 0}
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=free[path]))
    monkeypatch.setattr(readiness, "database_file", lambda: tmp_path / "db" / "x.sqlite3")

    with pytest.raises(NotReady, match="the disk is full"):
        readiness.check_room()


def test_a_database_that_lacks_a_migration_is_not_ready(db):
    MigrationRecorder(connection).record_unapplied("serving", "0001_initial")

    with pytest.raises(NotReady, match="the database is not up to date"):
        check_ready()


def test_a_database_from_a_later_release_is_ready(db):
    MigrationRecorder(connection).record_applied("serving", "9999_later")

    check_ready()


def test_a_table_that_cannot_be_read_is_found(db, monkeypatch):
    models = [*apps.get_models(), SimpleNamespace(_meta=SimpleNamespace(db_table="lost"))]
    monkeypatch.setattr(apps, "get_models", lambda: models)

    with pytest.raises(DatabaseError):
        check_ready()


def test_the_table_that_counts_attempts_is_read_too(db, settings):
    settings.CACHES = app_settings.CACHES
    with pytest.raises(DatabaseError):
        check_ready()


@pytest.fixture
def file(transactional_db, tmp_path, monkeypatch):
    """A file at the database's path that is not the open one."""
    if connection.vendor != "sqlite":
        pytest.skip("a file of SQLite")
    file = tmp_path / "a #?.sqlite3"
    monkeypatch.setattr(readiness, "database_file", lambda: file)
    monkeypatch.setattr(readiness, "PAUSE_S", 0)
    return file


def fill(file, *rows):
    with closing(sqlite3.connect(file)) as other, other:
        other.execute(f"CREATE TABLE IF NOT EXISTS {Beat._meta.db_table} (id INTEGER, at TEXT)")
        other.execute(f"DELETE FROM {Beat._meta.db_table}")
        other.executemany(f"INSERT INTO {Beat._meta.db_table} VALUES (1, ?)", zip(rows))


NOON, LATER = datetime(2026, 3, 1, 12, tzinfo=UTC), datetime(2199, 3, 1, 12, 0, 0, 1, tzinfo=UTC)


@pytest.mark.parametrize("rows", [None, [], ["2026-03-01 11:59:59.999999"], [str(LATER)[:-6]]])
def test_a_deleted_or_replaced_file_is_detected(file, rows):
    if rows is not None:
        fill(file, *rows)

    with pytest.raises(NotReady, match="deleted or replaced"):
        check_ready()
    assert file.exists() is (rows is not None)


@pytest.mark.parametrize("at", [NOON, LATER])
def test_the_file_that_is_open_is_accepted(file, at):
    Beat.objects.create(pk=1, at=at)
    fill(file, str(at)[:-6])

    readiness.check_kept()


def test_a_probe_overtaken_by_another_looks_again(file, monkeypatch):
    Beat.objects.create(pk=1, at=NOON)
    fill(file, "2026-03-01 11:59:59")
    monkeypatch.setattr(readiness.time, "sleep", lambda _s: fill(file, str(NOON)[:-6]))

    readiness.check_kept()


def test_each_probe_writes_even_if_the_clock_went_back(db):
    Beat.objects.create(pk=1, at=LATER)

    check_ready()

    assert Beat.objects.get().at < LATER


def test_a_database_that_cannot_be_written_is_not_ready(transactional_db):
    if connection.vendor != "sqlite":
        pytest.skip("a switch of SQLite")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only=1")
        try:
            with pytest.raises(DatabaseError, match="readonly"):
                check_ready()
        finally:
            cursor.execute("PRAGMA query_only=0")


def test_a_probe_waits_less_for_other_writers_than_a_person(db):
    if connection.vendor != "sqlite":
        pytest.skip("a setting of SQLite")

    def patience():
        with connection.cursor() as cursor:
            return cursor.execute("PRAGMA busy_timeout").fetchone()[0]

    with CaptureQueriesContext(connection) as captured:
        readiness.check_writing()

    said = [query["sql"].split(" WHERE")[0] for query in captured]
    assert said.index("PRAGMA busy_timeout=3000") < [s[:6] for s in said].index("UPDATE")
    assert said[-1] == "PRAGMA busy_timeout=20000"
    assert patience() == 20_000


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("database is locked", "the database is busy"),
        ("database or disk is full", "the disk is full"),
        ("disk I/O error", "the disk is full"),
        ("attempt to write a readonly database", "the database cannot be written"),
        ("cannot execute UPDATE in a read-only transaction", "the database cannot be written"),
        ("connection to db.internal failed", "the database cannot be used"),
        ("file is not a database", "the database cannot be used"),
    ],
)
def test_a_stranger_is_told_the_fault_without_names(text, words):
    assert words_of(OperationalError(text)) == words
