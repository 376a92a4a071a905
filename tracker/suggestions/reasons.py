"""What a person's profile means for what food can do, in the reviewed words of the core."""

from dataclasses import dataclass
from functools import cache

from tracker.profiles.standing import Standing
from tracker.science.risk_profile import (
    FactorInfo,
    Mechanism,
    RiskFactor,
    Statement,
    clinician_statement,
    factor_info,
    factor_infos,
)

STATEMENT_ON_ADDED_B12 = {
    RiskFactor.AGE_OVER_50: "age_over_50.advice.fortified",
    RiskFactor.PPI: "ppi.advice.crystalline",
    RiskFactor.H2_BLOCKER: "h2_blocker.evidence.salom",
    RiskFactor.ATROPHIC_GASTRITIS: "atrophic_gastritis.advice.crystalline",
}
"""Which sentence on each factor says that added B12 is absorbed as before."""


@dataclass(frozen=True, slots=True)
class Reason:
    """What a factor does, and a sentence on it with its source."""

    name: str
    effect: str
    statement: Statement | None = None


@dataclass(frozen=True, slots=True)
class Reasons:
    """What shapes the list: where food cannot do it, who to ask, why added B12 leads."""

    food_cannot: tuple[Reason, ...] = ()
    ask: Statement | None = None
    added_first: tuple[Reason, ...] = ()


def reasons_for(standing: Standing) -> Reasons:
    infos = _infos(standing)
    return Reasons(
        food_cannot=_food_cannot(standing, infos),
        ask=clinician_statement() if any(info.talk_to_clinician for info in infos) else None,
        added_first=tuple(_added_first(i) for i in infos if i.factor in food_bound_factors()),
    )


def _food_cannot(standing: Standing, infos: list[FactorInfo]) -> tuple[Reason, ...]:
    """Return what stands between food and the body; empty where food can do it."""
    if standing.factors.if_route > 0:
        infos = [info for info in infos if info.food_cannot_do_it]
    else:
        infos = [info for info in infos if info.food_cannot_do_it or info.if_route == 0]
    return tuple(Reason(info.name, info.effect) for info in infos)


def _added_first(info: FactorInfo) -> Reason:
    wanted = STATEMENT_ON_ADDED_B12.get(info.factor)
    said = (s for s in (*info.advice, *info.evidence) if s.key == wanted)
    return Reason(info.name, info.effect, next(said, None))


@cache
def food_bound_factors() -> frozenset[RiskFactor]:
    """Return the factors that keep B12 from leaving food, and so put added B12 first."""
    infos = factor_infos()
    return frozenset(info.factor for info in infos if Mechanism.FOOD_BOUND in info.acts_on)


def is_fortified_first(standing: Standing) -> bool:
    return not standing.risk_factors.isdisjoint(food_bound_factors())


def _infos(standing: Standing) -> list[FactorInfo]:
    """Return what is known of each factor of a person, in the variant that holds for them."""
    lengths = [c.resected_ileum_cm for c in standing.conditions if c.resected_ileum_cm is not None]
    doses = [c.ppi_dose for c in standing.conditions if c.ppi_dose]
    return [
        factor_info(
            factor,
            ppi_dose=max(doses, key=("standard", "double").index, default="standard"),
            resected_ileum_cm=max(lengths, default=None),
        )
        for factor in RiskFactor
        if factor in standing.risk_factors
    ]
