"""A day that needs ideas: the days up to it, what is missing, the meals ahead."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from tracker.intake.day import DayIntake, day_intake
from tracker.profiles.standing import Standing
from tracker.suggestions.gap import Gap, WeekSoFar, absorbed_gap, last_days, week_so_far
from tracker.suggestions.room import Place, places_ahead


@dataclass(frozen=True)
class Outlook:
    """``days`` are the last fourteen up to ``day``, ``places`` the meals that are still ahead."""

    day: date
    days: tuple[DayIntake, ...]
    standing: Standing
    places: tuple[Place, ...]

    @cached_property
    def today(self) -> DayIntake:
        """The day itself, empty if nothing is logged."""
        logged = (past for past in self.days if past.day == self.day)
        return next(logged, None) or day_intake(self.day, [], "", self.standing)

    @cached_property
    def past(self) -> list[DayIntake]:
        return [past for past in self.days if past.day < self.day]

    @cached_property
    def gap(self) -> Gap:
        return absorbed_gap(self.day, self.days, self.standing)

    @cached_property
    def week(self) -> WeekSoFar:
        return week_so_far(self.day, self.days)

    @property
    def eaten(self) -> tuple[object, ...]:
        """The parts of the days that ideas depend on, as a comparison key."""
        return tuple((past.status, past.absorbed_ug, past.rows) for past in self.days)

    @property
    def food_ids(self) -> set[int]:
        """The foods that were logged on these days."""
        rows = (row for past in self.days for row in past.rows)
        return {row.food_id for row in rows if row.food_id is not None}


def outlook(day: date, intakes: Iterable[DayIntake], standing: Standing, now: datetime) -> Outlook:
    """Return the outlook on a day; ``now`` is in the person's own time zone."""
    days = tuple(last_days(day, tuple(intakes)))
    return Outlook(day, days, standing, tuple(places_ahead(day, now)))
