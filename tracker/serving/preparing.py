"""What has to be there before the first request. Each step does nothing when nothing changed."""

import hashlib
from collections.abc import Callable
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor

Say = Callable[[str], None]


def prepare(say: Say) -> None:
    """Bring the database, the food catalogue and the static files up to date."""
    Path(settings.VAR_DIR).mkdir(parents=True, exist_ok=True)
    if has_unapplied_migrations():
        say("setting up the database")
        call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    call_command("load_foods", verbosity=0, stdout=StringIO())
    if not settings.DEBUG:
        collect_static(say)


def has_unapplied_migrations() -> bool:
    """Ask the database, which is quicker than running ``migrate`` for nothing."""
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def collect_static(say: Say) -> None:
    """Collect the static files unless they are those of the last time."""
    stamp = Path(settings.STATIC_ROOT) / "collected.txt"
    now = static_fingerprint()
    if stamp.exists() and stamp.read_text() == now:
        return
    say("collecting the static files")
    # Without clear=True a file that changed but is not newer, as in an older release, stays stale.
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(now)


def static_fingerprint() -> str:
    """Return a hash over the place, size and time of every static file, read or not."""
    digest = hashlib.sha256(str(settings.STORAGES["staticfiles"]).encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            state = Path(storage.path(name)).stat()
            digest.update(f"{storage.path(name)} {state.st_size} {state.st_mtime_ns}\n".encode())
    return digest.hexdigest()
