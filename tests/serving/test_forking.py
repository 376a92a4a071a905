"""What a worker inherits from the process it is forked from: no lock that is never released."""

import contextlib
import os
import signal
import socketserver
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.serving.running import (
    environment,
    free_port,
    get,
    listeners_on,
    start,
    stop,
    until,
    workers_of,
)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs Linux"),
]

STARTS = int(os.environ.get("COBALOG_STARTS", "2"))
"""How often the server is started under load; more finds rarer faults."""
WORKERS = min(2, os.cpu_count() or 1)
NOTE_THREADS = """
import os, threading
def note():
    names = sorted(thread.name for thread in threading.enumerate())
    with open(os.environ["NOTES"], "a") as notes:
        notes.write(" ".join(name.replace(" ", "") for name in names) + "\\n")
os.register_at_fork(before=note)
"""
BUSY = "import os\nwhile os.getppid() == {parent}: pass"


@contextlib.contextmanager
def server(folder, port, **variables):
    process = start(
        *("-m", "tracker.serving.server", "127.0.0.1", str(port)),
        **environment(folder, **variables),
    )
    try:
        process.said = process.stdout.readline()
        yield process
    finally:
        stop(process)


def test_none_of_our_threads_is_alive_while_a_worker_is_forked(prepared, tmp_path):
    (tmp_path / "sitecustomize.py").write_text(NOTE_THREADS)
    notes = tmp_path / "notes"

    port = free_port()
    with server(prepared, port, PYTHONPATH=str(tmp_path), NOTES=str(notes)) as process:
        until(lambda: listeners_on(port) == WORKERS)
        first = workers_of(process.pid)
        os.kill(first[0], signal.SIGKILL)
        until(lambda: len(set(workers_of(process.pid)) - set(first)) == 1)

    threads = {name for line in notes.read_text().splitlines() for name in line.split()}
    # granian waits for the end of each worker in a thread, which only waits and holds no lock.
    assert {name for name in threads if "_watcher" not in name} == {"MainThread"}
    assert len(notes.read_text().splitlines()) >= 3


class Sink(socketserver.StreamRequestHandler):
    """As much of SMTP as one message needs."""

    def handle(self):
        self.wfile.write(b"220 sink\r\n")
        is_text = False
        for line in self.rfile:
            if is_text:
                is_text = line != b".\r\n"
                if is_text:
                    continue
            elif line.upper().startswith(b"DATA"):
                is_text = True
                self.wfile.write(b"354 go on\r\n")
                continue
            elif line.upper().startswith(b"QUIT"):
                self.wfile.write(b"221 bye\r\n")
                return
            self.wfile.write(b"250 ok\r\n")


@pytest.fixture
def sink():
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Sink) as smtp:
        smtp.daemon_threads = True
        threading.Thread(target=smtp.serve_forever, args=(0.05,), daemon=True).start()
        yield f"smtp://127.0.0.1:{smtp.server_address[1]}"
        smtp.shutdown()


@pytest.fixture
def busy_machine():
    script = BUSY.format(parent=os.getpid())
    burners = [subprocess.Popen([sys.executable, "-c", script]) for _cpu in range(os.cpu_count())]
    yield
    for burner in burners:
        burner.kill()
        burner.wait()


@pytest.mark.parametrize("again", range(STARTS))
def test_each_worker_of_a_busy_start_sends_mail(prepared, sink, busy_machine, again):
    port, sent = free_port(), set()
    variables = {"EMAIL_URL": sink, "DJANGO_SETTINGS_MODULE": "tests.serving.mail_settings"}

    with server(prepared, port, **variables) as process:
        until(lambda: listeners_on(port) == WORKERS)
        workers = workers_of(process.pid)
        for _message in range(40):
            if sent < set(workers):
                sent.add(int(get(f"http://127.0.0.1:{port}/send/", timeout=10)[2]))

    assert sent == set(workers)
