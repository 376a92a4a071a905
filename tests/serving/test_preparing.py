import fcntl
import shutil
from pathlib import Path

import pytest
from django.db import connection

from foods.models import Food
from tests.factories import make_profile
from tracker.profiles.models import Profile
from tracker.serving import preparing, readiness
from tracker.serving.sqlite import Unusable


@pytest.fixture
def place(settings, tmp_path):
    """A folder with our static files, and a place to collect them."""
    source = tmp_path / "source"
    source.mkdir()
    (source / "style.css").write_text("body { color: black }")
    settings.VAR_DIR = tmp_path / "var"
    settings.STATIC_ROOT = tmp_path / "var" / "static"
    settings.STATICFILES_DIRS = [source]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    return source


def said_while(step):
    said = []
    step(said.append)
    return said


def test_preparing_twice_does_the_work_once_and_loses_nothing(db, place):
    profile = make_profile()

    first, second = said_while(preparing.prepare), said_while(preparing.prepare)

    assert (first, second) == (["collecting the static files"], [])
    assert Food.objects.filter(owner=None).count() == 254
    assert Profile.objects.get() == profile
    assert (place.parent / "var" / "static" / "style.css").exists()


def test_preparing_creates_the_table_that_workers_share(db, place, settings):
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "shared"}
    }

    preparing.prepare(lambda _text: None)

    assert "shared" in connection.introspection.table_names()


def test_a_changed_static_file_is_collected_again(place):
    preparing.collect_static(lambda _text: None)
    (place / "style.css").write_text("body { color: darkred }")

    said = said_while(preparing.collect_static)

    assert said == ["collecting the static files"]
    collected = place.parent / "var" / "static" / "style.css"
    assert collected.read_text() == "body { color: darkred }"


def test_a_deleted_collection_is_made_again(place):
    preparing.collect_static(lambda _text: None)
    shutil.rmtree(place.parent / "var" / "static")

    assert said_while(preparing.collect_static) == ["collecting the static files"]


def test_a_prepared_database_has_no_step_left(db):
    assert preparing.has_unapplied_migrations() is False


def test_a_site_that_is_not_ready_in_the_end_is_refused(db, place, monkeypatch):
    def fail():
        raise readiness.NotReady("the disk is full")

    monkeypatch.setattr(readiness, "check_ready", fail)

    with pytest.raises(Unusable, match=f"the disk is full in {place.parent / 'var'}"):
        preparing.prepare(lambda _text: None)


def test_a_start_that_waits_too_long_for_another_gives_up(place, monkeypatch):
    monkeypatch.setattr(preparing, "PATIENCE_S", 0.1)
    folder = place.parent / "var"
    folder.mkdir()

    with (folder / preparing.LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(Unusable, match=rf"has been preparing {folder} for 0\.1 s"):
            preparing.prepare(lambda _text: None)


# --- whose files they are


@pytest.fixture
def folder(settings, tmp_path, monkeypatch):
    """A folder with a key that others may read, neither home nor project."""
    settings.VAR_DIR = tmp_path / "var"
    settings.STATIC_ROOT = settings.VAR_DIR / "static"
    settings.STATIC_ROOT.mkdir(parents=True)
    monkeypatch.setattr(preparing.sqlite, "database_file", lambda: tmp_path / "db" / "b12.sqlite3")
    for name in ("secret_key", preparing.LOCK, "cobalog.sqlite3-wal", "static/a.css"):
        (settings.VAR_DIR / name).write_text("")
    for path in (settings.VAR_DIR, *settings.VAR_DIR.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    return settings.VAR_DIR


def open_in(folder):
    """Return the names in the folder on which others have permissions."""
    found = [path for path in (folder, *folder.rglob("*")) if path.stat().st_mode & 0o77]
    return sorted(str(path.relative_to(folder)) for path in found)


def test_our_own_folder_is_made_private_with_everything_in_it(folder):
    assert said_while(preparing.keep_private) == []

    assert open_in(folder) == ["cobalog.sqlite3-wal"]  # that of no database


def test_a_database_elsewhere_is_made_private_but_not_its_folder(folder, tmp_path):
    (tmp_path / "db").mkdir()
    (tmp_path / "db").chmod(0o755)
    for name in ("b12.sqlite3", "b12.sqlite3-wal", "b12.sqlite3-shm", "other.txt"):
        (tmp_path / "db" / name).write_text("")
        (tmp_path / "db" / name).chmod(0o644)

    preparing.keep_private(lambda _text: None)

    assert open_in(tmp_path / "db") == [".", "other.txt"]


def test_a_folder_with_other_contents_is_left_alone_and_our_files_are_made_private(folder):
    (folder / "letters").mkdir()
    (folder / "letters").chmod(0o755)

    preparing.keep_private(lambda _text: None)

    assert open_in(folder) == [".", "cobalog.sqlite3-wal", "letters"]


def test_the_project_folder_is_ours_whatever_it_contains(folder, settings):
    settings.BASE_DIR = folder.parent
    (folder / "copy.tar").touch(mode=0o600)

    preparing.keep_private(lambda _text: None)

    assert "." not in open_in(folder)


def test_the_home_folder_is_not_ours(folder, monkeypatch):
    monkeypatch.setattr(Path, "home", lambda: folder)

    preparing.keep_private(lambda _text: None)

    assert open_in(folder) == [".", "cobalog.sqlite3-wal"]


def test_a_world_writable_folder_is_not_ours_and_is_reported(folder):
    folder.chmod(0o777)

    assert said_while(preparing.keep_private) == [
        f"every user of this machine can replace files in {folder}: use a folder of its own"
    ]
    assert "." in open_in(folder)


def test_a_sticky_folder_is_not_reported(folder):
    folder.chmod(0o1777)

    assert said_while(preparing.keep_private) == []
    assert "." in open_in(folder)


def test_a_file_that_cannot_be_made_private_is_reported(folder, monkeypatch):
    monkeypatch.setattr("pathlib.Path.chmod", lambda *_what: None)

    assert said_while(preparing.keep_private) == [
        f"other users of this machine can read files in {folder}, which cannot be changed here"
    ]
