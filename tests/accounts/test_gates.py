"""Each of allauth's pages is classified: for anybody, for lasting accounts, or after proof."""

import time

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.urls import urlpatterns
from django.test import Client
from django.urls import URLResolver, reverse
from django.utils.timezone import localdate

from tests import factories
from tracker.accounts.gates import LASTING, OPEN, PROVEN
from tracker.accounts.guests import make_guest
from tracker.accounts.models import User

PASSWORD = "correct horse battery"
pytestmark = pytest.mark.django_db


def names_in(patterns):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from names_in(pattern.url_patterns)
        else:
            yield pattern.name


ALLAUTH_NAMES = sorted(names_in(urlpatterns))


def address_of(name, **known):
    arguments = {
        "account_confirm_email": {"key": "a:b:c"},
        "account_reset_password_from_key": {"uidb36": "1", "key": "abc"},
        "mfa_remove_webauthn": {"pk": known.get("passkey", 1)},
        "mfa_edit_webauthn": {"pk": known.get("passkey", 1)},
    }
    return reverse(name, kwargs=arguments.get(name))


def test_every_page_of_allauth_is_classified_once():
    classified = sorted([*OPEN, *LASTING, *PROVEN])

    assert sorted(set(classified) - {"account_delete"}) == ALLAUTH_NAMES
    assert len(classified) == len(set(classified))


# --- guests


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", sorted({*LASTING, *PROVEN} - {"account_delete"}))
def test_a_guest_is_redirected_to_keeping_the_diary(name, method):
    client = client_of(make_guest(localdate()))

    response = getattr(client, method)(address_of(name), follow=True)

    assert response.redirect_chain == [("/keep/", 302)]
    assert [str(m) for m in response.context["messages"]] == [
        "Keep this diary first, with a name and a password. After that you can change how you "
        "sign in."
    ]


@pytest.mark.parametrize("name", sorted({*LASTING, *PROVEN} - {"account_delete"}))
def test_a_demo_copy_is_redirected_to_signing_up(name):
    client = client_of(make_guest(localdate(), demo="vegan"))

    response = client.get(address_of(name), follow=True)

    assert response.redirect_chain == [("/accounts/signup/", 302)]
    assert [str(m) for m in response.context["messages"]] == [
        "This is a demo diary and cannot be kept. Sign up to start your own."
    ]


def test_an_unknown_page_of_allauth_is_closed_to_guests(monkeypatch):
    monkeypatch.setattr("tracker.accounts.gates.LASTING", frozenset())

    response = client_of(make_guest(localdate())).get("/accounts/2fa/")

    assert response.url == "/keep/"


@pytest.mark.parametrize("demo", ["", "vegan"])
def test_a_guest_sets_no_credential_by_posting_to_allauth(demo):
    guest = make_guest(localdate(), demo=demo)
    client = client_of(guest)

    client.post("/accounts/password/set/", {"password1": PASSWORD, "password2": PASSWORD})
    client.post("/accounts/email/", {"email": "guest@example.org", "action_add": ""})

    assert not User.objects.get().has_usable_password()
    assert EmailAddress.objects.count() == 0


# --- an open session


@pytest.fixture
def grace():
    account = factories.make_user("grace", email="grace@example.org")
    account.set_password(PASSWORD)
    account.save()
    EmailAddress.objects.create(user=account, email=account.email, primary=True, verified=True)
    EmailAddress.objects.create(user=account, email="second@example.org")
    for kind in ("totp", "recovery_codes", "webauthn"):
        Authenticator.objects.create(user=account, type=kind, data={})
    factories.make_profile(account)
    return account


@pytest.fixture
def open_client(grace):
    """A browser that was left open: signed in, without proof for a day."""
    client = client_of(grace)
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "password", "at": time.time() - 86_400, "reauthenticated": True}
    ]
    session["account_authentication_methods_user"] = str(grace.pk)
    session.save()
    return client


ASK_THEMSELVES = ("account_change_password", "account_delete")


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", sorted(PROVEN - set(ASK_THEMSELVES)))
def test_an_unproven_session_must_give_proof(open_client, grace, name, method):
    passkey = Authenticator.objects.get(type="webauthn")
    address = address_of(name, passkey=passkey.pk)

    response = getattr(open_client, method)(address)

    assert response.status_code == 302
    assert response.url == f"/accounts/reauthenticate/?next={address.replace('/', '%2F')}"


