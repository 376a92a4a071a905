"""Signing in and moving a guest's diary are one transaction: both happen or neither."""

import uuid
from contextlib import contextmanager

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import DatabaseError
from django.test import Client
from django.utils.timezone import localdate

from tests import factories
from tracker.accounts.guests import make_guest
from tracker.accounts.models import User
from tracker.accounts.signals import guest_joined
from tracker.diary.models import Entry
from tracker.history.models import PostedOnce
from tracker.profiles.models import Profile

PASSWORD = "correct horse battery"
pytestmark = pytest.mark.django_db


@pytest.fixture
def guest():
    account = make_guest(localdate())
    account.profile = factories.make_profile(account)
    return account


@pytest.fixture
def guest_client(guest):
    client = Client()
    client.force_login(guest)
    return client


@pytest.fixture
def grace():
    account = factories.make_user("grace")
    account.set_password(PASSWORD)
    account.save()
    account.profile = factories.make_profile(account)
    return account


def sign_in(client, **data):
    fields = {"login": "grace", "password": PASSWORD, "bring_diary": "on"}
    return client.post("/accounts/login/", fields | data, follow=True)


def said(response):
    return [str(message) for message in response.context["messages"]]


def signed_in_as(client):
    pk = client.session.get("_auth_user_id")
    return pk and User.objects.get(pk=pk).username


@contextmanager
def moving_fails(error):
    """Make the move fail after everything has been moved, as a full disk would."""

    def fail(**_more):
        raise error

    guest_joined.connect(fail)
    try:
        yield
    finally:
        guest_joined.disconnect(fail)


def test_an_entry_that_both_have_from_one_form_is_kept_twice(guest_client, guest, grace):
    key = uuid.uuid4()
    for account, name in ((guest, "Egg"), (grace, "Soy milk")):
        factories.make_entry(account.profile, name=name)
        PostedOnce.objects.create(profile=account.profile, key=key)

    response = sign_in(guest_client)

    assert response.status_code == 200
    assert signed_in_as(guest_client) == "grace"
    assert set(grace.profile.entries.values_list("name", flat=True)) == {"Egg", "Soy milk"}
    assert PostedOnce.objects.get(key=key).profile == grace.profile


def test_nothing_is_lost_if_moving_fails(guest_client, guest, grace):
    factories.make_entry(guest.profile)

    with moving_fails(DatabaseError()):
        response = sign_in(guest_client)

    assert response.redirect_chain == [("/accounts/login/", 302)]
    assert said(response) == [
        "You are not signed in yet, because what you logged as a guest could not be moved. "
        "Nothing is lost, and you are still a guest. Try again in a moment."
    ]
    assert signed_in_as(guest_client) == guest.username
    assert guest_client.get("/account/").status_code == 200
    assert Entry.objects.get().profile == guest.profile
    assert set(Profile.objects.all()) == {guest.profile, grace.profile}


def test_a_failed_move_leaves_one_session_behind(guest_client, grace):
    with moving_fails(DatabaseError()):
        sign_in(guest_client)

    assert Session.objects.count() == 1


def test_a_second_try_after_a_failed_move_brings_the_diary_along(guest_client, guest, grace):
    factories.make_entry(guest.profile)

    with moving_fails(DatabaseError()):
        sign_in(guest_client)
    sign_in(guest_client)

    assert signed_in_as(guest_client) == "grace"
    assert Entry.objects.get().profile == grace.profile


def test_the_log_does_not_say_what_somebody_ate(guest_client, guest, grace, caplog):
    with moving_fails(DatabaseError("DETAIL: Failing row contains (7, Egg, 1.1)")):
        sign_in(guest_client)

    assert "DatabaseError" in caplog.text
    assert "Egg" not in caplog.text


