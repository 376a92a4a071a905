"""Changing what is in a recipe. Entries logged from it before stay as they are."""

from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foods.models import Food
from tracker.history.once import keep_key
from tracker.history.steps import lock
from tracker.profiles.models import Profile
from tracker.recipes.models import Item, Recipe
from tracker.recipes.writing import refuse_too_many

NO_LONGER_THERE = _("That meal or recipe, or the food in it, no longer exists.")
ABOUT = ("name", "kind", "servings", "cooked_mass_g")


def make(
    profile: Profile, values: dict[str, Any], *, once: UUID | None = None
) -> tuple[Recipe, bool]:
    """Return the recipe of a form, and whether it was made now; posted twice it is there once."""
    about = {name: values[name] for name in ABOUT}
    return Recipe.objects.get_or_create(
        profile=profile, client_uuid=once or uuid4(), defaults=about
    )


@transaction.atomic
def change(recipe: Recipe, values: dict[str, Any]) -> None:
    """Write what the form about a recipe says; Http404 where it was deleted meanwhile."""
    held = _held(recipe)
    for name in ABOUT:
        setattr(held, name, values[name])
    held.save(update_fields=ABOUT)


@transaction.atomic
def add_item(
    recipe: Recipe, food: Food, mass_g: float, amount_text: str, *, once: UUID | None = None
) -> Item:
    """Add a food, last; the hundredth and first is refused.

    Raises AlreadyPosted where a form of the key ``once`` was accepted before.
    """
    _held(recipe)
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
    """Write how much of a food goes in; Http404 where it was taken out meanwhile."""
    there = Item.objects.filter(pk=item.pk, recipe__retired_at=None)
    if not there.update(mass_g=mass_g, amount_text=amount_text):
        raise Http404(NO_LONGER_THERE)


def remove(item: Item) -> dict[str, Any] | None:
    """Take an item out; return all of it but its recipe, None if it was gone before."""
    columns = (field.attname for field in Item._meta.concrete_fields)
    kept = {name: getattr(item, name) for name in columns if name != "recipe_id"}
    is_removed, _by_model = Item.objects.filter(pk=item.pk).delete()
    return kept if is_removed else None


@transaction.atomic
def put_back(recipe: Recipe, columns: dict[str, Any]) -> Item:
    """Add an item again as it was, once; its food may be gone from the catalogue meanwhile."""
    _held(recipe)
    if there := recipe.items.filter(pk=columns["id"]).first():
        return there
    refuse_too_many(recipe.items.count() + 1)
    is_there = Food.objects.filter(pk=columns["food_id"]).exists()
    food = {} if is_there else {"food_id": None}
    return Item.objects.create(recipe=recipe, **columns | food)


def retire(recipe: Recipe) -> None:
    """Put a recipe away; twice is the same as once."""
    Recipe.objects.filter(pk=recipe.pk, retired_at=None).update(retired_at=timezone.now())


def restore(recipe: Recipe) -> None:
    Recipe.objects.filter(pk=recipe.pk).update(retired_at=None)


def _held(recipe: Recipe) -> Recipe:
    """Return a recipe whose row nobody else can write until the transaction ends."""
    lock(recipe.profile_id)
    held = Recipe.objects.select_for_update().filter(pk=recipe.pk, retired_at=None).first()
    if held is None:
        raise Http404(NO_LONGER_THERE)
    return held
