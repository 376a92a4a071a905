"""Reference intakes of the authorities: EAR, RDA and AI by life stage, kept apart.

The rows are in ``data/reference_intakes.csv`` and ``data/authorities.csv`` with the status of
each number. An authority with only an AI never yields a probability: ``ear_ug`` is ``None``.
"""

from dataclasses import dataclass, replace
from functools import cache
from typing import Final, Literal

from tracker.science import constants
from tracker.science._checks import require_number
from tracker.science._tables import csv_rows, number_or_none
from tracker.science.absorption import HEALTHY, AbsorptionFactors

OLDEST_AGE_YEARS: Final = 120.0
PREGNANCY_AGES_YEARS: Final = 10.0, 61.0
DIETARY_ABSORPTION: Final = constants.DIETARY_ABSORPTION.value
_IOM_LIKE: Final = frozenset({"iom", "nhmrc", "who"})


class NoReferenceIntakeError(LookupError):
    """The authority states no value for this life stage (EFSA and NNR under 7 months, ...)."""


@dataclass(frozen=True, slots=True)
class Authority:
    """One body that publishes reference intakes; ``kind`` is ``"ear_rda"`` or ``"ai"``."""

    code: str
    name: str
    region: str
    year: int
    kind: str
    value_label: str
    superseded_by: str
    source: str
    seen_at: str


@dataclass(frozen=True, slots=True)
class ReferenceIntake:
    """One row of a table; ``intake_ug`` is the value to show. [µg/d]

    ``status`` is that of ``intake_ug``, ``ear_status`` that of the EAR: ``"verified"``,
    ``"second-hand"`` or ``"unconfirmed"``. ``key`` is stable and names the row for translation.
    """

    authority: str
    life_stage: str
    ear_ug: float | None
    rda_ug: float | None
    ai_ug: float | None
    intake_ug: float
    source: str
    year: int
    status: str
    key: str = ""
    label: str = ""
    ear_status: str | None = None
    seen_at: str = ""
    note: str = ""
    state: str = ""
    age_from_years: float | None = None
    age_below_years: float | None = None


def authorities(*, is_superseded_included: bool = False) -> tuple[Authority, ...]:
    """Return the authorities in the order of the table, by default only those in force.

    Raises nothing. Sources: ``data/authorities.csv``.
    """
    return tuple(
        authority
        for authority in _authorities().values()
        if is_superseded_included or not authority.superseded_by
    )


def reference_rows(authority: str) -> tuple[ReferenceIntake, ...]:
    """Return every row of one authority [µg/d], in the order of its table, each with its source.

    ``ValueError`` for an authority that is not in ``data/authorities.csv``.
    """
    if authority not in _authorities():
        raise ValueError(f"authority must be one of {sorted(_authorities())}, got {authority!r}")
    return _rows()[authority]


def reference_intake(
    authority: str,
    age_years: float,
    *,
    sex: str | None = None,
    pregnant: bool = False,
    lactating: bool = False,
) -> ReferenceIntake:
    """Return the row of an authority for one person, with its source and status. [µg/d]

    Parameters
    ----------
    authority : str
        A code of ``authorities(is_superseded_included=True)``.
    age_years : float
        From 0 to 120; fractions matter in the first year. [years]
    sex : {None, "female", "male"}
        No table for B12 differs by sex; it only serves to refuse what is impossible.
    pregnant, lactating : bool
        If both hold, the higher of the two rows is returned.

    Returns
    -------
    ReferenceIntake
        For a pregnancy outside the ages of the row, the row with ``status`` "unconfirmed".

    Raises
    ------
    ValueError
        For an unknown authority or sex, an impossible age, or an impossible pregnancy.
    NoReferenceIntakeError
        If the authority states no value for this life stage.
    """
    age = require_number("age_years", age_years, high=OLDEST_AGE_YEARS)
    rows = reference_rows(authority)
    _require_possible(age, sex, pregnant or lactating)
    states = [state for state, holds in _states(pregnant, lactating) if holds]
    if states:
        found = [_for_age(row, age) for row in rows if row.state in states]
    else:
        found = [row for row in rows if not row.state and _covers(row, age)]
    if not found:
        raise NoReferenceIntakeError(f"{authority} states no intake for the age of {age:g} years")
    return max(found, key=lambda row: row.intake_ug)


def daily_value_ug(label: str = "fda2016") -> float:
    """Return the amount that a food label calls 100 %: "fda2016", "fda1993" or "eu". [µg]

    ``ValueError`` for another label. Sources: ``data/daily_values.csv``.
    """
    values = {row["label"]: float(row["value_ug"]) for row in csv_rows("daily_values.csv")}
    if label not in values:
        raise ValueError(f"label must be one of {sorted(values)}, got {label!r}")
    return values[label]


