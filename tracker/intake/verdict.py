"""What complete days allow to be said, in plain words: never more than they carry."""

from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.intake.bands import Band, absorbed_band, absorbed_with_little_acid_ug
from tracker.intake.period import Period
from tracker.numbers.amounts import micrograms
from tracker.profiles.standing import Standing
from tracker.science import adequacy
from tracker.science.absorption import HEALTHY
from tracker.science.adequacy import (
    FIRST_VERDICT_DAYS,
    LARGEST_DAY_UG,
    AiComparison,
    UsualAbsorbed,
)
from tracker.science.risk_profile import RiskFactor, factor_info


@dataclass(frozen=True)
class Certainty:
    """How sure the mean of a period is: a key for tests and styles, and the words for it."""

    key: str
    words: str
    detail: str = ""
    is_for_clinician: bool = False


@dataclass(frozen=True)
class Judged:
    """A stretch of a period in which the same answers held, and what may be said of it."""

    period: Period
    certainty: Certainty


def judged(period: Period) -> tuple[Judged, ...]:
    """Judge each stretch with complete days by what held then; without any, the whole."""
    told = [stretch for stretch in stretches(period) if stretch.complete_days] or [period]
    injections = period.injection_count
    return tuple(Judged(stretch, certainty(stretch, injections=injections)) for stretch in told)


def is_comparable(period: Period) -> bool:
    """Say whether amounts eaten can be compared with a target on every day, complete or not."""
    injections = period.injection_count
    return all(withheld(day.standing, injections) is None for day in period.days)


def stretches(period: Period) -> list[Period]:
    """Return the parts of a period in each of which amounts were compared with the same."""
    parts = groupby(period.days, key=lambda day: _compared_with(day.standing))
    return [Period(tuple(days), period.today) for _same, days in parts]


def _compared_with(standing: Standing) -> tuple[object, ...]:
    """Return what a comparison rests on: neither a birthday nor another diet alone changes it."""
    reference = standing.reference
    return (
        (reference.authority, reference.intake_ug, standing.own_target_ug),
        (standing.requirement_ug, standing.absorbed_target_ug, standing.factors),
        withheld(standing),
    )


def certainty(period: Period, *, injections: int | None = None) -> Certainty:
    """Return how far the complete days carry; an authority with only an AI gets no probability.

    The same answers must have held on all of them (see ``judged``). ``injections`` counts those
    around the period that bear on it as well.
    """
    standing, days = period.standing, len(period.complete_days)
    if said := withheld(standing, period.injection_count if injections is None else injections):
        return said
    if days < FIRST_VERDICT_DAYS:
        return _not_enough(days)
    if standing.requirement_ug is None:
        return _beside_ai(standing, _ai_comparison(period))
    usual = usual_absorbed(period)
    return Certainty(usual.verdict, _verdict_words(usual), _interval(usual))


def usual_absorbed(period: Period) -> UsualAbsorbed:
    """Judge the complete days: food by its spread, supplements as a steady mean on top."""
    days = period.complete_days
    steady_ug = sum(day.absorbed_supplement_ug for day in days) / len(days) if days else 0.0
    return adequacy.usual_absorbed(
        [min(day.absorbed_food_ug, LARGEST_DAY_UG) for day in days],
        supplement_ug=min(steady_ug, LARGEST_DAY_UG),
        requirement_ug=period.standing.requirement_ug,
    )


def mean_band(period: Period) -> Band | None:
    """Return the mean absorbed with the profile's factors in full and without; None if the same."""
    bands = [absorbed_band(day) for day in period.complete_days]
    if not any(band.is_wide for band in bands):
        return None
    days = len(bands)
    return Band(sum(b.low_ug for b in bands) / days, sum(b.high_ug for b in bands) / days)


def over_50_mean_ug(period: Period) -> float | None:
    """Return the mean absorbed if the person were among those over 50 with little stomach acid.

    None where it says nothing new: no complete day, a younger person, a factor that is ticked.
    """
    days = period.complete_days
    scenario = [absorbed_with_little_acid_ug(day) for day in days]
    if all(ug is None for ug in scenario):
        return None
    amounts = (
        day.absorbed_ug if ug is None else ug for day, ug in zip(days, scenario, strict=True)
    )
    return sum(amounts) / len(days)


def withheld(standing: Standing, injections: int = 0) -> Certainty | None:
    """Where amounts eaten cannot answer the question, say so and compare with nothing."""
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
            "An injection bypasses the gut and lasts for weeks, so this week's food is not "
            "compared with anything here."
        )
        return Certainty("withheld_injection", words)
    return None


def _needs_another_way(factor: RiskFactor) -> bool:
    return factor_info(factor).food_cannot_do_it


def _not_enough(days: int) -> Certainty:
    missing = FIRST_VERDICT_DAYS - days
    words = ngettext(
        "Not enough days yet to compare: %(count)d more complete day is needed.",
        "Not enough days yet to compare: %(count)d more complete days are needed.",
        missing,
    ) % {"count": missing}
    return Certainty("not_enough_days", words)


def _verdict_words(usual: UsualAbsorbed) -> str:
    words = {
        "likely_enough": _("Likely enough: the absorbed mean is above the average requirement."),
        "too_early": _("Too early to say: a few days can mislead. Keep logging."),
        "looks_low_keep_logging": _(
            "So far the absorbed mean is below the average requirement, but a few days can "
            "mislead. Keep logging."
        ),
        "uncertain": _("Too close to say: it could be on either side of the average requirement."),
        "likely_low": _("Likely below the average requirement of the reference."),
    }
    return words[usual.verdict]


def _interval(usual: UsualAbsorbed) -> str:
    assert usual.low_ug is not None and usual.high_ug is not None
    text = _(
        "Judging by these days, the usual absorbed amount is between %(low)s and %(high)s a day "
        "in 8 of 10 cases. The average absorbed requirement is %(requirement)s."
    )
    return text % {
        "low": micrograms(usual.low_ug),
        "high": micrograms(usual.high_ug),
        "requirement": micrograms(usual.requirement_ug),
    }


def _ai_comparison(period: Period) -> AiComparison:
    swallowed = [min(day.swallowed_ug, LARGEST_DAY_UG) for day in period.complete_days]
    return adequacy.compare_with_ai(swallowed, period.standing.reference.intake_ug)


def ai_applies(standing: Standing) -> bool:
    """An AI is stated for people who absorb as usual."""
    return standing.factors.food_release >= HEALTHY.food_release and standing.factors.if_route >= 1


def _beside_ai(standing: Standing, comparison: AiComparison) -> Certainty:
    """An AI holds for a body that absorbs normally: another one is not compared with it."""
    ai = micrograms(comparison.ai_ug)
    if not ai_applies(standing):
        words = _(
            "Your reference is an adequate intake (AI) of %(ai)s for people who absorb B12 "
            "normally. Your profile says that you may absorb less, so the mean is not compared "
            "with it."
        )
        return Certainty("ai_does_not_apply", words % {"ai": ai})
    if comparison.statement == "at_or_above_ai":
        words = _("The mean is at or above the adequate intake (AI) of %(ai)s.")
        return Certainty("at_or_above_ai", words % {"ai": ai}, _ai_detail())
    words = _(
        "The mean is below the adequate intake (AI) of %(ai)s. Nothing follows from that alone: "
        "an AI says what is enough, not what is too little."
    )
    return Certainty("below_ai_nothing_follows", words % {"ai": ai}, _ai_detail())


def _ai_detail() -> str:
    return _("Your reference states only an adequate intake, so no probability can be given.")
