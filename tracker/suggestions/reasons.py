"""How a profile limits what food can do, in the reviewed wording of the core."""

from dataclasses import dataclass
from functools import cache

from tracker.profiles import urgent
from tracker.profiles.explaining import Cited, factor_infos, mark_text
from tracker.profiles.standing import Standing
from tracker.profiles.texts import translated
from tracker.science import risk_profile
from tracker.science.risk_profile import FactorInfo, Mechanism, RiskFactor, Statement

ON_ADDED_B12 = {
    RiskFactor.AGE_OVER_50: ("age_over_50.evidence.share", "age_over_50.advice.fortified"),
    RiskFactor.PPI: ("ppi.advice.crystalline",),
    RiskFactor.H2_BLOCKER: ("h2_blocker.evidence.salom",),
    RiskFactor.ATROPHIC_GASTRITIS: ("atrophic_gastritis.advice.crystalline",),
}
"""For each factor, the sentences saying that added B12 is absorbed as before."""
SAID_BY_SENTENCES = (RiskFactor.AGE_OVER_50,)
"""Factors whose effect text mentions numbers that are not on this page."""


@dataclass(frozen=True, slots=True)
class Reason:
    """What a factor does, and sentences about it with their sources."""

    name: str
    effect: str
    cited: tuple[Cited, ...] = ()


@dataclass(frozen=True, slots=True)
class Reasons:
    """What shapes the list: where food cannot help, who to ask, why added B12 comes first."""

    urgent: Cited | None = None
    food_cannot: tuple[Reason, ...] = ()
    ask: Cited | None = None
    added_first: tuple[Reason, ...] = ()


def reasons_for(standing: Standing) -> Reasons:
    infos = factor_infos(standing)
    calls_for_clinician = any(info.talk_to_clinician for info in infos)
    return Reasons(
        urgent=_urgent(standing),
        food_cannot=_food_cannot(standing, infos),
        ask=_cited(risk_profile.clinician_statement()) if calls_for_clinician else None,
        added_first=tuple(_added_first(i) for i in infos if i.factor in food_bound_factors()),
    )


def _urgent(standing: Standing) -> Cited | None:
    """Return the line that must come before amounts: with nitrous oxide no amount reassures."""
    if RiskFactor.NITROUS_OXIDE not in standing.risk_factors:
        return None
    line = urgent.NITROUS_OXIDE
    return Cited(str(line.text), line.source, line.address, mark_text(line.mark))


def _food_cannot(standing: Standing, infos: list[FactorInfo]) -> tuple[Reason, ...]:
    """Return why food cannot help; empty if it can."""
    is_route_gone = standing.factors.if_route == 0
    return tuple(
        Reason(translated(info.name), translated(info.effect))
        for info in infos
        if info.food_cannot_do_it or (is_route_gone and info.if_route == 0)
    )


def _added_first(info: FactorInfo) -> Reason:
    wanted = ON_ADDED_B12.get(info.factor, ())
    cited = tuple(_cited(s) for s in (*info.evidence, *info.advice) if s.key in wanted)
    effect = "" if info.factor in SAID_BY_SENTENCES else translated(info.effect)
    return Reason(translated(info.name), effect, cited)


def _cited(said: Statement) -> Cited:
    return Cited(translated(said.text), said.source, said.address, mark_text(said.mark))


@cache
def food_bound_factors() -> frozenset[RiskFactor]:
    """Return the factors that keep B12 from leaving food, so that added B12 comes first."""
    infos = risk_profile.factor_infos()
    return frozenset(info.factor for info in infos if Mechanism.FOOD_BOUND in info.acts_on)


def is_fortified_first(standing: Standing) -> bool:
    return not standing.risk_factors.isdisjoint(food_bound_factors())
