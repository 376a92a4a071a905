import pytest

from tests.insights.people import fish, row, tablet, unknown
from tracker.insights.contributions import contributions


def test_foods_are_summed_and_the_largest_comes_first():
    found = contributions([row(), row(), fish(6.0)])

    assert [(c.name, c.times, c.swallowed_ug) for c in found.foods] == [
        ("Salmon", 1, 6.0),
        ("Soy milk", 2, 2.0),
    ]


def test_shares_are_of_food_and_add_up_to_one():
    found = contributions([row(), fish(3.0), tablet(1000.0)])

    assert [c.share for c in found.foods] == [0.75, 0.25]
    assert [(c.name, c.share) for c in found.supplements] == [("Tablet", None)]


def test_one_of_several_foods_never_has_100_percent():
    found = contributions([row(free_ug=0.001), fish(30.0)])

    assert [c.share_percent for c in found.foods] == [99, 0]


def test_a_single_food_has_100_percent():
    assert [c.share_percent for c in contributions([row()]).foods] == [100]


def test_a_renamed_food_is_one_food_with_its_latest_name():
    found = contributions([row(food_id=7, name="Oat drink"), row(food_id=7, name="Oat drink+")])

    assert [(c.name, c.times) for c in found.foods] == [("Oat drink+", 2)]


def test_foods_that_cannot_be_counted_are_named():
    found = contributions(
        [
            unknown(),
            row(name="Spirulina", b12_ug=2.0, free_ug=0.0, inactive_ug=2.0),
            row(name="Apple", b12_ug=0.0, free_ug=0.0),
        ]
    )

    assert [c.name for c in found.unknown] == ["Market pastry"]
    assert [(c.name, c.inactive_ug) for c in found.inactive] == [("Spirulina", 2.0)]
    assert found.without_count == 1
    assert found.foods == ()


def test_a_partly_unknown_food_is_listed_with_its_uncertainty():
    found = contributions([row(name="Pie", food_id=1), unknown(food_id=1)])

    assert [(c.coverage.known, c.coverage.total) for c in found.foods] == [(1, 2)]
    assert [c.food_id for c in found.unknown] == [1]


@pytest.mark.parametrize(("foods", "first", "more"), [(3, 3, 0), (10, 10, 0), (11, 8, 3)])
def test_a_long_list_is_folded(foods, first, more):
    found = contributions([row(name=f"Food {n}") for n in range(foods)])

    assert (len(found.first_foods), len(found.more_foods)) == (first, more)
    assert found.more_text.count("µg") == more


def test_injections_are_listed_separately():
    found = contributions(
        [row(name="Ampoule", b12_ug=1000.0, free_ug=0.0, is_supplement=True, is_injection=True)]
    )

    assert [c.name for c in found.injections] == ["Ampoule"]
    assert (found.supplements, found.without_count) == ((), 0)


@pytest.mark.parametrize(("ug", "is_large"), [(1000.0, True), (100.0, True), (99.0, False)])
def test_only_a_large_tablet_needs_its_explanation(ug, is_large):
    assert contributions([tablet(ug)]).has_large_tablet is is_large
