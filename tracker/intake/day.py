"""What a person swallowed and probably absorbed each day. Joins entries to science."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property, lru_cache

from tracker.diary.models import DayStatus
from tracker.diary.slots import moment
from tracker.intake.events import Event, day_marks, events
from tracker.profiles.models import Profile
from tracker.profiles.standing import Standing, standings
from tracker.science.absorption import (
    AbsorptionFactors,
    B12Split,
    absorbed_ug,
    group_sittings,
)

DAYS_KEPT = 2048


@dataclass(frozen=True)
class AbsorbedSitting:
    """Entries so close in time that they share the gut's capacity."""

    start: datetime
    split: B12Split
    is_with_food: bool
    absorbed_ug: float

    @property
    def active_ug(self) -> float:
        return self.split.active_ug


@dataclass(frozen=True)
class DayIntake:
    """One day's totals. Amounts are sums over the entries that report B12. [µg]"""

    day: date
    status: str
    standing: Standing
    rows: tuple[Event, ...] = ()
    food_ug: float = 0.0
    supplement_ug: float = 0.0
    inactive_ug: float = 0.0
    absorbed_ug: float = 0.0
    absorbed_food_ug: float = 0.0
    """What the food alone would give; the rest of absorbed_ug is the supplements'."""
    sittings: tuple[AbsorbedSitting, ...] = ()
    by_class: dict[str, float] = field(default_factory=dict)
    """Swallowed B12 by source class; supplements under "supplement", unclassed under "other"."""

    @property
    def swallowed_ug(self) -> float:
        return self.food_ug + self.supplement_ug

    @property
    def entry_count(self) -> int:
        return len(self.rows)

    @cached_property
    def known_count(self) -> int:
        return sum(row.b12_ug is not None for row in self.rows)

    @property
    def absorbed_supplement_ug(self) -> float:
        return max(0.0, self.absorbed_ug - self.absorbed_food_ug)

    @property
    def injection_count(self) -> int:
        return sum(row.is_injection for row in self.rows)

    @property
    def is_broken_fast(self) -> bool:
        """Whether food was logged on a day marked as a fasting day."""
        return self.status == DayStatus.FASTING and any(row.breaks_fast for row in self.rows)

    @property
    def is_complete(self) -> bool:
        """A day with a broken fast is not complete: the person has not confirmed its entries."""
        return self.status in (DayStatus.COMPLETE, DayStatus.FASTING) and not self.is_broken_fast


def day_intakes(profile: Profile, first: date, last: date) -> list[DayIntake]:
    """Return every day of a range, logged or not. Two queries."""
    rows, marks = events(profile, first, last), day_marks(profile, first, last)
    by_day: dict[date, list[Event]] = defaultdict(list)
    for row in rows:
        by_day[row.day].append(row)
    standing_on = standings(profile)
    days = (first + timedelta(n) for n in range((last - first).days + 1))
    return [day_intake(day, by_day[day], marks.get(day, ""), standing_on(day)) for day in days]


def day_intake(day: date, rows: Iterable[Event], status: str, standing: Standing) -> DayIntake:
    """Return the totals of one day's rows."""
    rows = tuple(rows)
    by_class: dict[str, float] = defaultdict(float)
    for row in rows:
        by_class[row.counted_as] += row.active_ug
    food_only = [row for row in rows if not row.is_supplement]
    sittings = absorbed_sittings(rows, standing)
    is_all_food = len(food_only) == len(rows)
    food_sittings = sittings if is_all_food else absorbed_sittings(food_only, standing)
    return DayIntake(
        day=day,
        status=status,
        standing=standing,
        rows=rows,
        food_ug=sum(row.active_ug for row in food_only),
        supplement_ug=sum(row.active_ug for row in rows if row.is_supplement),
        inactive_ug=sum(row.inactive_ug for row in rows),
        absorbed_ug=sum(sitting.absorbed_ug for sitting in sittings),
        absorbed_food_ug=sum(sitting.absorbed_ug for sitting in food_sittings),
        sittings=sittings,
        by_class=dict(by_class),
    )


def absorbed_sittings(rows: Iterable[Event], standing: Standing) -> tuple[AbsorbedSitting, ...]:
    """Return the sittings of one day's rows, each with its estimated absorption."""
    return _absorbed_sittings(tuple(rows), standing.factors)


# A page reads a fortnight in which one day changed; the other days come from the cache.
@lru_cache(maxsize=DAYS_KEPT)
def _absorbed_sittings(
    rows: tuple[Event, ...], factors: AbsorptionFactors
) -> tuple[AbsorbedSitting, ...]:
    timed = (
        (moment(row.day, row.slot, row.clock), row.split, not row.is_supplement) for row in rows
    )
    return tuple(
        AbsorbedSitting(
            sitting.start,
            sitting.split,
            sitting.is_with_food,
            absorbed_ug(sitting.split, factors, with_food=sitting.is_with_food),
        )
        for sitting in group_sittings(timed)
    )
