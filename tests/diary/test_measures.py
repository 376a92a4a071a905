"""In which measure a logged amount is shown again."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracker.diary.measures import (
    KEPT,
    Kept,
    fitting,
    measured,
    most_at_once,
    problem_of,
    quantity_of,
    reopened,
    unit_choices,
    weigh,
)
from tracker.diary.quantity import Quantity
from tracker.diary.typed import Typed

CUP = ("1 cup", 244.0)


@pytest.mark.parametrize(
    ("portions", "amount", "unit", "shown"),
    [
        ([CUP], 200, "ml", ("200", "ml")),
        ([CUP], 206.255, "g", ("206.255", "g")),
        ([CUP], 244, "g", ("244", "g")),
        ([CUP], 1, "p0", ("1", "p0")),
        ([CUP], 1.5, "cup", ("1.5", "p0")),
        ([CUP], 0.3, "cup", ("0.3", "p0")),
        ([CUP], 20, "cl", ("20", KEPT)),
        ([CUP], 8, "oz", ("8", KEPT)),
        ([CUP], 0.5, "kg", ("0.5", KEPT)),
        ([CUP, ("1 glass", 300)], 1.3, "glass", ("1.3", "p1")),
        ([("1 slice", 30)], 2, "", ("2", "p0")),
        ([("3 oz", 85)], 1, "p0", ("1", "p0")),
        ([("5 anchovies", 20)], 3, "", ("3", KEPT)),
        ([("5 anchovies", 20)], 5, "p0", ("5", "p0")),
        ([], 1.5, "", ("150", "g")),
        ([], 100, "ml", ("100", "ml")),
    ],
)
def test_an_amount_is_shown_in_the_measure_it_was_logged_in(
    make_food, portions, amount, unit, shown
):
    food = make_food(portions=portions, is_drink=True)

    mass_g, logged = weigh(food, amount, unit), quantity_of(food, amount, unit)

    assert reopened(food, mass_g, logged)[:2] == shown


@pytest.mark.parametrize(
    ("grams", "text"), [(99.75, "99.75 g"), (100.5, "100.5 g"), (226.796, "226.8 g")]
)
def test_tenths_of_a_gram_are_shown(make_food, grams, text):
    assert quantity_of(make_food(), grams, "g").said == text


def test_a_measure_that_the_food_no_longer_has_is_kept(make_food):
    food = make_food(portions=[("1 Scheibe", 28)])

    assert reopened(food, 52, Quantity(1.3, "Stück")) == ("1.3", KEPT, Kept("Stück", 40))
    assert reopened(food, 52, Quantity(1.3, "1 Scheibe")).kept == Kept("1 Scheibe", 40)  # heavier


@pytest.mark.parametrize(
    ("is_unit_food", "unit", "label"),
    [(False, "slices", "slice (30 g)"), (False, "5 anchovies", "5 anchovies (30 g)"),
     (True, "tablets", "tablet")],
)  # fmt: skip
def test_the_kept_measure_states_the_weight_of_one(make_food, is_unit_food, unit, label):
    assert Kept(unit, 30).choice(make_food(is_unit_food=is_unit_food)) == (KEPT, label)


@pytest.mark.parametrize(
    ("mass_g", "shown"),
    [(488, ("2", "p0")), (183, ("0.75", "p0")), (100, ("100", "g")), (244 * 21, ("5124", "g"))],
)
def test_an_amount_kept_only_as_words_is_shown_by_weight(cup, mass_g, shown):
    assert reopened(cup, mass_g, Quantity(None, "a mug")) == (*shown, None)


@pytest.mark.parametrize("amount", [0.0012, 12_000])
def test_a_number_that_no_form_accepts_is_shown_by_weight(cup, amount):
    assert reopened(cup, 122, Quantity(amount, "cup")) == ("0.5", "p0", None)


def test_millilitres_whose_weight_has_changed_are_kept(cup):
    cup.is_drink = True

    assert reopened(cup, 210, Quantity(200, "ml")).unit == KEPT
    assert reopened(cup, 206.255, Quantity(200, "ml")).unit == "ml"


def test_a_part_of_a_tablet_is_shown_in_tablets(make_food):
    food = make_food(portions=[("1 tablet", 1)], is_unit_food=True)

    assert reopened(food, 0.3, Quantity(0.3, "tablet")) == ("0.3", "p0", None)
    assert reopened(food, 0.3, Quantity(None, "0.3 tablet")) == ("0.3", "p0", None)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    amount=st.floats(0.05, 20).map(lambda amount: round(amount, 3)),
    unit=st.sampled_from(["", "g", "ml", "cl", "oz", "cup", "glass", "p0"]),
    is_drink=st.booleans(),
)
def test_the_shown_amount_has_the_logged_weight(cup, amount, unit, is_drink):
    cup.is_drink = is_drink
    mass_g = weigh(cup, amount, unit)

    shown, measure, kept = reopened(cup, mass_g, quantity_of(cup, amount, unit))

    weighed = kept.weigh(cup, float(shown)) if kept else weigh(cup, float(shown), measure)
    assert (measure == KEPT) == (kept is not None)
    assert kept or measure in dict(unit_choices(cup))
    assert weighed == pytest.approx(mass_g, rel=1e-5)


@pytest.fixture
def cup(make_food):
    return make_food(portions=[CUP])


@pytest.fixture
def tablet(make_food):
    return make_food("B12", portions=[("1 tablet", 1)], is_unit_food=True)


# --- the tolerance for amounts that were stored rounded


@pytest.mark.parametrize("mass_g", [244 * 0.995, 244 * 1.005])
def test_a_portion_that_weighs_nearly_the_same_is_shown_by_its_name(cup, mass_g):
    assert reopened(cup, mass_g, Quantity(1, "1 cup")).unit == "p0"


@pytest.mark.parametrize("mass_g", [244 * 0.99, 244 * 1.01])
def test_a_portion_that_weighs_something_else_by_now_is_kept(cup, mass_g):
    assert reopened(cup, mass_g, Quantity(1, "1 cup")) == ("1", KEPT, Kept("1 cup", mass_g))


def test_twenty_portions_are_the_most_that_replace_grams(cup):
    assert reopened(cup, 244 * 20, Quantity(None, "a tub"))[:2] == ("20", "p0")


def test_a_drink_of_unknown_density_weighs_as_water(make_food):
    drink = make_food(portions=[], is_drink=True)

    assert reopened(drink, 100, Quantity(100, "ml")).unit == "ml"


@pytest.mark.parametrize("amount", [0.01, 9999])
def test_the_least_and_most_that_a_form_takes_are_shown_as_they_are(cup, amount):
    assert reopened(cup, amount / 10, Quantity(amount, "crumb")).unit == KEPT


def test_a_tablet_is_not_shown_in_grams(tablet):
    assert reopened(tablet, 2, Quantity(2, "g")).unit == KEPT


# --- the measures that a form offers


def test_a_food_is_offered_in_its_portions_first_and_in_grams(make_food):
    food = make_food(portions=[("1 cup", 244), ("0.25 cup", 61.5)])

    assert unit_choices(food) == [("p0", "1 cup (244 g)"), ("p1", "¼ cup (61.5 g)"), ("g", "grams")]


def test_only_a_drink_is_offered_in_millilitres(make_food):
    assert unit_choices(make_food(portions=[], is_drink=True)) == [
        ("g", "grams"),
        ("ml", "millilitres"),
    ]


def test_a_tablet_is_offered_without_a_weight(tablet):
    assert unit_choices(tablet) == [("p0", "1 tablet")]


# --- how much is too much


def test_too_much_in_the_kept_measure_is_refused(cup):
    assert Kept("mug", 250).weigh(cup, 20) == 5000
    with pytest.raises(ValidationError):
        Kept("mug", 250).weigh(cup, 20.01)


@pytest.mark.parametrize(
    ("portions", "most"),
    [
        ([("1 tablet", 1)], 20),
        ([("1 drop", 1), ("1 dropper", 20)], 60),
        ([("1 drop", 1), ("1 dropper", 60)], 180),
        ([("1 drop", 1), ("1 bottle", 61)], 20),
    ],
    ids=["tablets", "droppers", "the largest dropper", "a bottle is no dose"],
)
def test_the_most_of_a_supplement_is_twenty_or_three_droppers(make_food, portions, most):
    assert most_at_once(make_food(portions=portions, is_unit_food=True)) == most


@pytest.mark.parametrize("unit", ["p2", "p999", "p1000", "p", "p-1", "px"])
def test_a_position_beyond_the_portions_is_no_measure(make_food, unit):
    food = make_food(portions=[("1 cup", 244), ("1 glass", 300)])

    with pytest.raises(ValidationError) as refused:
        weigh(food, 1, unit)
    assert refused.value.code == "unit"


def test_the_eleventh_portion_has_two_digits(make_food):
    food = make_food(portions=[(f"1 size {n}", 10 + n) for n in range(11)])

    assert weigh(food, 2, "p10") == 40


def test_the_hundred_and_first_portion_has_three_digits(make_food):
    food = make_food(portions=[(f"1 size {n}", 10 + n) for n in range(101)])

    assert weigh(food, 2, "p100") == 220


# --- what was typed into the food box


def test_a_typed_amount_that_fits_is_taken(cup):
    assert fitting(cup, Typed("milk", 2, "cup")) == (2, "cup", "")


def test_a_food_without_a_typed_amount_is_one_usual_portion(cup):
    assert fitting(cup, Typed("milk")) == (1, "p0", "")


def test_a_food_without_portions_and_amount_is_offered_without_a_unit(make_food):
    assert fitting(make_food(portions=[]), Typed("milk")) == (1, "", "")


def test_a_typed_amount_that_does_not_fit_is_replaced_and_said(cup):
    why = "usual portion, because 2 slices does not fit"

    assert fitting(cup, Typed("milk", 2, "slice")) == (1, "p0", why)


@pytest.mark.parametrize("typed", [Typed("milk"), Typed("milk", 0, "g"), Typed("milk", 2, "slice")])
def test_no_amount_and_one_that_does_not_fit_are_not_measured(cup, typed):
    assert measured(cup, typed) is None


def test_too_much_of_the_first_food_is_a_problem(cup):
    said = "That is too much of one food at once. Check the amount and its unit."

    assert problem_of([cup], Typed("milk", 5000.1, "g")) == said


@pytest.mark.parametrize(
    "typed", [Typed("milk"), Typed("milk", 5000, "g"), Typed("milk", 2, "slice")],
    ids=["no amount", "the most", "no such measure"],
)  # fmt: skip
def test_anything_else_about_an_amount_is_no_problem(cup, typed):
    assert problem_of([cup], typed) == ""


def test_no_food_has_no_problem():
    assert problem_of([], Typed("milk", 9999, "kg")) == ""
