import socket

import pytest

from tracker.serving.address import Address, AddressRefused, free_address


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


@pytest.mark.parametrize("port", ["", "eighty", "0", "65536", "-1", "8000.0", "８０００"])
def test_what_is_no_port_is_refused(port):
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
