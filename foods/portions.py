"""Household measures: how they are written, and what a typed amount weighs."""

import re

from foods.catalogue.folding import tokens
from foods.labels import counted
from foods.models import Food, Portion

G_PER_UNIT = {"g": 1.0, "kg": 1000.0, "oz": 28.35, "lb": 453.59}
ML_PER_UNIT = {"ml": 1.0, "cl": 10.0, "dl": 100.0, "l": 1000.0, "fl oz": 29.57}
PLAIN_UNITS = {*G_PER_UNIT, *ML_PER_UNIT, "fl", "milliliter", "inch"}
ML_PER_HOUSEHOLD = {"cup": 240.0, "tablespoon": 15.0, "teaspoon": 5.0, "glass": 200.0}
ML_OF_MEASURE = {
    **{"cup": 236.6, "tablespoon": 14.8, "tbsp": 14.8, "teaspoon": 4.9, "tsp": 4.9},
    **{"fl oz": ML_PER_UNIT["fl oz"], "ml": 1.0},
}
"""The measures of the tables: US cups and spoons."""
PILLS = dict.fromkeys(("capsule", "pill", "caplet", "softgel"), "tablet")
"""Swallowed whole and counted the same, whatever the label calls them."""
_PRINTED = re.compile(r"(\d+(?:\.\d+)?) ?(ml|fl oz)\b")
_HOUSEHOLD = re.compile(
    r"(?:(\d+(?:\.\d+)?)(?:/([1-9]\d*))? (?:level )?)?\b(cup|tablespoon|tbsp|teaspoon|tsp)s?\b"
)
_WET = "yogurt yoghurt skyr kefir quark cream custard soup broth sauce buttermilk"
_NOT_WET = "ice cheese cracker cookie dry dried powder frozen mix bar sandwich"
LIKE_WATER, UNLIKE_WATER = frozenset(_WET.split()), frozenset(_NOT_WET.split())
"""Words in names of spooned foods that weigh about 1 g per millilitre, and of those that do not."""


def count_and_unit(portion: Portion) -> tuple[float, str]:
    """Split a label: "5 anchovies" -> (5, "anchovies"); no number counts as one."""
    count, unit = counted(portion.label)
    if unit.split()[0] in PLAIN_UNITS:
        return 1.0, portion.label  # "4 clams" is four portions of 3 oz, not four ounces
    return (1.0 if count is None else float(count)), unit


def density_g_per_ml(food: Food) -> float | None:
    """Return the weight of a millilitre from the food's own portions, the usual one first.

    Without such a portion a drink, yogurt or soup weighs 1 g. For anything else it is unknown: a
    cup of flakes is 30 g, a cup of rice 160 g.
    """
    for portion in food.portions.all():
        if volume_ml := _volume_ml(portion.label):
            return portion.mass_g / volume_ml
    words = set(tokens(food.name))
    is_like_water = words & LIKE_WATER and not words & UNLIKE_WATER
    return 1.0 if food.is_drink or is_like_water else None


def _volume_ml(label: str) -> float | None:
    """Return the volume in a label: "1 cup", "¼ cup", "2 level tbsp", "1 glass (200 ml)"."""
    if printed := _PRINTED.findall(label):
        amount, unit = printed[-1]  # "2 glasses of 250 ml of 500 ml": the last is the total
        return float(amount) * ML_OF_MEASURE[unit]
    found = _HOUSEHOLD.search(label)
    if not found:
        return None
    return float(found[1] or 1) / int(found[2] or 1) * ML_OF_MEASURE[found[3]]


def portion_for_unit(food: Food, unit: str) -> Portion | None:
    """Return the portion whose label mentions a unit ("slice", "cup", "egg"), the usual first."""
    wanted = {PILLS.get(word, word) for word in tokens(unit)}
    for portion in food.portions.all():
        _count, words = count_and_unit(portion)
        named = [word for word in tokens(words) if not word.isdigit() and word not in PLAIN_UNITS]
        named = [PILLS.get(word, word) for word in named[:2]]
        if wanted and wanted <= set(named):  # "container" of "5.3 oz container"
            return portion
    return None


def mass_g(food: Food, amount: float, unit: str) -> float | None:
    """Return the weight of an amount, or None if the food has no such measure. [g]

    An empty unit counts usual portions: "2 eggs" is two of the egg's first portion.
    """
    if unit in G_PER_UNIT:
        return amount * G_PER_UNIT[unit]
    if unit in ML_PER_UNIT:
        return _mass_of_volume(food, amount * ML_PER_UNIT[unit])
    portion = portion_for_unit(food, unit) if unit else usual_portion(food)
    if portion is not None:
        count, _words = count_and_unit(portion)
        return amount * portion.mass_g / count
    if unit in ML_PER_HOUSEHOLD:
        return _mass_of_volume(food, amount * ML_PER_HOUSEHOLD[unit])
    return amount * 100 if not unit else None


def _mass_of_volume(food: Food, volume_ml: float) -> float | None:
    density = density_g_per_ml(food)
    return None if density is None else volume_ml * density


def usual_portion(food: Food) -> Portion | None:
    return next(iter(food.portions.all()), None)
