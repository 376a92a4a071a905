"""How far a day's absorbed estimate may be off for this profile: a band and a scenario. [µg]"""

from typing import NamedTuple

from tracker.intake.day import DayIntake
from tracker.intake.withheld import ai_applies, withheld
from tracker.science.absorption import absorbed_ug, absorbed_ug_band
from tracker.science.risk_profile import RiskFactor, over_50_scenario

NO_GAP_UG = 0.005
"""Smaller gaps are too small to show on the screen."""
SAME_UG = 0.005
"""Two amounts less than this apart look the same on the screen."""


class Band(NamedTuple):
    """``low_ug`` assumes that the profile's factors act in full, ``high_ug`` not at all."""

    low_ug: float
    high_ug: float

    @property
    def is_wide(self) -> bool:
        return self.high_ug - self.low_ug > SAME_UG


def absorbed_band(intake: DayIntake) -> Band:
    """Return the absorbed amount if the profile's factors act in full, and if they do not act."""
    factors = intake.standing.factors
    bands = [absorbed_ug_band(s.split, factors, with_food=s.is_with_food) for s in intake.sittings]
    return Band(sum(low for low, _high in bands), sum(high for _low, high in bands))


def absorbed_with_little_acid_ug(intake: DayIntake) -> float | None:
    """Return the amount for someone among the 10-30 % over 50 with little stomach acid.

    None if the scenario does not apply or changes nothing.
    """
    standing = intake.standing
    if RiskFactor.AGE_OVER_50 not in standing.risk_factors:
        return None
    factors = over_50_scenario(standing.factors)
    sittings = intake.sittings
    total = sum(absorbed_ug(s.split, factors, with_food=s.is_with_food) for s in sittings)
    return total if intake.absorbed_ug - total > SAME_UG else None


def is_covered(intake: DayIntake) -> bool:
    """Whether the known part of a day reaches the reference, in the most cautious reading.

    An unknown food adds nothing. The result is false where comparisons are withheld. Over 50, the
    day must also be covered for someone whose stomach frees little B12 from food.
    """
    standing = intake.standing
    if withheld(standing, intake.injection_count):
        return False
    if standing.requirement_ug is None and not ai_applies(standing):
        return False
    with_little_acid_ug = absorbed_with_little_acid_ug(intake)
    sure_ug = intake.absorbed_ug if with_little_acid_ug is None else with_little_acid_ug
    return standing.absorbed_target_ug - sure_ug < NO_GAP_UG
