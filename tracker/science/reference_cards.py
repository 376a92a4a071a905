"""What a page shows for one blood result: the laboratory first, then a published row, and caveats.

If a caveat makes the row inapplicable (pregnancy and total B12, nitrous oxide, replacement, under
16 years), the caveat replaces it. Sentences: ``data/biomarker_caveats.toml``.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

from tracker.science._checks import require_number
from tracker.science._tables import toml_table
from tracker.science.biomarkers import (
    YOUNGEST_AGE_YEARS,
    PublishedRow,
    ReferenceRange,
    convert,
    published_row,
    reference_ranges,
    require_plausible,
    unit,
    units,
)

OLDER_AGE_YEARS: Final = 65.0
# Two UK laboratories (Bath, North Bristol) report B12 above this as raised. [ng/L]
HIGH_B12_NG_PER_L: Final = 914.0


class Circumstance(StrEnum):
    """What a person can tick about a result or about themselves; the value is a stable key."""

    PREGNANT = "pregnant"
    NITROUS_OXIDE = "nitrous_oxide"
    ON_REPLACEMENT = "on_replacement"
    RECENT_SUPPLEMENT = "recent_supplement"
    KIDNEY = "kidney"
    LOW_FOLATE = "low_folate"
    INTRINSIC_FACTOR_ANTIBODIES = "intrinsic_factor_antibodies"
    BIOTIN = "biotin"
    COMBINED_PILL = "combined_pill"
    HIV_OR_MYELOMA = "hiv_or_myeloma"
    LIVER_OR_BLOOD_DISEASE = "liver_or_blood_disease"
    ETHNICITY = "ethnicity"
    DEHYDRATION_OR_OVERGROWTH = "dehydration_or_overgrowth"
    RECENT_ANTIBIOTICS = "recent_antibiotics"
    HOMOCYSTEINE_RAISERS = "homocysteine_raisers"


@dataclass(frozen=True, slots=True)
class Caveat:
    """One reviewed sentence; ``when`` is a circumstance or something that the card detected."""

    key: str
    when: str
    analytes: tuple[str, ...]
    is_replacing: bool
    text: str
    source: str
    mark: str
    address: str


@dataclass(frozen=True, slots=True)
class ReferenceCard:
    """One result as it may be shown, in this order: value, laboratory, row or its replacement.

    ``laboratory_position`` is "below", "within" or "above" the laboratory's own range, ``None``
    without one. ``row`` is ``None`` whenever ``replaced_by`` is not empty. ``also`` is the value in
    the analyte's other units.
    """

    analyte: str
    value: float
    unit: str
    also: tuple[tuple[float, str], ...]
    laboratory_low: float | None
    laboratory_high: float | None
    laboratory_position: str | None
    row: PublishedRow | None
    replaced_by: tuple[Caveat, ...]
    caveats: tuple[Caveat, ...]
    ranges: tuple[ReferenceRange, ...]


def reference_card(
    analyte: str,
    value: float,
    unit_name: str,
    *,
    age_years: float | None,
    circumstances: Iterable[Circumstance] = (),
    laboratory_low: float | None = None,
    laboratory_high: float | None = None,
) -> ReferenceCard:
    """Return what may be shown of one blood result, every row, range and caveat with its source.

    Parameters
    ----------
    analyte, value, unit_name
        As ``biomarkers.convert``.
    age_years : float or None
        Age on the day of the sample. [years]
    circumstances : iterable of Circumstance
        Everything ticked, for any analyte; what matters for this one becomes a caveat.
    laboratory_low, laboratory_high : float or None
        The laboratory's own range, in ``unit_name``.

    Raises
    ------
    ValueError
        As ``biomarkers.convert``, for an unknown circumstance, or if the laboratory's range is
        inverted.
    """
    number = require_plausible(analyte, value, unit_name)
    name = unit(analyte, unit_name).name
    row = published_row(analyte, number, name, age_years=age_years)
    place = _laboratory_position(number, laboratory_low, laboratory_high)
    ticked = {Circumstance(c).value for c in circumstances}
    found = ticked | set(_found(number, name, age_years, row, place, ticked))
    active = [c for c in caveats() if c.when in found and analyte in c.analytes]
    replacing = tuple(c for c in active if c.is_replacing)
    if replacing:
        active = [c for c in active if c.when not in ("row_shown", "row_unlikely")]
    return ReferenceCard(
        analyte=analyte,
        value=number,
        unit=name,
        also=tuple(
            (convert(analyte, number, name, u.name), u.name)
            for u in units(analyte)
            if u.name != name
        ),
        laboratory_low=laboratory_low,
        laboratory_high=laboratory_high,
        laboratory_position=place,
        row=None if replacing else row,
        replaced_by=replacing,
        caveats=tuple(c for c in active if not c.is_replacing),
        ranges=() if replacing else reference_ranges(analyte, age_years),
    )


@cache
def caveats() -> tuple[Caveat, ...]:
    """Return every caveat, with unique keys and sources, for translation and review."""
    return tuple(
        Caveat(
            key=entry["key"],
            when=entry["when"],
            analytes=tuple(entry["analytes"]),
            is_replacing=entry["effect"] == "replaces",
            text=entry["text"],
            source=entry["source"],
            mark=entry["mark"],
            address=entry["address"],
        )
        for entry in toml_table("biomarker_caveats.toml")["caveat"]
    )


def _found(
    value: float,
    unit_name: str,
    age_years: float | None,
    row: PublishedRow | None,
    place: str | None,
    ticked: set[str],
) -> Iterable[str]:
    yield "always"
    if age_years is None:
        yield "age_unknown"
    elif age_years < YOUNGEST_AGE_YEARS:
        yield "under_16"
    elif age_years >= OLDER_AGE_YEARS:
        yield "older"
    if row is not None:
        yield "row_shown"
        yield f"row_{row.row}"
    is_high = place == "above" or (unit_name in ("ng/L", "pg/mL") and value > HIGH_B12_NG_PER_L)
    if is_high and not ticked & {Circumstance.ON_REPLACEMENT, Circumstance.RECENT_SUPPLEMENT}:
        yield "high"


def _laboratory_position(value: float, low: float | None, high: float | None) -> str | None:
    for name, limit in (("laboratory_low", low), ("laboratory_high", high)):
        if limit is not None:
            require_number(name, limit)
    if low is None and high is None:
        return None
    if low is not None and high is not None and low > high:
        raise ValueError(f"laboratory_low must be <= laboratory_high, got {low!r} and {high!r}")
    if low is not None and value < low:
        return "below"
    return "above" if high is not None and value > high else "within"
