"""Blood results in words and units: conversions and the rows of published tables.

A value is classified in the unit it was entered in, never after conversion: the rounded limits in
the printed tables do not convert into each other. Nothing here names a condition of a person.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from tracker.science._checks import require_number
from tracker.science._tables import csv_rows, number_or_none

Analyte = Literal["b12", "holotc", "mma", "homocysteine", "folate"]
NiceRow = Literal["confirmed", "indeterminate", "unlikely"]
ANALYTES: Final[tuple[Analyte, ...]] = "b12", "holotc", "mma", "homocysteine", "folate"
YOUNGEST_AGE_YEARS: Final = 16.0
OLDEST_AGE_YEARS: Final = 120.0
# Units that differ at most by a power of ten, without a molar mass or a rounded factor.
_SAME: Final = ({"ng/L", "pg/mL"}, {"µmol/L", "nmol/mL", "nmol/L"}, {"ng/mL", "µg/L"})


class ImplausibleValueError(ValueError):
    """A value that no laboratory reports in this unit; the unit is probably wrong."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit of an analyte: how many make one canonical unit, and its plausible range."""

    analyte: str
    name: str
    per_canonical: float
    lowest: float
    highest: float
    status: str
    source: str


@dataclass(frozen=True, slots=True)
class PublishedRow:
    """One row of a published table, in the unit it is printed in; an open end is ``None``."""

    table: str
    row: str
    label: str
    units: tuple[str, ...]
    low: float | None
    is_low_included: bool
    high: float | None
    is_high_included: bool
    age_from_years: float
    status: str
    source: str
    year: int | None
    seen_at: str

    def holds(self, value: float) -> bool:
        """Return whether the value falls in the row."""
        above = self.low is None or value > self.low or (self.is_low_included and value == self.low)
        below = (
            self.high is None or value < self.high or (self.is_high_included and value == self.high)
        )
        return above and below


@dataclass(frozen=True, slots=True)
class ReferenceRange:
    """One laboratory's or country's range, in its own unit; an open end is ``None``."""

    key: str
    population: str
    unit: str
    low: float | None
    high: float | None
    age_from_years: float | None
    age_below_years: float | None
    status: str
    source: str
    seen_at: str


def units(analyte: str) -> tuple[Unit, ...]:
    """Return an analyte's units with their sources, canonical first; ``ValueError`` if unknown."""
    if analyte not in _units():
        raise ValueError(f"analyte must be one of {sorted(_units())}, got {analyte!r}")
    return _units()[analyte]


def unit(analyte: str, name: str) -> Unit:
    """Return a unit by its name; ``u`` and both micro signs are read as µ, case is ignored.

    ``ValueError`` for one that is not in ``data/biomarker_units.csv``, naming those that are.
    """
    wanted = _folded(name)
    for found in units(analyte):
        if _folded(found.name) == wanted:
            return found
    names = [found.name for found in units(analyte)]
    raise ValueError(f"unit of {analyte} must be one of {names}, got {name!r}")


def require_plausible(analyte: str, value: float, unit_name: str) -> float:
    """Return the value if a laboratory could report it in this unit, else raise with a reason.

    ``value`` in ``unit_name``. The limits (``data/biomarker_units.csv``) are wide, an assumption:
    they catch a wrong unit, they do not judge a result.

    Raises
    ------
    ValueError
        For an unknown analyte or unit, or a value that is not a finite number >= 0.
    ImplausibleValueError
        With the accepted range and the units that would fit.
    """
    entered = unit(analyte, unit_name)
    number = require_number("value", value)
    if entered.lowest <= number <= entered.highest:
        return number
    fitting = [u.name for u in units(analyte) if u.lowest <= number <= u.highest]
    hint = f"; the number would fit {' or '.join(fitting)}" if fitting else ""
    raise ImplausibleValueError(
        f"{analyte} of {number:g} {entered.name} is not plausible: expected "
        f"{entered.lowest:.3g} to {entered.highest:.6g} {entered.name}{hint}"
    )


def convert(analyte: str, value: float, from_unit: str, to_unit: str) -> float:
    """Convert a blood result between units, to show next to the value as entered.

    Parameters
    ----------
    analyte : {"b12", "holotc", "mma", "homocysteine", "folate"}
    value : float
        Finite and plausible in ``from_unit``.
    from_unit, to_unit : str
        Names of ``units(analyte)``.

    Raises
    ------
    ValueError
        For an unknown analyte or unit, or a value that is not a finite number >= 0.
    ImplausibleValueError
        For a pair of value and unit that no laboratory reports.

    Notes
    -----
    Factors, sources and marks: ``data/biomarker_units.csv``. B12: 1 pmol/L = 1.355 ng/L.
    """
    number = require_plausible(analyte, value, from_unit)
    start, end = unit(analyte, from_unit), unit(analyte, to_unit)
    if start.name == end.name:
        return number
    return number / start.per_canonical * end.per_canonical


def nice_row(analyte: str, value: float, unit: str, *, age_years: float | None) -> NiceRow | None:
    """Return the row of the NICE NG239 table (March 2024) in which a result falls, or ``None``.

    Classified in the unit given: 132.9 pmol/L is "confirmed" although it equals 180.1 ng/L.
    ``None`` under 16 years, for an unknown age, and for an analyte or unit without a row. The
    table is second-hand here; the laboratory's own range comes first (``reference_card``).

    Raises
    ------
    ValueError
        As ``convert``.
    """
    found = published_row(analyte, value, unit, age_years=age_years)
    if found is None or found.table != "nice":
        return None
    return found.row  # type: ignore[return-value]


