"""When amounts eaten cannot show whether intake is enough, nothing is compared."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from tracker.profiles.standing import Standing
from tracker.science.absorption import HEALTHY
from tracker.science.risk_profile import RiskFactor, factor_info


@dataclass(frozen=True)
class Certainty:
    """How certain the mean of a period is: a key for tests and styles, and its wording."""

    key: str
    words: str
    detail: str = ""
    is_for_clinician: bool = False


def withheld(standing: Standing, injections: int = 0, *, when: str = "") -> Certainty | None:
    """Return why the comparison is withheld, or None. ``when`` names the injection days."""
    if RiskFactor.NITROUS_OXIDE in standing.risk_factors:
        words = _(
            "Nitrous oxide can make the body's B12 stop working whatever is eaten, so no "
            "comparison is made here. A health professional can advise."
        )
        return Certainty("withheld_nitrous_oxide", words, is_for_clinician=True)
    if any(_needs_another_way(factor) for factor in standing.risk_factors) or (
        standing.factors.if_route == 0
    ):
        words = _(
            "With the answers in your profile, what you eat cannot show whether it is enough, so "
            "no comparison is made here. The health professional who knows you can tell you what "
            "to go by."
        )
        return Certainty("withheld_food_cannot_do_it", words, is_for_clinician=True)
    if injections:
        words = _(
            "An injection bypasses the gut and lasts for weeks, so the food of %(days)s is not "
            "compared with anything here."
        ) % {"days": when or _("these days")}
        return Certainty("withheld_injection", words)
    return None


def _needs_another_way(factor: RiskFactor) -> bool:
    return factor_info(factor).food_cannot_do_it


def ai_applies(standing: Standing) -> bool:
    """An AI applies to people who absorb B12 normally."""
    return standing.factors.food_release >= HEALTHY.food_release and standing.factors.if_route >= 1
