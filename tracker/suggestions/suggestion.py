"""One thing to eat, and what it would do."""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tracker.diary.slots import Slot
from tracker.suggestions.candidates import Candidate
from tracker.suggestions.gap import Week
from tracker.suggestions.habits import Habit, Swap

WHEN = {
    Slot.BREAKFAST: _("at breakfast"),
    Slot.LUNCH: _("at lunch"),
    Slot.DINNER: _("at dinner"),
    Slot.SNACK: _("as a snack"),
}


class Kind(StrEnum):
    """Where a suggestion comes from."""

    SWAP = "swap"
    OWN = "own"
    FORTIFIED = "fortified"
    ANIMAL = "animal"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One food in one amount at one meal. Gains and days are absorbed B12. [µg]"""

    kind: Kind
    food: Candidate
    day: date
    slot: Slot
    clock: time | None
    gain_ug: float
    """How much more the day would absorb, as it is logged now."""
    expected_gain_ug: float
    """The same if the meals still ahead are the usual ones: what the order rests on."""
    day_before_ug: float
    week: Week
    habit: Habit | None = None
    swap: Swap | None = None
    is_addable: bool = True
    """False for a swap whose moment has passed today: it is for the next time."""

    @property
    def day_after_ug(self) -> float:
        return self.day_before_ug + self.gain_ug

    @property
    def week_after_ug(self) -> float:
        return self.week.mean_with_ug(self.gain_ug)

    @property
    def when(self) -> Promise:
        return WHEN[self.slot]

    @property
    def is_swap(self) -> bool:
        return self.swap is not None

    @property
    def amount(self) -> str:
        """The amount as the log form takes it: usual portions, else grams."""
        return "1" if self.unit == "p0" else f"{self.food.mass_g:.6g}"

    @property
    def unit(self) -> str:
        return "p0" if self.food.has_portion else "g"
