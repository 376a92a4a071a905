"""The data for the figure of a week: its days, sizes and scale."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from tracker.charts.scale import Scale, round_scale
from tracker.insights.palette import Shade, shades_in

AXIS_PX = 40
CHART_PX = 280
TOP_PX, BOTTOM_PX = 22, 8
LANE_PX = 42
PLOT_PX = CHART_PX - BOTTOM_PX
MOST_TARGETS = 5.0
"""The food scale ends at five times the target; a taller bar is cut off and labelled."""
MOST_TARGETS_ABSORBED = 3.5
MOST_ABSORBED_TARGETS = 10
"""How far the scale extends to show a target that a person set."""
BAR_SHARE, PILL_SHARE = 0.62, 0.94
"""Share of a day's column."""
CODE_SHARE = 0.055
"""A part of a bar shorter than this share of the scale has no room for its code."""
MOST_CODED = 14
"""With more bars than this, the codes would overlap on a narrow screen."""
MARKER_SHARE = 0.05
"""A code nearer than this to the marker of the absorbed amount would be unreadable."""
STUB_SHARE = 0.07
"""The hatching of an open day reaches at least this share of the scale, even without a bar."""


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
    words: tuple[str, ...] = ()
    """The text of its table row, one item per line, for the hover box."""

    @property
    def total_food_ug(self) -> float:
        return sum(self.food_ug.values())


class Code(NamedTuple):
    """The short code of a class on its part of a bar; ``place`` is the index of the day."""

    place: int
    at_ug: float
    text: str


def codes(days: Sequence[ChartDay], scale: Scale) -> list[Code]:
    """Return the readable codes: the part is high enough and clear of the absorbed marker."""
    if len(days) > MOST_CODED:
        return []
    return [code for place, day in enumerate(days) for code in _codes_of(place, day, scale)]


def _codes_of(place: int, day: ChartDay, scale: Scale) -> Iterator[Code]:
    bottom = 0.0
    for shade in shades_of([day]):
        top = bottom + day.food_ug[shade.key]
        if min(top, scale.top_ug) - bottom >= CODE_SHARE * scale.top_ug:
            middle = _readable_at(bottom, min(top, scale.top_ug), day.absorbed_ug, scale)
            if middle is not None:
                yield Code(place, middle, str(shade.code))
        bottom = top


def _readable_at(
    bottom: float, top: float, absorbed_ug: float | None, scale: Scale
) -> float | None:
    """Return the middle of a part, or of its longer piece if the absorbed marker divides it."""
    gap, middle = MARKER_SHARE * scale.top_ug, (bottom + top) / 2
    marker = math.inf if absorbed_ug is None else min(absorbed_ug, scale.top_ug)
    if abs(marker - middle) > gap:
        return middle
    beside = (marker + (top if marker < middle else bottom)) / 2
    return beside if abs(marker - beside) > gap else None


class Run(NamedTuple):
    """Consecutive days with the same amount, ``end`` excluded."""

    start: int
    end: int
    amount_ug: float


def runs(amounts_ug: Sequence[float]) -> list[Run]:
    """Return consecutive days with the same amount as one run: one line instead of seven."""
    found, start = [], 0
    for place, ug in enumerate(amounts_ug):
        if place + 1 == len(amounts_ug) or amounts_ug[place + 1] != ug:
            found.append(Run(start, place + 1, ug))
            start = place + 1
    return found


def lines_of(amounts_ug: Sequence[float], scale: Scale) -> list[Run]:
    """Return the runs to draw as lines: each at the height of its amount, or not at all."""
    return [run for run in runs(amounts_ug) if not scale.is_over(run.amount_ug)]


def targets_above(days: Sequence[ChartDay], scale: Scale) -> list[Run]:
    """Return the runs of targets above the scale, which get an arrow and a number."""
    return [run for run in runs([day.target_ug for day in days]) if scale.is_over(run.amount_ug)]


def stub_ug(day: ChartDay, scale: Scale) -> float:
    """Return how much higher an open day's bar must be to show its hatching. [µg]"""
    return max(0.0, STUB_SHARE * scale.top_ug - day.total_food_ug) if day.is_open else 0.0


def food_scale(days: Sequence[ChartDay]) -> Scale:
    """Return a scale that shows ordinary days well, even beside a tablet or a liver dinner."""
    absorbed_target = max(day.absorbed_target_ug for day in days)
    # An own target of 1000 µg must not flatten the bars: an arrow shows that it is above.
    most = MOST_ABSORBED_TARGETS * absorbed_target
    within = (day.target_ug for day in days if day.target_ug <= most)
    base = max(within, default=2 * absorbed_target)
    food = max(day.total_food_ug for day in days)
    absorbed = max((day.absorbed_ug or 0.0) for day in days)
    wanted = max(
        1.25 * base,
        absorbed_target,
        min(food, MOST_TARGETS * base),
        min(absorbed, MOST_TARGETS_ABSORBED * base),
    )
    return round_scale(wanted)


def shades_of(days: Sequence[ChartDay]) -> list[Shade]:
    """Return the food classes that occur, in stacking order."""
    return shades_in({key for day in days for key, ug in day.food_ug.items() if ug})
