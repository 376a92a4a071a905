"""Whole-column forms of the core, for charts over ten years of entries.

Each equals its scalar twin to 1e-9 (property tests) and takes columns instead of objects. Shapes:
``(n_entries,)`` for entries, ``(n_sittings,)`` for sittings in time order, ``(n_days,)`` for days.
"""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tracker.science._checks import require_count, require_number
from tracker.science.absorption import (
    EGG_FACTOR,
    HEALTHY,
    IF_CAPACITY_UG,
    IF_INITIAL_FRACTION,
    LARGE_FREE_DOSE_UG,
    PASSIVE_SHARE,
    PASSIVE_SHARE_WITH_FOOD,
    WINDOW_H,
    AbsorptionFactors,
)
from tracker.science.adequacy import (
    DEFAULT_LOG_SD,
    DEFAULT_WEIGHT_DAYS,
    INTERVAL_QUANTILE,
    LARGEST_DAY_UG,
    LOG_FLOOR_UG,
    REQUIREMENT_LOG_VARIANCE,
)

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
MINUTES_PER_DAY: Final = 1440
# Longest stretch of k t that is summed in one piece: exp(50) is far from overflow.
_LONGEST_DECAY: Final = 50.0


@dataclass(frozen=True, slots=True)
class SittingColumns:
    """Sittings in time order; ``sitting`` is the index of each entry's sitting, ``(n_entries,)``.

    The other columns are ``(n_sittings,)``: day and minute of the first entry, pooled amounts,
    whether any entry came with food, absorbed B12. [µg]
    """

    sitting: Ints
    day: Ints
    minute: Floats
    free_ug: Floats
    food_ug: Floats
    egg_ug: Floats
    inactive_ug: Floats
    with_food: Bools
    absorbed_ug: Floats


@dataclass(frozen=True, slots=True)
class UsualAbsorbedColumns:
    """``adequacy.usual_absorbed`` of the window that ends on each day, ``(n_days,)``.

    ``days`` counts the complete days in the window; where it is 0 the rest is NaN. ``probability``
    is NaN everywhere when there is no requirement.
    """

    days: Ints
    mean_ug: Floats
    low_ug: Floats
    high_ug: Floats
    probability: Floats


def absorbed_ug(
    free_ug: ArrayLike,
    food_ug: ArrayLike,
    egg_ug: ArrayLike,
    factors: AbsorptionFactors = HEALTHY,
    *,
    with_food: ArrayLike = False,
) -> Floats:
    """Return ``absorption.absorbed_ug`` of each sitting. Columns of one shape, or scalars. [µg]"""
    free = _amounts("free_ug", free_ug)
    bound = factors.food_release * (
        _amounts("food_ug", food_ug) + EGG_FACTOR * _amounts("egg_ug", egg_ug)
    )
    held = np.maximum(PASSIVE_SHARE * LARGE_FREE_DOSE_UG, PASSIVE_SHARE_WITH_FOOD * free)
    is_lowered = np.asarray(with_food, dtype=bool) & (free > LARGE_FREE_DOSE_UG)
    passive = np.where(is_lowered, held, PASSIVE_SHARE * free)
    rate = IF_INITIAL_FRACTION / IF_CAPACITY_UG
    active = -IF_CAPACITY_UG * np.expm1(-rate * (free + bound))
    result: Floats = factors.if_route * active + passive + PASSIVE_SHARE * bound
    return result


