"""How the B12 of a food is bound: the one rule that diary, recipes and suggestions share."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foods.binding import is_unreliable, split_amount, split_of
from foods.kinds import Fortification, SourceClass
from foods.models import Food
from tracker.science.absorption import B12Split


@pytest.mark.parametrize(
    ("source_class", "fortification", "expected"),
    [
        ("meat", "natural", B12Split(food_ug=2.0)),
        ("egg", "natural", B12Split(egg_ug=2.0)),
        ("fortified_food", "fortified", B12Split(free_ug=2.0)),
        ("supplement", "supplement", B12Split(free_ug=2.0)),
        ("algae_ferment", "pseudo", B12Split(inactive_ug=2.0)),
        ("plant_food", "none", B12Split(inactive_ug=2.0)),
        ("mixed_dish", "mixed", B12Split(free_ug=1.5, food_ug=0.5)),
        ("mixed_dish", "unknown", B12Split(food_ug=2.0)),
    ],
)
def test_b12_is_split_by_how_it_is_bound(source_class, fortification, expected):
    assert split_amount(2.0, source_class, fortification, added_ug=1.5) == expected


def test_no_more_was_added_than_there_is():
    assert split_amount(2.0, "mixed_dish", "mixed", added_ug=3.0) == B12Split(free_ug=2.0)


def test_a_partly_fortified_food_without_a_figure_counts_as_bound():
    assert split_amount(2.0, "fortified_food", "mixed") == B12Split(food_ug=2.0)


@given(
    st.floats(0, 1e4), st.sampled_from(SourceClass.values), st.sampled_from(Fortification.values),
    st.floats(0, 2e4),
)  # fmt: skip
def test_a_split_never_creates_or_loses_b12(amount_ug, source_class, fortification, added_ug):
    split = split_amount(amount_ug, source_class, fortification, added_ug=added_ug)

    assert split.total_ug == pytest.approx(amount_ug)


@given(st.sampled_from(SourceClass.values), st.sampled_from(Fortification.values))
def test_a_food_is_unreliable_if_all_of_its_b12_counts_as_inactive(source_class, fortification):
    food = Food(source_class=source_class, fortification=fortification, b12_ug_per_100g=2.0)

    split = split_of(food, 100.0)

    assert food.is_unreliable == (split.active_ug == 0.0)


def test_a_plant_food_without_b12_is_not_called_unreliable():
    assert not is_unreliable("plant_food", "none", 0.0)
    assert not is_unreliable("plant_food", "none", None)
    assert is_unreliable("algae_ferment", "pseudo", None)


@pytest.mark.parametrize("fields", [{"b12_ug_per_100g": None}, {"is_injection": True}])
def test_unknown_and_injected_b12_is_not_swallowed(fields):
    food = Food(**{"source_class": "meat", "b12_ug_per_100g": 2.0} | fields)

    assert split_of(food, 100.0) == B12Split()


def test_the_added_part_is_taken_for_the_mass_that_was_eaten():
    food = Food(
        source_class="mixed_dish",
        fortification="mixed",
        b12_ug_per_100g=2.0,
        b12_added_ug_per_100g=1.5,
    )

    assert split_of(food, 50.0) == B12Split(free_ug=0.75, food_ug=0.25)