def published_row(
    analyte: str, value: float, unit_name: str, *, age_years: float | None
) -> PublishedRow | None:
    """Return the published row of a result: NICE for B12 and holoTC, Liverpool for homocysteine.

    ``None`` where there is none, under 16 years, and for the NICE table without an age. Between
    printed homocysteine bands (15 to 16, 30 to 31) the row is only "above 15" or "above 30".
    ``value`` in ``unit_name``, ``age_years`` from 0 to 120 [years]. Errors as ``convert``; sources
    in ``data/biomarker_rows.csv``.
    """
    number = require_plausible(analyte, value, unit_name)
    name = unit(analyte, unit_name).name
    age = age_years
    if age is not None:
        age = require_number("age_years", age, high=OLDEST_AGE_YEARS)
    for row in published_rows(analyte):
        is_old_enough = row.table != "nice" if age is None else age >= row.age_from_years
        if name in row.units and is_old_enough and row.holds(number):
            return row
    return None


@cache
def published_rows(analyte: str) -> tuple[PublishedRow, ...]:
    """Return an analyte's rows with their sources, lowest first; ``ValueError`` if unknown."""
    units(analyte)
    cells = csv_rows("biomarker_rows.csv")
    return tuple(_published_row(row) for row in cells if row["analyte"] == analyte)


def reference_ranges(analyte: str, age_years: float | None = None) -> tuple[ReferenceRange, ...]:
    """Return published ranges of an analyte, those for the age if one is given.

    ``age_years`` from 0 to 120 [years], completed years count. ``ValueError`` for an unknown
    analyte or an impossible age. Each range has its unit, source and mark.
    """
    units(analyte)
    spans = tuple(span for of, span in _ranges() if of == analyte)
    if age_years is None:
        return spans
    age = require_number("age_years", age_years, high=OLDEST_AGE_YEARS)
    return tuple(span for span in spans if _is_for_age(span, age))


def position(span: ReferenceRange, analyte: str, value: float, unit_name: str) -> str | None:
    """Return "below", "within" or "above" a range; ``None`` if it would take a molar mass.

    ``value`` in ``unit_name``; a limit is within. Errors as ``convert``; the range has its source.
    """
    number, entered = require_plausible(analyte, value, unit_name), unit(analyte, unit_name)
    if not any({entered.name, span.unit} <= same for same in (*_SAME, {span.unit})):
        return None
    # Both per_canonical are powers of ten or equal here; rounding keeps 400 nmol/L at 0.40 µmol/L.
    number = round(number * unit(analyte, span.unit).per_canonical / entered.per_canonical, 9)
    if span.low is not None and number < span.low:
        return "below"
    return "above" if span.high is not None and number > span.high else "within"


def _folded(name: str) -> str:
    text = name.strip().lower().replace("\u03bc", "\u00b5").replace(" ", "")
    return f"\u00b5{text[1:]}" if text.startswith(("umol", "ug")) else text


def _is_for_age(span: ReferenceRange, age: float) -> bool:
    return (span.age_from_years is None or age >= span.age_from_years) and (
        span.age_below_years is None or age < span.age_below_years
    )


@cache
def _units() -> dict[str, tuple[Unit, ...]]:
    cells = csv_rows("biomarker_units.csv")
    return {a: tuple(_unit(row) for row in cells if row["analyte"] == a) for a in ANALYTES}


def _unit(row: dict[str, str]) -> Unit:
    per_canonical = float(row["per_canonical"])
    return Unit(
        analyte=row["analyte"],
        name=row["unit"],
        per_canonical=per_canonical,
        lowest=float(row["lowest_canonical"]) * per_canonical,
        highest=float(row["highest_canonical"]) * per_canonical,
        status=row["status"],
        source=row["source"],
    )


def _published_row(row: dict[str, str]) -> PublishedRow:
    return PublishedRow(
        table=row["table"],
        row=row["row"],
        label=row["label"],
        units=tuple(row["units"].split("|")),
        low=number_or_none(row["low"]),
        is_low_included=row["is_low_included"] == "1",
        high=number_or_none(row["high"]),
        is_high_included=row["is_high_included"] == "1",
        age_from_years=float(row["age_from_years"]),
        status=row["status"],
        source=row["source"],
        year=int(row["year"]) if row["year"] else None,
        seen_at=row["seen_at"],
    )


@cache
def _ranges() -> tuple[tuple[str, ReferenceRange], ...]:
    return tuple((row["analyte"], _range(row)) for row in csv_rows("reference_ranges.csv"))


def _range(row: dict[str, str]) -> ReferenceRange:
    return ReferenceRange(
        key=row["key"],
        population=row["population"],
        unit=row["unit"],
        low=number_or_none(row["low"]),
        high=number_or_none(row["high"]),
        age_from_years=number_or_none(row["age_from_years"]),
        age_below_years=number_or_none(row["age_below_years"]),
        status=row["status"],
        source=row["source"],
        seen_at=row["seen_at"],
    )
