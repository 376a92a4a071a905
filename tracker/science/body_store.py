"""A teaching model of the body's B12 store: one compartment, first-order loss.

``dS/dt = A - k S``. It shows why a deficiency takes years, as a range and never as a date: k
differs threefold between sources, and blood tests change before the store is empty (after removal
of the stomach, serum B12 is low at a median of 15 months, the model's 300 µg at 2.9 years).
"""

import math
from dataclasses import dataclass
from typing import Final

from tracker.science import constants
from tracker.science._checks import require_number

DAYS_PER_YEAR: Final = 365.25
STORE_MINIMUM_UG: Final = constants.STORE_MINIMUM.value
STORE_TYPICAL_UG: Final = constants.STORE_TYPICAL.value
STORE_MAXIMUM_UG: Final = constants.STORE_MAXIMUM.value
LOSS_PER_DAY: Final = constants.LOSS.value
# The default k of 0.0010 has the published span 0.0004 to 0.0013 [1/d]; another k keeps the ratio
# (an assumption: for 0.0020 without intrinsic factor it gives 0.0008, Carmel's own figure).
LOSS_SPAN: Final = 0.4, 1.3


@dataclass(frozen=True, slots=True)
class YearsBand:
    """Years until a threshold, earliest and latest; ``None`` means never."""

    earliest: float | None
    latest: float | None


def store_ug(
    initial_ug: float, absorbed_ug_per_day: float, loss_per_day: float, days: float
) -> float:
    """Return the store after some days of a steady absorbed intake [1]_.

    ``S(t) = S_inf + (S0 - S_inf) exp(-k t)`` with ``S_inf = A / k``.

    Parameters
    ----------
    initial_ug : float
        Store at the start. [µg], >= 0
    absorbed_ug_per_day : float
        Absorbed B12. [µg/d], >= 0
    loss_per_day : float
        Fraction lost a day. [1/d], > 0 and <= 1
    days : float
        Time. [d], >= 0

    Returns
    -------
    float
        Store. [µg]

    Raises
    ------
    ValueError
        If a number is negative, not finite or outside its limits.

    References
    ----------
    .. [1] Institute of Medicine, Dietary Reference Intakes, 1998, Appendix N, p. 527.
    """
    initial = require_number("initial_ug", initial_ug)
    absorbed = require_number("absorbed_ug_per_day", absorbed_ug_per_day)
    loss = _require_loss(loss_per_day)
    elapsed = loss * require_number("days", days)
    # expm1 keeps the digits of a slow loss; 1 - exp would cancel them.
    return absorbed * (-math.expm1(-elapsed) / loss) + initial * math.exp(-elapsed)


def years_until(
    threshold_ug: float, initial_ug: float, absorbed_ug_per_day: float, loss_per_day: float
) -> float | None:
    """Return the years until the store falls to a threshold; ``None`` means never.

    0 if the store is not above the threshold at the start. Arguments, source and errors as in
    ``store_ug``; ``threshold_ug`` [µg] must be > 0. Without absorption ``ln(S0 / threshold) / k``.
    """
    threshold = require_number("threshold_ug", threshold_ug, is_low_open=True)
    initial = require_number("initial_ug", initial_ug)
    loss = _require_loss(loss_per_day)
    steady = require_number("absorbed_ug_per_day", absorbed_ug_per_day) / loss
    if initial <= threshold:
        return 0.0
    if steady >= threshold:
        return None
    return math.log((initial - steady) / (threshold - steady)) / loss / DAYS_PER_YEAR


def years_until_band(
    threshold_ug: float,
    initial_ug: float,
    absorbed_ug_per_day: float,
    loss_per_day: float = LOSS_PER_DAY,
) -> YearsBand:
    """Return the years until a threshold for the fastest and the slowest plausible loss.

    Show both ends in years, never one number and never a date. Arguments [µg, 1/d] and errors as in
    ``years_until``; the span of k: IOM 1998 p. 331, Doets 2013, Carmel 2008.
    """
    low, high = (_require_loss(loss_per_day) * span for span in LOSS_SPAN)
    fast, slow = (
        years_until(threshold_ug, initial_ug, absorbed_ug_per_day, min(loss, 1.0))
        for loss in (high, low)
    )
    return YearsBand(earliest=fast, latest=slow)


def starting_store_ug(
    absorbed_ug_per_day: float | None, loss_per_day: float = LOSS_PER_DAY
) -> float:
    """Return the store that a steady earlier diet would have built, within 300 to 5000 µg.

    2500 µg if the earlier absorbed intake [µg/d] is unknown (``None``): Carmel 2008. The limits
    are an assumption. ``ValueError`` as in ``store_ug``.
    """
    loss = _require_loss(loss_per_day)
    if absorbed_ug_per_day is None:
        return STORE_TYPICAL_UG
    steady = require_number("absorbed_ug_per_day", absorbed_ug_per_day) / loss
    return min(max(steady, STORE_MINIMUM_UG), STORE_MAXIMUM_UG)


def _require_loss(loss_per_day: float) -> float:
    return require_number("loss_per_day", loss_per_day, high=1.0, is_low_open=True)
