"""What held for a person on a day: target, factors, diet. Joins profile rows to science."""

from dataclasses import dataclass
from datetime import date

from tracker.profiles.models import Basis, Condition, DietPattern, LifeStage, Profile
from tracker.science import reference_intakes, risk_profile
from tracker.science.absorption import AbsorptionFactors
from tracker.science.reference_intakes import ReferenceIntake
from tracker.science.risk_profile import RiskFactor

ASSUMED_ADULT_AGE = 30


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
    """What the body would have to take up a day; from the reference, never from the own target."""
    requirement_ug: float | None
    """Average absorbed requirement; None where the authority gives only an AI."""

    @property
    def target_ug(self) -> float:
        return self.own_target_ug or self.reference.intake_ug


def standing_on(profile: Profile, day: date) -> Standing:
    """Return what held on a day. No query when bases and conditions are prefetched."""
    basis = basis_on(profile, day)
    conditions = tuple(c for c in profile.conditions.all() if c.holds_on(day))
    age = None if profile.birth_year is None else max(0, day.year - profile.birth_year)
    factors = absorption_factors(conditions)
    reference = reference_for(basis, age)
    return Standing(
        reference=reference,
        own_target_ug=basis.own_target_ug,
        factors=factors,
        risk_factors=risk_factors(conditions, basis, age),
        conditions=conditions,
        diet=basis.diet,
        age_years=age,
        absorbed_target_ug=reference_intakes.absorbed_target_ug(reference, factors),
        requirement_ug=reference_intakes.absorbed_requirement_ug(reference, factors),
    )


def basis_on(profile: Profile, day: date) -> Basis:
    """Return the basis in force: the last one begun by that day, else the first there is."""
    bases = list(profile.bases.all())
    begun = [basis for basis in bases if basis.valid_from <= day]
    return begun[-1] if begun else bases[0]


def reference_for(basis: Basis, age_years: int | None) -> ReferenceIntake:
    return reference_intakes.reference_intake(
        basis.authority,
        ASSUMED_ADULT_AGE if age_years is None else age_years,
        pregnant=basis.life_stage == LifeStage.PREGNANT,
        lactating=basis.life_stage == LifeStage.LACTATING,
    )


def absorption_factors(conditions: tuple[Condition, ...]) -> AbsorptionFactors:
    ppi = next((c.ppi_dose for c in conditions if c.factor == RiskFactor.PPI.value), "")
    ileum = next((c.resected_ileum_cm for c in conditions if c.resected_ileum_cm), None)
    return risk_profile.absorption_factors(
        [RiskFactor(c.factor) for c in conditions],
        ppi_dose=ppi or "standard",
        resected_ileum_cm=ileum,
    )


def risk_factors(
    conditions: tuple[Condition, ...], basis: Basis, age_years: int | None
) -> frozenset[RiskFactor]:
    """Return ticked conditions together with what diet, age and life stage add."""
    found = {RiskFactor(c.factor) for c in conditions}
    if basis.diet == DietPattern.VEGAN:
        found.add(RiskFactor.VEGAN_DIET)
    if basis.diet == DietPattern.VEGETARIAN:
        found.add(RiskFactor.VEGETARIAN_DIET)
    if basis.life_stage == LifeStage.PREGNANT:
        found.add(RiskFactor.PREGNANCY)
    if basis.life_stage == LifeStage.LACTATING:
        found.add(RiskFactor.LACTATION)
    if age_years is not None and age_years > 50:
        found.add(RiskFactor.AGE_OVER_50)
    return frozenset(found)
