"""The server itself: ``python -m tracker.serving.server IP PORT``.

A process of its own that never imports Django, so that the workers, forked from it, hold only what
requests need.
"""

import os
import signal
import sys
from collections.abc import Callable
from typing import Any

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from tracker.serving.address import Address
from tracker.serving.announcing import announce_when_ready

WORKERS = 2
THREADS = 4
STOP_WITHIN_S = 3


def serve(address: Address) -> None:
    """Serve until Ctrl-C or SIGTERM, and say where as soon as a request was answered."""
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
    server.on_startup(lambda: announce_when_ready(address, say))
    server.serve(target_loader=load_app)
    say("Cobalog has stopped")


def load_app(_target: str) -> Callable[..., Any]:
    """Return the app, inside a worker, which is to be stopped by its parent alone.

    Ctrl-C reaches every process of the terminal: a worker that hears it and then its parent's
    SIGTERM hangs in granian 2.8. And while it loads it has the parent's handlers, which only note
    a signal in its own copy.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    from tracker.wsgi import application

    return application


def say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    serve(Address(sys.argv[1], int(sys.argv[2])))
