"""Which rows of the food box are in the meal already: a second press of them asks first."""

from collections.abc import Sequence
from dataclasses import replace

from tracker.diary.saying import StepKind
from tracker.history.models import Step
from tracker.memo.store import DIARY, memo
from tracker.recipes.finding import RecipeOffer
from tracker.today.day import DayPage
from tracker.today.offers import FoodOffer


def with_added(
    offers: Sequence[FoodOffer | RecipeOffer], page: DayPage
) -> list[FoodOffer | RecipeOffer]:
    """Return the rows with those marked that the meal holds. A query where one is a recipe."""
    foods = {row.food_id for row in page.intake.rows if row.slot == page.slot}
    has_recipe = any(isinstance(offer, RecipeOffer) for offer in offers)
    recipes = recipes_logged(page) if has_recipe else frozenset()
    return [
        replace(offer, is_added=offer.recipe_pk in recipes)
        if isinstance(offer, RecipeOffer)
        else replace(offer, is_added=offer.food_pk in foods)
        for offer in offers
    ]


def recipes_logged(page: DayPage) -> frozenset[int]:
    """Return the recipes that were logged at this meal, as far as the last steps tell."""
    key = "recipes", page.day, page.slot
    return memo(page.profile, DIARY, key, lambda: _read_recipes(page))


def _read_recipes(page: DayPage) -> frozenset[int]:
    steps = Step.objects.filter(
        profile=page.profile, day=page.day, kind=StepKind.LOGGED, is_undone=False
    )
    logged = steps.values_list("about", flat=True)
    return frozenset(
        about["recipe"] for about in logged if "recipe" in about and about["slot"] == page.slot
    )
