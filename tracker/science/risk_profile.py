"""The published factors that a person ticked: their effects, evidence, and what guidelines say.

Numbers and sentences are in ``data/risk_factors.toml``, each with its source and mark. The
output is a list of factors and sources, never a score; odds ratios never become amounts.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from typing import Any, Final

from tracker.science import constants
from tracker.science._checks import require_number
from tracker.science._tables import toml_table
from tracker.science.absorption import HEALTHY, AbsorptionFactors

OVER_50_AGE_YEARS: Final = 51.0
OVER_50_FOOD_RELEASE: Final = 0.40
ILEUM_SHORT_CM: Final = 20.0
ILEUM_LONG_CM: Final = 60.0
OLDEST_AGE_YEARS: Final = 120.0
_TABLE: Final = "risk_factors.toml"


class RiskFactor(StrEnum):
    """Every factor that a person can tick; the value is its stable key."""

    VEGAN_DIET = "vegan_diet"
    VEGETARIAN_DIET = "vegetarian_diet"
    LOW_INTAKE = "low_intake"
    AGE_OVER_50 = "age_over_50"
    PPI = "ppi"
    H2_BLOCKER = "h2_blocker"
    METFORMIN = "metformin"
    COLCHICINE = "colchicine"
    ANTIEPILEPTICS = "antiepileptics"
    ATROPHIC_GASTRITIS = "atrophic_gastritis"
    STOMACH_PROBLEMS = "stomach_problems"
    PERNICIOUS_ANAEMIA = "pernicious_anaemia"
    TOTAL_GASTRECTOMY = "total_gastrectomy"
    DISTAL_GASTRECTOMY = "distal_gastrectomy"
    GASTRIC_BYPASS = "gastric_bypass"
    SLEEVE_GASTRECTOMY = "sleeve_gastrectomy"
    ILEAL_RESECTION = "ileal_resection"
    CROHNS_DISEASE = "crohns_disease"
    COELIAC_UNTREATED = "coeliac_untreated"
    COELIAC_GLUTEN_FREE = "coeliac_gluten_free"
    MALABSORPTION_OTHER = "malabsorption_other"
    PANCREATIC_INSUFFICIENCY = "pancreatic_insufficiency"
    RADIOTHERAPY = "radiotherapy"
    ALCOHOL_MODERATE = "alcohol_moderate"
    ALCOHOL_HEAVY = "alcohol_heavy"
    NITROUS_OXIDE = "nitrous_oxide"
    PREGNANCY = "pregnancy"
    LACTATION = "lactation"
    FAMILY_HISTORY = "family_history"
    THYROID_DISEASE = "thyroid_disease"
    TYPE_1_DIABETES = "type_1_diabetes"
    SJOGRENS_SYNDROME = "sjogrens_syndrome"


class Mechanism(StrEnum):
    """What a factor acts on."""

    INTAKE = "intake"
    FOOD_BOUND = "food_bound"
    BOTH = "both"
    LOSS_OR_NEED = "loss_or_need"
    INACTIVATES = "inactivates"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Statement:
    """One reviewed sentence with its stable key and its source; an unknown ``year`` is ``None``."""

    key: str
    text: str
    source: str
    year: int | None
    mark: str
    address: str


@dataclass(frozen=True, slots=True)
class FactorInfo:
    """Everything known about one factor. ``factor_mark`` is the basis of the four numbers."""

    factor: RiskFactor
    name: str
    group: str
    acts_on: tuple[Mechanism, ...]
    effect: str
    food_release: float
    if_route: float
    loss_per_day: float
    extra_need_ug: float
    factor_mark: str
    food_cannot_do_it: bool
    talk_to_clinician: bool
    interaction: str
    evidence: tuple[Statement, ...]
    advice: tuple[Statement, ...]

    @property
    def name_key(self) -> str:
        return f"{self.factor.value}.name"

    @property
    def effect_key(self) -> str:
        return f"{self.factor.value}.effect"


@dataclass(frozen=True, slots=True)
class Advice:
    """What a guideline says about a ticked factor; never a dose for this person."""

    factor: RiskFactor
    key: str
    text: str
    source: str
    year: int | None
    mark: str
    address: str = ""
    food_cannot_do_it: bool = False
    talk_to_clinician: bool = False


def factor_info(
    factor: RiskFactor,
    *,
    ppi_dose: str = "standard",
    resected_ileum_cm: float | None = None,
) -> FactorInfo:
    """Return a factor's entry in ``data/risk_factors.toml``, in the variant for dose or length.

    Raises
    ------
    ValueError
        For an unknown factor or ``ppi_dose``, or a length [cm] that is negative or not finite.
    """
    if ppi_dose not in ("standard", "double"):
        raise ValueError(f"ppi_dose must be 'standard' or 'double', got {ppi_dose!r}")
    variant = ""
    if factor == RiskFactor.PPI and ppi_dose == "double":
        variant = "double"
    if factor == RiskFactor.ILEAL_RESECTION and resected_ileum_cm is not None:
        variant = _ileum_variant(require_number("resected_ileum_cm", resected_ileum_cm))
    return _infos()[RiskFactor(factor), variant]


def factor_infos() -> tuple[FactorInfo, ...]:
    """Return every factor of ``data/risk_factors.toml`` in the order of the enum."""
    return tuple(factor_info(factor) for factor in RiskFactor)


def absorption_factors(
    factors: Iterable[RiskFactor],
    *,
    ppi_dose: str = "standard",
    resected_ileum_cm: float | None = None,
) -> AbsorptionFactors:
    """Return the combined effect of the ticked factors on the model.

    Shares multiply, but several acid drugs count once, as the stronger one (one acid pathway), and
    so do the two amounts of alcohol. The fastest loss and the largest extra need apply, never their
    sum. An age over 50 changes nothing here: see ``over_50_scenario``.

    Parameters
    ----------
    factors : iterable of RiskFactor
        Order and repeats do not matter.
    ppi_dose : {"standard", "double"}
        Used with ``RiskFactor.PPI`` only.
    resected_ileum_cm : float or None
        Used with ``RiskFactor.ILEAL_RESECTION`` only. [cm] ``None`` counts as 20 to 60 cm.

    Errors and sources as ``factor_info``; that factors multiply is an assumption.
    """
    infos = [
        factor_info(factor, ppi_dose=ppi_dose, resected_ileum_cm=resected_ileum_cm)
        for factor in set(map(RiskFactor, factors))
    ]
    shares: dict[str, tuple[float, float]] = {}
    for info in infos:
        pathway = info.interaction or info.factor.value
        release, route = shares.get(pathway, (1.0, 1.0))
        shares[pathway] = min(release, info.food_release), min(route, info.if_route)
    return AbsorptionFactors(
        food_release=math.prod(sorted(release for release, _ in shares.values())),
        if_route=math.prod(sorted(route for _, route in shares.values())),
        loss_per_day=max((i.loss_per_day for i in infos), default=HEALTHY.loss_per_day),
        extra_need_ug=max((i.extra_need_ug for i in infos), default=HEALTHY.extra_need_ug),
    )


def over_50_scenario(factors: AbsorptionFactors = HEALTHY) -> AbsorptionFactors:
    """Return the factors of someone among the 10-30 % of people over 50 with little stomach acid.

    Show it next to the normal result, never instead of it (IOM 1998; g as for an acid blocker).
    Raises nothing.
    """
    return replace(factors, food_release=min(factors.food_release, OVER_50_FOOD_RELEASE))


def advice(
    factors: Iterable[RiskFactor],
    age_years: float | None,
    *,
    resected_ileum_cm: float | None = None,
) -> list[Advice]:
    """Return what guidelines say about the ticked factors, the most urgent ones first.

    Factors for which food is not enough come first, then those to discuss with a clinician, then
    the rest, each in the order of the enum. ``age_years`` from 51 adds ``AGE_OVER_50``; ``None``
    is an unknown age. ``ValueError`` outside 0 to 120 [years]; other errors and sources as in
    ``factor_info``.
    """
    ticked = {RiskFactor(factor) for factor in factors}
    if age_years is not None:
        age = require_number("age_years", age_years, high=OLDEST_AGE_YEARS)
        ticked |= {RiskFactor.AGE_OVER_50} if age >= OVER_50_AGE_YEARS else set()
    infos = [factor_info(f, resected_ileum_cm=resected_ileum_cm) for f in RiskFactor if f in ticked]
    infos.sort(key=lambda info: (not info.food_cannot_do_it, not info.talk_to_clinician))
    return [item for info in infos for item in _advice(info)]


def clinician_statement() -> Statement:
    """Return the fixed sentence that sends a reader to a clinician, with its source."""
    entry = toml_table(_TABLE)["common"]["talk_to_clinician"]
    return _statement({"key": "talk_to_clinician", **entry})


def statements() -> tuple[Statement, ...]:
    """Return every sentence a reader may see, with unique keys and sources, for translation."""
    model = {"source": "model", "mark": "derived"}
    found = [clinician_statement()]
    for info in factor_infos():
        found.append(_statement({"key": info.name_key, "text": info.name, **model}))
        found.append(_statement({"key": info.effect_key, "text": info.effect, **model}))
        found.extend(info.evidence + info.advice)
    return tuple(found)


def _advice(info: FactorInfo) -> Iterable[Advice]:
    found = ((clinician_statement(),) if info.talk_to_clinician else ()) + info.advice
    for item in found:
        source = item.source, item.year, item.mark, item.address
        flags = info.food_cannot_do_it, info.talk_to_clinician
        yield Advice(info.factor, item.key, item.text, *source, *flags)


def _ileum_variant(length_cm: float) -> str:
    if length_cm < ILEUM_SHORT_CM:
        return "under_20_cm"
    return "over_60_cm" if length_cm > ILEUM_LONG_CM else ""


def _statement(entry: dict[str, Any]) -> Statement:
    source = toml_table(_TABLE)["source"][entry["source"]]
    return Statement(
        key=entry["key"],
        text=entry["text"],
        source=source["title"],
        year=source.get("year"),
        mark=entry["mark"],
        address=source["address"],
    )


@cache
def _infos() -> dict[tuple[RiskFactor, str], FactorInfo]:
    infos = {}
    for key, entry in toml_table(_TABLE)["factor"].items():
        infos[RiskFactor(key), ""] = _info(RiskFactor(key), entry)
        for variant, changes in entry.get("variant", {}).items():
            infos[RiskFactor(key), variant] = _info(RiskFactor(key), {**entry, **changes})
    return infos


def _info(factor: RiskFactor, entry: dict[str, Any]) -> FactorInfo:
    return FactorInfo(
        factor=factor,
        name=entry["name"],
        group=entry["group"],
        acts_on=tuple(Mechanism(name) for name in entry["acts_on"]),
        effect=entry["effect"],
        food_release=entry.get("food_release", 1.0),
        if_route=entry.get("if_route", 1.0),
        loss_per_day=entry.get("loss_per_day", constants.LOSS.value),
        extra_need_ug=entry.get("extra_need_ug", 0.0),
        factor_mark=entry["factor_mark"],
        food_cannot_do_it=entry.get("food_cannot_do_it", False),
        talk_to_clinician=entry.get("talk_to_clinician", False),
        interaction=entry.get("interaction", ""),
        evidence=tuple(map(_statement, entry.get("evidence", ()))),
        advice=tuple(map(_statement, entry.get("advice", ()))),
    )
