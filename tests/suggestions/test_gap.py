from datetime import timedelta

import pytest

from tests.suggestions.builders import DAY, intake, row, standing
from tracker.suggestions.gap import Ground, absorbed_gap, week_so_far

ABSORBED_OF_1_UG = 0.576
THREE_MEALS = ("breakfast", "lunch", "dinner")


def days_before(*numbers, status=""):
    days = [DAY - timedelta(days=n) for n in numbers]
    return [intake(day, row(day), status=status) for day in days]


def test_the_usual_amount_is_based_on_three_complete_days():
    days = [*days_before(1, 2, 3, status="complete"), *days_before(4, 5)]

    gap = absorbed_gap(DAY, days, standing())

    assert (gap.ground, gap.day_count) == (Ground.COMPLETE, 3)
    assert gap.usual_ug == pytest.approx(ABSORBED_OF_1_UG, abs=1e-3)
    assert gap.gap_ug == pytest.approx(1.2 - ABSORBED_OF_1_UG, abs=1e-3)


def test_a_fasting_day_is_a_complete_day_of_zero():
    fasting = intake(DAY - timedelta(days=3), status="fasting")

    gap = absorbed_gap(DAY, [fasting, *days_before(1, 2, status="complete")], standing())

    assert gap.usual_ug == pytest.approx(2 / 3 * ABSORBED_OF_1_UG, abs=1e-3)


def test_without_three_complete_days_it_is_based_on_past_days_with_entries():
    gap = absorbed_gap(DAY, [*days_before(1, 2, 3), intake(DAY, row(), row())], standing())

    assert (gap.ground, gap.day_count) == (Ground.LOGGED, 3)
    assert gap.usual_ug == pytest.approx(ABSORBED_OF_1_UG, abs=1e-3)


def test_with_too_few_days_it_is_based_on_the_day_itself():
    gap = absorbed_gap(DAY, [*days_before(1), intake(DAY, row())], standing())

    assert (gap.ground, gap.day_count) == (Ground.TODAY, 2)
    assert gap.usual_ug == pytest.approx(ABSORBED_OF_1_UG, abs=1e-3)


def test_an_empty_diary_lacks_all_of_the_reference():
    gap = absorbed_gap(DAY, [], standing())

    assert (gap.ground, gap.day_count, gap.gap_ug) == (Ground.TODAY, 0, 1.2)


def test_days_more_than_two_weeks_ago_are_ignored():
    gap = absorbed_gap(DAY, days_before(14, 15, 16, status="complete"), standing())

    assert (gap.ground, gap.day_count) == (Ground.TODAY, 0)


def test_a_met_reference_leaves_no_gap_and_never_a_negative_one():
    rich = [
        intake(DAY - timedelta(days=n), *(row(DAY - timedelta(days=n), slot) for slot in slots))
        for n in (1, 2, 3)
        for slots in [("breakfast", "lunch", "dinner")]
    ]

    gap = absorbed_gap(DAY, rich, standing())

    assert (gap.gap_ug, gap.is_open) == (0.0, False)


def test_entries_of_unknown_b12_make_the_usual_amount_a_minimum():
    unknown = row(DAY, b12_ug=None, free_ug=0.0)

    assert absorbed_gap(DAY, [intake(DAY, row(), unknown)], standing()).unknown_count == 1


def test_the_target_is_that_of_the_profile():
    assert absorbed_gap(DAY, [], standing(authority="efsa")).target_ug == 2.0


def test_the_week_starts_on_monday_and_includes_today_even_if_empty():
    sunday_before, monday = days_before(4, 3)

    week = week_so_far(DAY, [sunday_before, monday])

    assert week.day_count == 2
    assert week.mean_ug == pytest.approx(ABSORBED_OF_1_UG / 2, abs=1e-3)
    assert week.mean_with_ug(1.0) == pytest.approx(ABSORBED_OF_1_UG / 2 + 0.5, abs=1e-3)