def sittings(
    day: ArrayLike,
    minute: ArrayLike,
    free_ug: ArrayLike,
    food_ug: ArrayLike,
    egg_ug: ArrayLike,
    inactive_ug: ArrayLike,
    with_food: ArrayLike = False,
    factors: AbsorptionFactors = HEALTHY,
    *,
    window_h: float = WINDOW_H,
    is_crossing_midnight: bool = False,
) -> SittingColumns:
    """Pool entries into sittings and absorb them: ``group_sittings`` and ``absorbed_ug`` as one.

    Parameters
    ----------
    day : array_like of int, (n_entries,)
        Day number (``date.toordinal``), in any order.
    minute : array_like of float, (n_entries,)
        Minute of the day on the clock, 0 <= minute < 1440. No NaN: an entry without a time gets
        the hour of its meal from the caller.
    free_ug, food_ug, egg_ug, inactive_ug : array_like of float, (n_entries,)
        As ``Dose``. [µg] An entry whose B12 is unknown is left out by the caller.
    with_food : array_like of bool, (n_entries,) or scalar
        A sitting is with food when any of its entries is.
    window_h : float
        Length of a sitting. [h]
    is_crossing_midnight : bool
        By default each day is grouped by itself, as the diary does; if true, as one long list.

    Raises
    ------
    ValueError
        If lengths differ, or a number is negative, not finite or outside its limits.
    """
    window = 60.0 * require_number("window_h", window_h, is_low_open=True)
    days, minutes = _clock(day, minute)
    amounts = [
        _column(name, values, len(days))
        for name, values in (
            ("free_ug", free_ug),
            ("food_ug", food_ug),
            ("egg_ug", egg_ug),
            ("inactive_ug", inactive_ug),
        )
    ]
    food_flags = np.broadcast_to(np.asarray(with_food, dtype=bool), days.shape)
    order = _time_order(days, minutes)
    days, minutes = days[order], minutes[order]
    first = _sitting_starts(days, minutes, window, is_crossing_midnight)
    free, food, egg, inactive = (np.add.reduceat(a[order], first) if len(first) else a
                                 for a in amounts)  # fmt: skip
    flags = np.logical_or.reduceat(food_flags[order], first) if len(first) else food_flags
    sitting = np.empty(len(days), dtype=np.int64)
    sitting[order] = np.repeat(np.arange(len(first)), np.diff(np.append(first, len(days))))
    return SittingColumns(
        sitting=sitting,
        day=days[first],
        minute=minutes[first],
        free_ug=free,
        food_ug=food,
        egg_ug=egg,
        inactive_ug=inactive,
        with_food=flags,
        absorbed_ug=absorbed_ug(free, food, egg, factors, with_food=flags),
    )


def absorbed_by_day(columns: SittingColumns) -> tuple[Ints, Floats]:
    """Return the days that have a sitting, in order, and the absorbed B12 of each. [µg]

    A day without an entry is absent, not 0. A sitting counts on the day of its first entry.
    """
    if not len(columns.day):
        return columns.day, columns.absorbed_ug
    first = np.flatnonzero(np.append(True, np.diff(columns.day) > 0))
    return columns.day[first], np.add.reduceat(columns.absorbed_ug, first)


def store_ug_by_day(
    initial_ug: float, absorbed_ug_per_day: ArrayLike, loss_per_day: float
) -> Floats:
    """Return the store at the end of each day, ``(n_days,)``: ``body_store.store_ug`` day by day.

    ``absorbed_ug_per_day`` holds one amount a day [µg]; a missing day (NaN) is refused, since what
    was absorbed then is for the caller to say.
    """
    store = require_number("initial_ug", initial_ug)
    loss = require_number("loss_per_day", loss_per_day, high=1.0, is_low_open=True)
    absorbed = _amounts("absorbed_ug_per_day", absorbed_ug_per_day)
    gain = -math.expm1(-loss) / loss
    piece = max(1, int(_LONGEST_DECAY / loss))
    stores = np.empty(len(absorbed))
    for start in range(0, len(absorbed), piece):
        part = absorbed[start : start + piece]
        growth = np.exp(loss * np.arange(1, len(part) + 1))
        stores[start : start + piece] = (store + np.cumsum(gain * part * growth)) / growth
        store = float(stores[start + len(part) - 1])
    return stores


