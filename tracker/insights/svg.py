"""The week as a small SVG that needs no script: bars and one line, nothing more.

Sideways everything is in percent, so that the letters keep their size on a narrow screen; down it
is in pixels. All numbers are text already: a locale must not put a comma into them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from tracker.insights.charts import (
    BAR_SHARE,
    CHART_PX,
    CODE_SHARE,
    LANE_PX,
    PILL_SHARE,
    PLOT_PX,
    TOP_PX,
    ChartDay,
    Scale,
    food_scale,
    shades_of,
)
from tracker.numbers.amounts import two_digits


class Part(NamedTuple):
    """One class's part of one bar."""

    x: str
    y: str
    width: str
    height: str
    shade: str
    code: str
    code_y: str
    is_hatched: bool


class Mark(NamedTuple):
    """A text or a symbol at a place."""

    x: str
    y: str
    text: str = ""
    is_over: bool = False


class Line(NamedTuple):
    x1: str
    y1: str
    x2: str
    y2: str


class Pill(NamedTuple):
    """A supplement: its amount is written, not drawn."""

    x: str
    width: str
    text_x: str
    text: str
    is_hatched: bool


@dataclass(frozen=True)
class WeekSvg:
    """Everything that templates/insights/_week.svg.html places."""

    height: str
    lane_title_y: str
    lane_y: str
    lane_height: str
    lane_text_y: str
    unit_y: str
    ticks: list[Mark]
    parts: list[Part]
    breaks: list[Mark]
    break_width: str
    targets: list[Line]
    absorbed_targets: list[Line]
    absorbed_lines: list[Line]
    absorbed_marks: list[Mark]
    pills: list[Pill]


def week_svg(days: Sequence[ChartDay]) -> WeekSvg:
    """Return the places of everything in the chart of these days."""
    return _Plot(days).svg()


class _Plot:
    """The transformation from days and micrograms to percent and pixels."""

    def __init__(self, days: Sequence[ChartDay]) -> None:
        self.days = days
        self.scale: Scale = food_scale(days)
        self.has_lane = any(day.supplement_ug for day in days)
        self.top_px = TOP_PX + (LANE_PX if self.has_lane else 0)

    def svg(self) -> WeekSvg:
        return WeekSvg(
            height=str(CHART_PX),
            lane_title_y="12",
            lane_y="18",
            lane_height="20",
            lane_text_y="32",
            unit_y=_px(self.top_px - 12),
            ticks=[
                Mark("-6", _px(self.y(ug)), text)
                for ug, text in zip(self.scale.ticks_ug, self.scale.tick_texts, strict=True)
            ],
            parts=[part for place in range(len(self.days)) for part in self.parts(place)],
            breaks=self.breaks(),
            break_width=_percent(BAR_SHARE / len(self.days)),
            targets=self.steps([day.target_ug for day in self.days]),
            absorbed_targets=self.steps([day.absorbed_target_ug for day in self.days]),
            absorbed_lines=self.absorbed_lines(),
            absorbed_marks=self.absorbed_marks(),
            pills=self.pills(),
        )

    def x(self, place: float) -> str:
        """Percent of the width at a day's number; the middle of its column is at + 0.5."""
        return _percent(place / len(self.days))

    def y(self, amount_ug: float) -> float:
        share = min(amount_ug / self.scale.top_ug, 1.0)
        return PLOT_PX - share * (PLOT_PX - self.top_px)

    def parts(self, place: int) -> list[Part]:
        day, below, found = self.days[place], 0.0, []
        for shade in shades_of([day]):
            top = self.y(below + day.food_ug[shade.key])
            height = self.y(below) - top
            below += day.food_ug[shade.key]
            has_room = height >= CODE_SHARE * (PLOT_PX - self.top_px)
            part = Part(
                x=self.x(place + (1 - BAR_SHARE) / 2),
                y=_px(top),
                width=_percent(BAR_SHARE / len(self.days)),
                height=_px(height),
                shade=shade.key,
                code=str(shade.code) if has_room else "",
                code_y=_px(top + height / 2 + 4),
                is_hatched=not day.is_complete,
            )
            if height > 0.05:
                found.append(part)
        return found

    def breaks(self) -> list[Mark]:
        return [
            Mark(
                self.x(place + (1 - BAR_SHARE) / 2),
                _px(self.top_px),
                f"↑\u00a0{two_digits(day.total_food_ug)}",
            )
            for place, day in enumerate(self.days)
            if self.scale.is_over(day.total_food_ug)
        ]

    def steps(self, amounts_ug: Sequence[float]) -> list[Line]:
        """One line for each run of days with the same amount."""
        lines, start = [], 0
        for place, ug in enumerate(amounts_ug):
            if place + 1 == len(amounts_ug) or amounts_ug[place + 1] != ug:
                y = _px(self.y(ug))
                lines.append(Line(self.x(start), y, self.x(place + 1), y))
                start = place + 1
        return lines

    def absorbed_lines(self) -> list[Line]:
        return [
            Line(self.x(at + 0.5), _px(self.y(a)), self.x(at + 1.5), _px(self.y(b)))
            for at, (a, b) in enumerate(pairwise(day.absorbed_ug for day in self.days))
            if a is not None and b is not None
        ]

    def absorbed_marks(self) -> list[Mark]:
        return [
            Mark(
                self.x(place + 0.5),
                _px(self.y(day.absorbed_ug)),
                two_digits(day.absorbed_ug),
                self.scale.is_over(day.absorbed_ug),
            )
            for place, day in enumerate(self.days)
            if day.absorbed_ug is not None
        ]

    def pills(self) -> list[Pill]:
        return [
            Pill(
                x=self.x(place + (1 - PILL_SHARE) / 2),
                width=_percent(PILL_SHARE / len(self.days)),
                text_x=self.x(place + 0.5),
                text=two_digits(day.supplement_ug),
                is_hatched=not day.is_complete,
            )
            for place, day in enumerate(self.days)
            if day.supplement_ug
        ]


def _percent(share: float) -> str:
    return f"{share * 100:.3f}%"


def _px(pixels: float) -> str:
    return f"{pixels:.1f}"
