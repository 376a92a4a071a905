"""Files that are complete or absent, one process at a time, and private to their owner."""

import errno
import fcntl
import os
import stat
import threading

import pytest

from tests.serving.running import until
from tracker import keeping


def rights(path):
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def open_umask():
    before = os.umask(0)
    yield
    os.umask(before)


# --- complete or absent


def test_a_file_is_written_once_and_then_kept(tmp_path, open_umask):
    path = tmp_path / "key"

    keeping.write_once(path, "first")
    keeping.write_once(path, "second")

    assert path.read_text() == "first"
    assert rights(path) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_cannot_be_written_completely_does_not_exist(tmp_path, monkeypatch):
    def full(_number):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)

    with pytest.raises(OSError, match="No space"):
        keeping.write_once(tmp_path / "key", "text")

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("had", [None, "kept"])
def test_a_file_system_without_links_keeps_the_first_too(tmp_path, monkeypatch, had):
    def refuse(*_paths):
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr("os.link", refuse)
    path = tmp_path / "key"
    if had:
        path.write_text(had)

    keeping.write_once(path, "new")

    assert path.read_text() == (had or "new")
    assert {file.name for file in tmp_path.iterdir()} == {"key", "key.lock"}


def test_another_error_of_a_link_is_raised(tmp_path, monkeypatch):
    def refuse(*_paths):
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr("os.link", refuse)

    with pytest.raises(OSError, match="Read-only"):
        keeping.write_once(tmp_path / "key", "new")


# --- one at a time


def test_a_second_process_waits_for_the_first(tmp_path):
    said = []

    def second():
        with keeping.only_one(tmp_path / "lock", on_wait=lambda: said.append("waiting")):
            said.append("in")

    with keeping.only_one(tmp_path / "lock"):
        other = threading.Thread(target=second)
        other.start()
        until(lambda: said)
        said.append("out")
    other.join(timeout=10)

    assert said == ["waiting", "out", "in"]


def test_waiting_too_long_raises_an_error(tmp_path):
    with (
        keeping.only_one(tmp_path / "lock"),
        pytest.raises(keeping.StillBusy, match=r"0\.1 s"),
        keeping.only_one(tmp_path / "lock", patience_s=0.1),
    ):
        pass


def test_a_stale_lock_blocks_nobody(tmp_path):
    (tmp_path / "lock").touch()

    with keeping.only_one(tmp_path / "lock", patience_s=0):
        pass


def test_a_file_system_without_locks_lets_everyone_in(tmp_path, monkeypatch):
    def refuse(*_what):
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", refuse)

    with keeping.only_one(tmp_path / "lock", patience_s=0):
        pass


# --- permissions


@pytest.mark.parametrize(("before", "after"), [(0o755, 0o700), (0o644, 0o600), (0o2770, 0o2700)])
def test_all_permissions_of_others_are_removed(tmp_path, before, after):
    path = tmp_path / "folder"
    path.mkdir()
    path.chmod(before)

    assert keeping.close_to_others(path) is True
    assert rights(path) == after


def test_a_failed_permission_change_is_reported(tmp_path, monkeypatch):
    tmp_path.chmod(0o755)
    monkeypatch.setattr("pathlib.Path.chmod", lambda *_what: None)

    assert keeping.close_to_others(tmp_path) is False
    assert keeping.close_to_others(tmp_path / "missing") is False


def test_folders_are_created_for_their_owner_only(tmp_path, open_umask):
    keeping.make_folder(tmp_path / "a" / "b")

    assert [rights(tmp_path / "a"), rights(tmp_path / "a" / "b")] == [0o700, 0o700]


def test_an_existing_folder_is_not_changed(tmp_path):
    tmp_path.chmod(0o755)

    keeping.make_folder(tmp_path)

    assert rights(tmp_path) == 0o755


def test_a_file_in_the_place_of_a_folder_is_an_error(tmp_path):
    (tmp_path / "file").touch()

    with pytest.raises(NotADirectoryError):
        keeping.make_folder(tmp_path / "file")