def test_an_unforeseen_fault_while_moving_leaves_the_guest_signed_in(guest_client, guest, grace):
    factories.make_entry(guest.profile)

    guest_client.raise_request_exception = False
    with moving_fails(ZeroDivisionError()):
        response = guest_client.post(
            "/accounts/login/", {"login": "grace", "password": PASSWORD, "bring_diary": "on"}
        )

    assert response.status_code == 500
    assert signed_in_as(guest_client) == guest.username
    assert Entry.objects.get().profile == guest.profile


def test_if_leaving_the_diary_behind_fails_the_guest_remains(
    guest_client, guest, grace, monkeypatch
):
    def fail(_guest):
        raise DatabaseError

    monkeypatch.setattr("tracker.accounts.adapter.delete_guest", fail)
    factories.make_entry(guest.profile)

    sign_in(guest_client, bring_diary="")

    assert signed_in_as(guest_client) == guest.username
    assert Entry.objects.get().profile == guest.profile


def test_a_guest_with_a_password_is_not_a_guest_when_signing_in_elsewhere(client, guest):
    guest.set_password(PASSWORD)
    guest.save()

    client.post("/accounts/login/", {"login": guest.username, "password": PASSWORD})

    guest.refresh_from_db()
    assert not guest.is_guest


def test_a_guest_with_a_password_signs_in_to_the_same_diary(guest_client, guest):
    factories.make_entry(guest.profile)
    guest.set_password(PASSWORD)
    guest.save()
    guest_client.force_login(guest)

    response = sign_in(guest_client, login=guest.username)

    assert said(response) == [f"You are signed in as {guest.username}."]
    assert Entry.objects.get().profile == guest.profile


def test_signing_in_never_deletes_a_guest_with_a_credential(guest_client, guest, grace):
    factories.make_entry(guest.profile)
    User.objects.filter(pk=guest.pk).update(email="guest@example.org")

    response = sign_in(guest_client, bring_diary="")

    guest.refresh_from_db()
    assert not guest.is_guest
    assert said(response) == [
        f"The diary that was open here belongs to the account {guest.username} "
        "and stays there. Nothing in it was moved or deleted.",
        "You are signed in as grace.",
    ]


def test_the_message_about_the_move_appears_once(guest_client, grace):
    assert said(sign_in(guest_client)) == [
        "What you logged as a guest is now in your own diary.",
        "You are signed in as grace.",
    ]


@pytest.fixture
def session_is_lost_once(monkeypatch, grace):
    """Make writing the first session of the account fail."""
    save, failures = SessionStore.save, [DatabaseError()]

    def fail_once(store, must_create=False):
        if store.get("_auth_user_id") == str(grace.pk) and failures:
            raise failures.pop()
        return save(store, must_create)

    monkeypatch.setattr(SessionStore, "save", fail_once)


def test_a_session_that_cannot_be_written_moves_nothing(
    guest_client, guest, grace, session_is_lost_once
):
    factories.make_entry(guest.profile)

    response = sign_in(guest_client)

    assert "You are not signed in yet" in said(response)[0]
    assert signed_in_as(guest_client) == guest.username
    assert Entry.objects.get().profile == guest.profile


def test_an_account_sees_no_message_for_guests(client, session_is_lost_once):
    response = sign_in(client)

    assert said(response) == ["You could not be signed in. Try again in a moment."]
    assert signed_in_as(client) is None


def test_nothing_is_lost_if_moving_fails_after_the_second_factor(guest_client, guest, grace):
    factories.make_entry(guest.profile)
    TOTP.activate(grace, generate_totp_secret())
    code = RecoveryCodes.activate(grace).get_unused_codes()[0]
    sign_in(guest_client)

    with moving_fails(DatabaseError()):
        response = guest_client.post("/accounts/2fa/authenticate/", {"code": code}, follow=True)

    assert "Nothing is lost, and you are still a guest." in said(response)[0]
    assert signed_in_as(guest_client) == guest.username
    assert Entry.objects.get().profile == guest.profile
