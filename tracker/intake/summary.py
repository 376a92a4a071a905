"""What a range needs of each day: its numbers without its rows. [µg]"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from tracker.diary.models import DayStatus
from tracker.intake.bands import Band, absorbed_band, absorbed_with_little_acid_ug, is_covered
from tracker.intake.coverage import Coverage
from tracker.intake.day import DayIntake
from tracker.intake.events import SUPPLEMENT
from tracker.profiles.standing import Standing

_NONE, _NO_BAND = Coverage(), Band(0.0, 0.0)


@dataclass(frozen=True)
class DaySummary:
    """One day of a range, computed from its rows or read from the cache.

    Sums are over the entries that report B12. ``little_acid_ug`` is what someone over 50 with
    little stomach acid would absorb; None if that does not apply.
    """

    day: date
    standing: Standing
    status: str = ""
    coverage: Coverage = _NONE
    injection_count: int = 0
    is_broken_fast: bool = False
    is_covered: bool = False
    food_ug: float = 0.0
    supplement_ug: float = 0.0
    inactive_ug: float = 0.0
    absorbed_food_ug: float = 0.0
    absorbed_supplement_ug: float = 0.0
    absorbed: Band = _NO_BAND
    little_acid_ug: float | None = None
    by_class: Mapping[str, float] = field(default_factory=dict)
    """Swallowed B12 by source class; supplements under "supplement", unclassed under "other"."""

    @property
    def swallowed_ug(self) -> float:
        return self.food_ug + self.supplement_ug

    @property
    def absorbed_ug(self) -> float:
        return self.absorbed_food_ug + self.absorbed_supplement_ug

    @property
    def is_complete(self) -> bool:
        """A day with a broken fast is not complete: the person has not confirmed its entries."""
        return self.status in (DayStatus.COMPLETE, DayStatus.FASTING) and not self.is_broken_fast

    @property
    def is_empty(self) -> bool:
        """Nothing was logged, and the person did not mark the day."""
        return not (self.coverage.total or self.status)

    @property
    def is_logged(self) -> bool:
        """A day with entries, or one that the person marked complete without any."""
        return bool(self.coverage.total) or self.is_complete

    @property
    def is_open(self) -> bool:
        """Begun, and not marked complete."""
        return not self.is_empty and not self.is_complete

    @property
    def is_known(self) -> bool:
        """False if there are entries and none of them reports its B12."""
        return bool(self.coverage.known or not self.coverage.total)

    @cached_property
    def food_by_class(self) -> dict[str, float]:
        """The foods in by_class, without the classes that contributed nothing."""
        return {key: ug for key, ug in self.by_class.items() if ug and key != SUPPLEMENT}


def summarised(intake: DayIntake) -> DaySummary:
    """Return the numbers of a day whose rows are known."""
    return DaySummary(
        day=intake.day,
        standing=intake.standing,
        status=intake.status,
        coverage=Coverage(intake.known_count, intake.entry_count),
        injection_count=intake.injection_count,
        is_broken_fast=intake.is_broken_fast,
        is_covered=is_covered(intake),
        food_ug=intake.food_ug,
        supplement_ug=intake.supplement_ug,
        inactive_ug=intake.inactive_ug,
        absorbed_food_ug=intake.absorbed_food_ug,
        absorbed_supplement_ug=intake.absorbed_supplement_ug,
        absorbed=absorbed_band(intake),
        little_acid_ug=absorbed_with_little_acid_ug(intake),
        by_class=intake.by_class,
    )
