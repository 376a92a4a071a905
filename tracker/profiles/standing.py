"""What held for a person on a day: target, factors, diet. Joins profile rows to science."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from tracker.memo.store import ANSWERS, memo
from tracker.profiles.models import Basis, Condition, DietPattern, LifeStage, Profile
from tracker.science import reference_intakes, risk_profile
from tracker.science.absorption import AbsorptionFactors
from tracker.science.reference_intakes import NoReferenceIntakeError, ReferenceIntake
from tracker.science.risk_profile import RiskFactor

ASSUMED_ADULT_AGE = 30
ONE_DAY = timedelta(days=1)
OLDEST_AGE = int(reference_intakes.OLDEST_AGE_YEARS)
COMPLETE_AUTHORITY = "iom"
"""Has a value for every age; used if another authority has none."""


@dataclass(frozen=True)
class Standing:
    """Everything that a person's numbers on one day are compared with."""

    reference: ReferenceIntake
    own_target_ug: float | None
    factors: AbsorptionFactors
    risk_factors: frozenset[RiskFactor]
    conditions: tuple[Condition, ...]
    diet: str
    age_years: int | None
    absorbed_target_ug: float
    """The daily amount to absorb; from the reference, never from the person's own target."""
    requirement_ug: float | None
    """Average absorbed requirement; None if the authority gives only an AI."""

    @property
    def target_ug(self) -> float:
        return self.own_target_ug or self.reference.intake_ug


@dataclass(frozen=True)
class AnswerHistory:
    """All answers of a person, ordered by day. Shared, so it must not be changed."""

    bases: tuple[Basis, ...]
    conditions: tuple[Condition, ...]

    def basis_on(self, day: date) -> Basis:
        """Return the basis in force: the last one begun by that day, else the first."""
        begun = [basis for basis in self.bases if basis.valid_from <= day]
        return begun[-1] if begun else self.bases[0]

    def answers_on(self, day: date) -> object:
        """Return the part of the basis that matters for a day, for comparison."""
        basis = self.basis_on(day)
        return basis.diet, basis.life_stage, basis.authority, basis.own_target_ug

    def ticks_on(self, day: date) -> object:
        """Return the ticked conditions that hold on a day, for comparison."""
        held = (c for c in self.conditions if c.holds_on(day))
        return {(c.factor, c.ppi_dose, c.resected_ileum_cm) for c in held}

    def turns(self) -> set[date]:
        """Return each day on which something may begin or cease to hold."""
        ends = (c.until + ONE_DAY for c in self.conditions if c.until is not None)
        begins = (c.since for c in self.conditions if c.since is not None)
        return {basis.valid_from for basis in self.bases}.union(ends, begins)


def first_day_changed(
    before: AnswerHistory, after: AnswerHistory, said: Callable[[AnswerHistory, date], object]
) -> date | None:
    """Return the first day on which the answers differ; ``date.min`` means on all days."""
    for day in sorted({date.min} | before.turns() | after.turns()):
        if said(before, day) != said(after, day):
            return day
    return None


def standing_on(profile: Profile, day: date) -> Standing:
    """Return what held on a day. No query until the answers change."""
    return standings(profile)(day)


def standings(profile: Profile) -> Callable[[date], Standing]:
    """Return a function that gives the standing of any day. It reads the answers once."""
    return partial(_standing_on, answers_of(profile), profile.birth_year)


def _standing_on(answers: AnswerHistory, birth_year: int | None, day: date) -> Standing:
    basis, age = answers.basis_on(day), age_on(birth_year, day)
    conditions = tuple(c for c in answers.conditions if c.holds_on(day))
    # Most days of a page share one result, which is cached with its basis.
    known: dict[tuple[int | None, ...], Standing] = basis.__dict__.setdefault("_standings", {})
    key = (age, *map(id, conditions))
    if key not in known:
        known[key] = standing_from(basis, conditions, age)
    return known[key]


