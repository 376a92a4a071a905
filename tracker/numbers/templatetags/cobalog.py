"""Template filters for amounts."""

from collections.abc import Mapping
from typing import Any

from django import template

from tracker.numbers.amounts import micrograms, refuse_other_than_finite, two_digits

register = template.Library()


@register.filter
def ug(value: float | None) -> str:
    """3.14 -> "3.1 µg"; None -> "not known"."""
    return micrograms(value)


@register.filter
def ug_number(value: float | None) -> str:
    """3.14 -> "3.1"; None -> an en dash."""
    return "–" if value is None else two_digits(value)


@register.filter
def percent_of(value: float | None, whole: float) -> str:
    """Share of a reference in percent; above 100 % a number would tell no more about health."""
    if value is None or not whole:
        return "–"
    share = value / whole * 100
    refuse_other_than_finite(share)
    return "> 100\u00a0%" if share > 100.5 else f"{round(share)}\u00a0%"


@register.filter
def lookup(mapping: Mapping[Any, Any], key: Any) -> Any:
    return mapping.get(key)
