"""Which of the core's factors a person can tick, in which order and under which heading."""

from django.utils.translation import gettext_lazy as _

from tracker.science.risk_profile import RiskFactor, factor_infos

FOLLOWING = frozenset(
    {
        RiskFactor.VEGAN_DIET,
        RiskFactor.VEGETARIAN_DIET,
        RiskFactor.AGE_OVER_50,
        RiskFactor.PREGNANCY,
        RiskFactor.LACTATION,
    }
)
"""Not asked for: they follow from the diet, the year of birth and the life stage."""

TITLES = {
    "medicine": _("Medicines"),
    "stomach": _("Stomach"),
    "surgery": _("Operations on stomach or bowel"),
    "bowel": _("Bowel and digestion"),
    "other": _("Alcohol, laughing gas, family and other conditions"),
}
# Groups of the core without a heading here.
JOINED = {"diet": "other", "age": "other", "life_stage": "other"}

USUAL_FIRST = {factor: place for place, factor in enumerate(("metformin", "ppi", "h2_blocker"))}


def _groups() -> list[tuple[object, tuple[RiskFactor, ...]]]:
    found: dict[str, list[RiskFactor]] = {name: [] for name in TITLES}
    for info in factor_infos():
        if info.factor not in FOLLOWING:
            found[JOINED.get(info.group, info.group)].append(info.factor)
    for factors in found.values():
        factors.sort(key=lambda factor: USUAL_FIRST.get(factor.value, len(USUAL_FIRST)))
    return [(title, tuple(found[name])) for name, title in TITLES.items()]


GROUPS = _groups()
TICKABLE = tuple(factor for _title, factors in GROUPS for factor in factors)
