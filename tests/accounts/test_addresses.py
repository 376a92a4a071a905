"""Which address counts, with and without proxies."""

import re
from pathlib import Path

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client, RequestFactory

from tests.accounts.limits import person, sign_in
from tracker.accounts.addresses import AddressUnknown, client_address, usual_form

README = Path(__file__).parent.parent.parent / "README.md"


def asked(peer="127.0.0.1", claims=None):
    extra = {} if claims is None else {"HTTP_X_FORWARDED_FOR": claims}
    return RequestFactory().get("/", REMOTE_ADDR=peer, **extra)


@pytest.fixture
def proxies(settings):
    def stand_in_front(number):
        settings.ALLAUTH_TRUSTED_PROXY_COUNT = number

    return stand_in_front


@pytest.mark.parametrize("claims", [None, "192.0.2.7", "garbage", "1.2.3.4, 192.0.2.7"])
def test_without_a_proxy_only_the_connection_counts(proxies, claims):
    proxies(0)

    assert client_address(asked("198.51.100.3", claims)) == "198.51.100.3"


@pytest.mark.parametrize(
    ("number", "claims", "address"),
    [
        (1, "192.0.2.7", "192.0.2.7"),
        (1, "6.6.6.6, 192.0.2.7", "192.0.2.7"),
        (1, "garbage, 192.0.2.7", "192.0.2.7"),
        (1, "192.0.2.7:50123", "192.0.2.7"),
        (1, "2001:DB8::7", "2001:db8::7"),
        (1, "[2001:db8::7]", "2001:db8::7"),
        (1, "[2001:db8::7]:50123", "2001:db8::7"),
        (1, "::ffff:192.0.2.7", "192.0.2.7"),
        (2, "192.0.2.7, 10.0.0.2", "192.0.2.7"),
        (2, "6.6.6.6, 192.0.2.7, 10.0.0.2", "192.0.2.7"),
    ],
)
def test_behind_proxies_the_entry_written_by_them_counts(proxies, number, claims, address):
    proxies(number)

    assert client_address(asked(claims=claims)) == address


@pytest.mark.parametrize(
    ("number", "claims"),
    [
        (1, None),
        (1, ""),
        (1, "unknown"),
        (1, "192.0.2.7, "),
        (1, "1.2.3.4, for=192.0.2.7"),
        (1, "0.0.0.0"),
        (1, "x" * 50_000),
        (2, "192.0.2.7"),
        (2, None),
    ],
)
def test_behind_a_silent_proxy_no_address_is_guessed(proxies, number, claims):
    proxies(number)

    with pytest.raises(AddressUnknown):
        client_address(asked(claims=claims))


def test_a_client_that_bypasses_the_proxy_is_recognised_by_its_connection(proxies):
    proxies(1)

    assert client_address(asked("8.8.8.8", "192.0.2.7")) == "8.8.8.8"


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("::ffff:10.1.2.3", "10.1.2.3"),
        ("fe80::1%eth0", "fe80::1"),
        ("[fe80::1%eth0]:443", "fe80::1"),
        ("::", ""),
        ("", ""),
        ("010.1.2.3", ""),
    ],
)
def test_an_address_has_one_form(text, form):
    assert usual_form(text) == form


# --- pages


@pytest.fixture
def grace(db):
    return person("grace")


def test_behind_a_silent_proxy_signing_in_is_closed_with_a_reason(client, grace, proxies, caplog):
    proxies(1)

    answer = sign_in(client, "grace", address="127.0.0.1")

    assert answer.status_code == 503
    assert "X-Forwarded-For" in answer.content.decode()
    assert "_auth_user_id" not in client.session
    assert "COBALOG_BEHIND_PROXY" in caplog.text


def test_a_silent_proxy_closes_trying_and_signing_up_too(client, db, proxies, settings):
    proxies(1)
    settings.ACCOUNT_RATE_LIMITS = {"try": "20/h/ip", "signup": "20/h/ip", "demo": "20/h/ip"}

    addresses = ("/try/", "/accounts/signup/", "/demo/vegan/")
    codes = [client.post(address).status_code for address in addresses]

    assert codes == [503] * 3


def test_pages_open_behind_a_silent_proxy(client, db, proxies):
    proxies(1)

    assert client.get("/accounts/login/").status_code == 200


def test_the_list_of_sessions_shows_the_address_behind_the_proxy(grace, proxies):
    proxies(1)
    client = Client()

    sign_in(client, "grace", address="127.0.0.1", HTTP_X_FORWARDED_FOR="6.6.6.6, 192.0.2.7:4711")

    assert list(UserSession.objects.values_list("ip", flat=True)) == ["192.0.2.7"]


@pytest.mark.parametrize(
    ("header", "is_secure"),
    [({}, False), ({"HTTP_X_FORWARDED_PROTO": "https"}, True)],
)
def test_https_is_taken_from_the_proxy(client, db, settings, header, is_secure):
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

    code = client.get("/accounts/login/", **header).status_code

    assert code == (200 if is_secure else 301)


def test_https_is_not_taken_from_a_client(client, db, settings):
    settings.SECURE_SSL_REDIRECT = True

    assert client.get("/accounts/login/", HTTP_X_FORWARDED_PROTO="https").status_code == 301


def test_the_host_is_not_taken_from_a_forwarded_header(client, db):
    answer = client.get("/accounts/login/", HTTP_X_FORWARDED_HOST="evil.example")

    assert answer.wsgi_request.get_host() == "testserver"


# --- the README


def headers_of_nginx(visitor, claims, host="diary.example.org"):
    """Return what the README's lines make of a request, with nginx's variables filled in."""
    appended = f"{claims}, {visitor}" if claims else visitor
    filled = {
        "$http_host": host,
        "$scheme": "https",
        "$remote_addr": visitor,
        "$proxy_add_x_forwarded_for": appended,
    }
    lines = re.findall(r"proxy_set_header (\S+) (\S+);", README.read_text())
    assert len(lines) == 3
    return {f"HTTP_{name.upper().replace('-', '_')}": filled[value] for name, value in lines}


@pytest.mark.parametrize("claims", ["", "6.6.6.6"])
def test_the_lines_for_nginx_do_what_the_app_needs(client, db, settings, claims):
    settings.ALLOWED_HOSTS = ["diary.example.org"]
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    answer = client.get("/accounts/login/", **headers_of_nginx("192.0.2.7", claims))

    assert answer.status_code == 200
    assert client_address(answer.wsgi_request) == "192.0.2.7"
    assert answer.wsgi_request.build_absolute_uri("/") == "https://diary.example.org/"
