from datetime import date, timedelta

import pytest

from tracker.diary.days import is_loggable

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    "day",
    [date(2000, 1, 1), TODAY, TODAY + timedelta(days=7)],
    ids=["the first day of 2000", "today", "a week from today"],
)
def test_a_diary_holds_the_days_from_2000_to_a_week_from_today(day):
    assert is_loggable(day, TODAY)


@pytest.mark.parametrize("day", [date(1999, 12, 31), TODAY + timedelta(days=8), date.max])
def test_a_diary_holds_no_day_outside(day):
    assert not is_loggable(day, TODAY)
