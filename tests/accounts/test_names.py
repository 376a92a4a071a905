"""Which names are the same, and which are allowed."""

import pytest
from django.db import IntegrityError

from tests.factories import make_user
from tracker.accounts.adapter import is_taken
from tracker.accounts.names import (
    CAPITALS,
    LOOKALIKES,
    capital_key,
    folded,
    has_invisible,
    is_reserved,
    mixes_scripts,
    name_key,
    tidy,
)


@pytest.mark.parametrize(
    "alike",
    [
        (
            "Ada",
            "ada",
            "ADA",
            "аda",
            "аԁа",
            "АDА",
            "ａｄａ",
            "ada\u200b",
            "\u202eada",
            "ada ",
            "ᴀdɑ",
        ),
        ("lily", "Iily", "1i1y", "LILY", "Iıly", "ІӏIу"),
        ("modern", "rnodem", "modem", "MODERN"),
        ("willow", "vvillow"),
        ("otto", "0tt0", "оттο"),
        ("josé", "jose", "jose\u0301", "JOSÉ"),
        ("lærke", "LÆRKE"),
        ("søren", "soren"),
        ("łukasz", "lukasz"),
        ("straße", "STRASSE"),
        ("user5", "user\u0665"),
        ("вова", "ВОВА", "boba"),
        ("нина", "НИНА"),
        ("ivan", "іνаn"),
    ],
)
def test_names_that_look_the_same_have_one_key(alike):
    assert len({name_key(name) for name in alike}) == 1


@pytest.mark.parametrize(
    ("latin", "other"),
    [
        *[("HANNMYKOEN", "ΗΑΝΝΜΥΚΟΕΝ"), ("ANNA", "ΑΝΝΑ"), ("MIMI", "ΜΙΜΙ"), ("TOMMY", "ΤΟΜΜΥ")],
        *[("MAX", "ΜΑΧ"), ("YAO", "ΥΑΟ"), ("ee", "єє"), ("oo", "өө"), ("oo", "σσ"), ("GOO", "ԌОО")],
        *[("SUSU", "ՏՍՏՍ"), ("LULU", "ԼՍԼՍ"), ("ooo", "ഠഠഠ"), ("ooo", "ဝဝဝ"), ("lol", "וסו")],
    ],
)
def test_names_that_look_the_same_in_upper_or_lower_case_share_a_key(latin, other):
    assert name_key(latin) == name_key(other) or capital_key(latin) == capital_key(other)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["ΗΑΝΝΑ", "ηαννα"])
def test_a_name_that_looks_like_another_in_capitals_is_taken(name):
    make_user("HANNA")

    assert is_taken(name)
    with pytest.raises(IntegrityError):
        make_user(name)


def test_a_reserved_name_in_greek_capitals_is_reserved():
    assert is_reserved("ΝΟΝΕ")


@pytest.mark.parametrize("name", ["guest-abcd", "\u0261uest-abcd", "güest_abc", "GUEST-1"])
def test_a_name_that_looks_like_a_guests_is_reserved(name):
    assert is_reserved(name)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *[("ada", "adam"), ("anna", "hanna"), ("tom", "tim"), ("lee", "leo"), ("мария", "марина")],
        *[("user1", "user2"), ("a.b", "ab"), ("ada_l", "ada-l"), ("李明", "李明月"), ("α1", "β1")],
        ("राम", "रमा"),
    ],
)
def test_names_that_look_different_have_different_keys(one, other):
    assert name_key(one) != name_key(other)


@pytest.mark.parametrize("one", ["Νίκος", "Μαρία", "Ноябрь", "Мария", "Анна", "Υδρα", "Ηρώ"])
def test_a_name_that_looks_different_in_both_cases_is_free(one):
    latin = ["nikos", "maria", "november", "anna", "hydra", "hero", "nora"]

    assert name_key(one) not in {name_key(name) for name in latin}
    assert capital_key(one) not in {capital_key(name) for name in latin}


def test_a_key_of_a_key_is_the_same_key():
    letters = [chr(number) for number in range(0x2000) if chr(number).isalnum()]

    assert [c for c in letters if name_key(name_key(c)) != name_key(c)] == []


def test_a_lookalike_never_leads_to_another_one():
    assert set(LOOKALIKES) & set(LOOKALIKES.values()) == set()
    assert set(CAPITALS) & set(CAPITALS.values()) == set()


@pytest.mark.parametrize(
    "name",
    ["Ada", "Søren", "Þorlákur", "Ærø", "Əli", "мария", "Νίκη", "李明", "やまだタロー", "李민수"],
)
def test_letters_of_one_alphabet_may_be_combined(name):
    assert not mixes_scripts(name)


@pytest.mark.parametrize(
    "name",
    [
        *["аda", "Αda", "ada李я", "Ꭺda", "ꓮꓓꓮ", "ˈada", "мариЯa"],
        # Strokes, circles and dashes of other scripts that pass for Latin letters.
        *["a丨an", "aㅣan", "b〇b", "bㅇb", "annーb", "田中Taro", "やまだ민"],
        # Latin letters of phonetics and old alphabets.
        *["aǀan", "bɵb", "pauꟾ", "Ƅart"],
    ],
)
def test_letters_of_several_alphabets_may_not(name):
    assert mixes_scripts(name)


@pytest.mark.parametrize(
    "letter",
    ["\u200b", "\u200d", "\u202e", "\u2066", "\ufeff", "\u00ad", "\u3164", "\x07", "\ue000"],
)
def test_invisible_characters_are_found(letter):
    assert has_invisible(f"ad{letter}a")


def test_ordinary_names_contain_nothing_invisible():
    assert not has_invisible("Ada.Lovelace-1815_@+é")


@pytest.mark.parametrize(
    "name",
    ["admin", "Admin", "ADMIN", "adm1n", "a.d.m.i.n", "аdmin", "Support_", "cobalog", "guest"],
)
def test_names_of_the_site_are_reserved(name):
    assert is_reserved(name)


@pytest.mark.parametrize("name", ["guest-abc", "Guest_1", "guest.x"])
def test_names_like_those_of_guests_are_reserved(name):
    assert is_reserved(name)


@pytest.mark.parametrize("name", ["ada", "adminton", "guestave", "helpful", "rooty", "cobalogist"])
def test_other_names_are_not(name):
    assert not is_reserved(name)


def test_a_name_is_stored_as_typed_except_for_its_unicode_form():
    assert tidy(" A\u0301da ") == "Áda"
    assert folded("ÁDA") == "áda"
