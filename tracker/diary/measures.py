"""How much was eaten: amounts and measures of a food, in grams and in words."""

import math
from collections.abc import Iterable
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foods.counting import unit_of_count
from foods.label import MOST_PIECES
from foods.labels import in_number, readable
from foods.models import Food
from foods.portions import (
    count_and_unit,
    density_g_per_ml,
    mass_g,
    portion_for_unit,
    usual_portion,
)
from tracker.diary.quantity import Quantity
from tracker.diary.typed import Typed

MIN_AMOUNT = 0.01
MAX_AMOUNT = 9999
MAX_MASS_G = 5000
MAX_UNITS = 20
MAX_QUICK_UG = 10_000
MIN_MASS_G = 0.01
MOST_PORTIONS = 20
"""In a measure in which an amount is shown again."""
KEPT = "kept"
ALIKE = 0.006
"""Tolerance: older amounts were stored rounded, 150.4 ml as 150."""
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
    return _sensible(food, mass)


def _sensible(food: Food, mass_g: float) -> float:
    if mass_g > most_at_once(food):
        raise ValidationError(ABSURD, code="absurd")
    return mass_g


def most_at_once(food: Food) -> float:
    """Return the most one entry may hold, in g or pieces: 20 tablets, but three droppers."""
    if not food.is_unit_food:
        return MAX_MASS_G
    doses = [p.mass_g for p in food.portions.all() if p.mass_g <= MOST_PIECES]  # not the bottle
    return max([MAX_UNITS, *(3 * dose for dose in doses)])


def _is_position(unit: str) -> bool:
    return unit[:1] == "p" and unit[1:].isdecimal() and len(unit) < 5


def _portion_mass_g(food: Food, amount: float, unit: str) -> float | None:
    portions = list(food.portions.all())
    position = int(unit[1:])
    return amount * portions[position].mass_g if position < len(portions) else None


def quantity_of(food: Food, amount: float, unit: str) -> Quantity:
    """Return an amount with its measure in words, which stay valid if the food changes."""
    if unit and not _is_position(unit):
        return Quantity(amount, unit)
    portions = list(food.portions.all())
    if not portions:
        return Quantity(amount * 100, "g")
    portion = portions[int(unit[1:] or 0)]
    count, words = count_and_unit(portion)
    is_single = not unit and count != 1  # single pieces of a portion that holds several
    return Quantity(amount, words if is_single else portion.label)


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

    None if no amount was typed, if the food has no such measure or no pieces to count, or if the
    amount is too large for anyone to eat.
    """
    unit = typed.unit or unit_of_count(food, typed.words)
    if typed.amount is None or unit is None or refusal(food, typed.amount, unit):
        return None
    return typed.amount, unit


def fitting(food: Food, typed: Typed) -> tuple[float, str, str]:
    """Return the typed amount and its unit, or a usual portion and why it replaces them."""
    found = measured(food, typed)
    if found is not None:
        return *found, ""
    why = ""
    if typed.amount is not None:
        text = gettext("usual portion, because %(amount)s does not fit")
        why = text % {"amount": typed.amount_text}
    return 1.0, "p0" if usual_portion(food) else "", why


def refusal(food: Food, amount: float, unit: str) -> ValidationError | None:
    """Return why an amount of a food is not possible; None if it is."""
    try:
        weigh(food, amount, unit)
    except ValidationError as error:
        return error
    return None


def problem_of(foods: Iterable[Food], typed: Typed) -> str:
    """Return what is wrong with a typed amount for any food: too much of the first one.

    Do not offer the usual portion for "6000 g salmon": Enter would log what nobody typed.
    """
    food = next(iter(foods), None)
    if food is None or typed.amount is None:
        return ""
    unit = typed.unit or unit_of_count(food, typed.words)
    error = None if unit is None else refusal(food, typed.amount, unit)
    return error.messages[0] if error and error.code == "absurd" else ""


class Kept(NamedTuple):
    """The measure that something was logged in, if it is not one of the food’s choices."""

    unit: str
    each_g: float

    def choice(self, food: Food) -> tuple[str, str]:
        words = in_number(self.unit, 1) or readable(self.unit)
        return KEPT, words if food.is_unit_food else f"{words} ({self.each_g:.4g} g)"

    def weigh(self, food: Food, amount: float) -> float:
        """Return the mass of an amount in this measure. [g]"""
        return _sensible(food, amount * self.each_g)


class Reopened(NamedTuple):
    """The initial values of a form about an amount."""

    amount: str
    unit: str
    kept: Kept | None = None


def reopened(food: Food, mass_g: float, quantity: Quantity) -> Reopened:
    """Return the number and unit that an amount was logged in, as a form shows them.

    If only words were kept, use whole or quarter portions where that is exact, else grams.
    """
    amount = quantity.amount
    if amount is None or not MIN_AMOUNT <= amount <= MAX_AMOUNT:
        return _by_mass(food, mass_g)
    each_g = mass_g / amount
    unit = _choice_of(food, quantity.unit, each_g)
    kept = None if unit else Kept(quantity.unit, each_g)
    return Reopened(f"{amount:.6g}", unit or KEPT, kept)


def _choice_of(food: Food, unit: str, each_g: float) -> str:
    """Return the food’s choice with this name if its weight is unchanged, else ""."""
    if unit == "g" and not food.is_unit_food:
        return "g"
    if unit == "ml" and food.is_drink:
        return "ml" if math.isclose(density_g_per_ml(food) or 1.0, each_g, rel_tol=ALIKE) else ""
    portions = list(food.portions.all())
    alike = [p for p in portions if math.isclose(p.mass_g, each_g, rel_tol=ALIKE)]
    named = [portion for portion in alike if portion.label == unit]
    if not named and (spoken := portion_for_unit(food, unit)) in alike:
        named = [spoken]
    return f"p{portions.index(named[0])}" if named else ""


def _by_mass(food: Food, mass_g: float) -> Reopened:
    portions = list(food.portions.all())
    for position, portion in enumerate(portions):
        count = mass_g / portion.mass_g
        if abs(count * 4 - round(count * 4)) < 1e-6 and count <= MOST_PORTIONS:
            return Reopened(f"{count:g}", f"p{position}")
    if food.is_unit_food and portions:  # a part of a tablet has no grams
        return Reopened(f"{mass_g / portions[0].mass_g:.6g}", "p0")
    return Reopened(f"{mass_g:.6g}", "g")
