"""Where the server listens, checked before anything else is done."""

import errno
import socket
from dataclasses import dataclass

LOOPBACK = ("127.", "::1")


class AddressRefused(Exception):
    """The server cannot listen there; the message says why, and what to do, in one line."""


@dataclass(frozen=True)
class Address:
    ip: str
    port: int

    @property
    def url(self) -> str:
        """What a browser on this machine opens: a wildcard address is reached on loopback."""
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.ip, self.ip)
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"

    @property
    def is_loopback(self) -> bool:
        return self.ip.startswith(LOOPBACK)


def free_address(host: str, port_text: str) -> Address:
    """Return the address that a host name and a port mean, or raise AddressRefused."""
    port = _port(port_text)
    try:
        family, _, _, _, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError:
        raise AddressRefused(f"HOST={host} is not an address of this machine.") from None
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(where)
    except OSError as error:
        raise AddressRefused(_reason(error, host, port)) from None
    return Address(str(where[0]), port)


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65535:
        raise AddressRefused(f"PORT must be a number from 1 to 65535, got {text!r}.")
    return int(text)


def _reason(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is in use; choose another one, for example with PORT={_other(port)}."
    if error.errno == errno.EACCES:
        return f"Port {port} needs more rights; choose one above 1023, for example PORT=8000."
    return f"HOST={host} is not an address of this machine."


def _other(port: int) -> int:
    return port + 1 if port < 65535 else 8000
