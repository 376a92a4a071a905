"""The end of a child whose parent was killed, also without the help of Linux."""

import os
import signal
import sys

import pytest

from tests.serving.running import environment, is_dead, start, stop, until

FAMILY = """
import os, signal, sys
from tracker.serving import parent
if sys.argv[1] == "portable":
    parent._ended_by_the_kernel = lambda: False
me = os.getpid()
if os.fork() == 0:
    parent.end_with(me)
    print(os.getpid(), flush=True)
signal.pause()
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs Linux")
@pytest.mark.parametrize("way", ["of the kernel", "portable"])
def test_a_child_ends_when_its_parent_is_killed(tmp_path, way):
    process = start("-c", FAMILY, way, **environment(tmp_path))
    try:
        child = int(process.stdout.readline())
        os.kill(process.pid, signal.SIGKILL)

        until(lambda: is_dead(child), patience_s=5)
    finally:
        stop(process)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs Linux")
def test_a_child_whose_parent_has_already_ended_ends_at_once(tmp_path):
    script = "from tracker.serving import parent; parent.end_with(1 << 30); print('lives')"
    process = start("-c", script, **environment(tmp_path))

    assert (process.communicate(timeout=20)[0], process.returncode) == ("", -signal.SIGKILL)
