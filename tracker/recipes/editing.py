"""Changing what is in a recipe. Entries logged from it before stay as they are."""

from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from foods.models import Food
from tracker.history.once import keep_key
from tracker.profiles.models import Profile
from tracker.recipes.logging import refuse_too_many
from tracker.recipes.models import Item, Recipe

ABOUT = ("name", "kind", "servings", "cooked_mass_g")


def make(profile: Profile, values: dict[str, Any], *, once: UUID | None = None) -> Recipe:
    """Save a new recipe from its form; posted twice it is there once."""
    about = {name: values[name] for name in ABOUT}
    kept = Recipe.objects.get_or_create(
        profile=profile, client_uuid=once or uuid4(), defaults=about
    )
    return kept[0]


def change(recipe: Recipe, values: dict[str, Any]) -> None:
    for name in ABOUT:
        setattr(recipe, name, values[name])
    recipe.save(update_fields=ABOUT)


@transaction.atomic
def add_item(
    recipe: Recipe, food: Food, mass_g: float, amount_text: str, *, once: UUID | None = None
) -> Item:
    """Add a food, last; the hundredth and first is refused.

    Raises AlreadyPosted where a form of the key ``once`` was accepted before.
    """
    Recipe.objects.select_for_update().get(pk=recipe.pk)
    items = Item.objects.filter(recipe=recipe)
    keep_key(recipe.profile_id, once)
    refuse_too_many(items.count() + 1)
    last = items.aggregate(last=Max("position"))["last"]
    return Item.objects.create(
        recipe=recipe,
        position=0 if last is None else last + 1,
        food=food,
        name=food.name,
        mass_g=mass_g,
        amount_text=amount_text,
    )


def change_amount(item: Item, mass_g: float, amount_text: str) -> None:
    item.mass_g, item.amount_text = mass_g, amount_text
    item.save(update_fields=["mass_g", "amount_text"])


def retire(recipe: Recipe) -> None:
    recipe.retired_at = timezone.now()
    recipe.save(update_fields=["retired_at"])


def restore(recipe: Recipe) -> None:
    recipe.retired_at = None
    recipe.save(update_fields=["retired_at"])
