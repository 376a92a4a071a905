"""Mark rows of the food box that are in the meal already: their buttons ask first."""

from collections.abc import Sequence
from dataclasses import replace

from tracker.recipes.finding import RecipeOffer, recipes_logged
from tracker.today.day import DayPage
from tracker.today.offers import FoodOffer


def with_added(
    offers: Sequence[FoodOffer | RecipeOffer], page: DayPage
) -> list[FoodOffer | RecipeOffer]:
    """Mark the rows whose food or recipe is in the meal. One query if a row is a recipe."""
    foods = {row.food_id for row in page.intake.rows if row.slot == page.slot}
    has_recipe = any(isinstance(offer, RecipeOffer) for offer in offers)
    recipes = recipes_logged(page.profile, page.day, page.slot) if has_recipe else frozenset()
    return [
        replace(offer, is_added=offer.recipe_pk in recipes)
        if isinstance(offer, RecipeOffer)
        else replace(offer, is_added=offer.food_pk in foods)
        for offer in offers
    ]
