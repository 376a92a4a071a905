"""Checks shared by the core: an error names the argument, its value and what is accepted."""

import math
from numbers import Real
from typing import Final

SHORTEST_WINDOW_H: Final = 1.0 / 60.0
LONGEST_WINDOW_H: Final = 24.0


def require_number(
    name: str, value: object, *, low: float = 0.0, high: float = math.inf, is_low_open: bool = False
) -> float:
    """Return ``value`` if it is a finite number from ``low`` to ``high``, else raise.

    Raises
    ------
    TypeError
        If ``value`` is not a real number. A bool or a Decimal is not one here, and neither is
        ``None``: an unknown amount is left out by the caller, never passed as a number.
    ValueError
        If ``value`` is not finite or outside the limits.
    """
    if isinstance(value, bool) or not isinstance(value, Real):
        raise TypeError(f"{name} must be a number, got {value!r}")
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    is_above = number > low if is_low_open else number >= low
    if not (math.isfinite(number) and is_above and number <= high):
        sign = ">" if is_low_open else ">="
        limit = "" if high == math.inf else f" and <= {high:g}"
        raise ValueError(f"{name} must be finite, {sign} {low:g}{limit}, got {value!r}")
    return number


def require_count(name: str, value: object, *, low: int = 0) -> int:
    """Return ``value`` if it is a whole number of at least ``low``, else raise as above."""
    number = require_number(name, value, low=low)
    if number != int(number):
        raise ValueError(f"{name} must be a whole number, got {value!r}")
    return int(number)


def require_window_h(value: object) -> float:
    """Return the length of a sitting [h] if it is from a minute to a day, else raise as above."""
    return require_number("window_h", value, low=SHORTEST_WINDOW_H, high=LONGEST_WINDOW_H)
