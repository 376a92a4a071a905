"""What can be said from complete days, in plain words: no more than they support."""

from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.intake.bands import Band
from tracker.intake.period import Period
from tracker.intake.withheld import Certainty, ai_applies, withheld
from tracker.numbers.amounts import micrograms
from tracker.profiles.standing import Standing
from tracker.science import adequacy
from tracker.science.adequacy import (
    FIRST_VERDICT_DAYS,
    LARGEST_DAY_UG,
    AiComparison,
    UsualAbsorbed,
)


@dataclass(frozen=True)
class Judged:
    """A part of a period in which the same answers held, and what can be said of it."""

    period: Period
    certainty: Certainty


def judged(period: Period) -> tuple[Judged, ...]:
    """Judge each part with complete days by what held then; without any, the whole period."""
    told = [stretch for stretch in stretches(period) if stretch.complete_days] or [period]
    return tuple(Judged(stretch, certainty(stretch, within=period)) for stretch in told)


def is_comparable(period: Period) -> bool:
    """Whether amounts eaten can be compared with a target on every day, complete or not."""
    injections = period.injection_count
    return all(withheld(day.standing, injections) is None for day in period.days)


def stretches(period: Period) -> list[Period]:
    """Return the parts of a period, split where the basis of comparison changes."""
    parts = groupby(period.days, key=lambda day: _compared_with(day.standing))
    return [Period(tuple(days), period.today) for _same, days in parts]


def _compared_with(standing: Standing) -> tuple[object, ...]:
    """Return what a comparison depends on; not on a birthday or diet alone."""
    reference = standing.reference
    return (
        (reference.authority, reference.intake_ug, standing.own_target_ug),
        (standing.requirement_ug, standing.absorbed_target_ug, standing.factors),
        withheld(standing),
    )


def certainty(period: Period, *, within: Period | None = None) -> Certainty:
    """Return how certain a conclusion the complete days support.

    An authority with only an AI gets no probability. The same answers must have held on all of
    the days (see ``judged``). ``within`` is the period around them: any injection in it counts.
    """
    whole = within or period
    standing, days = period.standing, len(period.complete_days)
    if said := withheld(standing, whole.injection_count, when=whole.called):
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
    days = period.complete_days
    if not any(day.absorbed.is_wide for day in days):
        return None
    return Band(
        sum(day.absorbed.low_ug for day in days) / len(days),
        sum(day.absorbed.high_ug for day in days) / len(days),
    )


def over_50_mean_ug(period: Period) -> float | None:
    """Return the mean absorbed if the person were among those over 50 with little stomach acid.

    None if it adds nothing: no complete day, a younger person, or a factor already ticked.
    """
    days = period.complete_days
    if all(day.little_acid_ug is None for day in days):
        return None
    amounts = (
        day.absorbed_ug if day.little_acid_ug is None else day.little_acid_ug for day in days
    )
    return sum(amounts) / len(days)


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


def _beside_ai(standing: Standing, comparison: AiComparison) -> Certainty:
    """An AI assumes normal absorption; do not compare it with a body that absorbs less."""
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
