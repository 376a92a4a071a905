"""In which measure a logged amount is shown again."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracker.diary.measures import KEPT, Kept, quantity_of, reopened, unit_choices, weigh
from tracker.diary.quantity import Quantity

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
