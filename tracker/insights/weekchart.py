"""What both drawings of a week share, the server's SVG and Plotly's: its days, sizes and scale."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.formats import number_format

from tracker.insights.palette import Shade, shades_in

AXIS_PX = 40
CHART_PX = 280
TOP_PX, BOTTOM_PX = 22, 8
LANE_PX = 42
PLOT_PX = CHART_PX - BOTTOM_PX
TICKS = 4
MOST_TARGETS = 5.0
"""The food scale ends at five times the target; a taller bar is broken off and labelled."""
MOST_TARGETS_ABSORBED = 3.5
MOST_ABSORBED_TARGETS = 8
"""How far up the scale follows a target that a person set."""
BAR_SHARE, PILL_SHARE = 0.62, 0.94
"""Of a day's column."""
CODE_SHARE = 0.055
"""A part of a bar shorter than this share of the scale has no room for its code."""
STUB_SHARE = 0.07
"""The hatching of an open day reaches up to at least this share of the scale, bar or no bar."""


@dataclass(frozen=True)
class ChartDay:
    """One day as a chart needs it. [µg] ``absorbed_ug`` is None where nothing is recorded."""

    label: str
    food_ug: dict[str, float] = field(default_factory=dict)
    supplement_ug: float = 0.0
    absorbed_ug: float | None = None
    target_ug: float = 2.4
    absorbed_target_ug: float = 1.2
    is_open: bool = False
    """Begun, and not marked complete."""

    @property
    def total_food_ug(self) -> float:
        return sum(self.food_ug.values())


@dataclass(frozen=True)
class Scale:
    """A linear axis from 0 to a round top. [µg]"""

    top_ug: float
    step_ug: float

    @property
    def ticks_ug(self) -> list[float]:
        return [self.step_ug * n for n in range(round(self.top_ug / self.step_ug) + 1)]

    @property
    def tick_texts(self) -> list[str]:
        decimals = max(0, -math.floor(math.log10(self.step_ug) + 1e-9))
        decimals += round(self.step_ug * 10**decimals) != round(self.step_ug * 10**decimals, 6)
        return [
            number_format(ug, decimals if ug else 0, force_grouping=True) for ug in self.ticks_ug
        ]

    def is_over(self, amount_ug: float) -> bool:
        return amount_ug > self.top_ug * 1.0001


def stub_ug(day: ChartDay, scale: Scale) -> float:
    """Return how much an open day's bar lacks to show its hatching. [µg]"""
    return max(0.0, STUB_SHARE * scale.top_ug - day.total_food_ug) if day.is_open else 0.0


def food_scale(days: Sequence[ChartDay]) -> Scale:
    """Return a scale that shows ordinary days well, whatever a tablet or a liver dinner holds."""
    target = max(day.target_ug for day in days)
    absorbed_target = max(day.absorbed_target_ug for day in days)
    # An own target of 1000 µg must not flatten the bars.
    base = min(target, MOST_ABSORBED_TARGETS * absorbed_target)
    food = max(day.total_food_ug for day in days)
    absorbed = max((day.absorbed_ug or 0.0) for day in days)
    wanted = max(
        1.25 * base,
        min(food, MOST_TARGETS * base),
        min(absorbed, MOST_TARGETS_ABSORBED * base),
    )
    return round_scale(wanted)


def round_scale(wanted_ug: float) -> Scale:
    """Return the smallest round scale with about four steps that holds an amount."""
    raw = wanted_ug / TICKS
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(power * n for n in (1, 2, 2.5, 5, 10) if power * n >= raw * 0.999)
    return Scale(step * math.ceil(wanted_ug / step * 0.999), step)


def shades_of(days: Sequence[ChartDay]) -> list[Shade]:
    """Return the food classes that occur, in the order in which they are stacked."""
    return shades_in({key for day in days for key, ug in day.food_ug.items() if ug})