def answers_of(profile: Profile) -> AnswerHistory:
    """Return a profile's bases and conditions. Two queries, then none until they change."""
    return memo(profile, ANSWERS, "held", lambda: _read_answers(profile))


def _read_answers(profile: Profile) -> AnswerHistory:
    return AnswerHistory(tuple(profile.bases.all()), tuple(profile.conditions.all()))


def standing_from(
    basis: Basis, conditions: tuple[Condition, ...], age_years: int | None
) -> Standing:
    """Return what follows from a basis and conditions, whether stored or only entered."""
    factors = absorption_factors(conditions)
    reference = reference_for(basis, age_years)
    return Standing(
        reference=reference,
        own_target_ug=basis.own_target_ug,
        factors=factors,
        risk_factors=risk_factors(conditions, basis, age_years),
        conditions=conditions,
        diet=basis.diet,
        age_years=age_years,
        absorbed_target_ug=reference_intakes.absorbed_target_ug(reference, factors),
        requirement_ug=reference_intakes.absorbed_requirement_ug(reference, factors),
    )


def age_on(birth_year: int | None, day: date) -> int | None:
    """Return the age reached in the year of a day; only the year of birth is known."""
    return None if birth_year is None else min(max(0, day.year - birth_year), OLDEST_AGE)


def basis_on(profile: Profile, day: date) -> Basis:
    return answers_of(profile).basis_on(day)


def reference_for(basis: Basis, age_years: int | None) -> ReferenceIntake:
    """Return the row to compare with, even if the answers do not fit the age on that day.

    The form refuses a pregnancy at 5 and an infant with EFSA, but a diary can be opened at any day.
    In such cases the row for the age alone, or that of an authority that has one, is used.
    """
    age = ASSUMED_ADULT_AGE if age_years is None else age_years
    is_pregnant = basis.life_stage == LifeStage.PREGNANT
    is_lactating = basis.life_stage == LifeStage.LACTATING
    low, high = reference_intakes.PREGNANCY_AGES_YEARS
    if not low <= age < high:
        is_pregnant = is_lactating = False
    for authority in (basis.authority, COMPLETE_AUTHORITY):
        try:
            return reference_intakes.reference_intake(
                authority, age, pregnant=is_pregnant, lactating=is_lactating
            )
        except NoReferenceIntakeError:
            continue
    raise AssertionError(f"{COMPLETE_AUTHORITY} states an intake for every age, not for {age}")


def absorption_factors(conditions: Sequence[Condition]) -> AbsorptionFactors:
    ppi = next((c.ppi_dose for c in conditions if c.factor == RiskFactor.PPI.value), "")
    return risk_profile.absorption_factors(
        [RiskFactor(c.factor) for c in conditions],
        ppi_dose=ppi or "standard",
        resected_ileum_cm=resected_ileum_cm(conditions),
    )


def resected_ileum_cm(conditions: Sequence[Condition]) -> int | None:
    return next((c.resected_ileum_cm for c in conditions if c.resected_ileum_cm), None)


def risk_factors(
    conditions: Sequence[Condition], basis: Basis, age_years: int | None
) -> frozenset[RiskFactor]:
    """Return the ticked conditions and the factors that follow from diet, age and life stage."""
    found = {RiskFactor(c.factor) for c in conditions}
    if basis.diet == DietPattern.VEGAN:
        found.add(RiskFactor.VEGAN_DIET)
    if basis.diet == DietPattern.VEGETARIAN:
        found.add(RiskFactor.VEGETARIAN_DIET)
    if basis.life_stage == LifeStage.PREGNANT:
        found.add(RiskFactor.PREGNANCY)
    if basis.life_stage == LifeStage.LACTATING:
        found.add(RiskFactor.LACTATION)
    if age_years is not None and age_years >= risk_profile.OVER_50_AGE_YEARS:
        found.add(RiskFactor.AGE_OVER_50)
    return frozenset(found)
