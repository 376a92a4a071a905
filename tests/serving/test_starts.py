"""Starting in a folder in any state, as a separate process: a whole site, or one line."""

import fcntl
import os
import shutil
import signal
import socket
import sqlite3
from pathlib import Path

import pytest

from tests.serving.running import ROOT, environment, free_port, run, start, stop, until
from tracker.serving.preparing import LOCK

pytestmark = pytest.mark.slow
QUICK = {"DEBUG": "true"}  # collects no static files


@pytest.fixture
def folder(prepared, tmp_path):
    """A copy without the static files."""
    copy = tmp_path / "var"
    shutil.copytree(prepared, copy, ignore=shutil.ignore_patterns("static"))
    return copy


def count_foods(folder):
    database = sqlite3.connect(folder / "cobalog.sqlite3")
    try:
        return database.execute("SELECT count(*) FROM foods_food").fetchone()[0]
    finally:
        database.close()


def open_to_others(folder):
    return [path for path in (folder, *folder.rglob("*")) if path.stat().st_mode & 0o77]


# --- whose it is


def test_nobody_else_can_read_the_created_files(prepared):
    assert open_to_others(prepared) == []
    assert (prepared / "static" / "staticfiles.json").exists()


def test_an_installation_readable_by_others_is_made_private(folder):
    beside = [folder / "cobalog.sqlite3-wal", folder / "cobalog.sqlite3-shm"]
    keeper = sqlite3.connect(folder / "cobalog.sqlite3")  # keeps the files beside it alive
    keeper.execute("PRAGMA journal_mode=WAL")
    keeper.execute("PRAGMA user_version=1")
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o644)

    done = run("prepare", **environment(folder, **QUICK))

    assert (done.returncode, done.stdout) == (0, "")
    assert all(path.exists() for path in beside)
    assert open_to_others(folder) == []
    keeper.close()


def test_no_other_command_creates_a_database_readable_by_others(tmp_path):
    script = "from django.db import connection; connection.cursor()"
    before = os.umask(0)
    try:
        run("shell", "--no-imports", "-c", script, **environment(tmp_path / "var"))
    finally:
        os.umask(before)

    assert (tmp_path / "var" / "cobalog.sqlite3").exists()
    assert open_to_others(tmp_path / "var") == []


# --- whole or not at all


def test_a_start_killed_halfway_leaves_nothing_incomplete(tmp_path):
    database, new = tmp_path / "cobalog.sqlite3", tmp_path / "cobalog.sqlite3.new"
    for size in (1, 300_000):
        process = start("manage.py", "prepare", **environment(tmp_path, **QUICK))
        # What is written lies in the log first.
        until(lambda size=size: size_of(new) + size_of(Path(f"{new}-wal")) >= size)
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
        assert not database.exists()

    done = run("prepare", **environment(tmp_path, **QUICK))

    assert (done.returncode, done.stderr) == (0, "")
    assert count_foods(tmp_path) == 254
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        *("cobalog.sqlite3", "secret_key", LOCK)
    ]


def size_of(path):
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def test_two_starts_in_a_new_folder_both_end_well(tmp_path):
    folder = tmp_path / "new"
    both = [start("manage.py", "prepare", **environment(folder, **QUICK)) for _start in range(2)]

    said = [process.communicate(timeout=60)[0] for process in both]

    assert [process.returncode for process in both] == [0, 0], said
    assert sorted("setting up the database" in text for text in said) == [False, True]
    assert count_foods(folder) == 254


