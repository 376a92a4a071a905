"""Concurrent requests: a tab that writes at the worst moment, and many that write together."""

import threading
from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection
from django.test import Client


def in_another_tab(call: Callable[[], Any]) -> Any:
    """Run a call in a thread with its own connection; return its result."""
    (found,) = at_once(call)
    return found


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Run calls concurrently in threads; return the result of each, or its exception."""
    start = threading.Barrier(len(calls))
    found: list[Any] = [None] * len(calls)

    def run(place: int, call: Callable[[], Any]) -> None:
        start.wait()
        try:
            found[place] = call()
        except Exception as error:
            found[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def just_before(monkeypatch: Any, target: str, call: Callable[[], Any]) -> None:
    """Make another tab run a call once, right before a function of the project starts."""
    from importlib import import_module

    path, _dot, name = target.rpartition(".")
    module = import_module(path)
    original, is_due = getattr(module, name), [True]

    def late(*args: Any, **kwargs: Any) -> Any:
        if is_due.pop() if is_due else False:
            done = in_another_tab(call)
            assert not isinstance(done, Exception), done
        return original(*args, **kwargs)

    monkeypatch.setattr(module, name, late)


def tab_of(account: Any) -> Client:
    client = Client()
    client.force_login(account)
    return client


def statuses(responses: Sequence[Any]) -> list[Any]:
    """Return the status of each response; an exception is returned unchanged."""
    return [getattr(response, "status_code", response) for response in responses]
