"""The live server of browser tests, and a wait until it has answered all that was asked.

A browser that closes takes no request back: one that is under way reads and writes on. It would
meet the next test's rows half made, and what it keeps of them in memory would be wrong.
"""

import socket
import threading
from typing import Any, ClassVar

from django.core.servers.basehttp import ThreadedWSGIServer
from django.test.testcases import LiveServerThread

PATIENCE_S = 30


class CountedServer(ThreadedWSGIServer):
    """A server that knows how many of its connections are open."""

    begun: ClassVar[list["CountedServer"]] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.open = 0
        self.changed = threading.Condition()
        self.begun.append(self)

    def server_close(self) -> None:
        super().server_close()
        if self in self.begun:
            self.begun.remove(self)

    def process_request(self, request: Any, client_address: Any) -> None:
        self._count(1)
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._count(-1)

    def _count(self, change: int) -> None:
        with self.changed:
            self.open += change
            self.changed.notify_all()

    def wait_until_idle(self) -> None:
        """Return once the last connection is closed.

        Raises
        ------
        AssertionError
            If one is still open after ``PATIENCE_S``.
        """
        self._accept_all()
        with self.changed:
            is_idle = self.changed.wait_for(lambda: self.open == 0, PATIENCE_S)
        assert is_idle, f"{self.open} connections are open after the test: who holds them?"

    def _accept_all(self) -> None:
        """Connect once: connections are accepted in turn, so all that came before are counted."""
        with socket.create_connection(self.server_address[:2], timeout=PATIENCE_S) as last:
            last.shutdown(socket.SHUT_WR)
            last.recv(1)


def count_connections() -> None:
    """Let every live server from now on be a ``CountedServer``."""
    LiveServerThread.server_class = CountedServer


def wait_until_idle() -> None:
    """Return once no request of any live server is under way."""
    for server in list(CountedServer.begun):
        server.wait_until_idle()
