"""How a food's B12 is bound, which decides how it is absorbed.

The diary, recipes and suggestions all use this one rule.
"""

from typing import TYPE_CHECKING

from foods.kinds import Fortification, SourceClass
from tracker.science.absorption import B12Split

if TYPE_CHECKING:
    from foods.models import Food

UNPROVEN_CLASSES = (SourceClass.PLANT_FOOD, SourceClass.ALGAE_FERMENT)
"""Traces in plants, mushrooms, seaweed and plain yeast are not proven to be active in people."""


def split_of(food: "Food", mass_g: float) -> B12Split:
    """Return how the B12 of a mass of food is bound; all zero if it is unknown or injected."""
    amount_ug = food.b12_ug(mass_g)
    if amount_ug is None or food.is_injection:
        return B12Split()
    return split_amount(
        amount_ug,
        food.source_class,
        food.fortification,
        added_ug=(food.b12_added_ug_per_100g or 0.0) * mass_g / 100,
    )


def split_amount(
    amount_ug: float, source_class: str, fortification: str, *, added_ug: float = 0.0
) -> B12Split:
    """Return an amount of B12 as free, food-bound, egg-bound or inactive. [µg]

    If only part was added and the source does not say how much, all of it counts as food-bound:
    the cautious assumption, because bound B12 is harder to absorb.
    """
    if fortification == Fortification.PSEUDO:
        return B12Split(inactive_ug=amount_ug)
    if fortification in (Fortification.FORTIFIED, Fortification.SUPPLEMENT):
        return B12Split(free_ug=amount_ug)
    if fortification == Fortification.MIXED:
        free_ug = min(added_ug, amount_ug)
        return B12Split(free_ug=free_ug, food_ug=amount_ug - free_ug)
    if source_class in UNPROVEN_CLASSES and fortification == Fortification.NONE:
        return B12Split(inactive_ug=amount_ug)
    if source_class == SourceClass.EGG:
        return B12Split(egg_ug=amount_ug)
    return B12Split(food_ug=amount_ug)


def is_unreliable(source_class: str, fortification: str, b12_ug_per_100g: float | None) -> bool:
    """Return whether the B12 of a food does not count as active (spirulina, nori, mushrooms)."""
    if fortification == Fortification.PSEUDO:
        return True
    is_plain = fortification == Fortification.NONE and source_class in UNPROVEN_CLASSES
    return is_plain and bool(b12_ug_per_100g)
