"""Run the real server in a separate process, and wait for what it does."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
PATIENCE_S = 30.0
PAUSE_S = 0.02


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until(happened: Callable[[], Any], patience_s: float = PATIENCE_S) -> Any:
    """Return the result of a call as soon as it is true; fail if it never is."""
    deadline = time.monotonic() + patience_s
    while time.monotonic() < deadline:
        if found := happened():
            return found
        time.sleep(PAUSE_S)
    raise AssertionError(f"not within {patience_s:g} s: {happened.__name__}")


def environment(folder: Path, **more: str) -> dict[str, str]:
    return {"PATH": os.defpath, "COBALOG_VAR": str(folder), **more}


def run(*arguments: str, **variables: str) -> subprocess.CompletedProcess:
    """Run a command of manage.py to its end."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={"PATH": os.defpath, **variables},
        capture_output=True,
        text=True,
        timeout=60,
    )


@contextlib.contextmanager
def serving(folder: Path, port: int, **variables: str) -> Iterator[subprocess.Popen]:
    """Yield the server's process as soon as it has printed its address; stop it like Ctrl-C."""
    process = start("manage.py", "serve", **environment(folder, PORT=str(port), **variables))
    try:
        process.said = [process.stdout.readline()]
        while process.said[-1] and "Cobalog is at" not in process.said[-1]:
            process.said.append(process.stdout.readline())
        yield process
    finally:
        stop(process)


def start(*arguments: str, **variables: str) -> subprocess.Popen:
    """Start Python in its own process group, as from a terminal.

    The tests may run in the background or under nohup, where signals are ignored, and that would
    be inherited.
    """
    return subprocess.Popen(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        preexec_fn=heed_signals,
    )


def heed_signals() -> None:
    for number in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)


def stop(process: subprocess.Popen, number: int = signal.SIGINT) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, number)
    try:
        process.rest = process.communicate(timeout=20)[0]
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def get(url: str, timeout: float = 10) -> tuple[int, Any, bytes]:
    with urllib.request.urlopen(url, timeout=timeout) as response:
        return response.status, response.headers, response.read()


def workers_of(pid: int) -> list[int]:
    """Return the living workers of a server, on Linux."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(child) for child in children if is_worker(child)]


def listeners_on(port: int) -> int:
    """Return how many workers listen on a port of this machine, on Linux."""
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return sum(row[1].endswith(f":{port:04X}") and row[3] == "0A" for row in rows)


def is_worker(pid: str) -> bool:
    """Return whether a child is a worker: the announcer, even while it ends, has another name."""
    return not is_dead(pid) and "tracker.serving.server" in Path(f"/proc/{pid}/cmdline").read_text()


def is_dead(pid: int | str) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True
