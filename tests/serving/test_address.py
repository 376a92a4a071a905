import socket
import sys
import threading

import pytest

from tracker.serving import address
from tracker.serving.address import Address, AddressRefused, claim, free_address


@pytest.fixture
def taken_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_a_free_port_gives_its_address():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    assert free_address("localhost", str(port)) == Address("127.0.0.1", port)


def test_a_port_in_use_is_refused_with_another_one_to_try(taken_port):
    with pytest.raises(AddressRefused) as refusal:
        free_address("127.0.0.1", str(taken_port))

    other = taken_port + 1 if taken_port < 65535 else 8000
    assert str(refusal.value) == (
        f"Port {taken_port} is in use; choose another one, for example with PORT={other}."
    )


@pytest.fixture
def own_address():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return Address("127.0.0.1", probe.getsockname()[1])


def test_a_port_that_a_server_claimed_is_refused_before_it_listens(own_address):
    with claim(own_address), pytest.raises(AddressRefused, match="is in use"):
        claim(own_address)

    claim(own_address).close()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs Linux")
def test_workers_listen_on_the_port_that_their_server_claimed(own_address):
    with claim(own_address), socket.socket() as worker:
        worker.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        worker.bind((own_address.ip, own_address.port))
        worker.listen()

        with socket.create_connection((own_address.ip, own_address.port), timeout=5):
            assert worker.accept()[0].close() is None


def test_a_hanging_look_up_is_abandoned(monkeypatch):
    ended = threading.Event()
    monkeypatch.setattr(address, "LOOK_UP_S", 0.05)
    monkeypatch.setattr("socket.getaddrinfo", lambda *_what, **_more: ended.wait(20))

    with pytest.raises(AddressRefused, match="HOST=slow is not an address of this machine"):
        free_address("slow", "8000")
    ended.set()


@pytest.mark.parametrize("host", ["a..b", "x" * 64 + ".example"])
def test_an_invalid_host_name_is_refused(host):
    with pytest.raises(AddressRefused, match="is not an address of this machine"):
        free_address(host, "8000")


@pytest.mark.parametrize("port", ["", "eighty", "0", "65536", "-1", "8000.0", "８０００"])
def test_an_invalid_port_is_refused(port):
    with pytest.raises(AddressRefused, match="PORT must be a number from 1 to 65535"):
        free_address("127.0.0.1", port)


def test_an_address_of_another_machine_is_refused():
    with pytest.raises(AddressRefused) as refusal:
        free_address("192.0.2.1", "8000")

    assert str(refusal.value) == "HOST=192.0.2.1 is not an address of this machine."


@pytest.mark.parametrize(
    ("ip", "url", "is_loopback"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000", True),
        ("::1", "http://[::1]:8000", True),
        ("0.0.0.0", "http://127.0.0.1:8000", False),
        ("::", "http://[::1]:8000", False),
        ("192.0.2.7", "http://192.0.2.7:8000", False),
    ],
)
def test_the_address_shown_is_one_that_a_browser_can_open(ip, url, is_loopback):
    address = Address(ip, 8000)

    assert (address.url, address.is_loopback) == (url, is_loopback)
