"""What a person usually eats, and which of it has a fortified sibling."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from foods.kinds import Fortification, SourceClass
from tracker.diary.slots import Slot
from tracker.intake.day import DayIntake
from tracker.intake.events import Event
from tracker.suggestions.candidates import Candidate

STAND_IN_GROUP = {
    "Breakfast cereals, not fortified": "Breakfast cereals, fortified",
    "Meat analogues": "Meat analogues",
}
"""Groups whose foods can replace each other, whatever their names."""
SWAPPED_BY_NAME = (
    "Plant-based milks",
    "Plant-based yogurts",
    "Nutritional yeast and yeast extract",
    "Margarine and spreads",
)
"""Groups in which only a namesake can be the replacement: almond milk for almond milk."""
DESCRIBING = frozenset(
    (
        "not",
        "fortified",
        "plain",
        "unsweetened",
        "sweetened",
        "typical",
        "type",
        "us",
        "uk",
        "brand",
    )
)
SAME_KIND = 0.5


@dataclass(frozen=True, slots=True)
class Habit:
    """A food as a person eats it: the usual meal, the amount, the number of days."""

    food_id: int
    name: str
    slot: Slot
    slots: frozenset[Slot]
    mass_g: float | None
    day_count: int
    last_day: date


def habits(days: Iterable[DayIntake]) -> dict[int, Habit]:
    """Return what was eaten, by food, without supplements."""
    rows: dict[int, list[Event]] = {}
    for day in days:
        for row in day.rows:
            if row.food_id is not None and not row.is_supplement and not row.is_injection:
                rows.setdefault(row.food_id, []).append(row)
    return {pk: _habit(pk, eaten) for pk, eaten in rows.items()}


def _habit(food_id: int, rows: Sequence[Event]) -> Habit:
    slots = Counter(Slot(row.slot) for row in rows)
    masses = [row.mass_g for row in rows if row.mass_g is not None]
    return Habit(
        food_id=food_id,
        name=rows[-1].called,
        slot=max(Slot, key=lambda slot: slots[slot]),
        slots=frozenset(slots),
        mass_g=median(masses) if masses else None,
        day_count=len({row.day for row in rows}),
        last_day=max(row.day for row in rows),
    )


@dataclass(frozen=True, slots=True)
class Swap:
    """An unfortified food that a person eats, and a replacement in the same amount."""

    habit: Habit
    sibling: Candidate
    is_namesake: bool


def swaps(
    eaten: Mapping[int, Habit], known: Mapping[int, Candidate], offered: Sequence[Candidate]
) -> list[Swap]:
    """Return a swap for each unfortified food that has a sibling among those offered."""
    found = []
    for habit in eaten.values():
        food = known.get(habit.food_id)
        if food is not None and is_unfortified(food):
            found += _swap(habit, food, offered)
    return found


def stands_in(food: Candidate, other: Candidate) -> bool:
    """Whether a food is a fortified replacement for another one, so the swap is already made."""
    return food.is_fortified and _likeness(other, food) > 0


def is_unfortified(food: Candidate) -> bool:
    is_plant = food.source_class in (SourceClass.PLANT_FOOD, SourceClass.FORTIFIED_FOOD)
    return is_plant and food.fortification == Fortification.NONE


def _swap(habit: Habit, food: Candidate, offered: Sequence[Candidate]) -> list[Swap]:
    likeness = {f.pk: _likeness(food, f) for f in offered if f.is_fortified}
    siblings = [f for f in offered if likeness.get(f.pk, 0) > 0]
    if not siblings:
        return []
    best = max(siblings, key=lambda f: (likeness[f.pk], f.active_ug, -f.pk))
    if likeness[best.pk] < SAME_KIND or habit.mass_g is None:
        return [Swap(habit, best, is_namesake=likeness[best.pk] >= SAME_KIND)]
    return [Swap(habit, best.weighing(habit.mass_g), is_namesake=True)]


def _likeness(food: Candidate, other: Candidate) -> float:
    """Return how similar two names are, 0 if one food cannot replace the other."""
    names = food.words - DESCRIBING, other.words - DESCRIBING
    shared = len(names[0] & names[1]) / max(1, len(names[0] | names[1]))
    if STAND_IN_GROUP.get(food.group) == other.group:
        return max(shared, 0.01)
    is_same_group = food.group in SWAPPED_BY_NAME and food.group == other.group
    return shared if is_same_group and shared >= SAME_KIND else 0.0
