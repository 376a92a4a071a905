"""The days that a diary can hold."""

from datetime import date, timedelta

EARLIEST_DAY = date(2000, 1, 1)
DAYS_AHEAD = 7


def is_loggable(day: date, today: date) -> bool:
    """A diary covers the days from the year 2000 to a week from today."""
    return EARLIEST_DAY <= day <= today + timedelta(days=DAYS_AHEAD)
