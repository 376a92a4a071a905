"""Addresses, forgotten passwords and mail, on a site that sends mail and on one that does not."""

import re
from smtplib import SMTPServerDisconnected

import pytest
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.management import call_command
from django.test import Client
from django.utils.timezone import localdate

from tests import factories
from tests.pages import words_on_screen
from tracker.accounts.guests import make_guest
from tracker.accounts.models import User

PASSWORD = "correct horse battery"
OTHER_PASSWORD = "a new horse battery"
pytestmark = pytest.mark.django_db


@pytest.fixture
def grace():
    account = factories.make_user("grace", email="grace@example.org")
    account.set_password(PASSWORD)
    account.save()
    give_address(account, account.email, primary=True, verified=True)
    factories.make_profile(account)
    return account


def give_address(account, email, **fields):
    return EmailAddress.objects.create(user=account, email=email, **fields)


@pytest.fixture
def grace_client(grace):
    return proven(grace)


def proven(account):
    client = Client()
    client.post("/accounts/login/", {"login": account.username, "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


@pytest.fixture
def no_mail(settings):
    settings.SENDS_MAIL = False
    settings.ACCOUNT_EMAIL_VERIFICATION = "none"


def said(response):
    return [str(message) for message in response.context["messages"]]


def sent(mailoutbox):
    return sorted((mail.to[0], mail.subject) for mail in mailoutbox)


def ask_for_a_link(client, email):
    return client.post("/accounts/password/reset/", {"email": email}, follow=True)


# --- a forgotten password


def test_a_confirmed_address_gets_a_link_that_changes_the_password(client, grace, mailoutbox):
    ask_for_a_link(client, "Grace@example.org")
    link = re.search(r"http\S+", mailoutbox[0].body)[0]
    page = client.get(link, follow=True)
    new = {"password1": OTHER_PASSWORD, "password2": OTHER_PASSWORD}
    client.post(page.redirect_chain[-1][0], new)

    grace.refresh_from_db()
    assert link.startswith("http://testserver/accounts/password/reset/key/")
    assert grace.check_password(OTHER_PASSWORD)
    assert sent(mailoutbox) == [
        ("grace@example.org", "Cobalog: Choose a new password"),
        ("grace@example.org", "Cobalog: Your password was changed"),
    ]


def test_an_unconfirmed_address_gets_no_link(client, grace, mailoutbox):
    EmailAddress.objects.update(verified=False)
    give_address(grace, "thief@example.org")

    for email in ("grace@example.org", "thief@example.org"):
        ask_for_a_link(client, email)

    assert sent(mailoutbox) == [
        ("grace@example.org", "Cobalog: No account has this address"),
        ("thief@example.org", "Cobalog: No account has this address"),
    ]
    assert "/password/reset/key/" not in "".join(mail.body for mail in mailoutbox)


def test_an_address_stored_only_on_the_account_gets_no_link(client, mailoutbox):
    factories.make_user("linus", email="linus@example.org")

    ask_for_a_link(client, "linus@example.org")

    assert sent(mailoutbox) == [("linus@example.org", "Cobalog: No account has this address")]


def test_the_answer_is_the_same_for_an_unknown_address(client, grace):
    known, unknown = (ask_for_a_link(client, f"{n}@example.org") for n in ("grace", "nobody"))

    assert known.redirect_chain == unknown.redirect_chain
    words = [list(words_on_screen(page.content.decode())) for page in (known, unknown)]
    assert words[0] == words[1]


@pytest.fixture
def broken_server(monkeypatch):
    def fail(*_arguments):
        raise SMTPServerDisconnected("grace@example.org refused")

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", fail)


@pytest.mark.parametrize("name", ["grace", "nobody"])
def test_a_failing_mail_server_is_reported_and_is_not_a_500(
    client, grace, broken_server, caplog, name
):
    response = ask_for_a_link(client, f"{name}@example.org")

    assert response.redirect_chain == [("/accounts/password/reset/", 302)]
    assert said(response) == ["The e-mail could not be sent. Please try again later."]
    assert "SMTPServerDisconnected" in caplog.text
    assert "example.org" not in caplog.text


def test_signing_up_continues_if_the_mail_server_fails(client, broken_server):
    response = client.post(
        "/accounts/signup/",
        {
            "username": "linus",
            "password1": PASSWORD,
            "password2": PASSWORD,
            "email": "linus@example.org",
        },
        follow=True,
    )

    assert client.session["_auth_user_id"] == str(User.objects.get().pk)
    assert "The e-mail could not be sent. Please try again later." in said(response)


def test_a_change_is_made_although_its_notice_cannot_be_sent(grace_client, grace, broken_server):
    new = {"oldpassword": PASSWORD, "password1": OTHER_PASSWORD, "password2": OTHER_PASSWORD}

    response = grace_client.post("/accounts/password/change/", new, follow=True)

    grace.refresh_from_db()
    assert grace.check_password(OTHER_PASSWORD)
    assert said(response)[-1] == "Your password was changed."


def test_a_link_bears_the_name_and_the_scheme_of_the_site(client, grace, mailoutbox, settings):
    settings.ALLOWED_HOSTS = ["b12.example.org"]
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

    client.post(
        "/accounts/password/reset/",
        {"email": "grace@example.org"},
        headers={"host": "b12.example.org", "x-forwarded-proto": "https"},
    )

    assert "\nhttps://b12.example.org/accounts/password/reset/key/" in mailoutbox[0].body
    assert mailoutbox[0].body.endswith("Cobalog, b12.example.org")
    assert "example.com" not in mailoutbox[0].body


# --- the main address


def test_only_a_confirmed_address_becomes_the_main_one(grace_client, grace):
    EmailAddress.objects.update(verified=False)
    give_address(grace, "thief@example.org")

    response = grace_client.post(
        "/accounts/email/", {"action_primary": "", "email": "thief@example.org"}, follow=True
    )

    grace.refresh_from_db()
    assert said(response)[-1] == (
        "Confirm this address first: open the link in the e-mail that was sent there."
    )
    assert grace.email == "grace@example.org"
    assert EmailAddress.objects.get(primary=True).email == "grace@example.org"


def test_a_confirmed_address_becomes_the_main_one_and_the_old_one_is_told(
    grace_client, grace, mailoutbox
):
    give_address(grace, "second@example.org", verified=True)

    grace_client.post("/accounts/email/", {"action_primary": "", "email": "Second@example.org"})

    grace.refresh_from_db()
    assert grace.email == "second@example.org"
    assert sent(mailoutbox) == [
        ("grace@example.org", "Cobalog: The address of your account was changed"),
        ("second@example.org", "Cobalog: The address of your account was changed"),
    ]


@pytest.mark.parametrize("email", ["", "no address", "a\x00b@example.org", "x" * 5000])
def test_an_invented_address_is_ignored(grace_client, grace, email):
    response = grace_client.post("/accounts/email/", {"action_primary": "", "email": email})

    assert response.status_code == 302
    assert EmailAddress.objects.get(primary=True).email == "grace@example.org"


def test_the_address_of_another_person_is_ignored(grace_client, ada):
    give_address(ada, "ada@example.org", primary=True, verified=True)

    response = grace_client.post(
        "/accounts/email/", {"action_primary": "", "email": "ada@example.org"}, follow=True
    )

    assert said(response)[-1].startswith("Confirm this address first")
    assert set(EmailAddress.objects.values_list("user__username", "email")) == {
        ("ada", "ada@example.org"),
        ("grace", "grace@example.org"),
    }


def test_the_first_confirmed_address_replaces_an_unconfirmed_one(client, grace, mailoutbox):
    EmailAddress.objects.update(verified=False)
    second = give_address(grace, "second@example.org")

    client.post(f"/accounts/confirm-email/{EmailConfirmationHMAC(second).key}/")

    grace.refresh_from_db()
    assert EmailAddress.objects.get(primary=True).email == grace.email == "second@example.org"
    assert ("grace@example.org", "Cobalog: The address of your account was changed") in sent(
        mailoutbox
    )


def test_a_confirmed_main_address_stays_when_another_is_confirmed(client, grace):
    second = give_address(grace, "second@example.org")

    client.post(f"/accounts/confirm-email/{EmailConfirmationHMAC(second).key}/")

    assert EmailAddress.objects.get(primary=True).email == "grace@example.org"


def test_an_address_confirmed_by_another_account_is_ignored(client, grace, ada):
    EmailAddress.objects.update(verified=False)
    second = give_address(grace, "ada@example.org")
    link = f"/accounts/confirm-email/{EmailConfirmationHMAC(second).key}/"
    give_address(ada, "ada@example.org", verified=True)

    client.post(link)

    assert EmailAddress.objects.get(user=grace, primary=True).email == "grace@example.org"


@pytest.mark.parametrize("is_confirmed", [False, True])
@pytest.mark.parametrize("address", ["/accounts/signup/", "/keep/"])
def test_nobody_is_told_that_another_account_has_an_address(
    client, ada, mailoutbox, address, is_confirmed
):
    give_address(ada, "vic@example.org", primary=True, verified=is_confirmed)
    if address == "/keep/":
        client.force_login(make_guest(localdate()))
    form = {"username": "vic", "password1": PASSWORD, "password2": PASSWORD}

    response = client.post(address, form | {"email": "vic@example.org"})

    assert response.status_code == 302
    mine = EmailAddress.objects.get(user__username="vic")
    assert (mine.email, mine.verified) == ("vic@example.org", False)
    assert [mail.to for mail in mailoutbox] == [["vic@example.org"]]
    if is_confirmed:
        client.post(f"/accounts/confirm-email/{EmailConfirmationHMAC(mine).key}/")
        assert EmailAddress.objects.filter(verified=True).values_list("user", flat=True).get() == (
            ada.pk
        )


def test_an_address_belongs_to_the_account_that_confirms_it_first(client, ada, mailoutbox):
    give_address(ada, "vic@example.org", primary=True, verified=False)
    form = {"username": "vic", "password1": PASSWORD, "password2": PASSWORD}
    client.post("/accounts/signup/", form | {"email": "vic@example.org"})

    client.post(re.search(r"http://testserver(\S+)", mailoutbox[0].body)[1])

    assert EmailAddress.objects.get(verified=True).user.username == "vic"


def test_only_possible_actions_are_offered_for_an_address(grace_client, grace):
    give_address(grace, "confirmed@example.org", verified=True)
    give_address(grace, "new@example.org")

    forms = grace_client.get("/accounts/email/").content.decode().split("<form")
    offered = {
        re.search(r'name="email" value="([^"]+)"', form)[1]: set(re.findall(r"action_\w+", form))
        for form in forms
        if 'name="email" value=' in form
    }

    assert offered == {
        "grace@example.org": {"action_remove"},
        "confirmed@example.org": {"action_primary", "action_remove"},
        "new@example.org": {"action_send", "action_remove"},
    }


# --- notices


def test_the_old_address_is_notified_of_a_new_one(grace_client, mailoutbox):
    grace_client.post("/accounts/email/", {"action_add": "", "email": "new@example.org"})

    assert sent(mailoutbox) == [
        ("grace@example.org", "Cobalog: An address was added to your account"),
        ("new@example.org", "Cobalog: Confirm your address"),
    ]
    assert "new@example.org" in mailoutbox[-1].body


def test_a_removed_address_and_the_remaining_ones_are_notified(grace_client, grace, mailoutbox):
    give_address(grace, "second@example.org", verified=True)
    give_address(grace, "unconfirmed@example.org")

    for email in ("second@example.org", "unconfirmed@example.org"):
        grace_client.post("/accounts/email/", {"action_remove": "", "email": email})

    removed = "Cobalog: An address was removed from your account"
    assert sent(mailoutbox) == [
        ("grace@example.org", removed),
        ("grace@example.org", removed),
        ("second@example.org", removed),
    ]


def test_the_last_address_is_notified_of_its_removal(grace_client, mailoutbox):
    grace_client.post("/accounts/email/", {"action_remove": "", "email": "grace@example.org"})

    assert [mail.to for mail in mailoutbox] == [["grace@example.org"]]


def test_every_confirmed_address_is_notified_of_a_new_password(grace_client, grace, mailoutbox):
    give_address(grace, "second@example.org", verified=True)
    give_address(grace, "unconfirmed@example.org")
    new = {"oldpassword": PASSWORD, "password1": OTHER_PASSWORD, "password2": OTHER_PASSWORD}

    grace_client.post("/accounts/password/change/", new)

    assert sent(mailoutbox) == [
        ("grace@example.org", "Cobalog: Your password was changed"),
        ("second@example.org", "Cobalog: Your password was changed"),
    ]
    assert "If it was not you" in mailoutbox[0].body
    assert "from the address 127.0.0.1" in mailoutbox[0].body


def test_a_first_password_is_notified(ada, ada_client, mailoutbox):
    give_address(ada, "ada@example.org", primary=True, verified=True)

    new = {"password1": OTHER_PASSWORD, "password2": OTHER_PASSWORD}
    response = ada_client.post("/accounts/password/set/", new)

    assert response.url == "/account/"
    assert sent(mailoutbox) == [("ada@example.org", "Cobalog: A password was set")]


@pytest.mark.django_db(transaction=True)
def test_turning_one_time_codes_on_and_off_is_notified(grace_client, mailoutbox):
    form = grace_client.get("/accounts/2fa/totp/activate/").context["form"]
    code = format_hotp_value(hotp_value(form.secret, next(yield_hotp_counters_from_time())))
    grace_client.post("/accounts/2fa/totp/activate/", {"code": code})
    grace_client.post("/accounts/2fa/totp/deactivate/")

    assert [mail.subject for mail in mailoutbox] == [
        "Cobalog: One-time codes were turned on",
        "Cobalog: One-time codes were turned off",
    ]


@pytest.mark.django_db(transaction=True)
def test_new_recovery_codes_and_a_removed_passkey_are_notified(grace_client, grace, mailoutbox):
    TOTP.activate(grace, generate_totp_secret())
    RecoveryCodes.activate(grace)
    passkey = Authenticator.objects.create(user=grace, type="webauthn", data={})
    grace_client.post("/accounts/2fa/recovery-codes/generate/")
    grace_client.post(f"/accounts/2fa/webauthn/keys/{passkey.pk}/remove/")

    assert sent(mailoutbox) == [
        ("grace@example.org", "Cobalog: A passkey was removed"),
        ("grace@example.org", "Cobalog: New recovery codes were created"),
    ]


# --- an address while signing up


def test_signing_up_with_an_address_asks_for_confirmation(client, mailoutbox):
    client.post(
        "/accounts/signup/",
        {
            "username": "linus",
            "password1": PASSWORD,
            "password2": PASSWORD,
            "email": "linus@example.org",
        },
    )

    assert sent(mailoutbox) == [("linus@example.org", "Cobalog: Confirm your address")]
    assert "The account linus gave this address" in mailoutbox[0].body


def test_keeping_a_diary_with_an_address_asks_for_confirmation(client, mailoutbox):
    client.force_login(make_guest(localdate()))
    client.post(
        "/keep/",
        {
            "username": "linus",
            "password1": PASSWORD,
            "password2": PASSWORD,
            "email": "linus@example.org",
        },
    )
    link = re.search(r"http\S+", mailoutbox[0].body)[0]

    client.post(link)

    assert EmailAddress.objects.get().verified
    assert "not confirmed" not in client.get("/account/").content.decode()


@pytest.mark.parametrize(
    ("address", "data", "error"),
    [
        (
            "/accounts/email/",
            {"action_add": "", "email": "grace@example.org"},
            "This address is already in your account.",
        ),
        (
            "/accounts/password/change/",
            {"oldpassword": "wrong", "password1": OTHER_PASSWORD, "password2": OTHER_PASSWORD},
            "This is not your current password.",
        ),
        ("/accounts/reauthenticate/", {"password": "wrong"}, "This is not your password."),
    ],
)
def test_an_error_is_shown_next_to_its_field(grace_client, address, data, error):
    response = grace_client.post(address, data)

    assert [e for errors in response.context["form"].errors.values() for e in errors] == [error]


def test_the_account_page_says_that_an_address_is_not_confirmed(grace_client):
    EmailAddress.objects.update(verified=False)

    assert "not confirmed yet" in grace_client.get("/account/").content.decode()


# --- a site that sends no mail


def test_no_link_is_sent_or_printed(client, grace, no_mail, mailoutbox, capfd):
    response = client.post("/accounts/password/reset/", {"email": "grace@example.org"})

    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")
    assert mailoutbox == []
    assert "/password/reset/" not in "".join(capfd.readouterr())


def test_the_page_of_a_forgotten_password_says_what_to_do_instead(client, no_mail):
    page = client.get("/accounts/password/reset/")

    text = page.content.decode()
    assert page.status_code == 200
    assert "This site cannot send e-mail" in text
    assert "manage.py changepassword NAME" in text
    assert 'type="email"' not in text


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("/accounts/password/reset/done/", "/accounts/password/reset/"),
        ("/accounts/confirm-email/", "/accounts/login/"),
    ],
)
def test_no_page_says_that_a_mail_was_sent(client, no_mail, address, leads_to):
    assert client.get(address).url == leads_to


