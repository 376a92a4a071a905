import pytest
from django.db import OperationalError, connection

from tracker.serving.faults import line_of
from tracker.serving.sqlite import Unusable


@pytest.fixture
def on_sqlite(monkeypatch):
    monkeypatch.setattr(connection, "vendor", "sqlite")
    monkeypatch.setitem(connection.settings_dict, "NAME", "/srv/b12.sqlite3")


def test_the_message_of_unusable_is_shown_as_it_is():
    assert line_of(Unusable("no room")) == "Cobalog: no room"


@pytest.mark.parametrize(
    ("said", "advice"),
    [
        ("file is not a database", "is damaged. Restore your copy of it"),
        ("database disk image is malformed", "is damaged. Restore your copy of it"),
        ("attempt to write a readonly database", "cannot be written. This user needs"),
        ("unable to open database file", "cannot be opened. This user needs"),
        ("disk I/O error", "cannot be read or written. Look whether the disk is full"),
        ("database or disk is full", "cannot be written: the disk is full. Make room"),
        ("database is locked", "is locked by another program. Stop that one"),
        ("no such table: diary_entry", "is not set up. Run: manage.py prepare"),
    ],
)
def test_an_error_of_the_file_names_it_and_what_to_do(on_sqlite, said, advice):
    line = line_of(OperationalError(said))

    assert line.startswith(f"Cobalog: the database /srv/b12.sqlite3 ({said}) {advice}")


def test_an_error_without_advice_is_reported_in_one_line(on_sqlite):
    line = line_of(OperationalError("connection failed:\n\tIs the server running?"))

    assert line == (
        "Cobalog: the database cannot be used: connection failed: Is the server running?"
    )


def test_advice_on_a_file_is_not_given_for_a_server(monkeypatch):
    monkeypatch.setattr(connection, "vendor", "postgresql")

    line = line_of(OperationalError("no such table"))

    assert line == "Cobalog: the database cannot be used: no such table"


@pytest.mark.parametrize("place", ["/srv/var/static", None])
def test_an_operating_system_error_names_the_path(settings, place):
    settings.VAR_DIR = "/srv/var"

    assert line_of(OSError(30, "Read-only file system", place)) == (
        f"Cobalog: {place or '/srv/var'} cannot be used: Read-only file system. "
        "Make it writable, or set COBALOG_VAR to a folder that is."
    )


def test_a_full_disk_is_not_a_matter_of_permissions():
    line = line_of(OSError(28, "No space left on device"))

    assert line.endswith(
        "device. Make room on the disk, or set COBALOG_VAR to a folder that has some."
    )
