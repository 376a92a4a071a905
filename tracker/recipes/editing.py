"""Changing a recipe. Entries logged from it before do not change."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foods.models import Food
from tracker.diary.quantity import Quantity
from tracker.history.once import keep_key
from tracker.history.steps import lock
from tracker.profiles.models import Profile
from tracker.recipes.models import Item, Recipe
from tracker.recipes.writing import refuse_too_many

NO_LONGER_THERE = _("That meal or recipe, or the food in it, no longer exists.")
REMOVED_KEPT = timedelta(days=1)
OFFERED_FOR = timedelta(hours=1)
ABOUT = ("name", "kind", "servings", "cooked_mass_g")


class Deleted(Exception):
    """The recipe was deleted before this request."""

    def __init__(self, recipe: Recipe) -> None:
        super().__init__(recipe.name)
        self.recipe = recipe


def make(
    profile: Profile, values: dict[str, Any], *, once: UUID | None = None
) -> tuple[Recipe, bool]:
    """Return a form's recipe, and whether it is new; posted twice, it is made once."""
    about = {name: values[name] for name in ABOUT}
    return Recipe.objects.get_or_create(
        profile=profile, client_uuid=once or uuid4(), defaults=about
    )


@transaction.atomic
def change(recipe: Recipe, values: dict[str, Any]) -> None:
    """Save the form's values; raises Deleted if the recipe was deleted in the meantime."""
    held = _held(recipe)
    for name in ABOUT:
        setattr(held, name, values[name])
    held.save(update_fields=ABOUT)


@transaction.atomic
def add_item(
    recipe: Recipe, food: Food, mass_g: float, quantity: Quantity, *, once: UUID | None = None
) -> Item:
    """Add a food at the end; refuse more than a hundred.

    Raises AlreadyPosted if a form with the key ``once`` was accepted before.
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
        **quantity.columns(),
    )


def change_amount(item: Item, mass_g: float, quantity: Quantity) -> None:
    """Change an item's amount; Http404 if it was removed in the meantime. Lock first."""
    there = Item.objects.filter(pk=item.pk, recipe__retired_at=None)
    if not there.update(mass_g=mass_g, **quantity.columns()):
        raise Http404(NO_LONGER_THERE)


@transaction.atomic
def remove(recipe: Recipe, pk: int, *, once: UUID | None = None) -> Item | None:
    """Remove an item; None if it is gone. It can be restored for a while.

    Raises AlreadyPosted if a form with the key ``once`` was accepted before.
    """
    _held(recipe)
    keep_key(recipe.profile_id, once)
    now = timezone.now()
    Item.with_removed.filter(recipe=recipe, removed_at__lt=now - REMOVED_KEPT).delete()
    item = Item.objects.filter(recipe=recipe, pk=pk).select_related("food").first()
    if item is not None:
        item.removed_at = now
        item.save(update_fields=["removed_at"])
    return item


def last_removed(recipe: Recipe) -> Item | None:
    """Return the item removed last, within the hour in which it can be restored."""
    since = timezone.now() - OFFERED_FOR
    removed = Item.with_removed.filter(recipe=recipe, removed_at__gte=since)
    return removed.select_related("food").order_by("-removed_at", "-pk").first()


@transaction.atomic
def put_back(recipe: Recipe, pk: int, *, once: UUID | None = None) -> Item | None:
    """Restore an item as it was; None if there is nothing to restore.

    Raises AlreadyPosted if a form with the key ``once`` was accepted before.
    """
    _held(recipe)
    keep_key(recipe.profile_id, once)
    item = Item.with_removed.filter(recipe=recipe, pk=pk).select_related("food").first()
    if item is None or item.removed_at is None:
        return item
    refuse_too_many(recipe.items.count() + 1)
    item.removed_at = None
    item.save(update_fields=["removed_at"])
    return item


@transaction.atomic
def retire(recipe: Recipe, *, once: UUID | None = None) -> None:
    """Delete a recipe so that it can be restored; doing it twice changes nothing.

    Raises AlreadyPosted if a form with the key ``once`` was accepted before.
    """
    lock(recipe.profile_id)
    keep_key(recipe.profile_id, once)
    Recipe.objects.filter(pk=recipe.pk, retired_at=None).update(retired_at=timezone.now())


@transaction.atomic
def restore(recipe: Recipe, *, once: UUID | None = None) -> bool:
    """Restore a recipe; return whether it was deleted.

    Raises AlreadyPosted if a form with the key ``once`` was accepted before.
    """
    lock(recipe.profile_id)
    keep_key(recipe.profile_id, once)
    away = Recipe.objects.filter(pk=recipe.pk).exclude(retired_at=None)
    return bool(away.update(retired_at=None))


def _held(recipe: Recipe) -> Recipe:
    """Return a recipe and lock its row until the transaction ends."""
    lock(recipe.profile_id)
    held = Recipe.objects.select_for_update().filter(pk=recipe.pk).first()
    if held is None:
        raise Http404(NO_LONGER_THERE)
    if held.retired_at:
        raise Deleted(held)
    return held
