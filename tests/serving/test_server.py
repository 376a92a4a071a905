import signal
import sys
from types import SimpleNamespace

import pytest

from tracker.serving import server


@pytest.mark.parametrize(
    ("before", "after"),
    [(signal.SIG_DFL, "stops"), (signal.SIG_IGN, signal.SIG_IGN)],
    ids=["a terminal", "nohup"],
)
def test_a_terminal_that_is_closed_stops_it_and_nohup_keeps_it(monkeypatch, before, after):
    set_to = {}
    monkeypatch.setattr(signal, "signal", set_to.__setitem__)

    server.stop_with_the_terminal(SimpleNamespace(signal_handler_interrupt="stops"), before)

    assert set_to == {signal.SIGHUP: after}


@pytest.mark.parametrize(("ended_with", "is_refused"), [(0, False), (1, True), (-15, False)])
def test_only_an_announcer_that_found_no_page_refuses(ended_with, is_refused):
    announcer = server.Announcer(server.Address("127.0.0.1", 8000))
    assert announcer.is_refused is False

    announcer.process = SimpleNamespace(returncode=ended_with)

    assert announcer.is_refused is is_refused


def spawned(deaths):
    """Return what granian reads after worker 0 has ended at these times."""
    respawns = server.Respawns()
    for worker, at in deaths:
        respawns.clear()
        respawns[worker] = at
    return respawns.get(0, 0)


def test_a_worker_that_ended_a_few_times_is_restarted():
    assert spawned([(0, 10.0), (0, 12.0), (0, 14.0), (0, 16.0)]) == 0


def test_a_worker_that_keeps_ending_is_abandoned():
    assert spawned([(0, 10.0 + 2 * n) for n in range(5)]) == 18.0


def test_the_deaths_of_another_worker_or_long_ago_do_not_count():
    assert spawned([(n % 2, 10.0 + 2 * n) for n in range(8)]) == 0
    assert spawned([(0, 20.0 * n) for n in range(9)]) == 0


def test_the_announcer_ignores_ctrl_c_from_the_start(capfd):
    announcer = server.Announcer(server.Address("127.0.0.1", 8000))
    tell = "import signal; print(signal.pthread_sigmask(signal.SIG_BLOCK, ()))"
    announcer.command = (sys.executable, "-c", tell)

    announcer.start()
    announcer.process.wait()

    assert "SIGINT" in capfd.readouterr().out
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())
