"""The data of one day for its page: entries, totals, suggestion, usual foods."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import cached_property
from uuid import UUID, uuid4

from django.urls import reverse

from tracker.diary.days import DAYS_AHEAD, EARLIEST_DAY
from tracker.diary.slots import Slot, slot_for
from tracker.diary.writing import clocks_text
from tracker.history import steps
from tracker.intake.bands import Band, absorbed_band, absorbed_with_little_acid_ug
from tracker.intake.day import DayIntake, day_intakes
from tracker.intake.events import Event, events
from tracker.intake.withheld import Certainty, withheld
from tracker.profiles.models import Profile
from tracker.profiles.standing import Standing, standing_on
from tracker.suggestions.offers import Ideas, offer
from tracker.suggestions.outlook import outlook
from tracker.suggestions.suggestion import Suggestion

DAYS_OF_EVIDENCE = 14
"""How many days habits, suggestions and the usual foods are based on."""
BAR_LENGTH = 200


@dataclass(frozen=True)
class MealView:
    """The entries of one meal of the day."""

    slot: Slot
    rows: tuple[Event, ...]
    yesterday_count: int

    @property
    def clock(self) -> time | None:
        """The time of the meal, if all of it was eaten at the same one."""
        clocks = {row.clock for row in self.rows}
        return clocks.pop() if len(clocks) == 1 else None

    @property
    def clock_text(self) -> str:
        """The meal's times as its form sends them back."""
        return clocks_text(row.clock for row in self.rows)

    @property
    def active_ug(self) -> float:
        return sum(row.active_ug for row in self.rows)


class DayPage:
    """What today's page shows. Each part is read when it is first needed; five queries."""

    def __init__(self, profile: Profile, day: date, *, slot: str = "") -> None:
        self.profile, self.day = profile, day
        self.today = profile.today()
        self.slot = slot or self._slot_now()

    def _slot_now(self) -> str:
        return slot_for(self.profile.now().time()) if self.is_today else Slot.BREAKFAST

    @property
    def is_today(self) -> bool:
        return self.day == self.today

    @property
    def can_log(self) -> bool:
        """False on later days, which a person who travelled west may still have."""
        return self.day <= self.last_loggable

    @property
    def last_loggable(self) -> date:
        return self.today + timedelta(DAYS_AHEAD)

    @property
    def yesterday(self) -> date:
        return self.day - timedelta(1)

    @property
    def next_day(self) -> date | None:
        following = self.day + timedelta(1)
        return following if following <= self.last_loggable else None

    @property
    def previous_day(self) -> date | None:
        return self.yesterday if self.yesterday >= EARLIEST_DAY else None

    @cached_property
    def rows(self) -> Sequence[Event]:
        return events(self.profile, self.first_day, self.day)

    @property
    def first_day(self) -> date:
        return self.day - timedelta(DAYS_OF_EVIDENCE - 1)

    @cached_property
    def standing(self) -> Standing:
        return standing_on(self.profile, self.day)

    @cached_property
    def intakes(self) -> list[DayIntake]:
        """The last fourteen days, this one last."""
        return day_intakes(self.profile, self.first_day, self.day)

    @property
    def intake(self) -> DayIntake:
        return self.intakes[-1]

    @cached_property
    def withheld(self) -> Certainty | None:
        """Why the day's comparison is withheld, or None."""
        return withheld(self.standing)

    @cached_property
    def band(self) -> Band:
        return absorbed_band(self.intake)

    @cached_property
    def with_little_acid_ug(self) -> float | None:
        return absorbed_with_little_acid_ug(self.intake)

    @cached_property
    def meals(self) -> list[MealView]:
        before = [row for row in self.rows if row.day == self.yesterday and self.can_log]
        return [
            MealView(
                slot=slot,
                rows=tuple(row for row in self.intake.rows if row.slot == slot),
                yesterday_count=sum(row.slot == slot for row in before),
            )
            for slot in Slot
        ]

    @property
    def yesterday_count(self) -> int:
        return sum(row.day == self.yesterday for row in self.rows) if self.can_log else 0

    @cached_property
    def offer(self) -> Ideas:
        ahead = outlook(self.day, self.intakes, self.standing, self.profile.now())
        return offer(self.profile, ahead)

    @property
    def suggestion(self) -> Suggestion | None:
        return self.offer.best

    @cached_property
    def latest(self) -> steps.Latest:
        """The step last done or undone, on any day."""
        return steps.latest(self.profile)

    @property
    def entries_address(self) -> str:
        """The URL of entries, to which the template adds an id. Faster than a reverse() each."""
        return reverse("entry", args=[0]).removesuffix("0/")

    @property
    def fresh_uuid(self) -> UUID:
        return uuid4()

    @property
    def swallowed_bar(self) -> str:
        return _bar(self.intake.swallowed_ug, self.standing.target_ug)

    @property
    def absorbed_bar(self) -> str:
        return _bar(self.intake.absorbed_ug, self.standing.absorbed_target_ug)


def _bar(value_ug: float, whole_ug: float) -> str:
    """Return the length of a bar that is full at the reference, in SVG's number format."""
    return f"{BAR_LENGTH * min(1.0, value_ug / whole_ug):.1f}" if whole_ug else "0"
