import pytest
from django.test import RequestFactory

from tracker.context import is_a_number, named_address


def asked(host):
    return RequestFactory().get("/", HTTP_HOST=host)


@pytest.fixture(autouse=True)
def any_host(settings):
    settings.ALLOWED_HOSTS = ["*"]


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "[::1]:8000", "192.168.0.7"])
def test_an_address_of_numbers(host):
    assert is_a_number(asked(host))


@pytest.mark.parametrize("host", ["localhost:8000", "b12.example.org"])
def test_a_name(host):
    assert not is_a_number(asked(host))
    assert named_address(asked(host)) == ""


def test_only_this_machine_has_another_name():
    assert named_address(asked("127.0.0.1:8000")) == "http://localhost:8000/"
    assert named_address(asked("[::1]")) == "http://localhost/"
    assert named_address(asked("192.168.0.7:8000")) == ""
