"""What a typed amount comes to of one food."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError

from foods.counting import unit_of_count
from foods.models import Food
from tracker.diary.forms import weigh
from tracker.diary.typed import Typed


def measured(food: Food, typed: Typed) -> tuple[float, str] | None:
    """Return the typed amount and its unit as ``weigh`` takes them.

    None where none was typed, where the food has no such measure, where a bare count would be of
    no piece of it, and where nobody eats so much.
    """
    unit = typed.unit or unit_of_count(food, typed.words)
    if typed.amount is None or unit is None or refusal(food, typed.amount, unit):
        return None
    return typed.amount, unit


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
