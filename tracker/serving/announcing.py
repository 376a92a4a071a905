"""Say where the app is as soon as it answers."""

import http.client
import time
from collections.abc import Callable
from threading import Thread

from django.conf import settings

from tracker.serving.address import Address

PATIENCE_S = 60.0
PAUSE_S = 0.05


def announce_when_ready(address: Address, say: Callable[[str], None]) -> Thread:
    """Call ``say`` once with the address, from its own thread, after the first answer."""

    def wait() -> None:
        if wait_until_answering(address):
            say(f"Cobalog {_where(address)} (Ctrl-C stops it)")

    thread = Thread(target=wait, daemon=True)
    thread.start()
    return thread


def _where(address: Address) -> str:
    if settings.IS_LOOPBACK:
        return f"is at {address.url}"
    return f"listens at {address.url} for {', '.join(settings.ALLOWED_HOSTS)}"


def wait_until_answering(address: Address, patience_s: float = PATIENCE_S) -> bool:
    """Return whether the server gave any HTTP answer in time."""
    deadline = time.monotonic() + patience_s
    while time.monotonic() < deadline:
        if is_answering(address):
            return True
        time.sleep(PAUSE_S)
    return False


def is_answering(address: Address) -> bool:
    host = address.url.removeprefix("http://").rsplit(":", 1)[0].strip("[]")
    connection = http.client.HTTPConnection(host, address.port, timeout=PATIENCE_S)
    try:
        connection.request("GET", "/healthz")
        connection.getresponse().read()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True
