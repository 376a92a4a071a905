"""The week as a small SVG that needs no script: bars and one line, nothing more.

Sideways everything is in percent, so that the letters keep their size on a narrow screen; down it
is in pixels.
"""

from collections.abc import Sequence
from itertools import pairwise

from tracker.insights.scale import Scale
from tracker.insights.svgmarks import Above, Break, DayLabel, Over, Part, Pill, Tick, WeekSvg
from tracker.insights.weekchart import (
    BAR_SHARE,
    CHART_PX,
    LANE_PX,
    PILL_SHARE,
    PLOT_PX,
    TOP_PX,
    ChartDay,
    codes,
    food_scale,
    lines_of,
    shades_of,
    stub_ug,
    targets_above,
)
from tracker.numbers.amounts import two_digits

LANE_TITLE_Y, LANE_Y, LANE_HEIGHT, LANE_TEXT_Y = 12.0, 18.0, 20.0, 32.0


def week_svg(days: Sequence[ChartDay]) -> WeekSvg:
    """Return the places of everything in the chart of these days."""
    return _Plot(days).svg()


class _Plot:
    """The transformation from days and micrograms to percent and pixels."""

    def __init__(self, days: Sequence[ChartDay]) -> None:
        self.days = days
        self.scale: Scale = food_scale(days)
        has_lane = any(day.supplement_ug for day in days)
        self.top_px = TOP_PX + (LANE_PX if has_lane else 0)

    def svg(self) -> WeekSvg:
        return WeekSvg(
            height=str(CHART_PX),
            lane_title_y=f"{LANE_TITLE_Y:g}",
            unit_y=f"{self.top_px - 12:g}",
            ticks=self.ticks(),
            parts=[part for place in range(len(self.days)) for part in self.parts(place)],
            stubs=self.stubs(),
            codes=self.codes(),
            breaks=self.breaks(),
            targets=self.steps([day.target_ug for day in self.days]),
            targets_above=self.targets_above(),
            absorbed_targets=self.steps([day.absorbed_target_ug for day in self.days]),
            absorbed_lines=self.absorbed_lines(),
            dots=self.dots(),
            overs=self.overs(),
            pills=self.pills(),
        )

    def x(self, place: float) -> float:
        """Percent of the width at a day's number; the middle of its column is at + 0.5."""
        return 100 * place / len(self.days)

    def y(self, amount_ug: float) -> float:
        share = min(amount_ug / self.scale.top_ug, 1.0)
        return PLOT_PX - share * (PLOT_PX - self.top_px)

    def ticks(self) -> list[Tick]:
        texts = zip(self.scale.ticks_ug, self.scale.tick_texts, strict=True)
        places = ((self.y(ug), text) for ug, text in texts)
        return [Tick(_line(0, y, 100, y), f'x="-6" y="{y:.1f}"', text) for y, text in places]

    def parts(self, place: int) -> list[Part]:
        day, below_ug, found = self.days[place], 0.0, []
        x, width = self.x(place + (1 - BAR_SHARE) / 2), self.x(BAR_SHARE)
        for shade in shades_of([day]):
            bottom = self.y(below_ug)
            below_ug += day.food_ug[shade.key]
            top = self.y(below_ug)
            if bottom - top > 0.05:
                box = _box(x, top, width, bottom - top)
                found.append(Part(shade.key, box, day.is_open))
        return found

    def codes(self) -> list[DayLabel]:
        left = (1 - BAR_SHARE) / 2
        return [
            DayLabel(_at(self.x(code.place + left), self.y(code.at_ug) + 4) + ' dx="3"', code.text)
            for code in codes(self.days, self.scale)
        ]

    def stubs(self) -> list[str]:
        boxes, x = [], (1 - BAR_SHARE) / 2
        for place, day in enumerate(self.days):
            bar = self.y(day.total_food_ug)
            top = self.y(day.total_food_ug + stub_ug(day, self.scale))
            if bar - top > 0.05:
                boxes.append(_box(self.x(place + x), top, self.x(BAR_SHARE), bar - top))
        return boxes

    def breaks(self) -> list[Break]:
        return [
            Break(
                _box(self.x(place + (1 - BAR_SHARE) / 2), self.top_px, self.x(BAR_SHARE), 20.0),
                f"↑\u00a0{two_digits(day.total_food_ug)}",
            )
            for place, day in enumerate(self.days)
            if self.scale.is_over(day.total_food_ug)
        ]

    def steps(self, amounts_ug: Sequence[float]) -> list[str]:
        return [
            _line(self.x(run.start), self.y(run.amount_ug), self.x(run.end), self.y(run.amount_ug))
            for run in lines_of(amounts_ug, self.scale)
        ]

    def targets_above(self) -> list[Above]:
        return [
            Above(_at(self.x(run.start), self.top_px), two_digits(run.amount_ug))
            for run in targets_above(self.days, self.scale)
        ]

    def absorbed_lines(self) -> list[str]:
        return [
            _line(self.x(at + 0.5), self.y(a), self.x(at + 1.5), self.y(b))
            for at, (a, b) in enumerate(pairwise(day.absorbed_ug for day in self.days))
            if a is not None and b is not None
        ]

    def dots(self) -> list[str]:
        return [
            f'cx="{self.x(place + 0.5):.3f}%" cy="{self.y(day.absorbed_ug):.1f}"'
            for place, day in enumerate(self.days)
            if day.absorbed_ug is not None and not self.scale.is_over(day.absorbed_ug)
        ]

    def overs(self) -> list[Over]:
        return [
            Over(_at(self.x(place + 0.5), self.y(day.absorbed_ug)), two_digits(day.absorbed_ug))
            for place, day in enumerate(self.days)
            if day.absorbed_ug is not None and self.scale.is_over(day.absorbed_ug)
        ]

    def pills(self) -> list[Pill]:
        width = self.x(PILL_SHARE)
        return [
            Pill(
                _box(self.x(place + (1 - PILL_SHARE) / 2), LANE_Y, width, LANE_HEIGHT),
                _at(self.x(place + 0.5), LANE_TEXT_Y),
                two_digits(day.supplement_ug),
                day.is_open,
            )
            for place, day in enumerate(self.days)
            if day.supplement_ug
        ]


def _box(x: float, y: float, width: float, height: float) -> str:
    return f'x="{x:.3f}%" y="{y:.1f}" width="{width:.3f}%" height="{height:.1f}"'


def _at(x: float, y: float) -> str:
    return f'x="{x:.3f}%" y="{y:.1f}"'


def _line(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'x1="{x1:.3f}%" y1="{y1:.1f}" x2="{x2:.3f}%" y2="{y2:.1f}"'