def test_posted_data_is_not_kept_in_the_session_during_proof(open_client):
    open_client.post("/accounts/password/set/", {"password1": PASSWORD, "password2": PASSWORD})

    assert PASSWORD not in str(dict(open_client.session))


@pytest.mark.parametrize(
    ("address", "data"),
    [
        ("/accounts/email/", {"action_add": "", "email": "thief@example.org"}),
        ("/accounts/email/", {"action_remove": "", "email": "grace@example.org"}),
        ("/accounts/email/", {"action_primary": "", "email": "second@example.org"}),
        ("/accounts/email/", {"action_send": "", "email": "second@example.org"}),
        ("/accounts/password/change/", {"password1": "x" * 20, "password2": "x" * 20}),
        ("/accounts/password/set/", {"password1": "x" * 20, "password2": "x" * 20}),
        ("/accounts/2fa/totp/deactivate/", {}),
        ("/accounts/2fa/recovery-codes/generate/", {}),
        ("/accounts/2fa/webauthn/keys/{passkey}/remove/", {}),
        ("/accounts/2fa/webauthn/keys/{passkey}/edit/", {"name": "Mine"}),
        ("/account/delete/", {"username": "grace"}),
    ],
)
def test_an_unproven_session_changes_nothing(open_client, grace, address, data, mailoutbox):
    passkey = Authenticator.objects.get(type="webauthn")
    before = state_of(grace)

    open_client.post(address.format(passkey=passkey.pk), data)

    assert state_of(grace) == before
    assert mailoutbox == []


def state_of(account):
    account.refresh_from_db()
    return [
        account.password,
        account.email,
        list(account.emailaddress_set.order_by("pk").values()),
        list(Authenticator.objects.order_by("pk").values("pk", "type", "data")),
    ]


def test_the_password_leads_on_to_the_page(open_client):
    response = open_client.post(
        "/accounts/reauthenticate/?next=/accounts/email/",
        {"password": PASSWORD, "next": "/accounts/email/"},
    )

    assert response.url == "/accounts/email/"
    assert open_client.get("/accounts/email/").status_code == 200


def test_a_form_sent_too_late_says_that_nothing_was_changed(open_client):
    response = open_client.post("/accounts/sessions/", follow=True)

    assert [str(m) for m in response.context["messages"]] == [
        "Nothing has been changed yet. Confirm that it is you, then try again."
    ]


def test_opening_a_page_shows_no_message_about_a_change(open_client):
    response = open_client.get("/accounts/sessions/", follow=True)

    assert [str(m) for m in response.context["messages"]] == []


def test_an_unknown_page_of_allauth_requires_proof(open_client, monkeypatch):
    monkeypatch.setattr("tracker.accounts.gates.PROVEN", frozenset())

    assert open_client.get("/accounts/sessions/").url.startswith("/accounts/reauthenticate/")


# --- nobody is locked out


@pytest.mark.parametrize("name", ["account_set_password", "account_email", "mfa_add_webauthn"])
def test_somebody_without_means_of_proof_is_let_in(ada_client, name):
    assert ada_client.get(address_of(name)).status_code == 200


def test_somebody_without_means_of_proof_is_told_what_to_do(ada_client):
    response = ada_client.get("/accounts/reauthenticate/", follow=True)

    assert response.redirect_chain == [("/account/", 302)]
    assert [str(m) for m in response.context["messages"]] == [
        "Your account has no password and no passkey yet. Set a password first."
    ]


@pytest.fixture
def passkey_client(grace):
    grace.set_unusable_password()
    grace.save()
    return client_of(grace)


@pytest.mark.parametrize("name", ["account_set_password", "account_email", "account_delete"])
def test_somebody_with_only_a_passkey_gives_proof_with_a_code_or_the_passkey(passkey_client, name):
    response = passkey_client.get(address_of(name))

    assert response.url.startswith("/accounts/2fa/reauthenticate/?next=")


def test_somebody_with_only_a_passkey_deletes_nothing_by_the_name(passkey_client, grace):
    passkey_client.post("/account/delete/", {"username": "grace"})

    assert User.objects.filter(pk=grace.pk).exists()
