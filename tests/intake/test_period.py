from datetime import date, timedelta

import pytest

from tests.insights.people import MONDAY, SUNDAY, row, tablet, unknown, week
from tracker.intake.coverage import Coverage
from tracker.intake.period import NoSuchWeek, parse_day
from tracker.intake.spans import monday_of

TODAY = date(2026, 11, 20)


def test_the_mean_is_over_complete_days_only():
    found = week([row(free_ug=1.0)], [row(free_ug=3.0)], [row(free_ug=50.0)], complete=2)

    assert found.mean_food_ug == 2.0
    assert len(found.complete_days) == 2


def test_a_complete_day_without_entries_counts_as_zero():
    found = week([row(free_ug=3.0)], complete=3)

    assert found.mean_food_ug == 1.0


def test_without_a_complete_day_there_is_no_mean():
    found = week([row()], complete=0)

    assert (found.mean_food_ug, found.mean_supplement_ug, found.mean_absorbed_ug) == (None,) * 3


def test_a_future_day_is_not_complete_whatever_its_mark():
    found = week([row()], [row()], complete=7, today=MONDAY)

    assert [day.day for day in found.complete_days] == [MONDAY]


def test_food_and_supplements_have_separate_means():
    found = week([row(), tablet(1000.0)], [row()], complete=2)

    assert (found.mean_food_ug, found.mean_supplement_ug) == (1.0, 500.0)


def test_coverage_is_that_of_the_complete_days():
    found = week([row(), unknown()], [unknown()], complete=1)

    assert found.coverage == Coverage(1, 2)


@pytest.mark.parametrize("day", [MONDAY, MONDAY + timedelta(3), SUNDAY])
def test_every_day_belongs_to_the_week_of_its_monday(day):
    assert monday_of(day) == MONDAY


def test_an_iso_date_names_a_day():
    assert parse_day("2026-03-04", TODAY) == date(2026, 3, 4)


@pytest.mark.parametrize(
    "text",
    [
        "9999-12-31",
        "0001-01-01",
        "1999-12-20",
        "2026-02-30",
        "2026-11-30",  # the week after the last that can be logged
        "2026-W10-1",
        "20260302",
        "today",
        "",
        "2026-03-02" * 1000,
        "２０２６-03-02",
    ],
)
def test_a_text_that_is_not_a_diary_day_is_refused(text):
    with pytest.raises(NoSuchWeek):
        parse_day(text, TODAY)


@pytest.mark.parametrize("text", ["2000-01-01", "1999-12-27", "2026-11-27", "2026-11-29"])
def test_the_first_and_the_last_week_can_be_shown(text):
    assert parse_day(text, TODAY).isoformat() == text
