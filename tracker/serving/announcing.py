"""Print the address of the app as soon as it serves a page.

This is a separate process: a thread of the server would be alive while its workers are forked, and
a worker could then wait for ever for a lock that the thread held at that moment.
"""

import http.client
import os
import signal
import sys
import time
from dataclasses import dataclass

from tracker.serving.address import Address

PATIENCE_S = 60.0
PAUSE_S = 0.05
SIGN_IN_PAGE = "/accounts/login/"


@dataclass(frozen=True)
class Answer:
    status: int
    goes_to: str = ""
    body: str = ""


def main(ip: str, port: str) -> int:
    """Announce the server, or stop it and return 1 if it serves no page."""
    server = os.getppid()
    address = Address(ip, int(port))
    if not wait_until_answering(address, of=server):
        fault = f"no answer came at {address.url} within {PATIENCE_S:g} s"
    else:
        fault = why_no_page(address)
    if os.getppid() != server:
        return 1  # stopped meanwhile
    if not fault:
        print(f"Cobalog {where(address)} (Ctrl-C stops it)", flush=True)
        return 0
    print(f"Cobalog: {fault}. The server is stopped.", file=sys.stderr, flush=True)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # the server ends this process when it stops
    os.kill(server, signal.SIGTERM)
    return 1


def where(address: Address) -> str:
    from django.conf import settings

    if settings.IS_LOOPBACK:
        return f"is at {address.url}"
    return f"listens at {address.url} for {', '.join(settings.ALLOWED_HOSTS)}"


def why_no_page(address: Address) -> str:
    """Return why the sign-in page cannot be served; empty if it can."""
    try:
        page = answer(address, SIGN_IN_PAGE, **headers_of_a_visitor())
    except (OSError, http.client.HTTPException) as error:
        return f"the sign-in page was not served ({error or type(error).__name__})"
    if page.status == 200 or (page.status == 301 and page.goes_to.startswith("https://")):
        return ""
    return f"the sign-in page fails with status {page.status}; the lines above say why"


def headers_of_a_visitor() -> dict[str, str]:
    """Return the headers that a browser, or the proxy, would send for a site of this name."""
    from django.conf import settings

    name = settings.ALLOWED_HOSTS[0].lstrip(".") if settings.ALLOWED_HOSTS else "localhost"
    headers = {"Host": "localhost" if name == "*" else name}
    if getattr(settings, "SECURE_PROXY_SSL_HEADER", None):
        headers |= {"X-Forwarded-Proto": "https", "X-Forwarded-For": "127.0.0.1"}
    return headers


def wait_until_answering(
    address: Address, patience_s: float = PATIENCE_S, *, of: int | None = None
) -> bool:
    """Return whether the server gave any HTTP answer in time, while its process was alive."""
    deadline = time.monotonic() + patience_s
    while time.monotonic() < deadline and of in (None, os.getppid()):
        if is_answering(address):
            return True
        time.sleep(PAUSE_S)
    return False


def is_answering(address: Address) -> bool:
    try:
        answer(address, "/healthz")
    except (OSError, http.client.HTTPException):
        return False
    return True


def answer(address: Address, path: str, **headers: str) -> Answer:
    connection = http.client.HTTPConnection(address.host, address.port, timeout=PATIENCE_S)
    try:
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        body = response.read().decode("utf-8", "replace")
        return Answer(response.status, response.getheader("Location", ""), body)
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
