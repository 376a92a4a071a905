"""Charts as plain dicts: lists in, ``None`` for no record. Tests validate each with go.Figure.

A figure carries no colours. ``meta`` (traces) and ``name`` (shapes, annotations) hold names of
custom properties of the style sheet, which charts.js looks up: light, dark and print agree.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any

from django.utils.formats import get_format, number_format
from django.utils.translation import gettext as _

from tracker.insights.palette import Shade, shades_in
from tracker.numbers.amounts import micrograms, two_digits

AXIS_PX = 40
CHART_PX = 280
TOP_PX, BOTTOM_PX = 22, 8
LANE_PX = 42
PLOT_PX = CHART_PX - BOTTOM_PX
TICKS = 4
MOST_TARGETS = 5.0
"""The food scale ends at five times the target; a taller bar is broken off and labelled."""
MOST_TARGETS_ABSORBED = 3.5
BAR_SHARE, PILL_SHARE = 0.62, 0.94
"""Of a day's column."""
CODE_SHARE = 0.055
"""A part of a bar shorter than this share of the scale has no room for its code."""
MARKER_SHARE = 0.05
"""Nearer than this to the marker of what was absorbed, a code could not be read."""
MOST_ABSORBED_TARGETS = 8
"""How far up the scale follows a target that a person set."""


@dataclass(frozen=True)
class ChartDay:
    """One day as a chart needs it. [µg] ``absorbed_ug`` is None where nothing is recorded."""

    label: str
    food_ug: dict[str, float] = field(default_factory=dict)
    supplement_ug: float = 0.0
    absorbed_ug: float | None = None
    target_ug: float = 2.4
    absorbed_target_ug: float = 1.2
    is_complete: bool = False

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


def week_figure(days: Sequence[ChartDay]) -> dict[str, Any]:
    """Return the week as a Plotly figure: food stacked, supplements in a lane of their own."""
    scale, has_lane = food_scale(days), any(day.supplement_ug for day in days)
    shades = shades_of(days)
    data = [_class_bars(shade, days, scale, shades) for shade in shades]
    data.append(_absorbed_trace(days, scale))
    data.append(_target_trace(days))
    if has_lane:
        data.append(_supplement_trace(days))
    return {"data": data, "layout": _week_layout(days, scale, has_lane=has_lane)}


def _class_bars(
    shade: Shade, days: Sequence[ChartDay], scale: Scale, shades: Sequence[Shade]
) -> dict[str, Any]:
    amounts = [day.food_ug.get(shade.key) or None for day in days]
    return {
        "type": "bar",
        "name": str(shade.label),
        "meta": {"colour": shade.token, "outline": "--surface", "hatch": "--surface"},
        "x": [day.label for day in days],
        "y": amounts,
        "width": BAR_SHARE,
        "text": [str(shade.code) if _has_room(shade, d, scale, shades) else "" for d in days],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "none",
        "marker": {"line": {"width": 1}, "pattern": {"shape": _hatching(days), "size": 7}},
        "customdata": _amount_texts(amounts),
        "hovertemplate": "%{fullData.name}: %{customdata}<extra></extra>",
    }


def _has_room(shade: Shade, day: ChartDay, scale: Scale, shades: Sequence[Shade]) -> bool:
    """Whether a class code can be read in its part of the bar: high enough, clear of the marker."""
    height = day.food_ug.get(shade.key) or 0.0
    if height < CODE_SHARE * scale.top_ug:
        return False
    below = takewhile(lambda other: other.key != shade.key, shades)
    middle = sum(day.food_ug.get(other.key) or 0.0 for other in below) + height / 2
    return day.absorbed_ug is None or abs(day.absorbed_ug - middle) > MARKER_SHARE * scale.top_ug


def _amount_texts(amounts: Sequence[float | None]) -> list[str]:
    """Write amounts for the hover text; Plotly shows none where nothing is drawn."""
    return ["" if ug is None else micrograms(ug) for ug in amounts]


def _hatching(days: Sequence[ChartDay]) -> list[str]:
    return ["" if day.is_complete else "/" for day in days]


def _absorbed_trace(days: Sequence[ChartDay], scale: Scale) -> dict[str, Any]:
    amounts = [day.absorbed_ug for day in days]
    return {
        "type": "scatter",
        "mode": "lines+markers+text",
        "name": _("Absorbed, estimate"),
        "meta": {"colour": "--absorbed", "outline": "--surface"},
        "x": [day.label for day in days],
        "y": [None if ug is None else min(ug, scale.top_ug) for ug in amounts],
        "text": [two_digits(ug) if scale.is_over(ug or 0.0) else "" for ug in amounts],
        "textposition": "bottom center",
        "connectgaps": False,
        "cliponaxis": False,
        "line": {"width": 2},
        "marker": {"size": 9, "line": {"width": 1.5}, "symbol": _absorbed_symbols(amounts, scale)},
        "customdata": _amount_texts(amounts),
        "hovertemplate": "%{fullData.name}: %{customdata}<extra></extra>",
    }


