"""The contents of a recipe, with today's values of its foods."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from foods.binding import split_of
from tracker.diary.quantity import servings_text
from tracker.numbers.amounts import micrograms
from tracker.recipes.models import Item, Recipe
from tracker.recipes.share import Share
from tracker.science.absorption import AbsorptionFactors, B12Split, absorbed_ug


def b12_ug_of(item: Item) -> float | None:
    """Return the B12 of an item, None if it is unknown. [µg]"""
    if item.food is None or item.mass_g is None:
        return item.own_b12_ug
    return item.food.b12_ug(item.mass_g)


def split_of_item(item: Item) -> B12Split:
    if item.food is None or item.mass_g is None:
        return B12Split(item.own_free_ug, item.own_food_ug, item.own_egg_ug, item.own_inactive_ug)
    return split_of(item.food, item.mass_g)


@dataclass(frozen=True)
class Line:
    """One item as a page shows it."""

    item: Item
    b12_ug: float | None
    split: B12Split

    @property
    def active_ug(self) -> float | None:
        return None if self.b12_ug is None else self.split.active_ug

    @property
    def is_inactive(self) -> bool:
        return bool(self.split.inactive_ug) and not self.split.active_ug


@dataclass(frozen=True)
class Content:
    """All items together. An unknown item lowers the coverage, not the sum."""

    recipe: Recipe
    lines: tuple[Line, ...]

    @cached_property
    def split(self) -> B12Split:
        return sum((line.split for line in self.lines), B12Split())

    @property
    def known_count(self) -> int:
        return sum(line.b12_ug is not None for line in self.lines)

    @property
    def total_count(self) -> int:
        return len(self.lines)

    @property
    def is_fully_known(self) -> bool:
        return self.known_count == self.total_count

    def share_g(self, share: Share) -> float:
        """Mass of a part. [g]"""
        return share.mass_g or (self.recipe.cooked_mass_g or self.mass_g) * share.fraction

    def share_ug(self, fraction: float) -> float | None:
        """Active B12 of a part, from the items that report it; None if none does. [µg]"""
        return self.split.active_ug * fraction if self.known_count else None

    @property
    def mass_g(self) -> float:
        """Mass of the ingredients. [g]"""
        return sum(line.item.mass_g or 0.0 for line in self.lines)

    @property
    def seen(self) -> str:
        """A key of what a page shows of it, to detect a change in another window."""
        of_whole = self.recipe.servings, self.recipe.cooked_mass_g or self.mass_g
        return "/".join(f"{n:.6g}" for n in (*of_whole, self.split.total_ug, self.known_count))

    @property
    def is_one_dish(self) -> bool:
        """Whether it can be logged as one entry without hiding anything.

        A dish with an unknown, a supplement or a bare amount is logged as its items, so that the
        day's coverage and its split into food and supplements stay true.
        """
        return not self.recipe.is_saved_meal and all(
            line.b12_ug is not None and line.item.food and not line.item.is_supplement
            for line in self.lines
        )

    @property
    def servings_text(self) -> str:
        return servings_text(self.recipe.servings)

    @property
    def serving_ug(self) -> float:
        """Active B12 of one serving, from the items that report it. [µg]"""
        return self.split.active_ug / self.recipe.servings

    @property
    def serving_inactive_ug(self) -> float:
        return self.split.inactive_ug / self.recipe.servings

    @property
    def serving_text(self) -> str:
        return covered(self.serving_ug, self)

    def absorbed_serving_ug(self, factors: AbsorptionFactors) -> float:
        """What this person would probably absorb from one serving eaten alone. [µg]"""
        is_eaten_with_food = any(not line.item.is_supplement for line in self.lines)
        serving = self.split.scaled(1 / self.recipe.servings)
        return absorbed_ug(serving, factors, with_food=is_eaten_with_food)


def covered(amount_ug: float, content: Content) -> str:
    """Format a sum with its uncertainty: "at least 3.1 µg"."""
    if content.is_fully_known:
        return micrograms(amount_ug)
    if not content.known_count:
        return micrograms(None)
    return _("at least %(amount)s") % {"amount": micrograms(amount_ug)}


def content_of(recipe: Recipe, items: Iterable[Item] | None = None) -> Content:
    """Return the content of a recipe. No query if its items and their foods are loaded."""
    items = recipe.items.all() if items is None else items
    return Content(
        recipe, tuple(Line(item, b12_ug_of(item), split_of_item(item)) for item in items)
    )
