"""Refusals and types shared by the whole-column forms: the numpy twin of ``_checks``."""

import math
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
MINUTES_PER_DAY: Final = 1440


def amounts_column(name: str, values: ArrayLike, *, high: float = math.inf) -> Floats:
    """Return numbers as floats, all finite, >= 0 and <= ``high``, else raise.

    Raises
    ------
    TypeError
        If the column holds anything but numbers (bools and ``None`` included).
    ValueError
        If a number is negative, not finite or too large; the first such place is named.
    """
    raw = np.asarray(values)
    if raw.dtype == bool or (raw.size and raw.dtype.kind not in "iuf"):
        raise TypeError(f"{name} must hold numbers, got {raw.dtype}")
    amounts = raw.astype(np.float64, copy=False)
    is_good = (amounts >= 0) & (amounts <= high) & (amounts < math.inf)
    if not bool(np.all(is_good)):
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


def clock_columns(day: ArrayLike, minute: ArrayLike) -> tuple[Ints, Floats]:
    """Return checked day numbers and minutes of the day (0 <= minute < 1440), else raise."""
    days = np.asarray(day)
    if days.size and not np.issubdtype(days.dtype, np.integer):
        raise TypeError(f"day must hold whole day numbers, got {days.dtype}")
    minutes = column("minute", minute, len(days))
    if np.any(minutes >= MINUTES_PER_DAY):
        raise ValueError(f"minute must be < {MINUTES_PER_DAY}, got {minutes.max():g}")
    return days.astype(np.int64, copy=False), minutes
