"""Plain values for the pure modules: no database."""

from datetime import date, datetime
from itertools import count

from tracker.diary.slots import Slot
from tracker.intake.day import DayIntake, day_intake
from tracker.intake.events import Event
from tracker.profiles.models import Basis, Condition
from tracker.profiles.standing import Standing, standing_from
from tracker.science.absorption import B12Split
from tracker.suggestions.candidates import Candidate
from tracker.suggestions.pantry import Pantry
from tracker.suggestions.room import places_ahead

DAY = date(2026, 3, 5)
"""A Thursday: three days of its week are before it."""
MORNING = datetime(2026, 3, 5, 7, 30)
_numbers = count(1)


def candidate(name: str = "Oat milk, fortified", **fields) -> Candidate:
    """Return a vegan fortified drink with 1 µg of free B12 per cup."""
    mass_g = fields.get("mass_g", 240.0)
    split = fields.get("split", B12Split(free_ug=1.0))
    defaults = {
        "pk": next(_numbers),
        "slug": None,
        "name": name,
        "group": "Plant-based milks",
        "source_class": "fortified_food",
        "fortification": "fortified",
        "diet": "vegan",
        "portion": "1 cup",
        "portion_g": mass_g,
        "mass_g": mass_g,
        "b12_ug": split.total_ug,
        "split": split,
        "source": "A table 2024",
        "is_shared": True,
        "words": frozenset(name.lower().replace(",", "").split()),
    }
    return Candidate(**defaults | fields)


def plain_milk(name: str = "Oat milk, not fortified", **fields) -> Candidate:
    none = {
        "source_class": "plant_food",
        "fortification": "none",
        "split": B12Split(),
        "b12_ug": 0.0,
    }
    return candidate(name, **none | fields)


def beef(name: str = "Beef", **fields) -> Candidate:
    animal = {
        "group": "Beef and veal",
        "source_class": "meat",
        "fortification": "natural",
        "diet": "omnivore",
        "portion": "3 oz",
        "mass_g": 85.0,
        "split": B12Split(food_ug=2.0),
    }
    return candidate(name, **animal | fields)


def row(day: date = DAY, slot: str = Slot.BREAKFAST, **fields) -> Event:
    """Return an entry of 240 g with 1 µg of free B12."""
    split = fields.pop("split", B12Split(free_ug=1.0))
    defaults = {
        "kind": "entry",
        "pk": next(_numbers),
        "day": day,
        "slot": slot,
        "clock": None,
        "name": "Something",
        "amount": 1.0,
        "unit": "1 cup",
        "amount_of": None,
        "mass_g": 240.0,
        "food_id": None,
        "b12_ug": split.total_ug,
        "free_ug": split.free_ug,
        "food_ug": split.food_ug,
        "egg_ug": split.egg_ug,
        "inactive_ug": split.inactive_ug,
        "source_class": "fortified_food",
        "is_supplement": False,
        "is_injection": False,
        "is_drink": False,
    }
    return Event(**defaults | fields)


def standing(
    diet: str = "omnivore", *conditions: str, age_years: int | None = 30, **basis
) -> Standing:
    held = tuple(Condition(factor=factor) for factor in conditions)
    return standing_from(Basis(**{"authority": "iom", "diet": diet} | basis), held, age_years)


def intake(
    day: date = DAY, *rows: Event, status: str = "", held: Standing | None = None
) -> DayIntake:
    return day_intake(day, rows, status, held or standing())


def pantry(*foods: Candidate, hidden: frozenset[int] = frozenset()) -> Pantry:
    """Return a pantry: all foods are known, and the suitable ones are offered."""
    ideas = sorted((f for f in foods if f.is_new_idea), key=lambda f: (-f.active_ug, f.pk))
    return Pantry({food.pk: food for food in foods}, ideas, hidden)


def places(now: datetime = MORNING) -> list:
    return places_ahead(DAY, now)
