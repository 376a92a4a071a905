"""Which browsers are known to an account."""

import json

import pytest
from django.core import mail, signing
from django.test import Client, RequestFactory
from django.utils.timezone import localdate

from tests import factories
from tests.accounts.limits import PASSWORD, person, sign_in
from tracker.accounts import devices
from tracker.accounts.devices import COOKIE, MOST_ACCOUNTS, known_device
from tracker.accounts.guests import make_guest

pytestmark = pytest.mark.django_db
SIGN_UP = {"username": "linus", "password1": PASSWORD, "password2": PASSWORD, "email": ""}


def request_of(client):
    request = RequestFactory().get("/")
    request.COOKIES = {name: morsel.value for name, morsel in client.cookies.items()}
    return request


def knows(client, account):
    return bool(known_device(request_of(client), account))


def test_signing_in_makes_the_browser_known(client):
    grace = person("grace")

    answer = sign_in(client, "grace")

    assert knows(client, grace)
    cookie = answer.cookies[COOKIE]
    assert cookie["httponly"] and cookie["samesite"] == "Lax"


def test_the_cookie_is_secure_if_the_session_is(client, settings):
    settings.SESSION_COOKIE_SECURE = True
    person("grace")

    assert sign_in(client, "grace").cookies[COOKIE]["secure"]


def test_a_wrong_password_makes_no_browser_known(client):
    person("grace")

    assert COOKIE not in sign_in(client, "grace", "wrong").cookies


def test_signing_up_and_keeping_make_the_browser_known():
    newcomer, guest_client = Client(), Client()
    newcomer.post("/accounts/signup/", SIGN_UP)
    guest = make_guest(localdate())
    factories.make_profile(guest)
    guest_client.force_login(guest)
    guest_client.post("/keep/", SIGN_UP | {"username": "margaret"})

    accounts = [type(guest).objects.get(username=name) for name in ("linus", "margaret")]
    assert [knows(newcomer, accounts[0]), knows(guest_client, accounts[1])] == [True, True]


def test_trying_leaves_no_such_cookie(client):
    assert COOKIE not in client.post("/try/").cookies


def test_a_new_password_by_mail_makes_the_browser_known(client):
    grace = person("grace")
    grace.email = "grace@example.org"
    grace.save()
    grace.emailaddress_set.create(email=grace.email, primary=True, verified=True)
    client.post("/accounts/password/reset/", {"email": grace.email})
    link = next(word for word in mail.outbox[0].body.split() if "/key/" in word)
    path = "/" + link.split("/", 3)[3]
    form = client.get(path, follow=True).request["PATH_INFO"]

    client.post(form, {"password1": PASSWORD + " 2", "password2": PASSWORD + " 2"})

    grace.refresh_from_db()
    assert knows(client, grace)


def test_signing_in_again_keeps_the_mark(client):
    grace = person("grace")
    sign_in(client, "grace")
    mark = known_device(request_of(client), grace)
    client.post("/accounts/logout/")

    sign_in(client, "grace")

    assert known_device(request_of(client), grace) == mark


def test_a_browser_is_known_to_the_last_few_accounts(client):
    people = [person(f"person-{letter}") for letter in "abcdefg"]
    for account in people:
        sign_in(client, account.username)
        client.post("/accounts/logout/")

    assert [knows(client, account) for account in people] == [False] * 2 + [True] * MOST_ACCOUNTS


@pytest.mark.parametrize("salt", [None, "another"])
def test_a_foreign_cookie_is_ignored(client, salt):
    grace = person("grace")
    marks = {str(grace.pk): "x"}
    client.cookies[COOKIE] = signing.dumps(marks, salt=salt) if salt else json.dumps(marks)

    assert not knows(client, grace)


def test_a_new_password_ends_every_mark(client):
    """Otherwise somebody who knew the old one could collect cookies and guess with each."""
    grace = person("grace")
    sign_in(client, "grace")

    grace.set_password("another horse battery")
    grace.save()

    assert not knows(client, grace)


def test_the_browser_in_which_a_password_is_changed_stays_known(client):
    grace = person("grace")
    sign_in(client, "grace")
    new = "another horse battery"

    client.post(
        "/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )

    grace.refresh_from_db()
    assert grace.check_password(new)
    assert knows(client, grace)


@pytest.mark.parametrize("mark", ["x", "x:", ":", "", "x:y:z"])
def test_a_mark_without_its_seal_is_ignored(client, mark):
    grace = person("grace")
    client.cookies[COOKIE] = signing.dumps({str(grace.pk): mark}, salt=devices.SALT)

    assert not knows(client, grace)
