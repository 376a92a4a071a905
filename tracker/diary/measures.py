"""How much was eaten: amounts and measures of a food, in grams and in words."""

import re
from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foods.counting import unit_of_count
from foods.label import MOST_PIECES
from foods.labels import counted, in_number, readable
from foods.models import Food, Portion
from foods.portions import (
    ML_PER_HOUSEHOLD,
    ML_PER_UNIT,
    count_and_unit,
    density_g_per_ml,
    mass_g,
    portion_for_unit,
    usual_portion,
)
from tracker.diary.typed import Typed, read_typed

MAX_AMOUNT = 9999
MAX_MASS_G = 5000
MAX_UNITS = 20
MAX_QUICK_UG = 10_000
MIN_MASS_G = 0.01
MOST_PORTIONS = 20
"""Of a measure in which an amount is shown again."""
_PLAIN = re.compile(r"[\d.,]+ (g|ml)")
ABSURD = _("That is too much of one food at once. Check the amount and its unit.")


def weigh(food: Food, amount: float, unit: str) -> float:
    """Return the mass of an amount of food. [g]

    ``unit`` is empty (usual portions), a unit or household word, or "p" and a portion's position.
    """
    if amount <= 0:
        raise ValidationError(_("Enter an amount above 0."), code="amount")
    mass = _portion_mass_g(food, amount, unit) if _is_position(unit) else mass_g(food, amount, unit)
    if mass is None:
        raise ValidationError(
            _("“%(unit)s” is not a measure for this food. Enter the weight in g instead."),
            code="unit",
            params={"unit": unit},
        )
    if mass > most_at_once(food):
        raise ValidationError(ABSURD, code="absurd")
    return mass


def most_at_once(food: Food) -> float:
    """Return what one entry may hold, in g or pieces: 20 tablets, but three droppers of drops."""
    if not food.is_unit_food:
        return MAX_MASS_G
    doses = [p.mass_g for p in food.portions.all() if p.mass_g <= MOST_PIECES]  # no whole bottle
    return max([MAX_UNITS, *(3 * dose for dose in doses)])


def _is_position(unit: str) -> bool:
    return unit[:1] == "p" and unit[1:].isdecimal() and len(unit) < 5


def _portion_mass_g(food: Food, amount: float, unit: str) -> float | None:
    portions = list(food.portions.all())
    position = int(unit[1:])
    return amount * portions[position].mass_g if position < len(portions) else None


def amount_text(food: Food, amount: float, unit: str) -> str:
    """Return an amount as a person would write it: "2 slices", "2 × 1 can (12 fl oz)", "200 g"."""
    if unit and not _is_position(unit):
        return f"{_plain(amount)} {in_number(unit, amount) or unit}"
    portions = list(food.portions.all())
    if not portions:
        return f"{_plain(amount * 100)} g"
    portion = portions[int(unit[1:] or 0)]
    count, words = count_and_unit(portion)
    if unit or count == 1:
        return _portions_text(portion.label, amount)
    said = in_number(words, amount)  # single ones of a portion of several
    return f"{_plain(amount)} {said}" if said else f"{_plain(amount)} × {words}"


def _portions_text(label: str, amount: float) -> str:
    """Write so many of a portion: "2 slices", but "2 × 3 oz" where one portion is several."""
    if amount == 1:
        return readable(label)
    count, words = counted(label)
    said = in_number(words, amount) if count == 1 else None
    return f"{_plain(amount)} {said}" if said else f"{_plain(amount)} × {readable(label)}"


def _plain(amount: float) -> str:
    """Write a count without needless zeros, by locale: 2, 1.5, 0.33."""
    rounded = round(amount, 2 if amount < 100 else 1)
    rounded = rounded or float(f"{amount:.2g}")  # a little is not nothing
    decimals = len(f"{rounded:.12f}".rstrip("0").partition(".")[2])
    return number_format(rounded, decimals)


def unit_choices(food: Food) -> list[tuple[str, str]]:
    portions = [
        (f"p{i}", f"{readable(portion.label)} ({portion.mass_g:g} g)")
        for i, portion in enumerate(food.portions.all())
    ]
    if food.is_unit_food:
        return [(unit, label.split(" (")[0]) for unit, label in portions]
    volume = [("ml", str(_("millilitres")))] if food.is_drink else []
    return [*portions, ("g", str(_("grams"))), *volume]


def measured(food: Food, typed: Typed) -> tuple[float, str] | None:
    """Return the typed amount and its unit as ``weigh`` takes them.

    None where none was typed, where the food has no such measure, where a bare count would be of
    no piece of it, and where nobody eats so much.
    """
    unit = typed.unit or unit_of_count(food, typed.words)
    if typed.amount is None or unit is None or refusal(food, typed.amount, unit):
        return None
    return typed.amount, unit


def fitting(food: Food, typed: Typed) -> tuple[float, str, str]:
    """Return the typed amount and its unit, else a usual portion and why it was taken instead."""
    found = measured(food, typed)
    if found is not None:
        return *found, ""
    why = ""
    if typed.amount is not None:
        text = gettext("usual portion, because %(amount)s does not fit")
        why = text % {"amount": typed.amount_text}
    return 1.0, "p0" if usual_portion(food) else "", why


def refusal(food: Food, amount: float, unit: str) -> ValidationError | None:
    """Return why an amount of a food cannot be; None where it can."""
    try:
        weigh(food, amount, unit)
    except ValidationError as error:
        return error
    return None


def problem_of(foods: Iterable[Food], typed: Typed) -> str:
    """Return what is wrong with a typed amount whatever the food: nobody eats so much of the first.

    Its usual portion is no answer to "6000 g salmon": Enter would log what nobody typed.
    """
    food = next(iter(foods), None)
    if food is None or typed.amount is None:
        return ""
    unit = typed.unit or unit_of_count(food, typed.words)
    error = None if unit is None else refusal(food, typed.amount, unit)
    return error.messages[0] if error and error.code == "absurd" else ""


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
    return f"{mass_g / (density_g_per_ml(food) or 1.0):.6g}", "ml"
