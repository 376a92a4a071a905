"""What a food's page shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from foods.barcodes.lookup import address_of
from foods.forms import MEALS
from foods.going_on import way_on, with_query
from foods.models import Food, FoodQuerySet
from foods.reading import how_to_read
from tracker.science.reference_intakes import percent_daily_value

LARGEST_LABEL_PERCENT = 100
"""A higher percentage would tell nothing more: a rich food is not that many times healthier."""


@dataclass(frozen=True)
class RefusedAmount:
    """What was typed to log the food, and why it was refused."""

    amount: str
    unit: str
    problems: Sequence[str]


def foods_for_pages(account: Any) -> FoodQuerySet:
    """Return the foods that a person may see, with everything that their pages read."""
    foods = Food.objects.visible_to(account).select_related("source", "superseded_by")
    return foods.prefetch_related("portions")


def page_of(
    request: HttpRequest,
    food: Food,
    *,
    day: date | None,
    slot: str,
    refused: RefusedAmount | None = None,
) -> dict[str, Any]:
    """Return the context of a food's page, from which it may be logged on a day at a meal."""
    today = timezone.localdate()
    origin = way_on(request)
    return {
        "food": food,
        "portions": [(p, food.b12_ug(p.mass_g)) for p in food.portions.all()],
        "how_to_read": how_to_read(food),
        "daily_value_percent": _percent_of_label(food),
        "day": day or today,
        "is_today": day in (None, today),
        "slot": slot,
        "meals": MEALS,
        "client_uuid": uuid4(),
        "way_on": origin,
        "change_address": with_query(reverse("food-edit", args=[food.pk]), origin),
        "own_version_address": with_query(reverse("food-new"), {"like": str(food.pk), **origin}),
        "openfoodfacts": address_of(food),
        "refused": refused,
    }


def _percent_of_label(food: Food) -> float | None:
    portion = next(iter(food.portions.all()), None)
    amount = food.b12_ug(portion.mass_g) if portion else None
    percent = percent_daily_value(amount, "eu") if amount else None
    return percent if percent and percent <= LARGEST_LABEL_PERCENT else None
