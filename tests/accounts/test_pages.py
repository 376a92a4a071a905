"""Every page of allauth extends this project's base page and has no inline code."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client
from django.utils.timezone import localdate

from tests import factories
from tests.races import at_once
from tracker.accounts.guests import make_guest

PASSWORD = "correct horse battery"
STRANGER_PAGES = (
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/password/reset/key/1-abc/",
    "/accounts/password/reset/key/done/",
    "/accounts/confirm-email/",
    "/accounts/confirm-email/wrong:key/",
    "/accounts/inactive/",
)
MANAGED_PAGES = (
    "/account/",
    "/account/delete/",
    "/accounts/email/",
    "/accounts/logout/",
    "/accounts/password/change/",
    "/accounts/reauthenticate/",
    "/accounts/sessions/",
    "/accounts/2fa/",
    "/accounts/2fa/totp/activate/",
    "/accounts/2fa/webauthn/",
    "/accounts/2fa/webauthn/add/",
)
CODE_PAGES = (
    "/accounts/2fa/",
    "/accounts/2fa/totp/deactivate/",
    "/accounts/2fa/recovery-codes/",
    "/accounts/2fa/recovery-codes/generate/",
    "/accounts/2fa/reauthenticate/",
)
GUEST_PAGES = ("/account/", "/account/delete/", "/keep/", "/accounts/login/", "/accounts/logout/")
pytestmark = pytest.mark.django_db


@pytest.fixture
def grace():
    account = factories.make_user("grace", email="grace@example.org")
    account.set_password(PASSWORD)
    account.save()
    EmailAddress.objects.create(user=account, email=account.email, primary=True)
    factories.make_profile(account)
    return account


@pytest.fixture
def grace_client(grace):
    """Gave the password twice, so that no page asks for it again."""
    client = Client()
    client.post("/accounts/login/", {"login": "grace", "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


def switch_on_codes(account):
    TOTP.activate(account, generate_totp_secret())
    RecoveryCodes.activate(account)


def checked(response):
    """Return the page's text after checking that it is ours and free of inline code."""
    page = response.content.decode()
    assert response.status_code == 200
    assert [template.name for template in response.templates].count("base.html") == 1
    assert re.findall(r"<script(?![^>]*(?:src=|application/json))[^>]*>", page) == []
    assert re.findall(r"<style| style=| on[a-z]+=| hx-on", page) == []
    assert page.count("<h1") == 1
    assert "<title> · Cobalog" not in page
    return page


@pytest.mark.parametrize("address", STRANGER_PAGES)
def test_pages_for_strangers(client, address):
    checked(client.get(address, follow=True))


@pytest.mark.ignore_template_errors  # allauth asks its own pages for more than there is
@pytest.mark.parametrize("address", MANAGED_PAGES)
def test_pages_of_an_account(grace_client, address):
    response = grace_client.get(address)

    checked(response)


@pytest.mark.ignore_template_errors  # allauth asks its own pages for more than there is
def test_every_managing_page_leads_back_to_the_account(grace_client):
    pages = [grace_client.get(a).content.decode() for a in MANAGED_PAGES if "/2fa/" in a]

    assert all('href="/account/"' in page for page in pages)


@pytest.mark.parametrize("address", CODE_PAGES)
def test_pages_of_an_account_with_codes(grace_client, grace, address):
    switch_on_codes(grace)

    checked(grace_client.get(address))


def test_the_page_that_asks_for_a_code(client, grace):
    switch_on_codes(grace)

    response = client.post(
        "/accounts/login/", {"login": "grace", "password": PASSWORD}, follow=True
    )

    assert response.request["PATH_INFO"] == "/accounts/2fa/authenticate/"
    checked(response)


def test_one_time_codes_are_turned_on_with_a_correct_code(grace_client, grace):
    form = grace_client.get("/accounts/2fa/totp/activate/").context["form"]
    code = format_hotp_value(hotp_value(form.secret, next(yield_hotp_counters_from_time())))

    grace_client.post("/accounts/2fa/totp/activate/", {"code": code})

    kinds = Authenticator.objects.filter(user=grace).values_list("type", flat=True)
    assert set(kinds) == {"totp", "recovery_codes"}


