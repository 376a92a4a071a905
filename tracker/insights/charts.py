"""Charts as plain dicts: lists in, ``None`` for no record. Tests validate each with go.Figure.

A figure carries no colours. ``meta`` (traces) and ``name`` (shapes, annotations) hold names of
custom properties of the style sheet, which charts.js looks up: light, dark and print agree.
"""

from collections.abc import Sequence
from itertools import takewhile
from typing import Any

from django.utils.translation import gettext as _

from tracker.insights.chartlayout import week_layout
from tracker.insights.palette import Shade
from tracker.insights.weekchart import (
    BAR_SHARE,
    CODE_SHARE,
    PILL_SHARE,
    ChartDay,
    Scale,
    food_scale,
    shades_of,
    stub_ug,
)
from tracker.numbers.amounts import micrograms, two_digits

HATCH = {"size": 7, "solidity": 0.4}
MARKER_SHARE = 0.05
"""Nearer than this to the marker of what was absorbed, a code could not be read."""


def week_figure(days: Sequence[ChartDay]) -> dict[str, Any]:
    """Return the week as a Plotly figure: food stacked, supplements in a lane of their own."""
    scale, has_lane = food_scale(days), any(day.supplement_ug for day in days)
    shades = shades_of(days)
    data = [_class_bars(shade, days, scale, shades) for shade in shades]
    if any(day.is_open for day in days):
        data.append(_open_trace(days, scale))
    data.append(_absorbed_trace(days, scale))
    data.append(_target_trace(days))
    if has_lane:
        data.append(_supplement_trace(days))
    return {"data": data, "layout": week_layout(days, scale, has_lane=has_lane)}


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
        "marker": {"line": {"width": 1}, "pattern": {"shape": _hatching(days), **HATCH}},
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
    return ["/" if day.is_open else "" for day in days]


def _open_trace(days: Sequence[ChartDay], scale: Scale) -> dict[str, Any]:
    """Hatched stubs on bars too low to show hatching; on the others only the hover text."""
    stubs = [stub_ug(day, scale) if day.is_open else None for day in days]
    return {
        "type": "bar",
        "name": _("Not marked complete"),
        "meta": {"colour": "--surface", "outline": "--line-strong", "hatch": "--line-strong"},
        "x": [day.label for day in days],
        "y": stubs,
        "width": BAR_SHARE,
        "marker": {
            "line": {"width": [1 if ug else 0 for ug in stubs]},
            "pattern": {"shape": "/", **HATCH, "solidity": 0.3},
        },
        "hovertemplate": "%{fullData.name}<extra></extra>",
    }


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
        "marker": {"line": {"width": 1}, "pattern": {"shape": _hatching(days), **HATCH}},
        "customdata": _amount_texts(taken),
        "hovertemplate": "%{fullData.name}: %{customdata}<extra></extra>",
    }
