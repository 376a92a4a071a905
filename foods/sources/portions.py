"""Household measures in readable form, without the survey's internal notes."""

import re
from collections.abc import Iterable

from foods.sources.cells import clean_text, number
from foods.sources.record import LABEL_LENGTH, PortionRecord

UNSPECIFIED = "quantity not specified"
USUAL_LABEL = "usual amount"
"""For a survey food whose default amount is not one of its household measures."""
SAME_SHARE = 0.02
NOT_HOUSEHOLD = re.compile(
    r"^guideline amount|^quantity not specified|yield from (1 lb|one pound|a pound|1 pound)"
    r"|\b(cubic|surface) inch|\bquarts?\b|^1 oz yields",
    re.I,
)


def portion_label(amount: str, unit: str, text: str) -> str:
    """Return "0.5 cup", "1 fruit small (2-1/2" dia)": amount, unit, description or modifier."""
    parts = (tidy_amount(amount), unit, text)
    return clean_text(" ".join(part for part in parts if part))


def tidy_amount(amount: str) -> str:
    """Return "1.0" as "1"; an empty amount stays empty, as the description then has it."""
    if not amount.strip():
        return ""
    return f"{number(amount):g}"


def is_household(label: str) -> bool:
    """Return whether people measure food this way."""
    return not NOT_HOUSEHOLD.search(label)


def is_unspecified(label: str) -> bool:
    return label.lower().startswith(UNSPECIFIED)


def stored_label(label: str) -> str:
    """Return the name under which a portion with this label is stored."""
    return USUAL_LABEL if is_unspecified(label) else label[:LABEL_LENGTH].strip()


def in_order(
    portions: Iterable[PortionRecord], default_mass_g: float | None
) -> tuple[PortionRecord, ...]:
    """Return each label once, the usual amount first."""
    kept: dict[str, PortionRecord] = {}
    for portion in portions:
        label = stored_label(portion.label)
        kept.setdefault(label, PortionRecord(label, portion.mass_g))
    ordered = list(kept.values())
    if default_mass_g is None:
        return tuple(ordered)
    usual = [p for p in ordered if abs(p.mass_g - default_mass_g) <= SAME_SHARE * default_mass_g]
    first = usual[0] if usual else PortionRecord(USUAL_LABEL, default_mass_g)
    return (first, *(portion for portion in ordered if portion is not first))
