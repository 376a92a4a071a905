import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.fields.naming import tidy, turns_text_round

UNSEEN = [
    "\u3164", "\u00ad", "\ufeff\u2060", "\u200b", "\u115f\u1160", "\uffa0", "\u2800", "\u034f",
    "\ufffc", "\U0001d159",
    "\u180e", "\u061c\u200e\u200f", "\ufe0f", "\U000e0001", "\U000e0100", "\u2065", "\t\n\x00\x7f",
    "\u2028\u2029\x85", "\u00a0\u3000", "\u0301", "\u2066\u2069", "\ud800",
]  # fmt: skip


@pytest.mark.parametrize("text", UNSEEN, ids=ascii)
def test_invisible_text_is_not_a_name(text):
    assert tidy(text) == ""
    assert tidy(f" {text} {text}") == ""


@pytest.mark.parametrize("text", [text for text in UNSEEN if text != "\u0301"], ids=ascii)
def test_names_that_look_the_same_are_the_same(text):
    seen = tidy(f"{text}Oat{text} {text}milk{text}")

    assert seen == "Oat milk"


def test_an_invisible_character_inside_a_word_leaves_no_gap():
    assert tidy("Choco\u00adlate\u200b\u200d s\ufe0fpread\u2060") == "Chocolate spread"


@pytest.mark.parametrize(
    "name",
    [
        "\u0645\u06cc\u200c\u062e\u0648\u0631\u0645",  # Persian, with a ZWNJ
        "\u0915\u094d\u200d\u0937",  # Devanagari, with a ZWJ
        "\U0001f468\u200d\U0001f373 omelette",  # a cook
        "\u2764\ufe0f\u200d\U0001f525",
        "\U0001f44d\U0001f3fd",
        "1\ufe0f\u20e3",
        "7Up \u2013 \u00bd fat",
        "B12 (100 \u00b5g)",
        "!",
    ],
    ids=ascii,
)
def test_characters_that_a_script_or_an_emoji_needs_are_kept(name):
    assert tidy(name) == name


def test_letters_are_composed():
    assert tidy("Pa\u0302te\u0301") == "P\u00e2t\u00e9"
    assert tidy("Pate\u200b\u0301") == "Pat\u00e9"


@given(st.text())
def test_a_tidy_name_is_on_one_line_and_stays_as_it_is(text):
    name = tidy(text)

    assert tidy(name) == name
    assert " ".join(name.split()) == name
    assert not any(unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") for c in name)


@pytest.mark.parametrize(
    ("text", "turned"), [("a\u202eb", True), ("\u202da", True), ("a\u2067b", False)]
)
def test_a_direction_override_is_detected(text, turned):
    assert turns_text_round(text) is turned