def percent_daily_value(amount_ug: float, label: str = "fda2016") -> float:
    """Return an amount [µg, >= 0] as a percentage of a label's ``daily_value_ug``.

    ``ValueError`` for a negative amount or one that is not finite; labels and sources as there.
    """
    return 100.0 * require_number("amount_ug", amount_ug) / daily_value_ug(label)


def amount_ug_from_percent(percent: float, label: str = "fda2016") -> float:
    """Return the amount [µg] behind a percentage (>= 0) of a label's ``daily_value_ug``.

    ``ValueError`` for a negative percentage or one that is not finite; labels and sources as there.
    """
    return require_number("percent", percent) / 100.0 * daily_value_ug(label)


def absorbed_requirement_ug(
    reference: ReferenceIntake, factors: AbsorptionFactors = HEALTHY
) -> float | None:
    """Return R, the absorbed B12 that meets the average need: half the EAR plus the extra need.

    [µg/d] ``None`` without an EAR: then there is no probability. The half is the absorption that
    the IOM assumed for the diet (1998, pp. 309 and 328). Raises nothing.
    """
    if reference.ear_ug is None:
        return None
    return DIETARY_ABSORPTION * reference.ear_ug + factors.extra_need_ug


def absorbed_target_ug(reference: ReferenceIntake, factors: AbsorptionFactors = HEALTHY) -> float:
    """Return T, the absorbed B12 behind the value to show: half of it plus the extra need. [µg/d]

    ``absorbed_target_mark`` gives its basis; show the two together. The half is that of
    ``absorbed_requirement_ug`` (IOM 1998, p. 309). Raises nothing.
    """
    return DIETARY_ABSORPTION * reference.intake_ug + factors.extra_need_ug


def absorbed_target_mark(reference: ReferenceIntake) -> Literal["derived", "assumption"]:
    """Return "derived" if T is half of an RDA based on 50 % absorption, else "assumption".

    An AI comes from blood markers, not from an absorbed amount, and the UK, SCF and Japanese values
    are not based on the IOM's 50 % (1998, p. 309): halving them is this project's assumption.
    Raises nothing.
    """
    is_derived = reference.rda_ug is not None and reference.authority in _IOM_LIKE
    return "derived" if is_derived else "assumption"


def _states(pregnant: bool, lactating: bool) -> tuple[tuple[str, bool], ...]:
    return ("pregnant", pregnant), ("lactating", lactating)


def _require_possible(age: float, sex: str | None, is_mother: bool) -> None:
    if sex not in (None, "female", "male"):
        raise ValueError(f"sex must be None, 'female' or 'male', got {sex!r}")
    low, high = PREGNANCY_AGES_YEARS
    if is_mother and not low <= age < high:
        raise ValueError(f"pregnant and lactating need an age of {low:g} to 60 years, got {age:g}")
    if is_mother and sex == "male":
        raise ValueError("pregnant and lactating cannot go with sex 'male'")


def _covers(row: ReferenceIntake, age: float) -> bool:
    is_old_enough = row.age_from_years is None or age >= row.age_from_years
    return is_old_enough and (row.age_below_years is None or age < row.age_below_years)


def _for_age(row: ReferenceIntake, age: float) -> ReferenceIntake:
    if _covers(row, age):
        return row
    note = "The age is outside those of the row."
    return replace(row, status="unconfirmed", ear_status="unconfirmed", note=note)


@cache
def _authorities() -> dict[str, Authority]:
    rows = ({**row, "year": int(row["year"])} for row in csv_rows("authorities.csv"))
    return {str(row["code"]): Authority(**row) for row in rows}  # type: ignore[arg-type]


@cache
def _rows() -> dict[str, tuple[ReferenceIntake, ...]]:
    cells = csv_rows("reference_intakes.csv")
    return {
        code: tuple(_row(row, authority) for row in cells if row["authority"] == code)
        for code, authority in _authorities().items()
    }


def _row(cells: dict[str, str], authority: Authority) -> ReferenceIntake:
    rda_ug, ai_ug = number_or_none(cells["rda_ug"]), number_or_none(cells["ai_ug"])
    intake_ug = rda_ug if rda_ug is not None else ai_ug
    assert intake_ug is not None, cells
    return ReferenceIntake(
        authority=authority.code,
        life_stage=cells["life_stage"],
        ear_ug=number_or_none(cells["ear_ug"]),
        rda_ug=rda_ug,
        ai_ug=ai_ug,
        intake_ug=intake_ug,
        source=f"{authority.name}, {authority.source}",
        year=authority.year,
        status=cells["status"],
        key=cells["key"],
        label=authority.value_label if rda_ug is not None else _ai_label(authority),
        ear_status=cells["ear_status"] or None,
        seen_at=authority.seen_at,
        note=cells["note"],
        state=cells["state"],
        age_from_years=number_or_none(cells["age_from_years"]),
        age_below_years=number_or_none(cells["age_below_years"]),
    )


def _ai_label(authority: Authority) -> str:
    return authority.value_label if authority.kind == "ai" else "AI"
