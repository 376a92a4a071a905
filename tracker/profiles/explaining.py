"""What a profile changes and why: joins a standing to the core's reviewed texts."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.profiles import urgent
from tracker.profiles.models import Condition
from tracker.profiles.partial_dates import say_partial_date
from tracker.profiles.standing import Standing, resected_ileum_cm
from tracker.profiles.texts import translated
from tracker.science import reference_intakes, risk_profile
from tracker.science.absorption import HEALTHY, B12Split, absorbed_ug
from tracker.science.risk_profile import Advice, FactorInfo, RiskFactor, Statement

MARKS = {
    "verified": gettext_lazy("verified: read in the source"),
    "second-hand": gettext_lazy(
        "second-hand: read in another publication that restates the source"
    ),
    "unconfirmed": gettext_lazy("unconfirmed: written from memory, not yet checked"),
    "derived": gettext_lazy("worked out from the source"),
    "assumption": gettext_lazy("an assumption of this project"),
}
EXAMPLES = (
    (gettext_lazy("2 µg in meat, fish or milk"), B12Split(food_ug=2.0)),
    (gettext_lazy("2 µg added to a fortified food"), B12Split(free_ug=2.0)),
    (gettext_lazy("a tablet of 100 µg, without food"), B12Split(free_ug=100.0)),
)


@dataclass(frozen=True)
class Cited:
    """A sentence with its source and how well that was checked."""

    text: str
    source: str
    address: str
    mark: str


@dataclass(frozen=True)
class ReferenceText:
    """The published row with which days are compared."""

    intake_ug: float
    label: str
    life_stage: str
    authority: str
    source: str
    address: str
    year: int
    mark: str
    note: str
    own_target_ug: float | None
    is_age_assumed: bool
    is_other_authority: bool


@dataclass(frozen=True)
class AbsorbedExample:
    """What is likely to be absorbed from one portion: by most people and with this profile. [µg]"""

    label: str
    usual_ug: float
    yours_ug: float
    low_acid_ug: float | None
    """If the person is among the 10-30 % of people over 50 who have little stomach acid."""


@dataclass(frozen=True)
class FactorText:
    """One factor: what it does, what was measured, what guidelines say."""

    key: str
    name: str
    about: str
    """Dose, length and date, as far as the person gave them."""
    effect: str
    mark: str
    evidence: tuple[Cited, ...]
    advice: tuple[Cited, ...]


@dataclass(frozen=True)
class Explanation:
    """Everything that the page says about a profile, urgent lines first."""

    urgent: tuple[Cited, ...]
    food_cannot_do_it: tuple[FactorText, ...]
    clinician: Cited | None
    reference: ReferenceText
    absorption_changes: bool
    examples: tuple[AbsorbedExample, ...]
    factors: tuple[FactorText, ...]


def explain(standing: Standing, authority: str = "") -> Explanation:
    """Return what a standing means; ``authority`` is the one that the person chose."""
    infos = factor_infos(standing)
    talks = any(info.talk_to_clinician for info in infos)
    return Explanation(
        urgent=tuple(_urgent(line) for line in urgent.lines_for(standing.risk_factors, talks)),
        food_cannot_do_it=tuple(
            _factor(info, standing) for info in infos if info.food_cannot_do_it
        ),
        clinician=_cited(risk_profile.clinician_statement()) if talks else None,
        reference=_reference(standing, authority),
        absorption_changes=standing.factors != HEALTHY,
        examples=tuple(_example(str(label), dose, standing) for label, dose in EXAMPLES),
        factors=tuple(_factor(info, standing) for info in infos if not info.food_cannot_do_it),
    )


def factor_infos(standing: Standing) -> list[FactorInfo]:
    """Return the core's entry for each factor, in the variant for dose or length."""
    conditions = {condition.factor: condition for condition in standing.conditions}
    return [
        _info(factor, conditions.get(factor.value))
        for factor in RiskFactor
        if factor in standing.risk_factors
    ]


def _info(factor: RiskFactor, condition: Condition | None) -> FactorInfo:
    if condition is None:
        return risk_profile.factor_info(factor)
    return risk_profile.factor_info(
        factor,
        ppi_dose=condition.ppi_dose or "standard",
        resected_ileum_cm=condition.resected_ileum_cm,
    )


def _factor(info: FactorInfo, standing: Standing) -> FactorText:
    advice = risk_profile.advice(
        [info.factor], None, resected_ileum_cm=resected_ileum_cm(standing.conditions)
    )
    clinician = risk_profile.clinician_statement().key
    return FactorText(
        key=info.factor.value,
        name=translated(info.name),
        about=", ".join(_details(info.factor, standing)),
        effect=translated(info.effect),
        mark=mark_text(info.factor_mark),
        evidence=tuple(map(_cited, info.evidence)),
        advice=tuple(_cited(item) for item in advice if item.key != clinician),
    )


def _details(factor: RiskFactor, standing: Standing) -> Iterator[str]:
    condition = next((c for c in standing.conditions if c.factor == factor), None)
    if condition is None:
        return
    if condition.ppi_dose:
        yield str(condition.get_ppi_dose_display())
    if condition.resected_ileum_cm:
        yield f"{condition.resected_ileum_cm}\u00a0cm"
    if condition.since:
        yield _("since %(date)s") % {"date": say_partial_date(condition.since)}


def _cited(statement: Statement | Advice) -> Cited:
    return Cited(
        translated(statement.text),
        statement.source,
        statement.address,
        mark_text(statement.mark),
    )


def _urgent(line: urgent.Urgent) -> Cited:
    return Cited(str(line.text), line.source, line.address, mark_text(line.mark))


def mark_text(mark: str) -> str:
    """Return a mark of the core in words; empty for "none" (without a number)."""
    return str(MARKS.get(mark, ""))


def _reference(standing: Standing, authority: str) -> ReferenceText:
    row = standing.reference
    body = next(
        a
        for a in reference_intakes.authorities(is_superseded_included=True)
        if a.code == row.authority
    )
    return ReferenceText(
        intake_ug=row.intake_ug,
        label=translated(row.label),
        life_stage=translated(row.life_stage),
        authority=translated(body.name),
        source=row.source,
        address=row.seen_at,
        year=row.year,
        mark=mark_text(row.status),
        note=translated(row.note),
        own_target_ug=standing.own_target_ug,
        is_age_assumed=standing.age_years is None,
        is_other_authority=bool(authority) and authority != row.authority,
    )


def _example(label: str, dose: B12Split, standing: Standing) -> AbsorbedExample:
    is_over_50 = RiskFactor.AGE_OVER_50 in standing.risk_factors
    low_acid = risk_profile.over_50_scenario(standing.factors)
    shows_low_acid = is_over_50 and low_acid != standing.factors
    return AbsorbedExample(
        label=str(label),
        usual_ug=absorbed_ug(dose, HEALTHY),
        yours_ug=absorbed_ug(dose, standing.factors),
        low_acid_ug=absorbed_ug(dose, low_acid) if shows_low_acid else None,
    )
