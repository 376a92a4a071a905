"""End a worker with the server that started it."""

import ctypes
import os
import signal
import sys
import time
from threading import Thread

LOOK_EVERY_S = 0.5
PR_SET_PDEATHSIG = 1


def end_with(parent: int) -> None:
    """Kill this process as soon as its parent is gone; otherwise it would hold the port for ever.

    Called in the worker itself: a watching thread must not exist before a fork.
    """
    if not _ended_by_the_kernel():
        Thread(target=_watch, args=(parent,), daemon=True, name="parent watch").start()
    if os.getppid() != parent:  # the parent ended before the kernel was asked
        _end()


def _ended_by_the_kernel() -> bool:
    """Ask Linux to do it, at once and even if no thread of this process can run."""
    if sys.platform != "linux":
        return False
    try:
        return bool(ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0) == 0)
    except (OSError, AttributeError):
        return False


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK_EVERY_S)
    _end()


def _end() -> None:
    os.kill(os.getpid(), signal.SIGKILL)
