"""Where the values of a figure lie on the page: horizontally in percent, vertically in pixels."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Axis:
    """A linear or logarithmic axis from ``low`` to ``high``, drawn from ``start`` to ``end``."""

    low: float
    high: float
    start: float
    end: float
    is_log: bool = False
    """The two ends of its range are then powers of ten, as in Plotly."""

    def at(self, value: float) -> float:
        """Return the position of a value, even beyond the ends."""
        power = math.log10(value) if self.is_log else value
        return self.start + (power - self.low) / (self.high - self.low) * (self.end - self.start)

    def within(self, value: float) -> float:
        """Return the position of a value, clipped to the ends of the axis."""
        return min(max(self.at(value), min(self.start, self.end)), max(self.start, self.end))

    def has_place_for(self, value: float) -> bool:
        return value > 0 or not self.is_log

    def holds(self, value: float) -> bool:
        """Whether a value has a position and lies between the ends."""
        return math.isclose(self.at(value), self.within(value), abs_tol=1e-6)


@dataclass(frozen=True)
class Sheet:
    """The axes of a figure by name ("x", "y", "y2") and the area that they share. [px]"""

    top: float
    bottom: float
    axes: Mapping[str, Axis]

    def across(self, ref: str, value: float) -> float:
        """Return the percent of the width, from a value of an axis or a share of the paper."""
        return 100 * value if ref == "paper" else self.axes[ref].at(value)

    def down(self, ref: str, value: float) -> float:
        """Return the pixels from the top, from a value of an axis or a share of the paper."""
        if ref == "paper":
            return self.bottom - value * (self.bottom - self.top)
        return self.axes[ref].at(value)


def sheet_of(layout: Mapping[str, Any]) -> Sheet:
    """Return the sheet of a layout that has a height, margins and every range."""
    top, bottom = layout["margin"]["t"], layout["height"] - layout["margin"]["b"]
    axes = {"x": _axis(layout["xaxis"], 0, 100)}
    for key, given in y_axes(layout):
        low, high = given.get("domain", (0, 1))
        ends = (bottom - share * (bottom - top) for share in (low, high))
        axes[key] = _axis(given, *ends)
    return Sheet(top, bottom, axes)


def y_axes(layout: Mapping[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Return the vertical axes under the names that traces use: "y2" for "yaxis2"."""
    return [
        (key.replace("axis", ""), given) for key, given in layout.items() if key.startswith("yaxis")
    ]


def _axis(given: Mapping[str, Any], start: float, end: float) -> Axis:
    kind = given.get("type", "linear")
    if kind not in ("linear", "log"):
        raise ValueError(f"the type of an axis must be 'linear' or 'log', got {kind!r}")
    low, high = given["range"]
    return Axis(low, high, start, end, is_log=kind == "log")
