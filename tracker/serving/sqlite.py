"""The database file: created completely or not at all, and refused if it is damaged."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import DatabaseError, connection

from tracker.keeping import sync_file, sync_folder

BESIDE = ("-wal", "-shm", "-journal")
RESTORE = "Restore your copy of it, or move it away to begin with a new one."
LONGEST_CHECK_S = 1.0
STEPS_BETWEEN_LOOKS = 10_000


class Unusable(Exception):
    """The app cannot run like this; the message says why, and what to do, in one line."""


def database_file() -> Path | None:
    """Return the file of the database, or None if it is not a file."""
    name = str(connection.settings_dict["NAME"])
    in_memory = name == ":memory:" or (name.startswith("file:") and "mode=memory" in name)
    is_file = connection.vendor == "sqlite" and not in_memory
    return Path(name).resolve() if is_file else None


def files_of(path: Path) -> list[Path]:
    return [path, *(beside(path, ending) for ending in BESIDE)]


def beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)


def refuse_unusable(path: Path) -> None:
    """Raise Unusable for a file that is no database, before SQLite creates one in or beside it."""
    if not path.parent.is_dir():
        raise Unusable(f"the folder {path.parent} of the database does not exist")
    if path.exists() and not path.is_file():
        raise Unusable(f"{path} should be the database and is no file. Move it away.")
    if path.exists() and path.stat().st_size == 0:
        raise Unusable(f"the database {path} is empty (0 bytes). {RESTORE}")
    log = beside(path, "-wal")
    if not path.exists() and log.exists() and log.stat().st_size:
        # It would be applied to the new one.
        raise Unusable(
            f"the database {path} is missing, and {log.name}, which holds what was written last, "
            "is there. Restore your copy of both, or move that file away to begin anew."
        )


@contextmanager
def made_whole(path: Path) -> Iterator[None]:
    """Let the block fill a new database under another name, and rename it when all is done.

    If it is killed, nothing is left under the real name, and the next start begins again.
    """
    new = beside(path, ".new")
    _remove(new)
    _point_to(new)
    try:
        yield
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode=DELETE")  # everything in a single file
    except BaseException:
        _point_to(path)
        _remove(new)  # a full disk needs the space
        raise
    _point_to(path)
    sync_file(new)
    for old in (beside(path, "-shm"), beside(path, "-wal")):
        old.unlink(missing_ok=True)
    new.rename(path)
    sync_folder(path.parent)


def _point_to(path: Path) -> None:
    connection.close()
    connection.settings_dict["NAME"] = str(path)


def _remove(path: Path) -> None:
    for file in files_of(path):
        file.unlink(missing_ok=True)


def check_content() -> None:
    """Raise DatabaseError for a damaged file, checking all of it if that takes under a second."""
    connection.ensure_connection()
    deadline = time.monotonic() + LONGEST_CHECK_S
    connection.connection.set_progress_handler(
        lambda: time.monotonic() > deadline, STEPS_BETWEEN_LOOKS
    )
    try:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA quick_check(1)")
            said = cursor.fetchone()[0]
    except DatabaseError as error:
        if "interrupted" not in str(error):
            raise
        return
    finally:
        connection.connection.set_progress_handler(None, 0)
    if said != "ok":
        raise DatabaseError(said)