def test_codes_turned_on_twice_at_once_lead_to_the_recovery_codes(
    transactional_db, grace, grace_client
):
    form = grace_client.get("/accounts/2fa/totp/activate/").context["form"]
    code = format_hotp_value(hotp_value(form.secret, next(yield_hotp_counters_from_time())))
    tabs = [Client(), Client()]
    for tab in tabs:
        tab.cookies = grace_client.cookies

    answers = at_once(
        *(lambda tab=tab: tab.post("/accounts/2fa/totp/activate/", {"code": code}) for tab in tabs)
    )

    assert [answer.url for answer in answers] == 2 * ["/accounts/2fa/recovery-codes/"]
    kinds = Authenticator.objects.filter(user=grace).values_list("type", flat=True)
    assert sorted(kinds) == ["recovery_codes", "totp"]


def test_the_page_for_codes_that_are_already_on_redirects_to_the_overview(grace, grace_client):
    switch_on_codes(grace)

    assert grace_client.get("/accounts/2fa/totp/activate/").url == "/accounts/2fa/"


def test_after_a_new_password_only_this_browser_is_counted(grace, grace_client):
    for _browser in range(3):
        Client().post("/accounts/login/", {"login": "grace", "password": PASSWORD})
    assert grace_client.get("/account/").context["session_count"] == 4
    new = {"password1": "a new horse battery", "password2": "a new horse battery"}

    grace_client.post("/accounts/password/change/", {"oldpassword": PASSWORD} | new)

    assert grace_client.get("/account/").context["session_count"] == 1


@pytest.fixture
def guest_entry():
    return factories.make_entry(factories.make_profile(make_guest(localdate())))


@pytest.fixture
def halfway_client(grace, guest_entry):
    """A guest who entered the password of an account that also asks for a code."""
    switch_on_codes(grace)
    client = Client()
    client.force_login(guest_entry.profile.account)
    client.post("/accounts/login/", {"login": "grace", "password": PASSWORD, "bring_diary": "on"})
    return client


def test_a_guest_diary_waits_for_the_second_factor(halfway_client, grace, guest_entry):
    code = RecoveryCodes(
        Authenticator.objects.get(user=grace, type="recovery_codes")
    ).get_unused_codes()[0]

    guest_entry.refresh_from_db()
    assert guest_entry.profile.account.is_guest

    halfway_client.post("/accounts/2fa/authenticate/", {"code": code})

    guest_entry.refresh_from_db()
    assert guest_entry.profile.account == grace


def test_a_wrong_code_moves_nothing(halfway_client, guest_entry):
    response = halfway_client.post("/accounts/2fa/authenticate/", {"code": "000000"})

    guest_entry.refresh_from_db()
    assert response.status_code == 200
    assert guest_entry.profile.account.is_guest


@pytest.mark.parametrize("give_up", ["cancel", "walk away"])
def test_a_guest_who_gives_up_halfway_still_has_the_diary(halfway_client, guest_entry, give_up):
    if give_up == "cancel":
        halfway_client.post("/accounts/logout/", {"next": "/accounts/login/"})
    else:
        halfway_client.get("/account/", follow=True)

    guest = guest_entry.profile.account
    assert halfway_client.session["_auth_user_id"] == str(guest.pk)
    guest_entry.refresh_from_db()
    assert guest_entry.profile.account == guest


@pytest.mark.parametrize("address", GUEST_PAGES)
@pytest.mark.parametrize("demo", ["", "vegan"])
def test_pages_of_a_guest(address, demo):
    client = Client()
    client.force_login(make_guest(localdate(), demo=demo))

    checked(client.get(address, follow=True))


@pytest.mark.parametrize("address", MANAGED_PAGES)
def test_no_page_fails_for_a_guest(address):
    client = Client()
    client.force_login(make_guest(localdate()))

    assert client.get(address, follow=True).status_code in (200, 403, 404)


def test_signing_up_closed(client, settings):
    settings.OPEN_SIGNUP = False

    checked(client.get("/accounts/signup/"))
