"""The demo persons' days: which meal when, the same for every visitor on the same day."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time

from tracker.demo.menus import Menu
from tracker.diary.models import DayStatus
from tracker.diary.slots import Slot

SKIPPED_DAY_SHARE = 0.04
PARTIAL_DAY_SHARE = 0.10
SNACK_SHARE = 0.55
EATEN_OUT_SHARE = 0.05
CLOCK_SHARE = 0.7
USUAL_HOURS = {Slot.BREAKFAST: 7, Slot.LUNCH: 12, Slot.DINNER: 18, Slot.SNACK: 15}


@dataclass(frozen=True)
class Dish:
    """A food of the starter table and the number of its first portion."""

    slug: str
    portions: float = 1.0


@dataclass(frozen=True)
class PlannedMeal:
    """What is eaten in one slot; no dishes means a meal out, whose B12 is unknown."""

    slot: Slot
    clock: time | None
    dishes: tuple[Dish, ...]


@dataclass(frozen=True)
class PlannedDay:
    day: date
    status: str
    meals: tuple[PlannedMeal, ...]


def plan_day(seed: str, menu: Menu, day: date, today: date) -> PlannedDay:
    """Return one day of a person. Today ends in the early afternoon and is not marked."""
    luck = random.Random(f"{seed}:{day.isoformat()}")
    draw = luck.random()
    if day < today and draw < SKIPPED_DAY_SHARE:
        return PlannedDay(day, "", ())
    meals = list(_meals(seed, menu, day, luck))
    if day == today:
        meals = [meal for meal in meals if meal.slot in (Slot.BREAKFAST, Slot.LUNCH)]
        return PlannedDay(day, "", tuple(meals))
    if draw < SKIPPED_DAY_SHARE + PARTIAL_DAY_SHARE:
        meals.pop(luck.randrange(len(meals)))
        return PlannedDay(day, DayStatus.PARTIAL.value, tuple(meals))
    if takes_supplement(seed, menu, day, today):
        meals.append(PlannedMeal(Slot.SNACK, time(21), (Dish(menu.supplement),)))
    return PlannedDay(day, DayStatus.COMPLETE.value, tuple(meals))


def takes_supplement(seed: str, menu: Menu, day: date, today: date) -> bool:
    if not menu.supplement or (today - day).days <= menu.supplement_ends_days_ago:
        return False
    return random.Random(f"{seed}:tablet:{day.isoformat()}").random() < menu.supplement_share


def _meals(seed: str, menu: Menu, day: date, luck: random.Random) -> Iterator[PlannedMeal]:
    for slot, lines in (
        (Slot.BREAKFAST, menu.breakfasts),
        (Slot.LUNCH, menu.lunches),
        (Slot.DINNER, menu.dinners),
    ):
        is_out = slot == Slot.LUNCH and luck.random() < EATEN_OUT_SHARE
        dishes = () if is_out else read_dishes(_of_the_week(seed, slot, lines, day))
        yield PlannedMeal(slot, _clock(slot, luck), dishes)
    if luck.random() < SNACK_SHARE:
        yield PlannedMeal(
            Slot.SNACK, _clock(Slot.SNACK, luck), read_dishes(luck.choice(menu.snacks))
        )


def _of_the_week(seed: str, slot: str, lines: tuple[str, ...], day: date) -> str:
    """Return the day's meal from an order drawn for the week, so that adjacent days differ."""
    year, week, weekday = day.isocalendar()
    order = random.Random(f"{seed}:{slot}:{year}-{week}").sample(lines, k=len(lines))
    return order[(weekday - 1) % len(order)]


def _clock(slot: Slot, luck: random.Random) -> time | None:
    if luck.random() > CLOCK_SHARE:
        return None
    return time(USUAL_HOURS[slot] + luck.randrange(2), luck.randrange(0, 60, 5))


def read_dishes(line: str) -> tuple[Dish, ...]:
    """Return the dishes of a menu line: "egg-boiled*2, apple"."""
    dishes = []
    for part in line.split(","):
        slug, _star, portions = part.strip().partition("*")
        dishes.append(Dish(slug, float(portions or 1)))
    return tuple(dishes)
