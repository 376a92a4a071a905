"""Where in a day a food would help most: how much room each meal ahead has.

Absorption is computed in ``tracker.science`` alone; here entries are only placed side by side.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import NamedTuple

from tracker.diary.slots import USUAL_CLOCK, Slot, moment
from tracker.intake.day import DayIntake, absorbed_sittings
from tracker.intake.events import Event
from tracker.profiles.standing import Standing
from tracker.science.absorption import AbsorptionFactors, B12Split, absorbed_ug
from tracker.suggestions.candidates import Candidate

MEAL_IS_OVER = {Slot.BREAKFAST: time(11), Slot.LUNCH: time(15), Slot.DINNER: time(22)}


class Place(NamedTuple):
    """A meal, and the clock time if its usual one has passed."""

    slot: Slot
    clock: time | None = None


def places_ahead(day: date, now: datetime) -> list[Place]:
    """Return where something can still be eaten on a day; nowhere on a past day."""
    if day < now.date():
        return []
    if day > now.date():
        return [Place(slot) for slot in Slot]
    clock = now.time().replace(second=0, microsecond=0, tzinfo=None)
    meals = [Place(slot) for slot, end in MEAL_IS_OVER.items() if clock < end]
    is_late = clock > USUAL_CLOCK[Slot.SNACK]
    return [*meals, Place(Slot.SNACK, clock if is_late else None)]


def row_at(candidate: Candidate, day: date, place: Place) -> Event:
    """Return the entry that logging this food would make."""
    return Event(
        kind="expected",
        pk=0,
        day=day,
        slot=place.slot,
        clock=place.clock,
        name=candidate.name,
        amount=candidate.mass_g,
        unit="g",
        amount_of=None,
        mass_g=candidate.mass_g,
        food_id=candidate.pk,
        b12_ug=candidate.b12_ug,
        **candidate.split.amounts(),
        source_class=candidate.source_class,
        is_supplement=False,
        is_injection=False,
        is_drink=False,
    )


@dataclass(frozen=True, slots=True)
class Room:
    """A place in a day with what its sitting already holds. Amounts are absorbed µg of the day."""

    place: Place
    before_ug: float
    elsewhere_ug: float
    sitting: B12Split
    is_with_food: bool
    factors: AbsorptionFactors

    def gain_ug(self, split: B12Split) -> float:
        """Return how much more the day would absorb with this B12 here. [µg]"""
        here_ug = absorbed_ug(self.sitting + split, self.factors, with_food=self.is_with_food)
        return self.elsewhere_ug + here_ug - self.before_ug


def rooms(
    places: Iterable[Place], day: date, rows: Sequence[Event], standing: Standing
) -> dict[Place, Room]:
    """Return the room at each place: a probe entry shows which sitting it would join."""
    before_ug = absorbed_day_ug(rows, standing)
    return {place: _room(place, day, rows, standing, before_ug) for place in places}


def _room(
    place: Place, day: date, rows: Sequence[Event], standing: Standing, before_ug: float
) -> Room:
    dish = EMPTY_DISH._replace(day=day, slot=place.slot, clock=place.clock)
    after = absorbed_sittings((*rows, dish), standing)
    when = moment(day, place.slot, place.clock)
    # Entries without active B12 form their own sittings, which may overlap: skip these.
    joined = next(s for s in reversed(after) if s.start <= when and s.active_ug > 0)
    return Room(
        place=place,
        before_ug=before_ug,
        elsewhere_ug=sum(s.absorbed_ug for s in after if s is not joined),
        sitting=joined.split,
        is_with_food=joined.is_with_food,
        factors=standing.factors,
    )


TASTE_UG = 1e-12
"""Only active B12 starts a sitting, so the probe must not be quite empty."""
EMPTY_DISH = Event(
    kind="expected",
    pk=0,
    day=date.min,
    slot=Slot.SNACK,
    clock=None,
    name="",
    amount=None,
    unit="",
    amount_of=None,
    mass_g=None,
    food_id=None,
    b12_ug=TASTE_UG,
    free_ug=TASTE_UG,
    food_ug=0.0,
    egg_ug=0.0,
    inactive_ug=0.0,
    source_class="",
    is_supplement=False,
    is_injection=False,
    is_drink=False,
)


def absorbed_day_ug(rows: Iterable[Event], standing: Standing) -> float:
    return sum(sitting.absorbed_ug for sitting in absorbed_sittings(rows, standing))


def rows_expected(
    today: DayIntake, past: Sequence[DayIntake], places: Iterable[Place]
) -> list[Event]:
    """Return today's entries, and for each empty meal ahead its usual entries."""
    eaten = {row.slot for row in today.rows}
    ahead = [place.slot for place in places if place.slot not in eaten]
    usual = [row._replace(day=today.day) for slot in ahead for row in usual_meal(slot, past)]
    return [*today.rows, *usual]


def usual_meal(slot: str, past: Sequence[DayIntake]) -> list[Event]:
    """Return one real past meal, the median by its B12; none if the meal is mostly skipped."""
    meals = [[row for row in day.rows if row.slot == slot] for day in past if day.rows]
    had = [meal for meal in meals if meal]
    if not had or 2 * len(had) < len(meals):
        return []
    had.sort(key=lambda meal: sum(row.active_ug for row in meal))
    return had[(len(had) - 1) // 2]