@pytest.mark.parametrize("address", ["/accounts/login/", "/accounts/signup/"])
def test_no_page_for_strangers_offers_mail(client, no_mail, address):
    text = client.get(address).content.decode()

    assert "This site cannot send e-mail" in text
    assert "/password/reset/" not in text
    assert 'name="email"' not in text


@pytest.mark.parametrize("address", ["/accounts/reauthenticate/", "/accounts/password/change/"])
def test_no_page_of_an_account_offers_a_reset(grace_client, no_mail, address):
    text = grace_client.get(address).content.decode()

    assert "This site cannot send e-mail" in text
    assert "/password/reset/" not in text


@pytest.mark.parametrize("address", ["/accounts/login/", "/accounts/reauthenticate/"])
def test_with_a_mail_server_a_reset_is_offered(client, grace_client, address):
    visitor = client if address == "/accounts/login/" else grace_client

    assert 'href="/accounts/password/reset/"' in visitor.get(address).content.decode()


def test_a_guest_is_asked_for_no_address(client, no_mail):
    client.force_login(make_guest(localdate()))

    text = client.get("/keep/").content.decode()

    assert "This site cannot send e-mail" in text
    assert 'name="email"' not in text


def test_an_address_that_is_posted_anyway_is_not_stored(client, no_mail, mailoutbox):
    client.force_login(make_guest(localdate()))
    fields = {"username": "linus", "password1": PASSWORD, "password2": PASSWORD}

    client.post("/keep/", fields | {"email": "linus@example.org"})

    assert User.objects.get().email == ""
    assert mailoutbox == []


@pytest.mark.parametrize("action", ["action_add", "action_send"])
def test_no_address_is_added_or_confirmed(grace_client, no_mail, mailoutbox, action):
    page = grace_client.get("/accounts/email/").content.decode()
    response = grace_client.post(
        "/accounts/email/", {action: "", "email": "new@example.org"}, follow=True
    )

    assert action not in page
    assert said(response)[-1] == "This site cannot send e-mail, so nothing was added or sent."
    assert EmailAddress.objects.count() == 1
    assert mailoutbox == []


def test_an_address_can_be_removed(grace_client, no_mail, mailoutbox):
    grace_client.post("/accounts/email/", {"action_remove": "", "email": "grace@example.org"})

    assert EmailAddress.objects.count() == 0
    assert mailoutbox == []


def test_the_person_who_runs_the_site_sets_a_new_password(
    client, grace, no_mail, monkeypatch, capsys
):
    monkeypatch.setattr("getpass.getpass", lambda prompt: OTHER_PASSWORD)

    call_command("changepassword", "grace")

    client.post("/accounts/login/", {"login": "grace", "password": OTHER_PASSWORD})
    assert client.session["_auth_user_id"] == str(grace.pk)
