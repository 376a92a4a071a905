"""Search results: foods to add to a recipe, and recipes to log from the food box."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from foods.catalogue.folding import tokens
from foods.catalogue.search import search_foods
from foods.kinds import SourceClass
from foods.models import Food
from foods.portions import G_PER_UNIT
from tracker.accounts.models import User
from tracker.diary.measures import fitting, problem_of, quantity_of, weigh
from tracker.diary.models import Entry
from tracker.diary.picks import pick_food, shown
from tracker.diary.saying import StepKind
from tracker.diary.typed import Typed, read_typed
from tracker.history.models import Step
from tracker.memo.store import DIARY, FOODS, memo
from tracker.profiles.models import Profile
from tracker.recipes.content import Content, content_of
from tracker.recipes.models import Item, Recipe, RecipeKind
from tracker.recipes.share import Measure, Share, quantity_of_share, share_of

MOST_FOODS = 10
MOST_RECIPES = 4
PICK = "meal"
SERVING_UNITS = ("", "serving")


@dataclass(frozen=True)
class FoodRow:
    """A food with the amount that its button adds to the recipe."""

    pick: str
    name: str
    amount_text: str
    b12_ug: float | None
    source_class: str
    is_inactive: bool
    detail: str
    is_added: bool = False
    """Whether it is in the recipe already."""


def food_rows(
    text: str, *, account: User, within: Collection[int | None] = ()
) -> tuple[list[FoodRow], str]:
    """Return the foods found for a typed text with its amount, or why that is refused.

    Foods ``within`` the recipe are marked. Two queries.
    """
    typed = read_typed(text)
    if typed.problem:
        return [], typed.problem
    among = Food.objects.current().filter(is_injection=False)
    foods = search_foods(typed.words, account=account, among=among, limit=MOST_FOODS)
    if problem := problem_of(foods, typed):
        return [], problem
    return [_food_row(food, typed, is_added=food.pk in within) for food in foods], ""


def _food_row(food: Food, typed: Typed, *, is_added: bool) -> FoodRow:
    said = _("yours") if food.owner_id else food.source.name
    amount, unit, why = fitting(food, typed)
    mass_g = weigh(food, amount, unit)
    b12_ug = food.b12_ug(mass_g)
    return FoodRow(
        pick=pick_food(food.pk, amount, unit, mass_g, b12_ug),
        name=food.name,
        amount_text=quantity_of(food, amount, unit).said,
        b12_ug=b12_ug,
        source_class=food.source_class,
        is_inactive=food.is_unreliable,
        detail=why or said,
        is_added=is_added,
    )


@dataclass(frozen=True)
class RecipeOffer:
    """A saved meal or recipe as a row of the food box. [µg]"""

    pick: str
    name: str
    amount_text: str
    b12_ug: float | None
    is_at_least: bool
    source_class: str
    detail: str
    recipe_pk: int
    is_named: bool = False
    """Whether its full name was typed, so that it comes before any food."""
    is_inactive: bool = False
    is_added: bool = False
    """Whether it was logged at this meal already."""

    @property
    def key(self) -> str:
        return f"meal-{self.recipe_pk}"

    @property
    def how_much(self) -> str:
        return " · ".join(filter(None, (self.amount_text, self.detail)))

    @property
    def address(self) -> str:
        return reverse("recipe", args=[self.recipe_pk])


def recipe_offers(typed: Typed, profile: Profile) -> list[RecipeOffer]:
    """Return the person's saved meals and recipes that match a typed text. One query."""
    if typed.is_plain_b12 or not tokens(typed.words) or not has_recipes(profile):
        return []
    named = Recipe.objects.filter(profile=profile).current().called(typed.words)
    return [_offer(content, typed) for content in _contents(named)]


def usual_recipe_offers(slot: str, profile: Profile) -> list[RecipeOffer]:
    """Return what was last saved or logged at a meal, for an empty box. One query."""
    if not has_recipes(profile):
        return []
    usual = Recipe.objects.filter(profile=profile, usual_slot=slot).current()
    return [_offer(content, Typed("")) for content in _contents(usual)]


