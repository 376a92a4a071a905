"""The value of a row's button is what the form reads back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.diary.picks import is_as_shown, pick_again, pick_food, pick_quick, shown, unpack


@pytest.mark.parametrize(
    ("pick", "fields"),
    [
        (
            pick_food(12, 2, "p0", 60, 1.5),
            {"food": "12", "amount": "2", "unit": "p0", "shown": "60/1.5"},
        ),
        (pick_food(12, 0.25, ""), {"food": "12", "amount": "0.25", "unit": ""}),
        (
            pick_food(12, 2, "p0", 60, None),
            {"food": "12", "amount": "2", "unit": "p0", "shown": "60/"},
        ),
        (pick_again(7, 60, 1.5), {"again": "7", "shown": "60/1.5"}),
        (pick_again(7, 60, None), {"again": "7", "shown": "60/"}),
        ("again:7", {"again": "7"}),
        (pick_quick(2.5, "added"), {"quick_ug": "2.5", "quick_kind": "added"}),
    ],
)
def test_the_value_of_a_button_is_read_back(pick, fields):
    assert unpack(pick) == fields


@pytest.mark.parametrize(
    "pick",
    ["", ":", "food", "food:12", "food:12:2", "food:12:2:p0:60/1:more", "ug", "ug:12",
     "ug:12:added:more", "again", "again:7:60/1:more", "Food:12:2:p0", "ask:food:12:2:p0",
     "drop:1:2:3", "food;12;2;p0"],
)  # fmt: skip
def test_any_other_text_is_no_pick(pick):
    assert unpack(pick) == {}


@given(st.text(max_size=60))
def test_a_pick_sets_no_fields_but_its_own(text):
    allowed = {"food", "amount", "unit", "shown", "quick_ug", "quick_kind", "again"}

    assert unpack(text).keys() <= allowed
    assert unpack(f"food:{text}").keys() <= {"food", "amount", "unit", "shown"}


@pytest.mark.parametrize(("b12_ug", "text"), [(0, "60/0"), (None, "60/")])
def test_unknown_b12_is_not_shown_as_zero(b12_ug, text):
    assert shown(60, b12_ug) == text


@given(st.floats(0.01, 5000), st.none() | st.floats(0, 10_000))
def test_an_unchanged_amount_is_as_shown(mass_g, b12_ug):
    assert is_as_shown(shown(mass_g, b12_ug), mass_g, b12_ug)


def test_a_row_that_shows_no_amount_agrees_with_any():
    assert is_as_shown("", 60, 1.5)


@pytest.mark.parametrize(("mass_g", "b12_ug"), [(60.05, 1.5), (60, 1.5014), (59.95, 1.4986)])
def test_a_difference_that_rounding_explains_is_as_shown(mass_g, b12_ug):
    assert is_as_shown("60/1.5", mass_g, b12_ug)


@pytest.mark.parametrize(
    ("mass_g", "b12_ug"),
    [(60.07, 1.5), (59.93, 1.5), (60, 1.502), (60, 1.498), (60, 0), (60, None), (120, 3)],
)
def test_another_amount_is_not_as_shown(mass_g, b12_ug):
    assert not is_as_shown("60/1.5", mass_g, b12_ug)


def test_b12_that_was_unknown_and_is_now_zero_is_not_as_shown():
    assert not is_as_shown("60/", 60, 0)


def test_b12_that_is_still_unknown_is_as_shown():
    assert is_as_shown("60/", 60, None)


@pytest.mark.parametrize("said", ["x/1.5", "nan/1.5", "inf/1.5", "-60/1.5", "60/x", "/1.5", "6O"])
def test_a_row_that_shows_something_else_than_numbers_never_agrees(said):
    assert not is_as_shown(said, 60, 1.5)
