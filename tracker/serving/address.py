"""Where the server listens, checked before anything else is done."""

import errno
import socket
import sys
from dataclasses import dataclass

from foods.timelimit import within

LOOPBACK = ("127.", "::1")
LOOK_UP_S = 10.0


class AddressRefused(Exception):
    """The server cannot listen there; the message says why, and what to do, in one line."""


@dataclass(frozen=True)
class Address:
    ip: str
    port: int

    @property
    def host(self) -> str:
        """The host by which this machine reaches it: loopback for a wildcard address."""
        return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.ip, self.ip)

    @property
    def url(self) -> str:
        """The URL for a browser on this machine."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"

    @property
    def is_loopback(self) -> bool:
        return self.ip.startswith(LOOPBACK)


def free_address(host: str, port_text: str) -> Address:
    """Return the address for a host name and a port, or raise AddressRefused."""
    port = _port(port_text)
    try:
        found = within(LOOK_UP_S, lambda: socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
    except (OSError, UnicodeError):  # the latter for a name with an empty or overlong label
        raise AddressRefused(f"HOST={host} is not an address of this machine.") from None
    address = Address(str(found[0][4][0]), port)
    claim(address).close()
    return address


def claim(address: Address) -> socket.socket:
    """Hold a port until the process ends, or raise AddressRefused if it is in use.

    The workers listen with SO_REUSEPORT, which by itself would let a second server of the same user
    listen too and take half of the requests.
    """
    holder = socket.socket(socket.AF_INET6 if ":" in address.ip else socket.AF_INET)
    try:
        holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        holder.bind((address.ip, address.port))
    except OSError as error:
        holder.close()
        raise AddressRefused(_reason(error, address.ip, address.port)) from None
    if sys.platform == "linux":
        # Bound exclusively, and from now on shared only with the workers, which set it too.
        holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 0)
        holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    return holder


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
