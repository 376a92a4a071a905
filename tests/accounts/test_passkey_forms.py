"""Passkeys: anything invalid is refused, and their names are cleaned."""

import json
import math
import time
from base64 import urlsafe_b64encode

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import Client

from tests.accounts.limits import person
from tracker.accounts.models import User
from tracker.accounts.passkey_forms import (
    LONGEST_CREDENTIAL,
    CredentialField,
    NewPasskeyForm,
    PasskeyAgainForm,
    PasskeyForm,
    PasskeySignInForm,
)

pytestmark = pytest.mark.django_db


def coded(raw):
    return urlsafe_b64encode(raw).decode().rstrip("=")


def registration(client_data=b"{}", attestation=b""):
    response = {"clientDataJSON": coded(client_data), "attestationObject": coded(attestation)}
    return json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": response})


def proof(client_data=b"{}", authenticator=b"", user="MQ"):
    response = {
        "clientDataJSON": coded(client_data),
        "authenticatorData": coded(authenticator),
        "signature": coded(b"x"),
        "userHandle": user,
    }
    return json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": response})


DAMAGED = [
    *("", "null", "[]", "{}", "1", '"x"', "nonsense", "9" * 5000, "[" * 2000, "1e999", "NaN"),
    *("[" * 50_000 + "]" * 50_000, '"\\ud800"', '{"a": "\\ud800"}', "{" + "x" * 30_000),
    *('{"id": 1}', '{"id": "AA", "response": []}', '{"id": "AA", "response": {"a": 1}}'),
]
ATTESTATIONS = [b"", b"\xa0", b"\x01", b"\x80", b"\xff", b"\xa1\x61", b"\x81" * 5000, b"not cbor"]


@pytest.fixture(autouse=True)
def nothing_said_yet():
    cache.clear()


@pytest.fixture
def grace_client():
    grace = person("grace")
    client = Client()
    client.force_login(grace)
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "password", "at": time.time(), "reauthenticated": True}
    ]
    session["account_authentication_methods_user"] = str(grace.pk)
    session.save()
    client.get("/accounts/2fa/webauthn/add/")  # which begins a ceremony
    return client


@pytest.mark.parametrize(
    "credential",
    [*DAMAGED, *(registration(attestation=raw) for raw in ATTESTATIONS), registration(b"[" * 9000)],
)
def test_a_damaged_key_is_refused(grace_client, credential):
    form = {"name": "k", "credential": credential}

    answer = grace_client.post("/accounts/2fa/webauthn/add/", form, headers={"Host": "localhost"})

    assert answer.status_code == 200
    assert Authenticator.objects.count() == 0


@pytest.mark.parametrize(
    "credential",
    [
        *DAMAGED,
        *(proof(authenticator=raw) for raw in ATTESTATIONS),
        *(proof(b"[" * 20_000), proof(b"1"), proof(user="\u0663"), proof(user="x" * 5000)),
    ],
)
def test_a_damaged_proof_signs_nobody_in(client, settings, credential):
    settings.MFA_RATE_LIMITS = False
    person("grace")
    client.get("/accounts/2fa/webauthn/login/", headers={"Accept": "application/json"})

    answer = client.post("/accounts/2fa/webauthn/login/", {"credential": credential})

    assert answer.status_code in (200, 302)
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("name", ["\u3164", "\u200b", "\u202e gpj", "a" * 200, ""])
def test_a_passkey_cannot_be_given_an_invisible_name(grace_client, name):
    grace = User.objects.get()
    passkey = Authenticator.objects.create(user=grace, type="webauthn", data={"name": "Mine"})

    answer = grace_client.post(f"/accounts/2fa/webauthn/keys/{passkey.pk}/edit/", {"name": name})

    passkey.refresh_from_db()
    assert (answer.status_code, passkey.data["name"]) == (200, "Mine")


