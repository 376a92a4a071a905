"""Household measures: how they read, and what a typed amount weighs."""

import re

from foods.catalogue.folding import tokens
from foods.labels import counted
from foods.models import Food, Portion

G_PER_UNIT = {"g": 1.0, "kg": 1000.0, "oz": 28.35, "lb": 453.59}
ML_PER_UNIT = {"ml": 1.0, "cl": 10.0, "dl": 100.0, "l": 1000.0, "fl oz": 29.57}
PLAIN_UNITS = {*G_PER_UNIT, *ML_PER_UNIT, "fl", "milliliter", "inch"}
ML_PER_HOUSEHOLD = {"cup": 240.0, "tablespoon": 15.0, "teaspoon": 5.0, "glass": 200.0}
_VOLUME_ML = re.compile(r"(\d+(?:\.\d+)?) ?ml\b")
_VOLUME_FL_OZ = re.compile(r"(\d+(?:\.\d+)?) ?fl oz\b")


def count_and_unit(portion: Portion) -> tuple[float, str]:
    """Split a label: "5 anchovies" -> (5, "anchovies"); no number counts as one."""
    count, unit = counted(portion.label)
    if unit.split()[0] in PLAIN_UNITS:
        return 1.0, portion.label  # "4 clams" is four portions of 3 oz, not four ounces
    return (1.0 if count is None else float(count)), unit


def density_g_per_ml(food: Food) -> float:
    """Return what a millilitre of a drink weighs, by its own portions; 1 where they do not say."""
    for portion in food.portions.all():
        if (found := _VOLUME_ML.search(portion.label)) and float(found[1]):
            return portion.mass_g / float(found[1])
        if (found := _VOLUME_FL_OZ.search(portion.label)) and float(found[1]):
            return portion.mass_g / (float(found[1]) * ML_PER_UNIT["fl oz"])
        count, unit = count_and_unit(portion)
        if unit == "cup" and food.is_drink:
            return portion.mass_g / (count * 236.6)
    return 1.0


def portion_for_unit(food: Food, unit: str) -> Portion | None:
    """Return the portion whose label speaks of a unit ("slice", "cup", "egg"), the usual first."""
    wanted = set(tokens(unit))
    for portion in food.portions.all():
        _count, words = count_and_unit(portion)
        if wanted and wanted <= set(tokens(words)[:2]):
            return portion
    return None


def mass_g(food: Food, amount: float, unit: str) -> float | None:
    """Return the weight of an amount, or None where the food has no such measure. [g]

    An empty unit counts usual portions: "2 eggs" is two of the egg's first portion.
    """
    if unit in G_PER_UNIT:
        return amount * G_PER_UNIT[unit]
    if unit in ML_PER_UNIT:
        return amount * ML_PER_UNIT[unit] * density_g_per_ml(food)
    portion = portion_for_unit(food, unit) if unit else usual_portion(food)
    if portion is not None:
        count, _words = count_and_unit(portion)
        return amount * portion.mass_g / count
    if unit in ML_PER_HOUSEHOLD:
        return amount * ML_PER_HOUSEHOLD[unit] * density_g_per_ml(food)
    return amount * 100 if not unit else None


def usual_portion(food: Food) -> Portion | None:
    return next(iter(food.portions.all()), None)
