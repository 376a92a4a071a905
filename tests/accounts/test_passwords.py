"""What is refused as a password, and how it is hashed."""

import pytest
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from tracker.accounts.models import User
from tracker.accounts.passwords import MOST_CHARACTERS, is_even

COMPOSED, DECOMPOSED = "schönes Wétter", "scho\u0308nes We\u0301tter"


def complaints(password, name="margaret"):
    try:
        validate_password(password, User(username=name))
    except ValidationError as error:
        return {each.code for each in error.error_list}
    return set()


@pytest.mark.parametrize(
    "password",
    [
        " " * 8,
        "\u3000" * 9,
        "\u200b" * 10,
        "\u3164" * 8,
        " \u200b\t\u00a0\u2003\u200d\ufeff ",
        "a       ",
    ],
)
def test_spaces_alone_are_not_a_password(password):
    assert "password_invisible" in complaints(password)


@pytest.mark.parametrize(
    "password",
    [
        *["aaaaaaaa", "abababab", "abcabcabc", "QWERTYUIOP", "asdfghjk", "poiuytrewq", "qwertz12"],
        *[
            "abcdefgh",
            "zyxwvuts",
            "aaaabbbb",
            "qwer1234",
            "1q1q1q1q",
            "ада ада ада",
            "ａａａａａａａａ",
        ],
        *["!@#$%^&*", "!@#$%^&*()", "!qaz@wsx", "йцукенгш", "фывапролд", "абвгдежз"],
        *["aaaabbbbc", "!!!!!!!!!!", "12345qwert", "qazqazqaz", "zaq12wsx3edc"],
    ],
)
def test_repeats_and_rows_of_keys_are_too_easy(password):
    assert complaints(password) & {"password_too_even", "password_too_common"}


@pytest.mark.parametrize(
    "password",
    [
        "margaret",
        "Margaret1",
        "margaret2026!",
        "m.a.r.g.a.r.e.t",
        "2026margaret",
        "margaretmargaret",
        "teragrammargaret",
    ],
)
def test_ones_own_name_is_too_easy(password):
    assert complaints(password)


@pytest.mark.parametrize(
    "password", ["cobalog1", "Cobalog2026", "VitaminB12", "vitamin b12!", "b12vitamin", "cobalamin"]
)
def test_the_name_of_the_site_is_too_easy(password):
    assert "password_too_similar" in complaints(password)


@pytest.mark.parametrize(
    "password",
    [
        *["password", "Password1", "password12!", "iloveyou!!", "12sunshine"],
        *["password2024", "Password2024!", "iloveyou2024", "admin2024", "dragon1990"],
        *["summer2024!", "welcome12345", "P@ssw0rd2024", "pa$$word19"],
        *["passwordpassword", "password password", "passwordpassword1", "letmeinletmein"],
        *["trustno1!", "passwordqwerty", "password123password", "pässword1", "contraseña"],
        *["margaretpassword1", "password1margaret"],
    ],
)
def test_common_ones_are_too_easy(password):
    assert "password_too_common" in complaints(password)


@pytest.mark.parametrize(
    "password",
    [
        *["correct horse battery", "wm34kt78", "tr0ub4dor&3", " leading and trailing ", COMPOSED],
        *[
            "Ich esse 3 Eier",
            "пароль для дневника",
            "秘密的日记本很好",
            "x7$kQ!p2",
            "password of my cat",
            "dragon 83-417-29",
            "marmalade sandwich",
            "Tuesday morning",
        ],
    ],
)
def test_other_passwords_are_accepted(password):
    assert complaints(password) == set()


@pytest.mark.parametrize(
    "password", ["a", "short", "password", "margaret", "margaret1", "aaaaaaaa"]
)
def test_each_fault_of_a_password_is_reported_once(password):
    with pytest.raises(ValidationError) as refused:
        validate_password(password, User(username="margaret"))

    assert len(refused.value.messages) == 1


@pytest.mark.parametrize(
    "password",
    [
        *["01.01.1990", "1-2-3-4-5-6", "+491701234567", "1990-01-01", "27/11/2026", "123.456.789"],
        *["1,2,3,4,5,6", "3.14159265", "p\u0430ssword1", "\u0440\u0430ssword", "c0balamin1"],
        *["m4rg4r3t", "m4rg4r3t1"],
    ],
)
def test_dates_numbers_and_disguised_words_are_too_easy(password):
    assert complaints(password)


@pytest.mark.parametrize("name", ["", "ab"])
def test_a_very_short_name_refuses_no_password(name):
    assert complaints("cabbages and kings", name) == set()


def test_a_very_long_password_is_refused_at_once():
    assert complaints("correct horse battery " * 50_000) == {"password_too_long"}
    assert complaints(("correct horse battery " * 50)[:MOST_CHARACTERS]) == set()


def test_a_password_needs_four_different_characters():
    assert [is_even(word) for word in ("qwer9", "qwax9", "qwax9m")] == [True, False, False]


# --- hashing


@pytest.mark.parametrize("typed", [COMPOSED, DECOMPOSED, "ｓｃｈönes Wétter"])
@pytest.mark.parametrize("kept", [COMPOSED, DECOMPOSED])
def test_composed_and_decomposed_forms_are_the_same_password(kept, typed):
    user = User()
    user.set_password(kept)

    assert user.check_password(typed)


@pytest.mark.parametrize("typed", [COMPOSED, DECOMPOSED])
@pytest.mark.parametrize("hashed", [COMPOSED, DECOMPOSED])
def test_older_hashes_accept_either_form(hashed, typed):
    user = User(password=make_password(hashed))

    assert user.check_password(typed)


def test_an_older_hash_accepts_what_was_hashed():
    user = User(password=make_password("ｆｕｌｌ width ﬁ"))

    assert user.check_password("ｆｕｌｌ width ﬁ")


def test_spaces_around_a_password_are_part_of_it():
    user = User()
    user.set_password(" correct horse ")

    assert user.check_password(" correct horse ")
    assert not user.check_password("correct horse")


def test_a_plain_password_is_hashed_once(monkeypatch):
    calls = []
    user = User()
    user.set_password("correct horse")
    monkeypatch.setattr(
        "django.contrib.auth.base_user.check_password", lambda *a, **k: calls.append(a)
    )

    user.check_password("wrong horse")

    assert len(calls) == 1


def test_an_overlong_password_is_not_hashed(monkeypatch):
    monkeypatch.setattr("django.contrib.auth.base_user.check_password", None)

    assert not User(password="x").check_password("x" * 1_000_000)


def test_no_password_stays_none():
    user = User()
    user.set_password(None)

    assert not user.has_usable_password()
