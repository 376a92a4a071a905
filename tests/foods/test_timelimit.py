import threading
import time

import pytest

from foods.timelimit import within


def test_the_result_of_a_call_is_returned():
    assert within(5, lambda: 42) == 42


def test_a_call_that_takes_too_long_is_abandoned():
    ended = threading.Event()
    start = time.monotonic()

    with pytest.raises(TimeoutError, match=r"no answer within 0\.05 s"):
        within(0.05, lambda: ended.wait(10))

    assert time.monotonic() - start < 5
    ended.set()


@pytest.mark.parametrize("error", [ValueError("no"), TimeoutError("of its own")])
def test_the_error_of_a_call_is_raised_as_it_is(error):
    def fail():
        raise error

    with pytest.raises(type(error)) as raised:
        within(5, fail)

    assert raised.value is error
