"""How an amount is said, and how it is multiplied."""

import pytest

from tracker.diary.quantity import LONGEST_UNIT, UNSAID, Quantity, servings_text, typed_by_hand


@pytest.mark.parametrize(
    ("quantity", "said"),
    [
        (UNSAID, ""),
        (Quantity(None, "a bowl"), "a bowl"),
        (Quantity(200, "g"), "200 g"),
        (Quantity(1, "ml"), "1 ml"),
        (Quantity(100.04, "g"), "100 g"),
        (Quantity(0.004, "g"), "0.004 g"),
        (Quantity(1.236, "oz"), "1.24 oz"),
        (Quantity(1, "slice"), "1 slice"),
        (Quantity(0.5, "slice"), "0.5 slice"),
        (Quantity(1.5, "slice"), "1.5 slices"),
        (Quantity(2, "loaf"), "2 loaves"),
        (Quantity(2, "1 slice"), "2 slices"),
        (Quantity(1, "2 slices"), "2 slices"),
        (Quantity(2, "2 slices"), "2 × 2 slices"),
        (Quantity(3, "Scheibe"), "3 Scheibe"),
        (Quantity(3, "große Scheibe"), "3 × große Scheibe"),
    ],
)
def test_an_amount_is_said_with_its_unit(quantity, said):
    assert quantity.said == said


@pytest.mark.parametrize(
    ("count", "of", "said"),
    [
        (1, None, "1 serving"),
        (2, None, "2 servings"),
        (0.5, None, "½ serving"),
        (1.5, None, "1½ servings"),
        (1, 1, "1 serving"),
        (0.5, 1, "½ serving"),
        (1, 4, "1 of 4 servings"),
        (1 - 1e-7, 4, "1 of 4 servings"),
        (4, 4, "4 of 4 servings"),
        (0.5, 4, "½ serving (of 4)"),
        (0.99, 4, "0.99 serving (of 4)"),
        (1.5, 2.5, "1½ of 2½ servings"),
    ],
)
def test_servings_say_how_many_the_dish_made(count, of, said):
    assert Quantity(count, "serving", of).said == said


@pytest.mark.parametrize(
    ("count", "said"), [(0.5, "½ serving"), (1, "1 serving"), (1.01, "1.01 servings")]
)
def test_one_serving_or_less_is_in_the_singular(count, said):
    assert servings_text(count) == said


def test_a_multiple_of_an_amount_multiplies_the_number():
    assert Quantity(2, "slice", 4).times(1.5) == Quantity(3, "slice", 4)


def test_a_multiple_of_words_repeats_them():
    assert Quantity(None, "a bowl").times(0.5) == Quantity(None, "½ × a bowl")


def test_a_multiple_of_words_fits_the_column():
    assert len(Quantity(None, "x" * LONGEST_UNIT).times(2).unit) == LONGEST_UNIT


@pytest.mark.parametrize("ratio", [1, 1 + 1e-12, 1 - 1e-12])
def test_an_amount_taken_once_stays_as_it_is(ratio):
    assert Quantity(None, "a bowl").times(ratio) == Quantity(None, "a bowl")


def test_a_multiple_of_no_words_says_nothing():
    assert UNSAID.times(2) == UNSAID


def test_an_amount_is_stored_with_the_servings_of_its_dish():
    columns = Quantity(1, "serving", 4).columns()

    assert columns == {"amount": 1, "unit": "serving", "amount_of": 4}


@pytest.mark.parametrize(
    ("b12_ug", "text"),
    [(None, ""), (0, ""), (2.5, ""), (1000, ""), (2.54, "2.54 µg"), (0.004, "0.004 µg")],
)
def test_b12_is_written_in_full_only_if_its_rounded_figure_hides_digits(b12_ug, text):
    assert typed_by_hand(b12_ug) == text