def usual_absorbed_rolling(
    daily_absorbed_ug: ArrayLike,
    *,
    window_days: int = 28,
    supplement_ug: float = 0.0,
    requirement_ug: float | None = 1.0,
) -> UsualAbsorbedColumns:
    """Return ``adequacy.usual_absorbed`` of the window ending on each day.

    ``daily_absorbed_ug``, ``(n_days,)``: consecutive days, NaN where the day is not complete (it
    is left out, never 0). [µg] The first windows are shorter.
    """
    width = require_count("window_days", window_days, low=1)
    steady = require_number("supplement_ug", supplement_ug, high=LARGEST_DAY_UG)
    if requirement_ug is not None:
        require_number("requirement_ug", requirement_ug, is_low_open=True)
    values = np.asarray(daily_absorbed_ug, dtype=np.float64)
    is_known = ~np.isnan(values)
    _amounts("daily_absorbed_ug", values[is_known], high=LARGEST_DAY_UG)
    days = _window_sums(is_known.astype(np.float64), width)
    with np.errstate(divide="ignore", invalid="ignore"):
        food = _window_sums(np.where(is_known, values, 0.0), width) / days
        logs = np.where(is_known, np.log(np.maximum(values, LOG_FLOOR_UG)), 0.0)
        centre = _window_sums(logs, width) / days
        squares = _squares(logs, is_known, centre, width)
        log_variance = (DEFAULT_WEIGHT_DAYS * DEFAULT_LOG_SD**2 + squares) / (
            DEFAULT_WEIGHT_DAYS + days - 1
        )
        mean = food + steady
        share = np.where(mean > 0, food / mean, np.where(days > 0, 0.0, np.nan))
        variance = np.log1p(np.expm1(log_variance) / days) * share**2
        spread = np.exp(INTERVAL_QUANTILE * np.sqrt(variance))
        probability = _probabilities(mean, variance, requirement_ug)
    return UsualAbsorbedColumns(
        days.astype(np.int64), mean, mean / spread, mean * spread, probability
    )


def _probabilities(mean: Floats, variance: Floats, requirement_ug: float | None) -> Floats:
    if requirement_ug is None:
        return np.full(mean.shape, np.nan)
    z = np.log(mean / requirement_ug) / np.sqrt(variance + REQUIREMENT_LOG_VARIANCE)
    return np.array([0.5 * math.erfc(-value / math.sqrt(2.0)) for value in z.tolist()])


def _windows(values: Floats, width: int) -> Floats:
    padded = np.concatenate((np.zeros(width - 1), values))
    return np.lib.stride_tricks.sliding_window_view(padded, width)


def _window_sums(values: Floats, width: int) -> Floats:
    sums: Floats = _windows(values, width).sum(axis=1) if len(values) else values
    return sums


def _squares(logs: Floats, is_known: Bools, centre: Floats, width: int) -> Floats:
    if not len(logs):
        return logs
    away = (_windows(logs, width) - centre[:, None]) ** 2
    squares: Floats = (away * _windows(is_known.astype(np.float64), width)).sum(axis=1)
    return squares


def _sitting_starts(days: Ints, minutes: Floats, window: float, is_crossing_midnight: bool) -> Ints:
    """Return the positions that open a sitting, by jumping from each start to its next one."""
    if is_crossing_midnight:
        clock, reach = (days - days[:1]) * MINUTES_PER_DAY + minutes, window
    else:
        # Days far enough apart that no sitting reaches from one into the next.
        clock = (days - days[:1]) * (MINUTES_PER_DAY + window) + minutes
        reach = window
    following = np.searchsorted(clock, clock + reach, side="left").tolist()
    starts, position = [], 0
    while position < len(following):
        starts.append(position)
        position = following[position]
    return np.array(starts, dtype=np.int64)


def _time_order(days: Ints, minutes: Floats) -> Ints:
    steps = np.diff(days)
    if bool(np.all((steps > 0) | ((steps == 0) & (np.diff(minutes) >= 0)))):
        return np.arange(len(days))
    return np.lexsort((minutes, days))


def _clock(day: ArrayLike, minute: ArrayLike) -> tuple[Ints, Floats]:
    days = np.asarray(day)
    if days.size and not np.issubdtype(days.dtype, np.integer):
        raise TypeError(f"day must hold whole day numbers, got {days.dtype}")
    minutes = _column("minute", minute, len(days))
    if np.any(minutes >= MINUTES_PER_DAY):
        raise ValueError(f"minute must be < {MINUTES_PER_DAY}, got {minutes.max():g}")
    return days.astype(np.int64), minutes


def _column(name: str, values: ArrayLike, length: int) -> Floats:
    column = _amounts(name, values)
    if column.shape != (length,):
        raise ValueError(f"{name} must have the shape ({length},) of day, got {column.shape}")
    return column


def _amounts(name: str, values: ArrayLike, *, high: float = math.inf) -> Floats:
    raw = np.asarray(values)
    if raw.dtype == bool or (raw.size and raw.dtype.kind not in "iuf"):
        raise TypeError(f"{name} must hold numbers, got {raw.dtype}")
    amounts = raw.astype(np.float64)
    if not bool(np.all((amounts >= 0) & (amounts <= high) & (amounts < math.inf))):
        raise ValueError(f"{name} must be finite and >= 0 throughout, got {raw!r}")
    return amounts
