import signal
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
