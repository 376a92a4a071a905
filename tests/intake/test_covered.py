from dataclasses import replace

import pytest

from tests.suggestions.builders import DAY, intake, row, standing
from tracker.intake.bands import is_covered
from tracker.science.absorption import B12Split

THREE_MEALS = ("breakfast", "lunch", "dinner")


def held_day(*rows, **held):
    return intake(DAY, *rows, held=standing(**held))


def known(ug, **fields):
    """Return an entry of which about half is absorbed, in its own sitting."""
    return row(split=B12Split(free_ug=ug), **fields)


UNKNOWN = {"b12_ug": None, "free_ug": 0.0}


def test_a_day_with_enough_is_covered():
    assert is_covered(held_day(known(1.2, slot="breakfast"), known(1.4, slot="dinner")))


def test_an_empty_day_and_a_day_below_the_reference_are_not_covered():
    assert not is_covered(held_day())
    assert not is_covered(held_day(known(1.2)))


def test_an_amount_shown_as_the_reference_reaches_it():
    reached = replace(held_day(), absorbed_ug=1.196)
    short = replace(held_day(), absorbed_ug=1.19)

    assert (is_covered(reached), is_covered(short)) == (True, False)


def test_an_unknown_food_covers_nothing():
    unknown = row()._replace(**UNKNOWN)

    assert not is_covered(held_day(unknown))
    assert not is_covered(held_day(known(1.2), unknown))


def test_known_foods_can_cover_the_day_despite_an_unknown_one():
    unknown = row()._replace(**UNKNOWN)

    assert is_covered(held_day(known(1.2), known(1.4, slot="dinner"), unknown))


@pytest.mark.parametrize("factor", ["nitrous_oxide", "pernicious_anaemia", "total_gastrectomy"])
def test_no_day_is_covered_if_the_comparison_is_withheld(factor):
    rows = [known(5000.0, slot=slot) for slot in THREE_MEALS]

    assert is_covered(intake(DAY, *rows))
    assert not is_covered(intake(DAY, *rows, held=standing("omnivore", factor)))


def test_a_day_with_an_injection_is_not_covered():
    injected = row(is_injection=True, split=B12Split())._replace(b12_ug=1000.0)

    assert not is_covered(held_day(known(3.0), known(3.0, slot="dinner"), injected))


def test_over_50_a_day_is_covered_only_if_it_is_with_little_acid():
    """A stomach that frees little may absorb less, so it is unclear whether the day is covered."""
    bound = [row(slot=slot, split=B12Split(food_ug=1.2)) for slot in THREE_MEALS]
    free = [row(slot=slot, split=B12Split(free_ug=1.2)) for slot in THREE_MEALS]

    assert is_covered(held_day(*bound, age_years=30))
    assert not is_covered(held_day(*bound, age_years=71))
    assert is_covered(held_day(*free, age_years=71))


def test_no_day_is_covered_by_an_adequate_intake_that_does_not_apply():
    rows = [row(slot=slot, split=B12Split(free_ug=9.0)) for slot in THREE_MEALS]
    plain, ppi = standing(authority="efsa"), standing("omnivore", "ppi", authority="efsa")

    assert plain.requirement_ug is None
    assert is_covered(intake(DAY, *rows, held=plain))
    assert not is_covered(intake(DAY, *rows, held=ppi))
