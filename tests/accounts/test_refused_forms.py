"""What the forms of an account refuse, in the words of this site."""

import threading
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.utils.timezone import localdate

from tests.accounts.limits import PASSWORD, person, sign_in
from tests.factories import make_profile
from tracker.accounts import adapter
from tracker.accounts.guests import make_guest
from tracker.accounts.models import User

pytestmark = pytest.mark.django_db


def signs_up(client, **data):
    fields = {"username": "linus", "password1": PASSWORD, "password2": PASSWORD, "email": ""}
    return client.post("/accounts/signup/", fields | data)


def keeps(client, **data):
    guest = make_guest(localdate())
    make_profile(guest)
    client.force_login(guest)
    fields = {"username": "linus", "password1": PASSWORD, "password2": PASSWORD, "email": ""}
    return client.post("/keep/", fields | data)


both_forms = pytest.mark.parametrize("send", [signs_up, keeps])


def errors(answer, field):
    assert answer.status_code == 200
    return answer.context["form"].errors.get(field, [])


# --- names


@both_forms
@pytest.mark.parametrize(
    "name", ["ADA", "ａｄａ", "adа".replace("d", "ԁ").replace("a", "а"), "àda"]
)
def test_a_name_that_looks_like_another_is_taken(client, send, name):
    person("Ada")

    assert errors(send(client, username=name), "username") == [
        "This name is taken or looks too similar to one that is. Choose another one."
    ]


@both_forms
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("l\u202einus", "invisible characters"),
        ("linus\u200b", "invisible characters"),
        ("lin\x07us", "invisible characters"),
        ("linuѕ", "different alphabets"),
        ("Support", "reserved for the site"),
        ("guest-linus", "reserved for the site"),
        ("ﷺ" * 20, "Use only letters, digits"),
        ("ﬄ" * 60, "at most 150 characters"),
    ],
)
def test_a_name_that_deceives_is_refused(client, send, name, said):
    found = errors(send(client, username=name), "username")

    assert len(found) == 1 and said in found[0]


@both_forms
def test_a_name_is_stored_in_one_unicode_form(client, send):
    send(client, username=" E\u0301milie ")

    assert User.objects.get(is_guest=False).username == "Émilie"


@both_forms
@pytest.mark.django_db(transaction=True)
def test_two_who_want_one_name_at_once_do_not_both_get_it(client, send, monkeypatch):
    person("Linus")
    real, asked = adapter.is_taken, []
    monkeypatch.setattr(
        adapter,
        "is_taken",
        lambda name: asked.append(name) is None and len(asked) > 1 and real(name),
    )

    answer = send(client, username="linus")

    assert "This name is taken" in errors(answer, "username")[0]
    assert User.objects.filter(is_guest=False).count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_many_who_want_one_name_at_once_one_gets_it():
    codes, gate = [], threading.Barrier(4)

    def want(name):
        client = Client()
        gate.wait()
        codes.append(signs_up(client, username=name).status_code)
        connection.close()

    threads = [
        threading.Thread(target=want, args=[n]) for n in ("linus", "Linus", "LINUS", "1inus")
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(codes) == [200, 200, 200, 302]
    assert User.objects.count() == 1


@pytest.mark.parametrize("typed", ["ÉMILIE", "émilie", "e\u0301milie", " Émilie\u3000"])
def test_signing_in_takes_the_name_in_any_case(client, typed):
    person("Émilie")

    assert sign_in(client, typed).status_code == 302


@pytest.mark.parametrize("typed", ["a\0b", "x" * 20_000, "\ud800", "%", "аda"])
def test_a_strange_name_signs_nobody_in(client, typed):
    person("ada")

    form = f"login={quote(typed.encode('utf-8', 'surrogatepass'))}&password={quote(PASSWORD)}"

    answer = client.post("/accounts/login/", form, "application/x-www-form-urlencoded")

    assert answer.status_code == 200
    assert "_auth_user_id" not in client.session


# --- passwords


@both_forms
@pytest.mark.parametrize("password", [" " * 8, "a" * 8, "qwertyuiop", "linus2026", "cobalog1"])
def test_a_password_that_is_guessed_first_is_refused(client, send, password):
    answer = send(client, password1=password, password2=password)

    assert errors(answer, "password1")


@both_forms
def test_a_very_long_password_is_refused_clearly(client, send):
    long = "correct horse battery " * 10_000

    assert errors(send(client, password1=long, password2=long), "password1") == [
        "This password is too long. It may have at most 1000 characters."
    ]


@pytest.mark.parametrize("address", ["/accounts/password/change/", "/accounts/password/set/"])
def test_changing_and_setting_refuse_spaces_too(client, address):
    grace = person("grace")
    if "set" in address:
        grace.set_unusable_password()
        grace.save()
    client.force_login(grace)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})

    answer = client.post(
        address, {"oldpassword": PASSWORD, "password1": " " * 8, "password2": " " * 8}
    )

    grace.refresh_from_db()
    assert not grace.check_password(" " * 8)
    assert answer.status_code == 302 or errors(answer, "password1")


def test_spaces_around_a_password_are_kept_from_sign_up_to_sign_in(client):
    signs_up(client, password1="  two blanks first", password2="  two blanks first")

    assert sign_in(Client(), "linus", "two blanks first").status_code == 200
    assert sign_in(Client(), "linus", "  two blanks first").status_code == 302


def test_a_password_may_be_typed_on_another_keyboard(client):
    signs_up(client, password1="scho\u0308nes Wetter", password2="schönes Wetter")
    signs_up(client, password1="scho\u0308nes Wetter", password2="scho\u0308nes Wetter")

    assert sign_in(Client(), "linus", "schönes Wetter").status_code == 302


def test_a_very_long_password_signs_nobody_in_and_is_not_hashed(client, monkeypatch):
    person("grace")
    monkeypatch.setattr("django.contrib.auth.base_user.check_password", None)

    answer = sign_in(client, "grace", "x" * 900_000)

    assert "too long" in errors(answer, "__all__")[0]
