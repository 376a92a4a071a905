"""What a few days can show: the usual **absorbed** intake against the absorbed requirement.

A log-normal interval for the mean of a person's days, with the day-to-day spread shrunk to a
default and a steady supplement added as a constant. The IOM z-test on swallowed B12 is also here.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from tracker.science import constants
from tracker.science._checks import require_count, require_number

DEFAULT_LOG_SD: Final = constants.DEFAULT_LOG_SD.value
DEFAULT_WEIGHT_DAYS: Final = constants.DEFAULT_LOG_SD_WEIGHT.value
LARGEST_DAY_UG: Final = 1e6
LOG_FLOOR_UG: Final = constants.LOG_FLOOR.value
REQUIREMENT_CV: Final = constants.REQUIREMENT_CV.value
INTERVAL_QUANTILE: Final = constants.INTERVAL_QUANTILE.value
ENOUGH_PROBABILITY: Final = constants.ENOUGH_PROBABILITY.value
# Rounded: 1 - 0.85 is a little above 0.15, and 0.15 itself is still uncertain.
LOW_PROBABILITY: Final = round(1.0 - ENOUGH_PROBABILITY, 9)
IOM_CV_LIMIT: Final = constants.IOM_CV_LIMIT.value
FIRST_VERDICT_DAYS: Final = 3
LOW_VERDICT_DAYS: Final = 7
REQUIREMENT_LOG_VARIANCE: Final = math.log(1.0 + REQUIREMENT_CV**2)

Verdict = Literal[
    "not_enough_days",
    "looks_low_keep_logging",
    "too_early",
    "likely_enough",
    "uncertain",
    "likely_low",
    "no_requirement",
]
AiStatement = Literal["not_enough_days", "at_or_above_ai", "below_ai_nothing_follows"]


@dataclass(frozen=True, slots=True)
class UsualAbsorbed:
    """The usual absorbed intake of one person.

    ``mean_ug`` with its 80 % interval ``low_ug`` to ``high_ug`` [µg/d]; ``log_sd`` the shrunk
    day-to-day log SD, ``log_sd_mean`` that of the mean; ``z`` and ``probability`` that the
    requirement is met. Without any days all of these are ``None``. Without a requirement ``z`` and
    ``probability`` are ``None``, and at a mean of 0 ``z`` is (P is 0).
    """

    mean_ug: float | None
    log_sd: float | None
    low_ug: float | None
    high_ug: float | None
    z: float | None
    probability: float | None
    days: int
    verdict: Verdict
    log_sd_mean: float | None = None
    supplement_ug: float = 0.0
    requirement_ug: float | None = None


@dataclass(frozen=True, slots=True)
class AiComparison:
    """A mean intake compared with an AI: only "at or above" means something."""

    mean_ug: float | None
    ai_ug: float
    days: int
    statement: AiStatement


def usual_absorbed(
    daily_absorbed_ug: Iterable[float],
    *,
    supplement_ug: float = 0.0,
    requirement_ug: float | None = 1.0,
) -> UsualAbsorbed:
    """Judge the usual absorbed intake from a few complete days [1]_.

    Parameters
    ----------
    daily_absorbed_ug : iterable of float
        Absorbed B12 from food on each complete day, supplements left out. [µg] A day that was not
        logged is left out too; a 0 is a confirmed day without B12.
    supplement_ug : float
        A steady supplement, absorbed. [µg/d]
    requirement_ug : float or None
        Absorbed requirement R > 0 (``reference_intakes.absorbed_requirement_ug``). [µg/d] ``None``
        for an authority with only an AI: then no z, no probability.

    Returns
    -------
    UsualAbsorbed
        The verdict is "not_enough_days" under 3 days and never "likely_low" under 7.

    Raises
    ------
    TypeError
        If a day is ``None`` or not a number.
    ValueError
        If an amount is negative, above 1e6 or not finite, or the requirement is not above 0.

    References
    ----------
    .. [1] README.md, "Adequacy"; the logic of Institute of Medicine, Dietary Reference Intakes:
       Applications in Dietary Assessment, 2000, pp. 54 and 185-190, on a log scale.
    """
    days = [
        require_number("daily_absorbed_ug", day, high=LARGEST_DAY_UG) for day in daily_absorbed_ug
    ]
    steady = require_number("supplement_ug", supplement_ug, high=LARGEST_DAY_UG)
    if requirement_ug is not None:
        requirement_ug = require_number("requirement_ug", requirement_ug, is_low_open=True)
    if not days:
        return UsualAbsorbed(
            None, None, None, None, None, None, 0, "not_enough_days", None, steady, requirement_ug
        )
    food = math.fsum(days) / len(days)
    mean, log_sd = food + steady, _shrunk_log_sd(days)
    share = food / mean if mean else 0.0
    variance = math.log1p(math.expm1(log_sd**2) / len(days)) * share**2
    spread = math.exp(INTERVAL_QUANTILE * math.sqrt(variance))
    z, probability = _z_and_probability(mean, variance, requirement_ug)
    return UsualAbsorbed(
        mean_ug=mean,
        log_sd=log_sd,
        low_ug=mean / spread,
        high_ug=mean * spread,
        z=z,
        probability=probability,
        days=len(days),
        verdict=verdict(len(days), probability),
        log_sd_mean=math.sqrt(variance),
        supplement_ug=steady,
        requirement_ug=requirement_ug,
    )


def verdict(days: int, probability: float | None) -> Verdict:
    """Return what may be said after so many complete days, given the probability if there is one.

    ``days`` is a whole number >= 0, ``probability`` from 0 to 1 or ``None``; anything else raises
    ``ValueError``. From 3 days on above 0.85 "likely_enough", from 7 on below 0.15 "likely_low":
    an assumption, after IOM 2000, Table B-1 (0.85 at a ratio of 1).
    """
    if require_count("days", days) < FIRST_VERDICT_DAYS:
        return "not_enough_days"
    if probability is None:
        return "no_requirement"
    require_number("probability", probability, high=1.0)
    is_early = days < LOW_VERDICT_DAYS
    if probability > ENOUGH_PROBABILITY:
        return "likely_enough"
    if probability < LOW_PROBABILITY:
        return "looks_low_keep_logging" if is_early else "likely_low"
    return "too_early" if is_early else "uncertain"


def compare_with_ai(daily_intake_ug: Iterable[float], ai_ug: float) -> AiComparison:
    """Return whether the mean swallowed B12 of complete days [µg] is at or above an AI [1]_.

    It can only support "at or above"; a mean below an AI shows nothing. A mean within a billionth
    of the AI counts as equal: the binary mean of days of 1.4 µg is just under 1.4.

    Raises
    ------
    ValueError
        If a day is negative, above 1e6 or not finite, or ``ai_ug`` [µg/d] is not above 0.

    References
    ----------
    .. [1] Institute of Medicine, 2000, p. 199.
    """
    limit = require_number("ai_ug", ai_ug, is_low_open=True)
    days = [require_number("daily_intake_ug", day, high=LARGEST_DAY_UG) for day in daily_intake_ug]
    mean = math.fsum(days) / len(days) if days else None
    statement: AiStatement = "below_ai_nothing_follows"
    if mean is None or len(days) < FIRST_VERDICT_DAYS:
        statement = "not_enough_days"
    elif mean >= limit or math.isclose(mean, limit):
        statement = "at_or_above_ai"
    return AiComparison(mean, limit, len(days), statement)


def iom_z(
    mean_ug: float,
    ear_ug: float,
    sd_within_ug: float,
    days: int,
    *,
    requirement_cv: float = REQUIREMENT_CV,
) -> float:
    """Return the ratio D / SD_D of the Institute of Medicine [1]_.

    ``D = mean - EAR`` and ``SD_D = sqrt((CV EAR)^2 + SD_w^2 / n)``. All amounts in one unit
    (here µg/d), of swallowed (not absorbed) nutrient; ``sd_within_ug`` is the pooled survey SD, not
    that of the person's own days. Not usable where ``iom_z_applies`` is false.

    Raises
    ------
    ValueError
        If an amount is negative or not finite, ``days`` < 1, or both SDs are 0.

    References
    ----------
    .. [1] Institute of Medicine, Dietary Reference Intakes: Applications in Dietary Assessment,
       2000, pp. 54 and 186-190.
    """
    mean = require_number("mean_ug", mean_ug)
    ear = require_number("ear_ug", ear_ug, is_low_open=True)
    sd_requirement = require_number("requirement_cv", requirement_cv) * ear
    sd_within = require_number("sd_within_ug", sd_within_ug)
    sd_difference = math.hypot(
        sd_requirement, sd_within / math.sqrt(require_count("days", days, low=1))
    )
    if sd_difference == 0.0:
        raise ValueError("sd_within_ug and requirement_cv must not both be 0")
    return (mean - ear) / sd_difference


def iom_z_applies(daily_intake_ug: Iterable[float]) -> bool:
    """Return whether the days' CV is at most 0.65, as the IOM z-test needs (2000, p. 190).

    Days of swallowed B12. [µg], finite, >= 0 and <= 1e6, else ``ValueError``. ``False`` for fewer
    than two days or a mean of 0, where it cannot be shown to apply.
    """
    days = [require_number("daily_intake_ug", day, high=LARGEST_DAY_UG) for day in daily_intake_ug]
    mean = math.fsum(days) / len(days) if days else 0.0
    if len(days) < 2 or mean == 0.0:
        return False
    return _sample_sd(days, mean) / mean <= IOM_CV_LIMIT


def normal_probability(z: float) -> float:
    """Return Phi(z), the standard normal distribution function, from 0 to 1. Raises nothing."""
    return 0.5 * math.erfc(-z / math.sqrt(2.0))


def _sample_sd(values: Sequence[float], mean: float) -> float:
    return math.sqrt(math.fsum((value - mean) ** 2 for value in values) / (len(values) - 1))


def _shrunk_log_sd(days: Sequence[float]) -> float:
    logs = [math.log(max(day, LOG_FLOOR_UG)) for day in days]
    centre = math.fsum(logs) / len(logs)
    squares = math.fsum((log - centre) ** 2 for log in logs)
    weight = DEFAULT_WEIGHT_DAYS
    return math.sqrt((weight * DEFAULT_LOG_SD**2 + squares) / (weight + len(days) - 1))


def _z_and_probability(
    mean: float, variance: float, requirement_ug: float | None
) -> tuple[float | None, float | None]:
    if requirement_ug is None:
        return None, None
    if mean == 0.0:
        return None, 0.0
    distance = math.log(mean) - math.log(requirement_ug)
    z = distance / math.sqrt(variance + REQUIREMENT_LOG_VARIANCE)
    return z, normal_probability(z)
