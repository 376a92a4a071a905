"""Strangers who guess a password lock out themselves, and neither the owner nor others."""

import pytest
from allauth.core.internal import ratelimit
from allauth.core.internal.ratelimit import parse_rates
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client

from tests.accounts.limits import PASSWORD, address, person, sign_in, switch_on
from tracker import settings as app_settings
from tracker.accounts.devices import COOKIE
from tracker.accounts.guessing import Limit, account_named, wait_s

HOME, CAFE = "192.0.2.1", "203.0.113.5"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def limits(settings):
    """The app's own limits, with lower ones per account."""
    switch_on(settings)
    settings.ACCOUNT_RATE_LIMITS = app_settings.ACCOUNT_RATE_LIMITS | {
        "login_failed_account": "8/h/key",
        "code_failed_account": "8/h/key",
    }


@pytest.fixture
def grace():
    return person("grace")


def is_signed_in(client):
    return "_auth_user_id" in client.session


def guess(name, number, *, where=lambda n: "192.0.2.66", client=None):
    """Guess wrongly so many times, and return the last response."""
    client = client or Client()
    for attempt in range(number):
        answer = sign_in(client, name, f"wrong {attempt}", address=where(attempt))
    return answer


def besieged(name):
    """Guess from 5 addresses, which is more than the account allows strangers altogether."""
    guess(name, 10, where=lambda n: address(n // 2))


def test_five_wrong_guesses_of_a_stranger_do_not_lock_out_the_owner(client, grace):
    guess("grace", 6)

    sign_in(client, "grace", address=HOME)

    assert is_signed_in(client)


def test_the_stranger_is_locked_out_even_with_the_right_password(client, grace):
    guess("grace", 5)

    answer = sign_in(client, "grace", address="192.0.2.66")

    assert not is_signed_in(client)
    assert "Too many wrong passwords. Try again in 5 minutes." in answer.content.decode()


def test_what_was_typed_stays_in_the_form(grace):
    answer = guess("grace", 6)

    assert answer.context["form"]["login"].value() == "grace"


@pytest.mark.parametrize("variant", ["GRACE", "Grace", "ｇrace", "grace "])
def test_another_spelling_of_the_name_shares_the_count(client, grace, variant):
    guess("grace", 5)

    sign_in(client, variant, address="192.0.2.66")

    assert not is_signed_in(client)


def test_names_without_an_account_are_limited_alike():
    answer = guess("nobody-of-this-name", 6)

    assert "Too many wrong passwords" in answer.content.decode()


def test_one_address_is_limited_over_all_names(client, grace):
    for number in range(10):
        sign_in(Client(), f"somebody{number}", "wrong", address="192.0.2.66")

    sign_in(client, "grace", address="192.0.2.66")

    assert not is_signed_in(client)


def test_one_network_of_ipv6_is_one_address(client, grace):
    guess("grace", 5, where=lambda n: f"2001:db8:1:1::{n}")

    sign_in(client, "grace", address="2001:db8:1:1:ffff::1")

    assert not is_signed_in(client)


def test_many_addresses_together_are_limited_by_account(client, grace):
    besieged("grace")

    sign_in(client, "grace", address=CAFE)

    assert not is_signed_in(client)


@pytest.mark.parametrize("kind", ["login_failed", "code_failed"])
def test_one_address_alone_never_uses_up_what_the_account_allows(kind):
    limits = app_settings.ACCOUNT_RATE_LIMITS
    pair, account = (parse_rates(limits[name])[-1] for name in (f"{kind}_pair", f"{kind}_account"))

    assert (pair.duration, account.duration) == (3600, 3600)
    assert pair.amount < account.amount


def test_other_accounts_do_not_notice(client, grace):
    person("linus")
    besieged("grace")

    sign_in(client, "linus", address=CAFE)

    assert is_signed_in(client)


def test_a_browser_that_the_account_knows_gets_in_from_anywhere(client, grace):
    sign_in(client, "grace", address=HOME)
    client.post("/accounts/logout/")
    besieged("grace")

    sign_in(client, "grace", address=CAFE)

    assert is_signed_in(client)


def test_a_known_browser_gets_in_beside_a_stranger_at_the_same_address(client, grace):
    sign_in(client, "grace", address=HOME)
    client.post("/accounts/logout/")
    guess("grace", 6, where=lambda n: HOME)
    for number in range(40):
        sign_in(Client(), f"somebody{number}", "wrong", address=HOME)

    sign_in(client, "grace", address=HOME)

    assert is_signed_in(client)


def test_the_usual_address_gets_in_without_the_cookie(client, grace):
    sign_in(Client(), "grace", address=HOME)
    besieged("grace")

    sign_in(client, "grace", address=HOME)

    assert is_signed_in(client)


def test_the_usual_network_of_ipv6_gets_in_without_the_cookie(client, grace):
    sign_in(Client(), "grace", address="2001:db8:1:1::5")
    besieged("grace")

    sign_in(client, "grace", address="2001:db8:1:1::9")

    assert is_signed_in(client)


def test_the_usual_address_of_somebody_else_does_not_count(client, grace):
    person("mallory")
    sign_in(Client(), "mallory", address=CAFE)
    besieged("grace")

    sign_in(client, "grace", address=CAFE)

    assert not is_signed_in(client)


def test_a_guess_that_is_refused_is_not_counted_against_others(client, grace):
    person("linus")
    guess("grace", 15)

    sign_in(client, "linus", address="192.0.2.66")

    assert is_signed_in(client)


def test_a_new_password_by_mail_lets_the_owner_in_from_anywhere(client, grace, mailoutbox):
    grace.emailaddress_set.create(email="grace@example.org", primary=True, verified=True)
    besieged("grace")
    client.post("/accounts/password/reset/", {"email": "grace@example.org"}, REMOTE_ADDR=CAFE)
    link = next(word for word in mailoutbox[0].body.split() if "/key/" in word)
    form = client.get("/" + link.split("/", 3)[3], follow=True).request["PATH_INFO"]
    new = PASSWORD + " 2"
    client.post(form, {"password1": new, "password2": new}, REMOTE_ADDR=CAFE)

    sign_in(client, "grace", new, address=CAFE)

    assert is_signed_in(client)


def test_a_known_browser_may_not_guess_for_ever(client, grace):
    sign_in(client, "grace", address=HOME)
    client.post("/accounts/logout/")
    guess("grace", 10, where=address, client=client)

    sign_in(client, "grace", address=HOME)

    assert not is_signed_in(client)


def test_a_browser_known_to_one_account_is_a_stranger_to_another(client, grace):
    person("mallory")
    sign_in(client, "mallory", address=HOME)
    client.post("/accounts/logout/")
    guess("grace", 5, client=client)

    sign_in(client, "grace", address="192.0.2.66")

    assert not is_signed_in(client)


def test_a_forged_cookie_is_ignored(client, grace):
    besieged("grace")
    client.cookies[COOKIE] = f'{{"{grace.pk}": "x"}}'

    sign_in(client, "grace", address=CAFE)

    assert not is_signed_in(client)


def test_right_passwords_are_not_counted(grace):
    for _number in range(12):
        client = Client()
        sign_in(client, "grace", address=HOME)

    assert is_signed_in(client)


def test_asking_for_the_password_again_does_not_lock_out_the_owner(client, grace):
    sign_in(client, "grace", address=HOME)
    besieged("grace")

    answer = client.post("/accounts/reauthenticate/", {"password": PASSWORD}, REMOTE_ADDR=CAFE)

    assert answer.status_code == 302


def test_guessing_in_an_unproven_session_is_limited(client, grace):
    sign_in(client, "grace", address=HOME)
    for number in range(10):
        client.post("/accounts/reauthenticate/", {"password": f"wrong {number}"}, REMOTE_ADDR=HOME)
        client.cookies.pop(COOKIE, None)

    answer = client.post("/accounts/reauthenticate/", {"password": PASSWORD}, REMOTE_ADDR=HOME)

    assert answer.status_code != 302


# --- one-time codes


@pytest.fixture
def grace_with_codes(grace):
    TOTP.activate(grace, generate_totp_secret())
    return grace


def recovery_codes(account):
    RecoveryCodes.activate(account)
    kept = Authenticator.objects.get(user=account, type="recovery_codes")
    return RecoveryCodes(kept).get_unused_codes()[:2]


def give_code(client, code, *, where):
    data = {"code": code}
    return client.post("/accounts/2fa/authenticate/", data, REMOTE_ADDR=where)


def guess_codes(number, *, where):
    for attempt in range(number):
        client = Client()
        sign_in(client, "grace", address=where(attempt))
        answer = give_code(client, f"{attempt:06}", where=where(attempt))
    return answer


def test_five_wrong_codes_are_enough_from_one_address(client, grace_with_codes):
    answer = guess_codes(6, where=lambda n: "192.0.2.66")

    assert "Too many wrong codes. Try again in 5 minutes." in answer.content.decode()


def test_wrong_codes_from_many_addresses_are_limited_by_account(client, grace_with_codes):
    answer = guess_codes(9, where=address)

    assert "Too many wrong codes" in answer.content.decode()


def test_somebody_who_knows_the_password_cannot_lock_the_owner_out_of_the_code(
    client, grace_with_codes
):
    first, second = recovery_codes(grace_with_codes)
    sign_in(client, "grace", address=HOME)
    give_code(client, first, where=HOME)
    client.post("/accounts/logout/")
    guess_codes(10, where=address)

    sign_in(client, "grace", address=CAFE)
    give_code(client, second, where=CAFE)

    assert is_signed_in(client)


def test_codes_asked_for_again_are_limited(client, grace_with_codes):
    client.force_login(grace_with_codes)

    for number in range(6):
        answer = client.post("/accounts/2fa/reauthenticate/", {"code": f"{number:06}"})

    assert "Too many wrong codes" in answer.content.decode()


# --- which account a name means


@pytest.mark.parametrize("typed", ["Émile", "émile", "ÉMILE", "e\u0301mile", " émile ", "ｅ́mile"])
def test_a_name_finds_its_account_in_any_case_and_unicode_form(typed):
    emile = person("Émile")

    assert account_named(typed) == emile


@pytest.mark.parametrize("typed", ["", "\0", "emile\0", "x" * 100_000, "emile", "Ėmile"])
def test_other_names_find_nobody(typed):
    person("Émile")

    assert account_named(typed) is None


def test_two_accounts_from_before_the_rule_are_distinguished_by_case():
    older, younger = person("Ada"), person("Bea")
    type(younger).objects.filter(pk=younger.pk).update(username="ada", name_key=None)

    assert [account_named(name) for name in ("Ada", "ada", "ADA")] == [
        older,
        type(younger).objects.get(pk=younger.pk),
        None,
    ]


def test_the_wait_ends_when_the_oldest_counted_attempt_expires(rf, monkeypatch):
    request = rf.post("/", REMOTE_ADDR=HOME)
    limit = Limit("login_failed_device", "mark")
    now = 1_800_000_000.0
    for number in range(10):
        monkeypatch.setattr("time.time", lambda number=number: now + number * 10)
        ratelimit.consume(request, app=limit.app, action=limit.action, key=limit.key)

    assert wait_s(request, limit) == 300 - 90


def test_a_wrong_code_is_reported_in_our_words(client):
    grace = person("grace")
    TOTP.activate(grace, generate_totp_secret())
    sign_in(client, "grace")

    page = client.post("/accounts/2fa/authenticate/", {"code": "000000"})

    assert "This code is wrong or no longer valid." in page.text
