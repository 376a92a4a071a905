"""The server itself: ``python -m tracker.serving.server IP PORT``.

A separate process that never imports Django, so that the workers forked from it hold only what
requests need.
"""

import contextlib
import ctypes  # noqa: F401  (what workers need is imported once, before they are forked)
import encodings.idna  # noqa: F401
import os
import signal
import smtplib  # noqa: F401
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from tracker.keeping import private_umask
from tracker.serving.address import Address, AddressRefused, claim
from tracker.serving.parent import end_with

WORKERS = 2
THREADS = 4
STOP_WITHIN_S = 3
MOST_DEATHS, DEATHS_WITHIN_S = 5, 60.0
GIVEN_UP = "Cobalog: its workers ended again and again, so the server is stopped."


def serve(address: Address) -> int:
    """Serve until Ctrl-C or SIGTERM; return 1 if it was stopped because no page was served."""
    private_umask()
    server = Granian(
        "tracker.wsgi:application",
        address=address.ip,
        port=address.port,
        interface=Interfaces.WSGI,
        workers=min(WORKERS, os.cpu_count() or 1),
        blocking_threads=THREADS,
        websockets=False,
        workers_kill_timeout=STOP_WITHIN_S,
        respawn_failed_workers=True,
        log_level=LogLevels.warning,
    )
    server.respawned_wrks = Respawns()
    server.on_startup(partial(stop_with_the_terminal, server, signal.getsignal(signal.SIGHUP)))
    is_broken = False
    with only_here(address), announced(server, address) as announcer:
        try:
            server.serve(target_loader=partial(load_app, os.getpid()))
        except SystemExit:  # granian found that workers end as soon as they are started
            is_broken = True
    if announcer.is_refused:
        return 1
    if is_broken:
        print(GIVEN_UP, file=sys.stderr, flush=True)
        return 1
    say("Cobalog has stopped")
    return 0


class Respawns(dict[int, float]):
    """When granian last restarted each worker, by its number.

    granian stops the whole site if one worker ends twice within 5.5 s, as happens when memory is
    short for a moment. Here it sees that only of a worker that ended MOST_DEATHS times within
    DEATHS_WITHIN_S.
    """

    def __init__(self) -> None:
        super().__init__()
        self.deaths: list[tuple[int, float]] = []

    def __setitem__(self, worker: int, at: float) -> None:
        self.deaths = [(w, then) for w, then in self.deaths if at - then < DEATHS_WITHIN_S]
        self.deaths.append((worker, at))
        super().__setitem__(worker, at)

    def get(self, worker: int, default: Any = 0.0) -> Any:
        count = sum(died == worker for died, _at in self.deaths)
        return super().get(worker, default) if count >= MOST_DEATHS else default

    def clear(self) -> None:
        """Forget nothing: granian calls this just before it restarts workers."""


def stop_with_the_terminal(server: Any, before: Any) -> None:
    """End the server when its terminal is closed, except under nohup.

    Otherwise granian would restart its workers and hold the port with nobody to stop it.
    """
    ignored = before is signal.SIG_IGN
    signal.signal(signal.SIGHUP, before if ignored else server.signal_handler_interrupt)


@contextlib.contextmanager
def only_here(address: Address) -> Iterator[None]:
    """Reserve the port for this server and its workers."""
    with claim(address):
        yield


class Announcer:
    """The process that prints the server's address, started when the port is listening."""

    process: subprocess.Popen[bytes] | None = None

    def __init__(self, address: Address) -> None:
        script = (sys.executable, "-m", "tracker.serving.announcing")
        self.command = [*script, address.ip, str(address.port)]

    def start(self) -> None:
        # Ctrl-C reaches every process of the terminal, and this one must not react to it, not even
        # while starting: the signal is blocked in it, and it ends with the server.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            self.process = subprocess.Popen(self.command)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

    def end(self) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait()

    @property
    def is_refused(self) -> bool:
        """Return whether it found that no page is served. If a signal ended it, it has not."""
        return self.process is not None and self.process.returncode == 1


@contextlib.contextmanager
def announced(server: Any, address: Address) -> Iterator[Announcer]:
    announcer = Announcer(address)
    server.on_startup(announcer.start)
    try:
        yield announcer
    finally:
        announcer.end()


def load_app(parent: int, _target: str) -> Callable[..., Any]:
    """Return the app inside a worker, which only its parent may stop and which must not outlive it.

    Ctrl-C and the end of a terminal reach every process in it: a worker that receives them and then
    its parent's SIGTERM hangs in granian 2.8. While it loads, it has the parent's signal handlers,
    which only record a signal in its own copy.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGHUP})
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    end_with(parent)
    from tracker.wsgi import application

    return application


def say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    try:
        sys.exit(serve(Address(sys.argv[1], int(sys.argv[2]))))
    except AddressRefused as refusal:
        sys.exit(f"Cobalog: {refusal}")
    except KeyboardInterrupt:
        sys.exit(130)
