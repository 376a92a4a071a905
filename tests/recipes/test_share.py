import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from tracker.numbers.amounts import with_signs
from tracker.recipes.models import Recipe
from tracker.recipes.share import MAX_FRACTION, MIN_FRACTION, Share, quantity_of_share, read_share

STEW = Recipe(name="Stew", kind="recipe", servings=4, cooked_mass_g=1200)
NEVER_WEIGHED = Recipe(name="Stew", kind="recipe", servings=4)


@pytest.mark.parametrize(
    ("text", "fraction"),
    [
        ("1", 1 / 4),
        ("0,5", 1 / 8),
        (".5", 1 / 8),
        ("½", 1 / 8),
        ("1½", 3 / 8),
        ("1 1/2 servings", 3 / 8),
        ("half", 1 / 8),
        ("half a serving", 1 / 8),
        ("2 portions", 1 / 2),
        ("1 of 4 servings", 1 / 4),
        ("1 of 4", 1 / 4),
        ("one of three", 1 / 3),
        ("2 of 6 servings", 1 / 3),
        ("half of it", 1 / 2),
        ("half of the whole", 1 / 2),
        ("a third of it", 1 / 3),
        ("¾ of it", 3 / 4),
        ("all", 1),
        ("all of it", 1),
        ("everything", 1),
        ("50 %", 1 / 2),
        ("50%", 1 / 2),
        ("  HALF  of   it ", 1 / 2),
    ],
)
def test_a_part_is_parsed_from_many_wordings(text, fraction):
    assert read_share(text, STEW).fraction == pytest.approx(fraction)


@pytest.mark.parametrize(
    ("text", "measure", "share"),
    [
        ("300", "g", Share(0.25, 300)),
        ("300 g", "servings", Share(0.25, 300)),
        ("0,3 kg", "whole", Share(0.25, 300)),
        ("0.5", "whole", Share(0.5)),
        ("1 200 g", "whole", Share(1, 1200)),
        ("1,000.5 g", "whole", Share(1000.5 / 1200, 1000.5)),
        ("1.125", "whole", Share(1.125)),
        ("half", "whole", Share(0.5)),
        ("half", "g", Share(0.5 / 1200, 0.5)),
    ],
)
def test_a_number_without_a_word_is_in_the_chosen_measure(text, measure, share):
    if share.fraction < MIN_FRACTION:
        with pytest.raises(ValidationError):
            read_share(text, STEW, measure)
    else:
        assert read_share(text, STEW, measure) == share


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "number"),
        ("some", "number"),
        ("-1", "number"),
        ("nan", "number"),
        ("inf", "number"),
        ("1e3", "number"),
        ("1 of 0", "number"),
        ("1/0", "number"),
        ("1 cup", "number"),
        ("💥" * 40, "number"),
        ("0", "amount"),
        ("0 of 4", "amount"),
        ("0.001", "absurd"),
        ("999999", "absurd"),
    ],
)
def test_an_unreasonable_part_is_refused(text, code):
    with pytest.raises(ValidationError) as refused:
        read_share(text, STEW)

    assert refused.value.code == code


def test_a_saved_meal_is_not_logged_by_weight():
    meal = Recipe(name="Breakfast", kind="saved_meal", servings=1)

    with pytest.raises(ValidationError, match="Enter how much of it, like 1, ½ or 50 %"):
        read_share("300 g", meal)


def test_a_weight_needs_the_weight_of_the_whole():
    with pytest.raises(ValidationError) as refused:
        read_share("300 g", NEVER_WEIGHED)

    assert refused.value.code == "weight"


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (Share(0.25), "1 of 4 servings"),
        (Share(0.125), "½ serving (of 4)"),
        (Share(0.3 / 4), "0.3 serving (of 4)"),
        (Share(0.9999999999 / 4), "1 of 4 servings"),
        (Share(0.375), "1½ of 4 servings"),
        (Share(1 / 3), "1⅓ of 4 servings"),
        (Share(0.3), "1.2 of 4 servings"),
        (Share(0.25, 300.0), "300 g"),
    ],
)
def test_a_part_is_written_as_a_person_would(share, text):
    assert quantity_of_share(STEW, share).said == text


@pytest.mark.parametrize(
    ("fraction", "text"), [(1, "1 serving"), (0.5, "½ serving"), (2, "2 servings")]
)
def test_a_dish_of_one_serving_has_no_number_of_servings(fraction, text):
    assert quantity_of_share(Recipe(servings=1), Share(fraction)).said == text


def test_numbers_follow_the_locale():
    with translation.override("de"):
        assert with_signs(1.2) == "1,2"


@pytest.mark.parametrize(
    ("amount", "text"),
    [(0.05, "0.05"), (0.999999999, "1"), (150.4, "150.4")],
)
def test_counts_have_no_unnecessary_digits(amount, text):
    assert with_signs(amount) == text


@given(st.floats(MIN_FRACTION, MAX_FRACTION))
def test_a_part_is_parsed_back_from_the_value_of_its_button(fraction):
    share = Share(fraction)

    assert read_share(share.code, STEW, "whole").fraction == pytest.approx(fraction, abs=1e-8)


@given(st.text(max_size=40))
def test_any_text_is_parsed_or_refused(text):
    try:
        share = read_share(text, STEW)
    except ValidationError:
        return
    assert MIN_FRACTION <= share.fraction <= MAX_FRACTION


@pytest.mark.parametrize("text", ["1,000", "1,000 g", "1.000 of it", "1,000 of 4"])
def test_an_ambiguous_share_is_refused_with_both_meanings(text):
    with pytest.raises(ValidationError, match=r"can mean 1 or 1000: write 1000, or 1\.0"):
        read_share(text, STEW)


def test_half_a_serving_in_total_is_singular():
    assert quantity_of_share(Recipe(servings=0.5), Share(1.0)).said == "½ serving"


@pytest.mark.parametrize(
    ("amount", "text"), [(0.004, "0.004"), (0.0004, "0.0004"), (0.012, "0.01"), (0.0, "0")]
)
def test_a_small_amount_is_not_written_as_zero(amount, text):
    assert with_signs(amount) == text
