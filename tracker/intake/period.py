"""A range of days: the means over its complete days, and how many entries report B12."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.utils.translation import gettext_lazy as _

from tracker.diary.days import DAYS_AHEAD, EARLIEST_DAY
from tracker.intake.coverage import Coverage
from tracker.intake.spans import DAY, WEEK, Span, monday_of, span_of
from tracker.intake.stored import day_summaries
from tracker.intake.summary import DaySummary
from tracker.profiles.models import Profile
from tracker.profiles.standing import Standing

_NAMES = {
    Span.DAY: _("this day"),
    Span.WEEK: _("this week"),
    Span.MONTH: _("this month"),
    Span.YEAR: _("this year"),
    Span.RANGE: _("these days"),
}


class NoSuchWeek(ValueError):
    """A text that is not a date, or a day outside the range of a diary."""


@dataclass(frozen=True)
class Period:
    """One or more consecutive days, as they are on the day ``today``."""

    days: tuple[DaySummary, ...]
    today: date

    @property
    def first(self) -> date:
        return self.days[0].day

    @property
    def last(self) -> date:
        return self.days[-1].day

    @property
    def log_on(self) -> date:
        """The first of its days that a diary can hold."""
        return max(self.first, EARLIEST_DAY)

    @property
    def is_empty(self) -> bool:
        return all(day.is_empty for day in self.days)

    @property
    def called(self) -> str:
        """The period's name within a sentence: "this week"."""
        return str(_NAMES[span_of(self.first, self.last)])

    @cached_property
    def complete_days(self) -> list[DaySummary]:
        """The days that enter an average. A future day never does, whatever its mark."""
        return [day for day in self.days if day.is_complete and day.day <= self.today]

    @cached_property
    def standing(self) -> Standing:
        """The standing on the last complete day; without one, today or on the last day."""
        if complete := self.complete_days:
            return complete[-1].standing
        begun = [day for day in self.days if day.day <= self.today]
        return (begun or self.days)[-1].standing

    @cached_property
    def coverage(self) -> Coverage:
        """Coverage of the complete days, over which the means are taken."""
        return sum((day.coverage for day in self.complete_days), Coverage())

    @cached_property
    def mean_food_ug(self) -> float | None:
        return self._mean(lambda day: day.food_ug)

    @cached_property
    def mean_supplement_ug(self) -> float | None:
        return self._mean(lambda day: day.supplement_ug)

    @cached_property
    def mean_absorbed_ug(self) -> float | None:
        return self._mean(lambda day: day.absorbed_ug)

    @property
    def injection_count(self) -> int:
        return sum(day.injection_count for day in self.days)

    def _mean(self, amount: Callable[[DaySummary], float]) -> float | None:
        amounts = [amount(day) for day in self.complete_days]
        return sum(amounts) / len(amounts) if amounts else None


def period_of(profile: Profile, first: date, last: date, today: date) -> Period:
    """Return the days from ``first`` to ``last``. Two queries for a month or less."""
    return Period(tuple(day_summaries(profile, first, last)), today)


def week_of(profile: Profile, first: date, today: date) -> Period:
    """Return the seven days from a Monday on. Two queries."""
    return period_of(profile, first, first + WEEK - DAY, today)


def parse_day(text: str, today: date) -> date:
    """Return the day in a URL.

    Raises
    ------
    NoSuchWeek
        If it is not written YYYY-MM-DD, or no day of its week is within the diary's range.
    """
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise NoSuchWeek(f"day must be an ISO date like 2026-03-02, got {text[:20]!r}") from None
    if day.isoformat() != text or not has_week(day, today):
        raise NoSuchWeek(f"day must be in a week that a diary can hold, got {text[:20]!r}")
    return day


def has_week(day: date, today: date) -> bool:
    """Whether the diary can hold a day of this day's week."""
    return monday_of(EARLIEST_DAY) <= day < monday_of(last_day(today)) + WEEK


def last_day(today: date) -> date:
    """Return the last day that can be logged on the day ``today``."""
    return today + timedelta(DAYS_AHEAD)
