"""Vectorised forms of the core, for charts over ten years of entries.

Each equals its scalar twin to 1e-9 (property tests) and takes columns instead of objects. Shapes:
``(n_entries,)`` for entries, ``(n_sittings,)`` for sittings in time order, ``(n_days,)`` for days.
"""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from tracker.science._checks import require_count, require_number, require_window_h
from tracker.science._columns import (
    TICKS_PER_HOUR,
    Bools,
    Floats,
    Ints,
    amounts_column,
    clock_columns,
    column,
    days_column,
    flags_column,
    has_one_before,
    is_in_order,
    line_of,
    sitting_places,
    sums,
    ticks_of,
)
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

# Longest range of k t that is summed in one piece: exp(50) is far from overflow.
_LONGEST_DECAY: Final = 50.0


@dataclass(frozen=True, slots=True)
class SittingColumns:
    """Sittings in time order; ``sitting`` is the index of each entry's sitting, ``(n_entries,)``.

    The other columns are ``(n_sittings,)``: day and minute of the first entry, pooled amounts,
    whether a meal goes with it, absorbed B12. [µg]
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
    """Return ``absorption.absorbed_ug`` of each sitting. Columns of one shape, or scalars. [µg]

    Limits and sources as there. ``TypeError`` if a column holds anything but numbers, or
    ``with_food`` anything but bools; ``ValueError`` if an amount is negative or not finite.
    """
    free = amounts_column("free_ug", free_ug)
    food, egg = amounts_column("food_ug", food_ug), amounts_column("egg_ug", egg_ug)
    with np.errstate(over="ignore"):
        bound = factors.food_release * (food + EGG_FACTOR * egg)
        effective = amounts_column("effective dose", free + bound)
    passive = PASSIVE_SHARE * free
    is_lowered = flags_column("with_food", with_food) & (free > LARGE_FREE_DOSE_UG)
    if is_lowered.any():
        held = np.maximum(PASSIVE_SHARE * LARGE_FREE_DOSE_UG, PASSIVE_SHARE_WITH_FOOD * free)
        passive = np.where(is_lowered, held, passive)
    rate = IF_INITIAL_FRACTION / IF_CAPACITY_UG
    active = -IF_CAPACITY_UG * np.expm1(-rate * effective)
    result: Floats = factors.if_route * active + passive + PASSIVE_SHARE * bound
    return result


def sittings(
    day: ArrayLike,
    minute: ArrayLike,
    free_ug: ArrayLike,
    food_ug: ArrayLike,
    egg_ug: ArrayLike,
    inactive_ug: ArrayLike,
    is_meal: ArrayLike = False,
    factors: AbsorptionFactors = HEALTHY,
    *,
    window_h: float = WINDOW_H,
    is_crossing_midnight: bool = False,
) -> SittingColumns:
    """Pool entries into sittings and absorb them: ``group_sittings`` and ``absorbed_ug`` in one.

    Sources as there.

    Parameters
    ----------
    day : array_like of int, (n_entries,)
        Day number (``date.toordinal``, or any count from 0 to that of 9999), in any order.
    minute : array_like of float, (n_entries,)
        Minute of the day on the clock, 0 <= minute < 1440. No NaN: an entry without a time gets
        the hour of its meal from the caller.
    free_ug, food_ug, egg_ug, inactive_ug : array_like of float, (n_entries,)
        As ``B12Split``. [µg] An entry whose B12 is unknown is left out by the caller.
    is_meal : array_like of bool, (n_entries,) or scalar
        Whether the entry is a meal. A sitting is with food as ``group_sittings`` says.
    window_h : float
        Length of a sitting. [h], from a minute to a day.
    is_crossing_midnight : bool
        By default each day is grouped separately, as in the diary; if true, all days together.

    Raises
    ------
    TypeError
        If a column holds anything but numbers, or ``is_meal`` anything but bools.
    ValueError
        If lengths differ, or a number is negative, not finite or outside its limits.
    """
    require_window_h(window_h)
    days, minutes = clock_columns(day, minute)
    amounts = [
        column(name, values, len(days))
        for name, values in (
            ("free_ug", free_ug),
            ("food_ug", food_ug),
            ("egg_ug", egg_ug),
            ("inactive_ug", inactive_ug),
        )
    ]
    meal_flags = np.broadcast_to(flags_column("is_meal", is_meal), days.shape)
    ticks = ticks_of(minutes)
    # If the columns are already in order, a slice avoids copying them.
    order = slice(None) if is_in_order(days, ticks) else np.lexsort((ticks, days))
    days, minutes = days[order], minutes[order]
    amounts = [amount[order] for amount in amounts]
    is_active = (amounts[0] > 0) | (amounts[1] > 0) | (amounts[2] > 0)
    meals = meal_flags[order]
    window = round(window_h * TICKS_PER_HOUR)
    clock = line_of(days, ticks[order], window, is_crossing=is_crossing_midnight)
    first, place = sitting_places(clock, is_active, window)
    free, food, egg, inactive = (sums(place, amount, len(first)) for amount in amounts)
    flags = np.bincount(place[meals], minlength=len(first)) > 0
    flags |= has_one_before(clock[first], clock[meals & ~is_active], window)
    sitting = np.empty(len(days), dtype=np.int64)
    sitting[order] = place
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

    A day without an entry is absent, not 0. A sitting counts on the day of its first entry. Takes
    what ``sittings`` returns, with its sources, and raises nothing of its own.
    """
    if not len(columns.day):
        return columns.day, columns.absorbed_ug
    first = np.flatnonzero(np.append(True, np.diff(columns.day) > 0))
    return columns.day[first], np.add.reduceat(columns.absorbed_ug, first)


def store_ug_by_day(
    initial_ug: float, absorbed_ug_per_day: ArrayLike, loss_per_day: float
) -> Floats:
    """Return the store at the end of each day, ``(n_days,)``: ``body_store.store_ug`` day by day.

    ``absorbed_ug_per_day`` has one amount for each day [µg]. A missing day (NaN) is refused: the
    caller must decide what was absorbed then. Limits, source and errors as there; ``TypeError`` if
    the column holds anything but numbers.
    """
    store = require_number("initial_ug", initial_ug)
    loss = require_number("loss_per_day", loss_per_day, high=1.0, is_low_open=True)
    absorbed = amounts_column("absorbed_ug_per_day", absorbed_ug_per_day)
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

    ``daily_absorbed_ug``, ``(n_days,)``: consecutive days, NaN for an incomplete day (which is left
    out, never 0). [µg] The first windows are shorter. Limits, source and errors as there;
    ``window_days`` is a whole number >= 1. [d]
    """
    width = require_count("window_days", window_days, low=1)
    steady = require_number("supplement_ug", supplement_ug, high=LARGEST_DAY_UG)
    if requirement_ug is not None:
        requirement_ug = require_number("requirement_ug", requirement_ug, is_low_open=True)
    values = days_column("daily_absorbed_ug", daily_absorbed_ug, high=LARGEST_DAY_UG)
    width = min(width, max(1, len(values)))
    is_known = ~np.isnan(values)
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
    distance = np.log(mean) - math.log(requirement_ug)
    z = distance / np.sqrt(variance + REQUIREMENT_LOG_VARIANCE)
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
