"""In which measure an amount that was logged is shown again, to be changed."""

import re
from collections.abc import Sequence

from foods.models import Food, Portion
from foods.portions import ML_PER_HOUSEHOLD, ML_PER_UNIT, density_g_per_ml, portion_for_unit
from tracker.diary.typed import read_typed

MOST_PORTIONS = 20
_PLAIN = re.compile(r"[\d.,]+ (g|ml)")


def amount_and_unit(food: Food, mass_g: float, amount_text: str) -> tuple[str, str]:
    """Return the number and the unit, one of the food's choices, that an amount was logged in.

    g and ml stay what they are. Else it is whole or quarter portions where that is exact, the
    household measure of the text, ml for the volume of a drink, and g where nothing is nearer.
    """
    plain = _PLAIN.fullmatch(amount_text)
    if plain and plain[1] == "g" and not food.is_unit_food:
        return f"{mass_g:.6g}", "g"
    if plain and plain[1] == "ml" and food.is_drink:
        return _millilitres(food, mass_g)
    unit = read_typed(amount_text).unit
    return _in_portions(food, mass_g, unit) or _without_portions(food, mass_g, unit)


def _in_portions(food: Food, mass_g: float, unit: str) -> tuple[str, str] | None:
    portions = list(food.portions.all())
    for position, portion in enumerate(portions):
        count = mass_g / portion.mass_g
        if abs(count * 4 - round(count * 4)) < 1e-6 and count <= MOST_PORTIONS:
            return f"{count:g}", f"p{position}"
    named = portion_for_unit(food, unit) if unit else None
    if named is None and food.is_unit_food and portions:
        named = portions[0]  # a part of a tablet has no grams
    return _counted(portions, named, mass_g) if named else None


def _counted(portions: Sequence[Portion], portion: Portion, mass_g: float) -> tuple[str, str]:
    return f"{mass_g / portion.mass_g:.6g}", f"p{portions.index(portion)}"


def _without_portions(food: Food, mass_g: float, unit: str) -> tuple[str, str]:
    is_volume = unit in ML_PER_UNIT or unit in ML_PER_HOUSEHOLD
    return _millilitres(food, mass_g) if is_volume and food.is_drink else (f"{mass_g:.6g}", "g")


def _millilitres(food: Food, mass_g: float) -> tuple[str, str]:
    return f"{mass_g / density_g_per_ml(food):.6g}", "ml"
