"""A guest is set aside for a link from an e-mail, and restored afterwards."""

import pytest
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.utils.timezone import localdate

from tests import factories
from tracker.accounts.guests import make_guest
from tracker.accounts.models import User
from tracker.diary.models import Entry

PASSWORD = "correct horse battery"
pytestmark = pytest.mark.django_db


@pytest.fixture
def guest_entry():
    return factories.make_entry(factories.make_profile(make_guest(localdate())))


@pytest.fixture
def guest_client(guest_entry):
    client = Client()
    client.force_login(guest_entry.profile.account)
    return client


@pytest.fixture
def grace():
    account = factories.make_user("grace", email="grace@example.org")
    account.set_password(PASSWORD)
    account.save()
    factories.make_profile(account)
    return account


def still_has_the_diary(client, entry):
    client.get("/accounts/login/")
    entry.refresh_from_db()
    guest = entry.profile.account
    return client.session.get("_auth_user_id") == str(guest.pk) and guest.is_guest


def test_a_guest_who_confirms_the_address_of_an_account_keeps_the_diary(
    guest_client, guest_entry, grace
):
    address = EmailAddress.objects.create(user=grace, email=grace.email, primary=True)
    link = f"/accounts/confirm-email/{EmailConfirmationHMAC(address).key}/"

    page = guest_client.get(link)
    guest_client.post(link)

    assert [str(message) for message in page.context["messages"]] == [
        "Your guest diary is not lost. You can open it again from the sign-in page."
    ]
    address.refresh_from_db()
    assert address.verified
    assert still_has_the_diary(guest_client, guest_entry)


def test_a_guest_who_follows_a_reset_link_brings_the_diary_along_afterwards(
    guest_client, guest_entry, grace, mailoutbox
):
    EmailAddress.objects.create(user=grace, email=grace.email, primary=True, verified=True)
    guest_client.post("/accounts/password/reset/", {"email": grace.email})
    link = next(w for w in mailoutbox[0].body.split() if "/password/reset/key/" in w)
    page = guest_client.get(link, follow=True)
    new = {"password1": "a new horse battery", "password2": "a new horse battery"}
    guest_client.post(page.redirect_chain[-1][0], new)

    assert still_has_the_diary(guest_client, guest_entry)

    guest_client.post(
        "/accounts/login/",
        {"login": "grace", "password": "a new horse battery", "bring_diary": "on"},
    )

    guest_entry.refresh_from_db()
    assert guest_entry.profile.account == grace


def test_an_answer_given_halfway_is_forgotten_when_the_guest_gives_up(
    guest_client, guest_entry, grace
):
    """Otherwise a passkey, which asks nothing, would delete the diary next time."""
    Authenticator.objects.create(user=grace, type="totp", data={"secret": "abc"})
    guest_client.post("/accounts/login/", {"login": "grace", "password": PASSWORD})
    guest_client.post("/accounts/logout/", {"next": "/accounts/login/"})

    assert "is_guest_brought" not in guest_client.session
    assert still_has_the_diary(guest_client, guest_entry)


def test_an_account_is_signed_out_by_a_link_of_another(ada, ada_client, grace):
    address = EmailAddress.objects.create(user=grace, email=grace.email, primary=True)

    ada_client.get(f"/accounts/confirm-email/{EmailConfirmationHMAC(address).key}/")

    assert "_auth_user_id" not in ada_client.session
    assert User.objects.filter(pk=ada.pk).exists()


# --- at the page of the second factor, with another tab open

DOORS = [
    ("/accounts/login/", {"login": "grace", "password": "a wrong guess"}),
    ("/accounts/signup/", {}),
    ("/try/", {}),
    ("/demo/vegan/", {}),
]


@pytest.fixture
def code(grace):
    TOTP.activate(grace, generate_totp_secret())
    return RecoveryCodes.activate(grace).get_unused_codes()[0]


def sign_in(client, **more):
    return client.post("/accounts/login/", {"login": "grace", "password": PASSWORD, **more})


@pytest.mark.parametrize(("address", "data"), DOORS)
def test_no_other_way_of_signing_in_leaves_the_diary_behind(
    guest_client, guest_entry, code, address, data
):
    assert sign_in(guest_client).url == "/accounts/2fa/authenticate/"

    guest_client.post(address, data)

    assert guest_client.session["_auth_user_id"] == str(guest_entry.profile.account_id)
    assert "waiting_guest" not in guest_client.session
    assert User.objects.filter(is_guest=True).count() == 1


def test_a_wrong_password_shows_the_page_of_a_guest(guest_client, code):
    sign_in(guest_client)

    page = guest_client.post("/accounts/login/", {"login": "grace", "password": "a wrong guess"})

    assert "bring_diary" in page.text


@pytest.mark.parametrize("presses", [1, 2])
@pytest.mark.parametrize("answer", [{}, {"bring_diary": "on"}])
def test_the_answer_holds_however_often_it_is_sent(
    guest_client, guest_entry, grace, code, presses, answer
):
    for _press in range(presses):
        sign_in(guest_client, **answer)
    guest_client.post("/accounts/2fa/authenticate/", {"code": code})

    assert guest_client.session["_auth_user_id"] == str(grace.pk)
    assert Entry.objects.filter(profile__account=grace).count() == len(answer)


@pytest.mark.parametrize(("method", "address"), [("get", "/accounts/login/"), ("post", "/try/")])
def test_signing_in_twice_at_once_keeps_the_diary(guest_client, guest_entry, code, method, address):
    """The second request still has the session from before the first."""
    sign_in(guest_client)
    session = guest_client.cookies["sessionid"].value
    getattr(guest_client, method)(address)
    late = Client()
    late.cookies["sessionid"] = session

    answer = getattr(late, method)(address)

    assert "sessionid" not in answer.cookies or answer.cookies["sessionid"].value
    assert late.session["_auth_user_id"] == str(guest_entry.profile.account_id)
    assert User.objects.filter(is_guest=True).count() == 1
