"""One thing to eat, and its effect."""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from uuid import UUID, uuid4

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tracker.diary.slots import Slot
from tracker.numbers.amounts import two_digits
from tracker.suggestions.candidates import Candidate
from tracker.suggestions.gap import WeekSoFar
from tracker.suggestions.habits import Habit, Swap

WHEN = {
    Slot.BREAKFAST: _("at breakfast"),
    Slot.LUNCH: _("at lunch"),
    Slot.DINNER: _("at dinner"),
    Slot.SNACK: _("as a snack"),
}

MOST_ROOM = {
    Slot.BREAKFAST: _("Of the meals to come, breakfast has the most room for it."),
    Slot.LUNCH: _("Of the meals to come, lunch has the most room for it."),
    Slot.DINNER: _("Of the meals to come, dinner has the most room for it."),
    Slot.SNACK: _("There is the most room for it between meals."),
}
"""A sitting absorbs little of a large amount, so the best place is where there is least."""


class SuggestionKind(StrEnum):
    """Where a suggestion comes from."""

    SWAP = "swap"
    OWN = "own"
    FORTIFIED = "fortified"
    ANIMAL = "animal"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One food in one amount at one meal. Gains and days are absorbed B12. [µg]"""

    kind: SuggestionKind
    food: Candidate
    day: date
    slot: Slot
    clock: time | None
    gain_ug: float
    """How much more the day would absorb, as logged so far."""
    expected_gain_ug: float
    """The same if the meals still ahead are the usual ones: the order is based on this."""
    day_before_ug: float
    gap_ug: float
    """What the person's usual day lacks; if 0, this is an idea, not a need."""
    week: WeekSoFar
    habit: Habit | None = None
    swap: Swap | None = None
    is_addable: bool = True
    "False for a swap whose meal has passed today: it is for next time."
    has_most_room: bool = True
    """Whether another meal ahead would absorb less of it."""

    @property
    def day_after_ug(self) -> float:
        return self.day_before_ug + self.gain_ug

    @property
    def week_after_ug(self) -> float:
        return self.week.mean_with_ug(self.gain_ug)

    @property
    def reads_as_a_change(self) -> bool:
        """Whether the amounts on the screen differ before and after."""
        day = two_digits(self.day_before_ug) != two_digits(self.day_after_ug)
        week = two_digits(self.week.mean_ug) != two_digits(self.week_after_ug)
        return day and (week or not self.is_addable)

    @property
    def when(self) -> Promise:
        return WHEN[self.slot]

    @property
    def room_text(self) -> Promise:
        return MOST_ROOM[self.slot]

    @property
    def is_plain_swap(self) -> bool:
        """The same food, fortified: the meal does not change, only the product."""
        return self.swap is not None and self.swap.is_namesake

    @property
    def amount(self) -> str:
        """The amount as the log form expects it: usual portions, else grams."""
        count = self.food.portion_count
        return f"{self.food.mass_g:.6g}" if count is None else f"{count:g}"

    @property
    def unit(self) -> str:
        return "g" if self.food.portion_count is None else "p0"

    @property
    def client_uuid(self) -> UUID:
        """A new one each time it is shown: a form posted twice logs once."""
        return uuid4()
