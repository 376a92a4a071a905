"""Everything needed before the first request. Each step does nothing if nothing changed."""

import hashlib
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor

from tracker.keeping import StillBusy, close_to_others, make_folder, only_one
from tracker.serving import readiness, sqlite
from tracker.serving.sqlite import Unusable

Say = Callable[[str], None]

PATIENCE_S = 120.0
LOCK = "starting.lock"
OURS = ("secret_key", "cobalog.sqlite3", "static", LOCK, "demo")
"""The prefixes of all names in the folder if it is only ours."""


def prepare(say: Say) -> None:
    """Bring the database, the food catalogue and the static files up to date.

    Raises Unusable, DatabaseError or OSError for what only a person can fix.
    """
    make_folder(settings.VAR_DIR)
    with taking_turns(say):
        prepare_database(say)
        if not settings.DEBUG:
            collect_static(say)
        keep_private(say)
    try:
        readiness.check_ready()
    except readiness.NotReady as fault:
        raise Unusable(f"{fault} in {settings.VAR_DIR}") from None


@contextmanager
def taking_turns(say: Say) -> Iterator[None]:
    """Make two simultaneous starts in one folder prepare it one after the other."""
    folder = settings.VAR_DIR
    wait = f"another start is preparing {folder}; waiting for it"
    try:
        with only_one(folder / LOCK, PATIENCE_S, lambda: say(wait)):
            yield
    except StillBusy:
        raise Unusable(
            f"another start has been preparing {folder} for {PATIENCE_S:g} s; "
            "stop it and start again"
        ) from None


def prepare_database(say: Say) -> None:
    path = sqlite.database_file()
    if path is None:
        fill_database(say)
        return
    sqlite.refuse_unusable(path)
    if path.exists():
        sqlite.check_content()
        fill_database(say)
    else:
        with sqlite.made_whole(path):
            fill_database(say)


def fill_database(say: Say) -> None:
    if has_unapplied_migrations():
        say("setting up the database")
        call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    call_command("load_foods", verbosity=0, stdout=StringIO())


def has_unapplied_migrations() -> bool:
    """Ask the database, which is faster than running ``migrate`` for nothing."""
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


# --- whose files they are


def keep_private(say: Say) -> None:
    """Hide database, key and collected files from the other users of this machine.

    The folder too, unless it has other contents or is meant for others: then only the files.
    """
    folder = Path(settings.VAR_DIR)
    database = sqlite.database_file()
    files = [folder / "secret_key", folder / LOCK, *(sqlite.files_of(database) if database else ())]
    collected = Path(settings.STATIC_ROOT)
    ours = [*files, collected, *collected.rglob("*"), *([folder] if is_ours(folder) else ())]
    closed = [close_to_others(path) for path in ours if path.exists()]
    if not all(closed):
        say(f"other users of this machine can read files in {folder}, which cannot be changed here")
    mode = folder.stat().st_mode
    if mode & stat.S_IWOTH and not mode & stat.S_ISVTX:
        say(f"every user of this machine can replace files in {folder}: use a folder of its own")


def is_ours(folder: Path) -> bool:
    """Return whether a folder is only for Cobalog: the default one, or one without other contents.

    Never the home folder, nor a world-writable one.
    """
    if folder == settings.BASE_DIR / "var":
        return True
    if folder.resolve() == Path.home().resolve() or folder.stat().st_mode & stat.S_IWOTH:
        return False
    return all(path.name.startswith(OURS) for path in folder.iterdir())


# --- static files


def collect_static(say: Say) -> None:
    """Collect the static files unless they are unchanged."""
    stamp = Path(settings.STATIC_ROOT) / "collected.txt"
    now = static_fingerprint()
    if stamp.exists() and stamp.read_text() == now:
        return
    say("collecting the static files")
    # Without clear=True a changed file that is not newer, as in a downgrade, would stay stale.
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(now)


def static_fingerprint() -> str:
    """Return a hash of the path, size and time of every static file, readable or not."""
    digest = hashlib.sha256(str(settings.STORAGES["staticfiles"]).encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            state = Path(storage.path(name)).stat()
            digest.update(f"{storage.path(name)} {state.st_size} {state.st_mtime_ns}\n".encode())
    return digest.hexdigest()