def has_recipes(profile: Profile) -> bool:
    """Most people have none; caching this saves a query on each key."""
    recipes = Recipe.objects.filter(profile=profile).current()
    return memo(profile, FOODS, "has recipes", recipes.exists)


def _contents(recipes: QuerySet[Recipe]) -> list[Content]:
    """Return the few used last, with their contents, without empty ones (nothing to log)."""
    latest = recipes.order_by(F("last_logged_at").desc(nulls_last=True), "-pk")[:MOST_RECIPES]
    items = Item.objects.filter(recipe__in=latest).select_related("recipe", "food")
    by_recipe: dict[Recipe, list[Item]] = {}
    for item in items.order_by("position", "pk"):
        by_recipe.setdefault(item.recipe, []).append(item)
    recent = sorted(by_recipe, key=_when_used, reverse=True)
    return [content_of(recipe, by_recipe[recipe]) for recipe in recent]


def _when_used(recipe: Recipe) -> tuple[float, int]:
    used = recipe.last_logged_at
    return (used.timestamp() if used else 0.0, recipe.pk)


def _offer(content: Content, typed: Typed) -> RecipeOffer:
    recipe, share = content.recipe, _share(content.recipe, typed)
    kind = RecipeKind(recipe.kind).label
    b12_ug = content.share_ug(share.fraction)
    return RecipeOffer(
        pick=pick_recipe(recipe.pk, share, content),
        name=recipe.name,
        amount_text=offer_text(recipe, share),
        b12_ug=b12_ug,
        is_at_least=b12_ug is not None and not content.is_fully_known,
        source_class=SourceClass.MIXED_DISH,
        detail=str(kind),
        recipe_pk=recipe.pk,
        is_named=tokens(recipe.name) == tokens(typed.words),
    )


def offer_text(recipe: Recipe, share: Share) -> str:
    """A saved meal eaten whole needs no amount in its text."""
    is_plain = recipe.is_saved_meal and abs(share.fraction - 1) < 1e-9
    return "" if is_plain else quantity_of_share(recipe, share).said


def _share(recipe: Recipe, typed: Typed) -> Share:
    """Return the typed part: servings, or grams if the whole was weighed; else one serving."""
    amount, measure = 1.0, Measure.SERVINGS
    if typed.amount is not None and typed.unit in SERVING_UNITS:
        amount = typed.amount
    elif typed.amount is not None and typed.unit in G_PER_UNIT and recipe.cooked_mass_g:
        amount, measure = typed.amount * G_PER_UNIT[typed.unit], Measure.GRAMS
    try:
        return share_of(recipe, amount, measure)
    except ValidationError:
        return share_of(recipe, 1.0, Measure.SERVINGS)


def recipes_logged(profile: Profile, day: date, slot: str) -> frozenset[int]:
    """Return the recipes with entries in a meal, as far as the stored steps go back."""
    return memo(profile, DIARY, ("recipes", day, slot), lambda: _read_logged(profile, day, slot))


def _read_logged(profile: Profile, day: date, slot: str) -> frozenset[int]:
    steps = Step.objects.filter(profile=profile, day=day, kind=StepKind.LOGGED, is_undone=False)
    logged = [
        (about["recipe"], set(touched.get(Entry._meta.label_lower, ())))
        for about, touched in steps.values_list("about", "touched")
        if "recipe" in about
    ]
    if not logged:
        return frozenset()
    meal = Entry.objects.filter(profile=profile, day=day, slot=slot)
    there = set(meal.values_list("pk", flat=True))  # some may have been deleted or moved since
    return frozenset(recipe for recipe, entries in logged if entries & there)


def pick_recipe(recipe_pk: int, share: Share, content: Content | None = None) -> str:
    """Return the value of a row's button. It ends with the B12 shown, to detect changes."""
    ending = ""
    if content is not None:
        ending = ":" + shown(content.share_g(share), content.share_ug(share.fraction))
    return f"{PICK}:{recipe_pk}:{share.code}{ending}"
