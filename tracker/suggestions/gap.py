"""How far the usual absorbed B12 is below what the reference corresponds to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from tracker.intake.bands import NO_GAP_UG
from tracker.intake.day import DayIntake
from tracker.profiles.standing import Standing
from tracker.science.adequacy import FIRST_VERDICT_DAYS

DAYS_LOOKED_AT = 14


class Ground(StrEnum):
    """Which days the usual intake is based on."""

    COMPLETE = "complete"
    LOGGED = "logged"
    TODAY = "today"


@dataclass(frozen=True, slots=True)
class Gap:
    """Absorbed B12 per day: what the reference corresponds to, and the usual amount. [µg/d]"""

    target_ug: float
    usual_ug: float
    ground: Ground
    day_count: int
    unknown_count: int = 0
    """Entries on those days with unknown B12: the usual amount is then a minimum."""

    @property
    def gap_ug(self) -> float:
        missing = self.target_ug - self.usual_ug
        return missing if missing >= NO_GAP_UG else 0.0

    @property
    def is_open(self) -> bool:
        return self.gap_ug > 0


def absorbed_gap(day: date, intakes: Sequence[DayIntake], standing: Standing) -> Gap:
    """Return the gap on a day, from the last fourteen days.

    It is based on complete days; if there are fewer than three, on past days with entries; if
    these are too few as well, on the day itself.
    """
    days = last_days(day, intakes)
    complete = [d for d in days if d.is_complete]
    logged = [d for d in days if d.rows and d.day < day]
    for ground, used in ((Ground.COMPLETE, complete), (Ground.LOGGED, logged)):
        if len(used) >= FIRST_VERDICT_DAYS:
            return _gap(standing, ground, used, len(used))
    today = [d for d in days if d.day == day]
    return _gap(standing, Ground.TODAY, today, sum(bool(d.rows) for d in days))


def _gap(standing: Standing, ground: Ground, used: Sequence[DayIntake], day_count: int) -> Gap:
    return Gap(
        target_ug=standing.absorbed_target_ug,
        usual_ug=mean_absorbed_ug(used),
        ground=ground,
        day_count=day_count,
        unknown_count=sum(d.entry_count - d.known_count for d in used),
    )


def last_days(day: date, intakes: Sequence[DayIntake]) -> list[DayIntake]:
    first = day - timedelta(days=DAYS_LOOKED_AT - 1)
    return [intake for intake in intakes if first <= intake.day <= day]


def mean_absorbed_ug(days: Sequence[DayIntake]) -> float:
    return sum(d.absorbed_ug for d in days) / len(days) if days else 0.0


@dataclass(frozen=True, slots=True)
class WeekSoFar:
    """The calendar week up to and including a day, even an empty one. [µg absorbed/d]"""

    mean_ug: float
    day_count: int

    def mean_with_ug(self, gain_ug: float) -> float:
        """Return the mean if the day had this much more."""
        return self.mean_ug + gain_ug / self.day_count


def week_so_far(day: date, intakes: Sequence[DayIntake]) -> WeekSoFar:
    monday = day - timedelta(days=day.weekday())
    days = [i for i in intakes if monday <= i.day <= day and (i.rows or i.is_complete)]
    count = len(days) + (day not in {d.day for d in days})
    return WeekSoFar(sum(d.absorbed_ug for d in days) / count, count)
