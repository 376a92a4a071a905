"""Measure and print: ``python -m tests.bench [--quick]``.

It uses its own database in a temporary folder and the real server on loopback. Every web result is
a ratio to the bare view of the same run, requested in turn on the same connection, so that a slow
or busy machine affects both. Nothing here fails: the table shows which targets were missed.
"""

import argparse
import os
import shutil
import socket
import tempfile
from pathlib import Path


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench", description="Measure speed and size.")
    parser.add_argument(
        "--quick", action="store_true", help="without Lighthouse and without 400,000 foods"
    )
    options = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="cobalog-bench-")
    try:
        os.environ |= {
            "COBALOG_VAR": folder,
            "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
            "COBALOG_NODE_MODULES": str(Path("var/bench/node_modules").resolve()),
        }
        import django

        django.setup()
        from tests.bench.measuring import measure_all

        measure_all(free_port(), is_quick=options.quick)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    main()