def test_the_new_name_of_a_passkey_is_on_one_line(grace_client):
    grace = User.objects.get()
    passkey = Authenticator.objects.create(user=grace, type="webauthn", data={"name": "Mine"})

    grace_client.post(f"/accounts/2fa/webauthn/keys/{passkey.pk}/edit/", {"name": "My\nkey"})

    passkey.refresh_from_db()
    assert "\n" not in passkey.data["name"]
    assert passkey.data["name"].startswith("My")


@pytest.mark.parametrize(("length", "is_taken"), [(LONGEST_CREDENTIAL, True), (20_001, False)])
def test_the_description_of_a_key_has_a_maximum_length(length, is_taken):
    text = registration().ljust(length)

    if is_taken:
        assert CredentialField().clean(text) == json.loads(registration())
    else:
        with pytest.raises(ValidationError):
            CredentialField().clean(text)


NESTED = json.loads("[" * 900 + "]" * 900)


@pytest.mark.parametrize("more", [NESTED, math.nan, math.inf, "\0", "\ud800", {"a": 1}, [1]])
@pytest.mark.parametrize(
    "place", [("x",), ("response", "x"), ("clientExtensionResults",), ("authenticatorAttachment",)]
)
def test_only_webauthn_members_of_a_key_are_stored(place, more):
    sent = said = json.loads(registration())
    for name in place[:-1]:
        said = said[name]
    said[place[-1]] = more

    assert CredentialField().clean(json.dumps(sent)) == json.loads(registration())


@pytest.mark.parametrize("is_resident", [True, False])
def test_it_is_stored_whether_a_key_is_a_passkey(is_resident):
    props = {"clientExtensionResults": {"credProps": {"rk": is_resident}}}
    sent = json.loads(registration()) | props

    assert CredentialField().clean(json.dumps(sent)) == sent


@pytest.mark.parametrize("rk", [NESTED, math.nan, "yes", 1])
def test_whether_a_key_is_a_passkey_is_stored_only_as_yes_or_no(rk):
    said = {"clientExtensionResults": {"credProps": {"rk": rk}}}

    credential = CredentialField().clean(json.dumps(json.loads(registration()) | said))

    assert credential == json.loads(registration())


def test_everything_that_proves_a_key_is_stored():
    sent = json.loads(proof(authenticator=b"\xff\xfe")) | {"authenticatorAttachment": "platform"}

    assert CredentialField().clean(json.dumps(sent)) == sent


def test_a_refused_passkey_is_not_called_a_code(client):
    page = client.post("/accounts/2fa/webauthn/login/", {"credential": '{"id": 1}'}, follow=True)

    assert "This passkey was not accepted. Try again." in page.text
    assert "code" not in "".join(str(message) for message in page.context["messages"]).lower()


def test_a_response_creates_a_passkey_only_once(monkeypatch, settings):
    monkeypatch.setattr(AddWebAuthnForm, "clean", lambda form: form.cleaned_data)
    grace = person("grace")

    def taken(data):
        return NewPasskeyForm({"name": "Key", "credential": data}, user=grace).is_valid()

    assert [taken(registration()), taken(registration())] == [True, False]
    assert taken(registration(attestation=b"another"))


@pytest.mark.parametrize("form", [PasskeySignInForm, PasskeyForm, PasskeyAgainForm])
def test_a_response_is_accepted_as_proof_only_once(monkeypatch, form):
    kinds = [LoginWebAuthnForm, AuthenticateWebAuthnForm, ReauthenticateWebAuthnForm]
    for kind in kinds:
        monkeypatch.setattr(kind, "clean_credential", lambda _form: Authenticator(), raising=False)
    user = {} if form is PasskeySignInForm else {"user": person("grace")}

    def taken(data):
        return form({"credential": data}, **user).is_valid()

    proofs = [proof(), proof(), proof(client_data=form.__name__.encode())]
    assert [taken(data) for data in proofs] == [True, False, True]
