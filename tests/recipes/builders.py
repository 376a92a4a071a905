"""Saved meals and recipes for tests: every default is valid."""

from tests.factories import make_food, make_profile
from tracker.recipes.models import Item, Recipe


def make_recipe(profile=None, *, foods=(), **fields):
    """Return a lentil stew of four servings with 100 g of each food in it."""
    defaults = {"name": "Lentil stew", "kind": "recipe", "servings": 4}
    recipe = Recipe.objects.create(profile=profile or make_profile(), **defaults | fields)
    for food in foods:
        put_in(recipe, food)
    return recipe


def make_meal(profile=None, *, foods=(), **fields):
    return make_recipe(
        profile,
        foods=foods,
        **{"name": "My breakfast", "kind": "saved_meal", "servings": 1} | fields,
    )


def put_in(recipe, food=None, mass_g=100.0, **fields):
    food = food or make_food()
    place = recipe.items.count()
    defaults = {"name": food.name, "amount": mass_g, "unit": "g", "position": place}
    return Item.objects.create(recipe=recipe, food=food, mass_g=mass_g, **defaults | fields)


def loaded(recipe):
    return Recipe.objects.with_items().get(pk=recipe.pk)
