"""In which measure an amount that was logged is shown again."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracker.diary.measures import amount_and_unit, amount_text, unit_choices, weigh

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
        ([CUP], 20, "cl", ("200", "ml")),
        ([CUP], 8, "oz", ("226.8", "g")),
        ([CUP], 0.5, "kg", ("500", "g")),
        ([CUP, ("1 glass", 300)], 1.3, "glass", ("1.3", "p1")),
        ([("1 slice", 30)], 2, "", ("2", "p0")),
        ([("3 oz", 85)], 1, "p0", ("1", "p0")),
        ([("5 anchovies", 20)], 5, "", ("1", "p0")),
        ([], 1.5, "", ("150", "g")),
        ([], 100, "ml", ("100", "ml")),
    ],
)
def test_an_amount_is_shown_in_the_measure_it_was_logged_in(
    make_food, portions, amount, unit, shown
):
    food = make_food(portions=portions, is_drink=True)

    mass_g, text = weigh(food, amount, unit), amount_text(food, amount, unit)

    assert amount_and_unit(food, mass_g, text) == shown


@pytest.mark.parametrize(
    ("grams", "text"), [(99.75, "99.75 g"), (100.5, "100.5 g"), (226.796, "226.8 g")]
)
def test_tenths_of_a_gram_are_shown(make_food, grams, text):
    assert amount_text(make_food(), grams, "g") == text


def test_what_is_no_drink_is_shown_in_grams(make_food):
    assert amount_and_unit(make_food(is_drink=False), 100, "100 ml") == ("100", "g")


@pytest.mark.parametrize(("mass_g", "shown"), [(24, ("20", "p0")), (25.2, ("25.2", "g"))])
def test_more_than_twenty_portions_are_shown_in_grams(make_food, mass_g, shown):
    food = make_food(portions=[("1 almond", 1.2)])

    assert amount_and_unit(food, mass_g, "1 bowl") == shown


def test_a_part_of_a_tablet_is_shown_in_tablets(make_food):
    food = make_food(portions=[("1 tablet", 1)], is_unit_food=True)

    assert amount_and_unit(food, 0.3, "0.3 tablet") == ("0.3", "p0")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    amount=st.floats(0.05, 20).map(lambda amount: round(amount, 3)),
    unit=st.sampled_from(["", "g", "ml", "cl", "oz", "cup", "glass", "p0"]),
    is_drink=st.booleans(),
)
def test_what_is_shown_weighs_what_was_logged(cup, amount, unit, is_drink):
    cup.is_drink = is_drink
    mass_g = weigh(cup, amount, unit)

    shown, measure = amount_and_unit(cup, mass_g, amount_text(cup, amount, unit))

    assert measure in dict(unit_choices(cup))
    assert weigh(cup, float(shown), measure) == pytest.approx(mass_g, rel=1e-5)


@pytest.fixture
def cup(make_food):
    return make_food(portions=[CUP])
