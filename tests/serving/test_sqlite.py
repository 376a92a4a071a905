import pytest
from django.db import DatabaseError, connection

from tracker.serving import sqlite
from tracker.serving.sqlite import Unusable

pytestmark = pytest.mark.skipif("connection.vendor != 'sqlite'")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "cobalog.sqlite3"


def test_the_file_of_the_database_is_named(db):
    assert sqlite.database_file().name.startswith("test")


@pytest.mark.parametrize("name", [":memory:", "file:memorydb?mode=memory&cache=shared"])
def test_a_database_in_memory_has_no_file(monkeypatch, name):
    monkeypatch.setitem(connection.settings_dict, "NAME", name)

    assert sqlite.database_file() is None


@pytest.mark.parametrize("name", ["/srv/in-memory-of/x.sqlite3", "/x/memory", "/mode=memory/x"])
def test_a_file_may_have_any_name(monkeypatch, name):
    monkeypatch.setitem(connection.settings_dict, "NAME", name)

    assert str(sqlite.database_file()) == name


def test_a_path_without_a_file_is_accepted(path):
    sqlite.refuse_unusable(path)


def test_an_empty_log_is_accepted(path):
    sqlite.beside(path, "-wal").touch()

    sqlite.refuse_unusable(path)


def test_a_missing_folder_is_named(path):
    with pytest.raises(Unusable, match=f"the folder {path} of the database does not exist"):
        sqlite.refuse_unusable(path / "x")


def test_a_whole_file_is_checked_and_the_connection_stays_as_it_was(db):
    sqlite.check_content()

    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def test_a_check_that_takes_too_long_is_abandoned(db, monkeypatch):
    monkeypatch.setattr(sqlite, "LONGEST_CHECK_S", -1)
    monkeypatch.setattr(sqlite, "STEPS_BETWEEN_LOOKS", 1)

    sqlite.check_content()


def test_what_the_check_finds_is_an_error(db, monkeypatch):
    class Cursor:
        def __enter__(self):
            return self

        def __exit__(self, *_error):
            pass

        def execute(self, _sql):
            pass

        def fetchone(self):
            return ("row 3 missing from index",)

    with monkeypatch.context() as damaged, pytest.raises(DatabaseError, match="row 3 missing"):
        damaged.setattr(connection, "cursor", Cursor)
        sqlite.check_content()


@pytest.fixture
def elsewhere(path, monkeypatch, django_db_blocker):
    """Use the connection with another file, and restore it."""
    with django_db_blocker.unblock():
        connection.close()
        monkeypatch.setitem(connection.settings_dict, "NAME", str(path))
        yield path
        connection.close()


def fill():
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE a (b)")
        cursor.execute("INSERT INTO a VALUES (7)")


def test_a_new_database_appears_only_when_complete(elsewhere):
    with sqlite.made_whole(elsewhere):
        fill()
        assert not elsewhere.exists()

    assert [file.name for file in elsewhere.parent.iterdir()] == [elsewhere.name]
    with connection.cursor() as cursor:
        assert cursor.execute("SELECT b FROM a").fetchall() == [(7,)]


def test_a_new_database_that_fails_leaves_nothing(elsewhere):
    with pytest.raises(ZeroDivisionError), sqlite.made_whole(elsewhere):
        fill()
        raise ZeroDivisionError

    assert list(elsewhere.parent.iterdir()) == []
    assert connection.settings_dict["NAME"] == str(elsewhere)


def test_remains_of_a_killed_start_are_not_used(elsewhere):
    sqlite.beside(elsewhere, ".new").write_bytes(b"half a database")
    sqlite.beside(elsewhere, ".new-wal").write_bytes(b"half a log")

    with sqlite.made_whole(elsewhere):
        fill()

    assert [file.name for file in elsewhere.parent.iterdir()] == [elsewhere.name]


def test_files_of_an_older_database_are_not_applied_to_the_new_one(elsewhere):
    sqlite.beside(elsewhere, "-shm").write_bytes(b"old")
    sqlite.beside(elsewhere, "-wal").touch()

    with sqlite.made_whole(elsewhere):
        fill()

    assert [file.name for file in elsewhere.parent.iterdir()] == [elsewhere.name]
