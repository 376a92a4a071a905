"""Checks and types shared by the column functions: the numpy twin of ``_checks``."""

import math
import sys
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
MINUTES_PER_DAY: Final = 1440
LAST_DAY: Final = date.max.toordinal()
TICKS_PER_HOUR: Final = 3_600_000_000
LARGEST: Final = sys.float_info.max


def amounts_column(name: str, values: ArrayLike, *, high: float = math.inf) -> Floats:
    """Return numbers as floats, all finite, >= 0 and <= ``high``, else raise.

    Raises
    ------
    TypeError
        If the column holds anything but numbers (bools and ``None`` included).
    ValueError
        If a number is negative, not finite or too large; the first such position is named.
    """
    raw = np.asarray(values)
    if raw.dtype == bool or (raw.size and raw.dtype.kind not in "iuf"):
        raise TypeError(f"{name} must hold numbers, got {raw.dtype}")
    amounts = raw.astype(np.float64, copy=False)
    # NaN fails both comparisons, so checking minimum and maximum is enough if all is well.
    if amounts.size and not (amounts.min() >= 0 and amounts.max() <= min(high, LARGEST)):
        is_good = (amounts >= 0) & (amounts <= min(high, LARGEST))
        place = int(np.flatnonzero(~is_good)[0])
        limit = "" if high == math.inf else f" and <= {high:g}"
        raise ValueError(
            f"{name} must be finite, >= 0{limit}, got {amounts.flat[place]!r} at position {place}"
        )
    return amounts


def column(name: str, values: ArrayLike, length: int) -> Floats:
    """Return a checked column of the given length, else raise."""
    found = amounts_column(name, values)
    if found.shape != (length,):
        raise ValueError(f"{name} must have the shape ({length},) of day, got {found.shape}")
    return found


def days_column(name: str, values: ArrayLike, *, high: float) -> Floats:
    """Return one checked number for each day; NaN stays and marks an unknown day."""
    raw = np.asarray(values)
    if raw.ndim != 1:
        raise ValueError(f"{name} must have the shape (n_days,), got {raw.shape}")
    is_unknown = np.isnan(raw) if raw.dtype.kind == "f" else np.zeros(raw.shape, dtype=bool)
    known = amounts_column(
        name, np.where(is_unknown, 0.0, raw) if is_unknown.any() else raw, high=high
    )
    return np.where(is_unknown, np.nan, known)


def flags_column(name: str, values: ArrayLike) -> Bools:
    """Return bools; anything else raises ``TypeError``: NaN and "no" would both count as true."""
    flags = np.asarray(values)
    if flags.size and flags.dtype != bool:
        raise TypeError(f"{name} must hold bools, got {flags.dtype}")
    return flags.astype(bool, copy=False)


def clock_columns(day: ArrayLike, minute: ArrayLike) -> tuple[Ints, Floats]:
    """Return checked day numbers and minutes of the day (0 <= minute < 1440), else raise."""
    days = np.asarray(day)
    if days.ndim != 1:
        raise ValueError(f"day must have one dimension, got the shape {days.shape}")
    if days.size and not np.issubdtype(days.dtype, np.integer):
        raise TypeError(f"day must hold whole day numbers, got {days.dtype}")
    if days.size and not 0 <= days.min() <= days.max() <= LAST_DAY:
        raise ValueError(f"day must be from 0 to {LAST_DAY}, got {days.min()} to {days.max()}")
    minutes = column("minute", minute, len(days))
    if np.any(minutes >= MINUTES_PER_DAY):
        raise ValueError(f"minute must be < {MINUTES_PER_DAY}, got {minutes.max():g}")
    return days.astype(np.int64, copy=False), minutes


def line_of(days: Ints, ticks: Ints, window: int, *, is_crossing: bool) -> Ints:
    """Return one clock for all days, in ticks: days a window apart, unless sittings may cross."""
    return (days - days[:1]) * (24 * TICKS_PER_HOUR + (0 if is_crossing else window)) + ticks


def sitting_places(clock: Ints, is_active: Bools, window: int) -> tuple[Ints, Ints]:
    """Return the positions that open a sitting, and the sitting number of each entry.

    ``clock`` is sorted. Windows are those of the active entries; the others outside them form
    sittings of their own.
    """
    active = np.flatnonzero(is_active)
    opened = active[_starts(clock[active], window)]
    opens = np.zeros(len(clock), dtype=np.int64)
    opens[_with_ties(opened, clock)] = 1
    turn = np.cumsum(opens)
    # Before the first window none is open, as if one had just ended.
    since = np.append(clock[:1] - window, clock[opened])
    resting = np.flatnonzero(clock - since[turn] >= window)
    # A window that opens between two entries without active B12 separates them.
    begun = resting[_starts(clock[resting] + turn[resting] * window, window)]
    opens[begun] = 1
    return np.sort(np.concatenate((opened, begun))), np.cumsum(opens) - 1


def has_one_before(starts: Ints, clock: Ints, window: int) -> Bools:
    """Return for each start whether the sorted clock has an entry less than a window before it."""
    if not len(clock):
        return np.zeros(len(starts), dtype=bool)
    before = np.searchsorted(clock, starts)
    near: Bools = (before > 0) & (starts - clock[before - 1] < window)
    return near


def _with_ties(opened: Ints, clock: Ints) -> Ints:
    """Return the openings, moved before entries without active B12 at the same clock time."""
    is_tied = (opened > 0) & (clock[opened - 1] == clock[opened])
    if not is_tied.any():
        return opened
    places = opened.copy()
    places[is_tied] = np.searchsorted(clock, clock[opened[is_tied]])
    return places


def _starts(clock: Ints, window: int) -> Ints:
    """Return the positions that open a window.

    A gap as long as a window always opens one, so the runs between gaps are independent: one step
    finds the first sitting of all runs, the next the second of those that continue, and so on.
    """
    opening = np.flatnonzero(np.append(True, np.diff(clock) >= window)[: len(clock)])
    is_start = np.zeros(len(clock), dtype=bool)
    ends = np.append(opening[1:], len(clock))
    while len(opening):
        is_start[opening] = True
        following = np.searchsorted(clock, clock[opening] + window)
        goes_on = following < ends
        opening, ends = following[goes_on], ends[goes_on]
    return np.flatnonzero(is_start)


def is_in_order(days: Ints, ticks: Ints) -> bool:
    steps = np.diff(days)
    return bool(np.all((steps > 0) | ((steps == 0) & (np.diff(ticks) >= 0))))


def sums(place: Ints, amounts: Floats, count: int) -> Floats:
    """Return the sum of the amounts at each index, ``(count,)``."""
    return np.bincount(place, weights=amounts, minlength=count).astype(np.float64, copy=False)


def ticks_of(minutes: Floats) -> Ints:
    """Return minutes as whole microseconds, the resolution of a datetime, for exact edges."""
    return np.rint(minutes * (TICKS_PER_HOUR / 60)).astype(np.int64)
