"""The tables of the methods page, built from the modules that make the estimates."""

from dataclasses import dataclass
from math import expm1
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tracker.learn.words import MARKS, MECHANISMS, NO_MARK
from tracker.numbers.amounts import two_digits
from tracker.science.absorption import HEALTHY, B12Split, absorbed_fraction
from tracker.science.constants import CONSTANTS, Constant
from tracker.science.figures import DosePoint, dose_points, rms_log_error
from tracker.science.reference_intakes import (
    Authority,
    ReferenceIntake,
    authorities,
    reference_rows,
)
from tracker.science.risk_profile import FactorInfo, RiskFactor, Statement, factor_info

VARIANTS: dict[RiskFactor, tuple[tuple[str | Promise, dict[str, Any]], ...]] = {
    RiskFactor.PPI: (
        (_("standard dose"), {"ppi_dose": "standard"}),
        (_("double dose"), {"ppi_dose": "double"}),
    ),
    RiskFactor.ILEAL_RESECTION: (
        (_("under 20 cm"), {"resected_ileum_cm": 10.0}),
        (_("20 to 60 cm"), {"resected_ileum_cm": 40.0}),
        (_("over 60 cm"), {"resected_ileum_cm": 80.0}),
    ),
}


@dataclass(frozen=True)
class PointRow:
    """One published value and the model's value for it."""

    point: DosePoint
    source: str
    mark: str | Promise

    @property
    def difference_percent(self) -> str:
        """The difference of the model in whole percent, signed, with a real minus sign."""
        return f"{self.point.residual_percent:+.0f}".replace("-", "\u2212")


@dataclass(frozen=True)
class ConstantRow:
    """One constant; numbers are text, to keep the digits of their source."""

    constant: Constant
    name: str
    value: str
    span: str
    unit: str
    mark: str | Promise


@dataclass(frozen=True)
class EvidenceRow:
    statement: Statement
    text: str
    mark: str | Promise


@dataclass(frozen=True)
class FactorRow:
    """One factor, or one variant of it, with what it changes in the model."""

    info: FactorInfo
    name: str
    acts_on: str
    effect: str
    food_release: str
    if_route: str
    loss_percent: str
    mark: str | Promise
    evidence: tuple[EvidenceRow, ...]
    changes_model: bool


@dataclass(frozen=True)
class IntakeRow:
    row: ReferenceIntake
    life_stage: str
    mark: str | Promise
    ear_mark: str | Promise


@dataclass(frozen=True)
class AuthorityTable:
    authority: Authority
    name: str
    region: str
    value_label: str
    rows: tuple[IntakeRow, ...]

    @property
    def has_ear(self) -> bool:
        return any(row.row.ear_ug is not None for row in self.rows)


def point_rows() -> list[PointRow]:
    return [PointRow(p, p.source, MARKS[p.status]) for p in dose_points()]


def rms_percent() -> int:
    """Return the typical deviation of the model from the fitted points. [%]"""
    return round(100 * expm1(rms_log_error(p for p in dose_points() if p.is_fitted)))


def share_texts() -> list[str]:
    """Return the absorbed share of 1, 10 and 1000 µg of free B12 in one sitting. [%]"""
    return [
        two_digits(100 * absorbed_fraction(B12Split(free_ug=dose))) for dose in (1.0, 10.0, 1000.0)
    ]


def constant_rows() -> list[ConstantRow]:
    return [
        ConstantRow(
            constant=constant,
            name=gettext(constant.name),
            value=f"{constant.value:g}",
            span="" if constant.low is None else f"{constant.low:g} – {constant.high:g}",
            unit="" if constant.unit == "1" else constant.unit,
            mark=MARKS[constant.mark],
        )
        for constant in CONSTANTS
    ]


def factor_rows() -> list[FactorRow]:
    """Return every factor, with one row for each variant."""
    return [
        _factor_row(factor_info(factor, **choice), variant)
        for factor in RiskFactor
        for variant, choice in VARIANTS.get(factor, (("", {}),))
    ]


def authority_tables() -> list[AuthorityTable]:
    return [
        AuthorityTable(
            authority=authority,
            name=gettext(authority.name),
            region=gettext(authority.region),
            value_label=gettext(authority.value_label),
            rows=tuple(_intake_row(row) for row in reference_rows(authority.code)),
        )
        for authority in authorities()
    ]


def _factor_row(info: FactorInfo, variant: str | Promise) -> FactorRow:
    changed = (info.food_release, info.if_route, info.loss_per_day, info.extra_need_ug)
    return FactorRow(
        info=info,
        name=f"{gettext(info.name)}: {variant}" if variant else gettext(info.name),
        acts_on=", ".join(str(MECHANISMS[kind]) for kind in info.acts_on),
        effect=gettext(info.effect),
        food_release=f"{info.food_release:.2f}",
        if_route=f"{info.if_route:.2f}",
        loss_percent=f"{info.loss_per_day * 100:.2f}",
        mark=MARKS.get(info.factor_mark, NO_MARK),
        evidence=tuple(EvidenceRow(e, gettext(e.text), MARKS[e.mark]) for e in info.evidence),
        changes_model=changed != (1.0, 1.0, HEALTHY.loss_per_day, 0.0),
    )


def _intake_row(row: ReferenceIntake) -> IntakeRow:
    return IntakeRow(
        row=row,
        life_stage=gettext(row.life_stage),
        mark=MARKS[row.status],
        ear_mark=MARKS[row.ear_status] if row.ear_status else "",
    )
