"""Saved meals, and dishes of several servings: their contents, never what was eaten.

Entries do not refer to a recipe, so changes to a recipe never change the diary.
"""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foods.catalogue.folding import tokens
from foods.kinds import SourceClass
from tracker.diary.models import Measured
from tracker.diary.origin import LONGEST_SOURCE, QUICK_ADD, EntrySource, source_kind
from tracker.diary.quantity import typed_by_hand
from tracker.diary.slots import Slot
from tracker.history.ownership import belongs_to_person
from tracker.memo.models import Personal, PersonalQuerySet, row_uuid
from tracker.memo.store import FOODS

MAX_SERVINGS = 100
MAX_COOKED_MASS_G = 50_000
SEARCH_LENGTH = 400


class RecipeKind(models.TextChoices):
    SAVED_MEAL = "saved_meal", _("Saved meal")
    RECIPE = "recipe", _("Recipe")


class RecipeQuerySet(PersonalQuerySet["Recipe"]):
    def current(self) -> "RecipeQuerySet":
        return self.filter(retired_at=None)

    def called(self, text: str) -> "RecipeQuerySet":
        """Recipes in whose name each word of a text begins a word; none for no words."""
        words = tokens(text)[:8]
        found = self if words else self.none()
        for word in words:
            found = found.filter(search__contains=" " + word)
        return found

    def with_items(self) -> "RecipeQuerySet":
        """Prefetch what totals and logging need. Two more queries, three with portions."""
        items = Item.objects.select_related("food", "food__source")
        return self.prefetch_related(models.Prefetch("items", queryset=items))


def _move_recipes(guest: Any, account: Any) -> None:
    """If the same form made two recipes, both are kept, but only one keeps its key."""
    sent_to_both = account.recipes.exclude(client_uuid=None).values("client_uuid")
    guest.recipes.filter(client_uuid__in=sent_to_both).update(client_uuid=None)
    guest.recipes.update(profile=account)


@belongs_to_person(join=_move_recipes)
class Recipe(Personal):
    """A saved meal is logged as its foods; a recipe as one dish with a number of servings."""

    profile = models.ForeignKey(
        "profiles.Profile", on_delete=models.CASCADE, related_name="recipes"
    )
    name = models.CharField(max_length=120)
    search = models.CharField(max_length=SEARCH_LENGTH, blank=True, help_text="Folded words.")
    kind = models.CharField(max_length=10, choices=RecipeKind)
    servings = models.FloatField(default=1, help_text="The yield; 1 for a saved meal.")
    cooked_mass_g = models.FloatField(null=True, help_text="What the whole weighs, if weighed.")
    usual_slot = models.CharField(max_length=10, choices=Slot, blank=True)
    last_logged_at = models.DateTimeField(null=True)
    retired_at = models.DateTimeField(null=True)
    client_uuid = models.UUIDField(null=True, help_text="Posted twice, kept once.")
    created_at = models.DateTimeField(auto_now_add=True)

    memo_subject = FOODS

    objects = RecipeQuerySet.as_manager()  # type: ignore[misc]  # a wider one

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["profile", "client_uuid"], name="recipe_posted_once"),
            models.CheckConstraint(
                condition=Q(servings__gt=0, servings__lte=MAX_SERVINGS),
                name="recipe_servings_in_bounds",
            ),
            models.CheckConstraint(
                condition=Q(cooked_mass_g=None) | Q(cooked_mass_g__gt=0),
                name="recipe_weighs_something",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="recipe_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search = folded(self.name)
        if (columns := kwargs.get("update_fields")) is not None and "name" in columns:
            kwargs["update_fields"] = {*columns, "search"}
        super().save(*args, **kwargs)

    @property
    def is_saved_meal(self) -> bool:
        return self.kind == RecipeKind.SAVED_MEAL


def folded(name: str) -> str:
    return (" " + " ".join(tokens(name)))[:SEARCH_LENGTH]


class CurrentItems(models.Manager["Item"]):
    """Items that are in recipes now, without removed ones."""

    def get_queryset(self) -> "models.QuerySet[Item]":
        return super().get_queryset().filter(removed_at=None)


class Item(Measured):
    """One food in a recipe, with its mass in the whole.

    Its B12 is that of the food on the day it is logged. Only items logged without a food (a quick
    add, a dish, a food deleted from the catalogue) have their own amounts here. [µg]
    """

    recipe = models.ForeignKey(Recipe, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveIntegerField()
    food = models.ForeignKey("foods.Food", null=True, on_delete=models.SET_NULL, related_name="+")
    name = models.CharField(max_length=250, blank=True)
    mass_g = models.FloatField(null=True, help_text="None for a quick add.")
    own_b12_ug = models.FloatField(null=True)
    own_free_ug = models.FloatField(default=0)
    own_food_ug = models.FloatField(default=0)
    own_egg_ug = models.FloatField(default=0)
    own_inactive_ug = models.FloatField(default=0)
    own_source_class = models.CharField(max_length=20, choices=SourceClass, blank=True)
    own_source_kind = source_kind()
    own_source_text = models.CharField(max_length=LONGEST_SOURCE, blank=True)
    own_source_count = models.PositiveSmallIntegerField(null=True)
    uuid = row_uuid()
    removed_at = models.DateTimeField(null=True, help_text="Kept for a while, to be put back.")

    with_removed = models.Manager()
    objects = CurrentItems()

    class Meta:
        ordering = ["position", "pk"]
        default_manager_name = "objects"
        constraints = [
            models.CheckConstraint(
                condition=Q(mass_g=None) | Q(mass_g__gt=0), name="item_weighs_something"
            ),
            models.CheckConstraint(
                condition=Q(food=None) | Q(mass_g__isnull=False), name="item_of_a_food_has_a_mass"
            ),
            models.CheckConstraint(
                condition=(Q(own_b12_ug=None) | Q(own_b12_ug__gte=0))
                & Q(
                    own_free_ug__gte=0,
                    own_food_ug__gte=0,
                    own_egg_ug__gte=0,
                    own_inactive_ug__gte=0,
                ),
                name="item_b12_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return self.food.name if self.food else self.called

    @property
    def called(self) -> str:
        return self.name or str(QUICK_ADD)

    @property
    def own_source(self) -> EntrySource:
        return EntrySource(self.own_source_kind, self.own_source_text, self.own_source_count)

    @property
    def amount_text(self) -> str:
        return self.quantity.said or typed_by_hand(self.own_b12_ug if self.mass_g is None else None)

    @property
    def source_class(self) -> str:
        return self.food.source_class if self.food else self.own_source_class

    @property
    def is_supplement(self) -> bool:
        return self.source_class == SourceClass.SUPPLEMENT

    @property
    def is_out_of_catalogue(self) -> bool:
        """The food was withdrawn by its source or owner, or deleted: its item is kept, marked."""
        return self.food is not None and self.food.retired_at is not None
