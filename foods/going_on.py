"""The day and meal that a person came from, carried from page to page until the food is logged."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from foods.forms import LogFromForm


def way_on(request: HttpRequest) -> dict[str, str]:
    """Return the day and meal of a request as query parameters; empty if there are none."""
    form = LogFromForm(request.POST if request.method == "POST" else request.GET)
    form.is_valid()
    day, slot = form.cleaned_data.get("day"), form.cleaned_data.get("slot")
    return ({"day": day.isoformat()} if day else {}) | ({"slot": slot} if slot else {})


def food_address(pk: int, way_on: dict[str, str]) -> str:
    return with_query(reverse("food", args=[pk]), way_on)


def with_query(address: str, query: dict[str, str]) -> str:
    return f"{address}?{urlencode(query)}" if query else address
