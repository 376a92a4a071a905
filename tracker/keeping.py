"""How files are kept in the folder of database and key: whole or not at all, the owner's alone."""

import contextlib
import errno
import fcntl
import os
import stat
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

OPEN_TO_OTHERS = stat.S_IRWXG | stat.S_IRWXO
WITHOUT_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}
WITHOUT_LOCKS = {errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS}
PAUSE_S = 0.05


class StillBusy(Exception):
    """Another process did not end what only one may do at a time."""


def advice(error: OSError) -> str:
    """Return what a person can do about a folder that cannot be used."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "Make room on the disk, or set COBALOG_VAR to a folder that has some."
    return "Make it writable, or set COBALOG_VAR to a folder that is."


def private_umask() -> None:
    """Let everything that this process makes be its owner's alone."""
    os.umask(OPEN_TO_OTHERS)


def make_folder(path: Path) -> None:
    """Make a folder, and those above it, for their owner alone. What is there stays as it is."""
    for missing in reversed([folder for folder in (path, *path.parents) if not folder.exists()]):
        missing.mkdir(mode=stat.S_IRWXU, exist_ok=True)
    if not path.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(path))


def close_to_others(path: Path) -> bool:
    """Take all rights on a file or folder from others; return whether they have none now."""
    with contextlib.suppress(OSError):
        mode = stat.S_IMODE(path.stat().st_mode)
        if mode & OPEN_TO_OTHERS:
            path.chmod(mode & ~OPEN_TO_OTHERS)
        return not path.stat().st_mode & OPEN_TO_OTHERS
    return False


def write_once(path: Path, text: str) -> None:
    """Write a file whole or not at all; one that another process made meanwhile is kept."""
    number, name = tempfile.mkstemp(prefix=f"{path.name}.", suffix=".new", dir=path.parent)
    try:
        with os.fdopen(number, "w") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        _link(Path(name), path)
        sync_folder(path.parent)
    finally:
        Path(name).unlink(missing_ok=True)


def _link(new: Path, path: Path) -> None:
    try:
        os.link(new, path)
    except FileExistsError:
        pass
    except OSError as error:
        if error.errno not in WITHOUT_LINKS:
            raise
        # A file system without links, such as that of a memory card.
        with only_one(path.parent / f"{path.name}.lock"):
            if not path.exists():
                new.rename(path)


def sync_file(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def sync_folder(path: Path) -> None:
    """Let a new name survive a power cut."""
    number = os.open(path, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):  # some file systems know no such thing
            os.fsync(number)
    finally:
        os.close(number)


@contextlib.contextmanager
def only_one(
    path: Path, patience_s: float = 60.0, on_wait: Callable[[], None] = lambda: None
) -> Iterator[None]:
    """Let one process at a time run the block. The lock ends with its process, killed or not.

    Raises StillBusy when the others take longer than that.
    """
    number = os.open(path, os.O_RDWR | os.O_CREAT, stat.S_IRUSR | stat.S_IWUSR)
    try:
        if not _locked(number):
            on_wait()
            deadline = time.monotonic() + patience_s
            while not _locked(number):
                if time.monotonic() > deadline:
                    raise StillBusy(f"{path} is held by another process for {patience_s:g} s")
                time.sleep(PAUSE_S)
        yield
    finally:
        os.close(number)


def _locked(number: int) -> bool:
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        if error.errno not in WITHOUT_LOCKS:
            raise
    return True
