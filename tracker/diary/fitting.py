"""What a typed amount comes to of one food."""

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
    if typed.amount is None or unit is None:
        return None
    try:
        weigh(food, typed.amount, unit)
    except ValidationError:
        return None
    return typed.amount, unit