def test_a_start_waits_while_another_one_prepares_and_says_so(folder):
    with (folder / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        process = start("manage.py", "prepare", **environment(folder, **QUICK))
        first = process.stdout.readline()

    rest = process.communicate(timeout=60)[0]

    assert first == f"Cobalog: another start is preparing {folder}; waiting for it\n"
    assert (rest, process.returncode) == ("", 0)


# --- one line for each fault


def spoil_key(folder):
    (folder / "secret_key").write_text("")
    return f"Cobalog: the secret key in {folder}/secret_key is empty. "


def spoil_database(folder):
    (folder / "cobalog.sqlite3").write_bytes(b"no database" * 1000)
    return (
        f"Cobalog: the database {folder}/cobalog.sqlite3 (file is not a database) is damaged. "
        "Restore your copy of it"
    )


def tear_database(folder):
    """Keep the first page, and fill the rest with zeros."""
    path = folder / "cobalog.sqlite3"
    content = path.read_bytes()
    path.write_bytes(content[:4096] + bytes(len(content) - 4096))
    return f"Cobalog: the database {path} (database disk image is malformed) is damaged. "


def empty_database(folder):
    (folder / "cobalog.sqlite3").write_bytes(b"")
    return f"Cobalog: the database {folder}/cobalog.sqlite3 is empty (0 bytes). Restore your copy"


def folder_for_database(folder):
    (folder / "cobalog.sqlite3").unlink()
    (folder / "cobalog.sqlite3").mkdir()
    return f"Cobalog: {folder}/cobalog.sqlite3 should be the database and is no file. "


def log_without_database(folder):
    (folder / "cobalog.sqlite3").rename(folder / "cobalog.sqlite3-wal")
    return f"Cobalog: the database {folder}/cobalog.sqlite3 is missing, and cobalog.sqlite3-wal"


def file_for_folder(folder):
    shutil.rmtree(folder)
    folder.write_text("")
    return f"Cobalog cannot keep its secret key in {folder}/secret_key: Not a directory. "


FAULTS = [
    *(spoil_key, spoil_database, tear_database, empty_database),
    *(folder_for_database, log_without_database, file_for_folder),
]


@pytest.mark.parametrize("spoil", FAULTS)
def test_a_fault_is_one_line_and_ends_the_start(folder, spoil):
    line = spoil(folder)

    done = run("serve", **environment(folder, PORT=str(free_port())))

    assert done.returncode == 1
    assert done.stderr.startswith(line)
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""


def test_an_empty_database_stays_as_it_was(folder):
    empty_database(folder)

    run("prepare", **environment(folder, **QUICK))

    assert (folder / "cobalog.sqlite3").read_bytes() == b""


@pytest.mark.parametrize("command", ["demo", "migrate"])
def test_other_commands_report_it_in_one_line_too(folder, command):
    line = spoil_database(folder)

    done = run(command, **environment(folder))

    assert done.returncode == 1
    assert done.stderr.startswith(line)
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("target", ["dev", "demo"])
def test_the_other_ways_to_start_prepare_first(target):
    """If preparing fails, make stops."""
    recipe = (ROOT / "Makefile").read_text().partition(f"\n{target}: ")[2].partition("\n\n")[0]
    first = recipe.splitlines()[1]

    assert first.endswith("$(python) manage.py prepare")


def test_an_unresponsive_database_server_is_abandoned(folder):
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        url = f"postgres://u:p@127.0.0.1:{silent.getsockname()[1]}/name?connect_timeout=2"
        done = run("serve", **environment(folder, DATABASE_URL=url, PORT=str(free_port())))

    assert done.returncode == 1
    assert done.stderr.startswith("Cobalog: the database cannot be used: ")
    assert "timeout" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("url", ["nonsense", "postgres://u@localhost:port/name", "ftp://x/y"])
def test_an_invalid_database_address_is_reported_in_one_line(folder, url):
    done = run("serve", **environment(folder, DATABASE_URL=url))

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "Cobalog: DATABASE_URL should look like postgres://user:password@host:5432/name.\n"
    )


def test_a_folder_may_have_any_name(prepared, tmp_path):
    folder = tmp_path / "B12 #1 100%"
    shutil.copytree(prepared, folder)

    done = run("prepare", **environment(folder, **QUICK))

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert count_foods(folder) == 254


def test_ctrl_c_while_preparing_gives_no_traceback(folder):
    with (folder / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        process = start("manage.py", "serve", **environment(folder, PORT=str(free_port())))
        process.stdout.readline()
        stop(process)

    assert (process.returncode, process.rest) == (130, "")
