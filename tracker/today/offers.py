"""The rows of the food box: usual foods, foods to start with, foods found by a search."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from foods.catalogue.search import find_foods
from foods.models import DIETS_ALLOWED, Food
from tracker.accounts.models import User
from tracker.diary.measures import MAX_QUICK_UG, fitting, problem_of, quantity_of, weigh
from tracker.diary.models import Entry
from tracker.diary.picks import pick_again, pick_food, pick_quick
from tracker.diary.slots import Slot
from tracker.diary.typed import Typed
from tracker.intake.events import Event
from tracker.memo.store import DIARY, FOODS, memo
from tracker.numbers.amounts import as_typed
from tracker.profiles.models import DietPattern, Profile
from tracker.recipes.finding import RecipeOffer
from tracker.suggestions.candidates import Candidate, catalogue

MOST_USUAL = 8
MOST_FOUND = 6
DAYS_RECENT = 60
MOST_RECENT = 200
FIRST_FOODS = {
    # Slugs of the starter table that many people log first, by meal.
    Slot.BREAKFAST: "cereal-corn-flakes oat-milk-fortified milk-whole egg-boiled yogurt-whole "
    "bread-whole-wheat soy-milk-unsweetened-fortified banana",
    Slot.LUNCH: "tuna-sandwich cheese-cheddar egg-boiled lentils-cooked bread-whole-wheat "
    "tuna-light-canned-water veggie-burger-fortified apple",
    Slot.DINNER: "salmon-atlantic-farmed ground-beef-80-cooked chicken-breast-roasted tofu-firm "
    "lentils-cooked veggie-burger-bun nutritional-yeast-fortified cheese-cheddar",
    Slot.SNACK: "milk-whole yogurt-fruit banana soy-yogurt-fortified bar-meal-replacement "
    "b12-tablet-10 b12-tablet-1000 apple",
}


@dataclass(frozen=True)
class FoodOffer:
    """One row of the food box: what its button logs."""

    pick: str
    name: str
    amount_text: str
    b12_ug: float | None
    source_class: str
    is_inactive: bool = False
    food_pk: int | None = None
    detail: str = ""
    variants: tuple[Any, ...] = ()
    """Other forms of the food (raw, canned ...), each with pk and name."""
    little: str = ""
    """Shown in place of the amount: a trace is not zero."""
    is_added: bool = False
    """Whether it is in the meal already."""

    @property
    def key(self) -> str:
        """Identifies the row within the page; empty if it has no page."""
        return f"food-{self.food_pk}" if self.food_pk else ""

    @property
    def how_much(self) -> str:
        return " · ".join(filter(None, (self.amount_text, self.detail)))

    @property
    def address(self) -> str:
        return f"{_foods_address()}{self.food_pk}/"


@cache
def _foods_address() -> str:
    """The URL of foods, to which an id is added: faster than a reverse() each."""
    return reverse("food", args=[0]).removesuffix("0/")


def usual_offers(rows: Sequence[Event], slot: str) -> list[FoodOffer]:
    """Return what this person logs most at this meal, with the latest amount of each.

    Foods deleted from the catalogue cannot be logged again. One query, or none.
    """
    latest = {row.food_id: row for row in rows if row.slot == slot and row.food_id and row.mass_g}
    if not latest:
        return []
    there = set(Food.objects.filter(pk__in=latest, retired_at=None).values_list("pk", flat=True))
    counted = Counter(row.food_id for row in rows if row.slot == slot and row.food_id in there)
    often = sorted(counted, key=lambda pk: (-counted[pk], -latest[pk].pk))[:MOST_USUAL]
    return [_again(latest[pk]) for pk in often]


def has_habit(rows: Sequence[Event], slot: str) -> bool:
    """Whether a food was eaten at this meal on more than one day."""
    eaten = {(row.food_id, row.day) for row in rows if row.slot == slot and row.food_id}
    return len(eaten) > len({food for food, _day in eaten})


def first_offers(slot: str, *, diet: str) -> list[FoodOffer]:
    """Return foods to start with at a meal without a habit. One query."""
    slugs = FIRST_FOODS[Slot(slot)].split()
    foods = {food.slug: food for food in catalogue().foods.values()}
    known = [foods[slug] for slug in slugs if slug in foods]
    allowed = DIETS_ALLOWED.get(diet, DIETS_ALLOWED["omnivore"])
    return [_first(food) for food in known if food.diet in allowed]


def _first(food: Candidate) -> FoodOffer:
    return FoodOffer(
        pick=pick_food(food.pk, 1, "p0"),
        name=food.name,
        amount_text=food.amount_text,
        b12_ug=food.b12_ug,
        source_class=food.source_class,
        food_pk=food.pk,
    )


def _again(row: Event) -> FoodOffer:
    return FoodOffer(
        pick=pick_again(row.pk, row.mass_g or 0.0, row.b12_ug),
        name=row.called,
        amount_text=row.amount_text,
        b12_ug=row.b12_ug,
        source_class=row.source_class,
        is_inactive=row.inactive_ug > 0,
        food_pk=row.food_id,
    )


def recent_food_ids(profile: Profile, day: date) -> list[int]:
    """Return the foods logged in the last weeks, the latest first. At most one query."""
    return memo(profile, DIARY, ("recent", day), lambda: _read_recent(profile, day))


def _read_recent(profile: Profile, day: date) -> list[int]:
    entries = Entry.objects.filter(profile=profile, food__isnull=False)
    entries = entries.between(day - timedelta(DAYS_RECENT), day).order_by("-day", "-pk")
    return list(dict.fromkeys(entries.values_list("food_id", flat=True)[:MOST_RECENT]))


class FoundRows(NamedTuple):
    """The rows for a typed text. If ``problem`` says why its amount is refused, there are none."""

    offers: list[FoodOffer]
    corrected: str = ""
    """The spelling that was searched for instead, if any."""
    problem: str = ""


def found_offers(typed: Typed, *, account: User, profile: Profile, day: date) -> FoundRows:
    """Return the rows for what was typed."""
    if typed.problem:
        return FoundRows([], problem=typed.problem)
    if typed.is_plain_b12:
        return _quick(typed, diet=profile.diet_now)
    found = find_foods(
        typed.words,
        account=account,
        recent_ids=recent_food_ids(profile, day),
        limit=MOST_FOUND,
        has_own=memo(profile, FOODS, "has own foods", account.own_foods.exists),
    )
    if problem := problem_of(found.foods, typed):
        return FoundRows([], problem=problem)
    return FoundRows([food_offer(food, typed) for food in found.foods], found.corrected)


def _quick(typed: Typed, *, diet: str) -> FoundRows:
    """Put foods that the diet excludes last, because Enter takes the first row."""
    if (typed.amount or 0) <= MAX_QUICK_UG:
        animal, *added = _quick_offers(typed)
        return FoundRows([*added, animal] if diet == DietPattern.VEGAN else [animal, *added])
    most = {"most": as_typed(MAX_QUICK_UG)}
    return FoundRows([], problem=_("Enter at most %(most)s µg. Check the unit.") % most)


def with_recipes(
    foods: Sequence[FoodOffer], recipes: Sequence[RecipeOffer]
) -> list[FoodOffer | RecipeOffer]:
    """Join both lists. Enter takes the first row: a recipe only if its full name was typed."""
    named = [recipe for recipe in recipes if recipe.is_named]
    others = [recipe for recipe in recipes if not recipe.is_named]
    return [*named, *foods[:1], *others, *foods[1:]]


def food_offer(food: Food, typed: Typed) -> FoodOffer:
    """Return the row of a food with the typed amount; if that does not fit, a usual portion."""
    said = food.source.name if food.owner_id is None else _("yours")
    amount, unit, why = fitting(food, typed)
    mass_g = weigh(food, amount, unit)
    b12_ug = food.b12_ug(mass_g)
    return FoodOffer(
        pick=pick_food(food.pk, amount, unit, mass_g, b12_ug),
        name=food.name,
        amount_text=quantity_of(food, amount, unit).said,
        b12_ug=b12_ug,
        source_class=food.source_class,
        is_inactive=food.is_unreliable,
        food_pk=food.pk,
        detail=why or said,
        variants=tuple(getattr(food, "variants", ())),
        little=food.little,
    )


def _quick_offers(typed: Typed) -> list[FoodOffer]:
    amount = typed.amount or 0.0
    kinds = (
        ("food", _("from animal food"), ""),
        ("added", _("from fortified food"), "fortified_food"),
        ("supplement", _("from a supplement"), "supplement"),
    )
    return [
        FoodOffer(
            pick=pick_quick(amount, kind),
            name=_("Quick add: %(amount)s µg") % {"amount": as_typed(amount)},
            amount_text=words,
            b12_ug=amount,
            source_class=source_class,
        )
        for kind, words, source_class in kinds
    ]
