"""The live server of browser tests, and a wait until it has answered every request.

A page that closes takes no request back: one that is under way reads and writes on. It would meet
the next test's rows half made, and what it keeps of them in memory would be wrong.
"""

import select
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from django.core.servers.basehttp import ThreadedWSGIServer
from django.test.testcases import LiveServerThread

PATIENCE_S = 30


class CountedServer(ThreadedWSGIServer):
    """A server that knows which of its connections are waiting for a request to come."""

    begun: ClassVar[list["CountedServer"]] = []

    def __init__(self, address: Any, handler: type, *args: Any, **kwargs: Any) -> None:
        super().__init__(address, _told_of_its_rests(handler), *args, **kwargs)
        self.open: set[socket.socket] = set()
        self.resting: set[socket.socket] = set()
        self.changed = threading.Condition()
        self.begun.append(self)

    def server_close(self) -> None:
        super().server_close()
        if self in self.begun:
            self.begun.remove(self)

    def process_request(self, request: Any, client_address: Any) -> None:
        with self.changed:
            self.open.add(request)
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            with self.changed:
                self.open.discard(request)
                self.changed.notify_all()

    @contextmanager
    def at_rest(self, connection: socket.socket) -> Iterator[None]:
        with self.changed:
            self.resting.add(connection)
            self.changed.notify_all()
        try:
            yield
        finally:
            with self.changed:
                self.resting.discard(connection)

    def wait_until_idle(self) -> None:
        """Return once nothing is being answered; a browser may keep its connections open.

        Raises
        ------
        AssertionError
            If something still is after ``PATIENCE_S``.
        """
        self._accept_all()
        with self.changed:
            is_idle = self.changed.wait_for(lambda: not self._busy(), PATIENCE_S)
            busy = len(self._busy())
        assert is_idle, f"{busy} connections are busy after the test: who holds them?"

    def _busy(self) -> set[socket.socket]:
        """Return the connections with a request that is being answered, or that has just come."""
        come, _, _ = select.select(self.resting, (), (), 0)
        return (self.open - self.resting).union(come)

    def _accept_all(self) -> None:
        """Connect once: connections are accepted in order, so all earlier ones are counted."""
        with socket.create_connection(self.server_address[:2], timeout=PATIENCE_S) as last:
            last.shutdown(socket.SHUT_WR)
            last.recv(1)


def _told_of_its_rests(handler: type) -> type:
    """Return a handler that tells its server while it waits for the next request."""

    class Telling(handler):
        def handle_one_request(self) -> None:
            with self.server.at_rest(self.connection):
                select.select([self.connection], (), ())
            super().handle_one_request()

    return Telling


def count_connections() -> None:
    """Make every live server from now on a ``CountedServer``."""
    LiveServerThread.server_class = CountedServer


def wait_until_idle() -> None:
    """Return once no live server has a running request."""
    for server in list(CountedServer.begun):
        server.wait_until_idle()
