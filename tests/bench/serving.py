"""The real server for the measurements, and the memory of its workers."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.serving.running import is_dead
from tracker.serving.address import Address
from tracker.serving.announcing import wait_until_answering

ROOT = Path(__file__).parent.parent.parent
MB = 1024  # /proc counts in kB


@dataclass(frozen=True)
class Server:
    port: int
    pid: int

    def workers(self) -> list[int]:
        """Return the running children: the one that printed the server's address has ended."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children")
        pids = children.read_text().split() if children.exists() else []
        return [int(pid) for pid in pids if not is_dead(pid)]


@contextmanager
def real_server(port: int, **environment: str) -> Iterator[Server]:
    """Yield the server that `make run` starts, with the benchmark's settings."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tracker.serving.server", "127.0.0.1", str(port)],
        cwd=ROOT,
        env=os.environ | environment,
        stdout=subprocess.DEVNULL,
    )
    try:
        if not wait_until_answering(Address("127.0.0.1", port)):
            raise RuntimeError("the server did not start")
        yield Server(port, process.pid)
    finally:
        process.terminate()
        process.wait(timeout=20)


def weight_mb(pid: int, name: str) -> float:
    """Return the resident (Rss) or proportional (Pss) size of a process. [MB]"""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) / MB
    raise KeyError(name)