def _absorbed_symbols(amounts: Sequence[float | None], scale: Scale) -> list[str]:
    over = (ug is not None and scale.is_over(ug) for ug in amounts)
    return ["triangle-up" if is_over else "circle" for is_over in over]


def _target_trace(days: Sequence[ChartDay]) -> dict[str, Any]:
    """Nothing to see: the line itself is a shape; this puts the target into the hover text."""
    return {
        "type": "scatter",
        "mode": "markers",
        "name": _("Target"),
        "meta": {"colour": "--ink"},
        "x": [day.label for day in days],
        "y": [0 for _day in days],
        "marker": {"opacity": 0, "size": 1},
        "customdata": [micrograms(day.target_ug) for day in days],
        "hovertemplate": "%{fullData.name}: %{customdata}<extra></extra>",
    }


def _supplement_trace(days: Sequence[ChartDay]) -> dict[str, Any]:
    """Bars of one height: the amount is written on them, no scale is shared with food."""
    taken = [day.supplement_ug or None for day in days]
    return {
        "type": "bar",
        "name": _("Supplements"),
        "meta": {"colour": "--sunken", "outline": "--class-supplement", "hatch": "--line"},
        "yaxis": "y2",
        "x": [day.label for day in days],
        "y": [1 if ug else None for ug in taken],
        "width": PILL_SHARE,
        "text": [two_digits(ug) if ug else "" for ug in taken],
        "textposition": "inside",
        "textfont": {"size": 11},
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "none",
        "marker": {"line": {"width": 1}, "pattern": {"shape": _hatching(days), "size": 7}},
        "customdata": _amount_texts(taken),
        "hovertemplate": "%{fullData.name}: %{customdata}<extra></extra>",
    }


def _week_layout(days: Sequence[ChartDay], scale: Scale, *, has_lane: bool) -> dict[str, Any]:
    food_share = 1 - (TOP_PX + (LANE_PX if has_lane else 0)) / PLOT_PX
    layout = base_layout()
    layout |= {
        "barmode": "stack",
        "height": CHART_PX,
        "margin": {"l": AXIS_PX, "r": 0, "t": 0, "b": BOTTOM_PX},
        "xaxis": {
            "type": "category",
            "range": [-0.5, len(days) - 0.5],
            "fixedrange": True,
            "showticklabels": False,
            "showgrid": False,
        },
        "yaxis": {
            "domain": [0, food_share],
            "range": [0, scale.top_ug],
            "tickvals": scale.ticks_ug,
            "ticktext": scale.tick_texts,
            "fixedrange": True,
            "zeroline": True,
        },
        "shapes": _target_shapes(days, scale),
        "annotations": [_unit(food_share), *_broken_bars(days, scale)],
    }
    if has_lane:
        layout["yaxis2"] = _lane_axis()
        layout["annotations"].append(_lane_title())
    return layout


def base_layout() -> dict[str, Any]:
    """Return what all charts share: no legend (the page has one), no background, the locale."""
    separators = get_format("DECIMAL_SEPARATOR") + get_format("THOUSAND_SEPARATOR")
    return {
        "showlegend": False,
        "hovermode": "x unified",
        "dragmode": False,
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "separators": separators,
        "font": {"size": 12},
    }


def _target_shapes(days: Sequence[ChartDay], scale: Scale) -> list[dict[str, Any]]:
    kinds = (("target_ug", "--ink", "dash"), ("absorbed_target_ug", "--absorbed", "dot"))
    return [
        {
            "type": "line",
            "name": token,
            "xref": "x",
            "yref": "y",
            "x0": place - 0.5,
            "x1": place + 0.5,
            "y0": min(getattr(day, amount), scale.top_ug),
            "y1": min(getattr(day, amount), scale.top_ug),
            "line": {"width": 2, "dash": dash},
        }
        for amount, token, dash in kinds
        for place, day in enumerate(days)
    ]


def _broken_bars(days: Sequence[ChartDay], scale: Scale) -> list[dict[str, Any]]:
    return [
        _note(f"↑\u00a0{two_digits(day.total_food_ug)}", x=day.label, y=scale.top_ug, yshift=9)
        for day in days
        if scale.is_over(day.total_food_ug)
    ]


def _unit(food_share: float) -> dict[str, Any]:
    note = _note("µg", x=0, y=food_share, yshift=15, xshift=-20)
    return note | {"xref": "paper", "yref": "paper"}


def _lane_title() -> dict[str, Any]:
    note = _note(_("Supplements, µg"), x=0, y=1, yshift=-7)
    return note | {"xref": "paper", "yref": "paper", "xanchor": "left"}


def _lane_axis() -> dict[str, Any]:
    return {
        "domain": [1 - (LANE_PX - 4) / PLOT_PX, 1 - 16 / PLOT_PX],
        "range": [-0.06, 1.06],
        "fixedrange": True,
        "visible": False,
    }


def _note(text: str, **place: Any) -> dict[str, Any]:
    fixed = {"showarrow": False, "yanchor": "middle", "font": {"size": 12}}
    return {"text": text, "name": "--ink", **fixed, **place}
