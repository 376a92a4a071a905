"""Charts as plain dicts: lists in, ``None`` for no record. Tests validate each with go.Figure.

A figure contains no colours. ``meta`` (traces) and ``name`` (shapes, annotations) hold names of
custom properties of the style sheet, which the drawing (tracker.charts) and charts.js look up, so
that light, dark and print agree.
"""

from collections.abc import Sequence
from html import escape
from typing import Any

from django.utils.translation import gettext as _

from tracker.charts.scale import Scale
from tracker.insights.chartlayout import week_layout
from tracker.insights.palette import Shade
from tracker.insights.weekchart import (
    BAR_SHARE,
    PILL_SHARE,
    ChartDay,
    codes,
    food_scale,
    shades_of,
    stub_ug,
)
from tracker.numbers.amounts import micrograms, two_digits

HATCH = {"size": 7, "solidity": 0.4}


def week_figure(days: Sequence[ChartDay]) -> dict[str, Any]:
    """Return the week as a Plotly figure: food stacked, supplements in their own lane."""
    scale, has_lane = food_scale(days), any(day.supplement_ug for day in days)
    data = [_class_bars(shade, days) for shade in shades_of(days)]
    if any(day.is_open for day in days):
        data.append(_open_trace(days, scale))
    data += [_code_trace(days, scale), _absorbed_trace(days, scale), _words_trace(days)]
    if has_lane:
        data.append(_supplement_trace(days))
    return {"data": data, "layout": week_layout(days, scale, has_lane=has_lane)}


def _class_bars(shade: Shade, days: Sequence[ChartDay]) -> dict[str, Any]:
    amounts = [day.food_ug.get(shade.key) or None for day in days]
    return {
        "type": "bar",
        "name": str(shade.label),
        "meta": {"colour": shade.token, "outline": "--surface", "hatch": "--surface"},
        "x": [*range(len(days))],
        "y": amounts,
        "width": BAR_SHARE,
        "marker": {"line": {"width": 1}, "pattern": {"shape": _hatching(days), **HATCH}},
        "customdata": _amount_texts(amounts),
        "hovertemplate": "%{fullData.name}: %{customdata}<extra></extra>",
    }


def _amount_texts(amounts: Sequence[float | None]) -> list[str]:
    """Format amounts for the hover text; Plotly shows none where nothing is drawn."""
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
        "x": [*range(len(days))],
        "y": stubs,
        "width": BAR_SHARE,
        "marker": {
            "line": {"width": [1 if ug else 0 for ug in stubs]},
            "pattern": {"shape": "/", **HATCH, "solidity": 0.3},
        },
        "hovertemplate": "%{fullData.name}<extra></extra>",
    }


def _code_trace(days: Sequence[ChartDay], scale: Scale) -> dict[str, Any]:
    """All codes as one trace: Plotly would measure each one as a text of its bar."""
    found = codes(days, scale)
    return {
        "type": "scatter",
        "mode": "text",
        "name": _("Codes"),
        "meta": {"colour": "--ink"},
        "x": [code.place - BAR_SHARE / 2 for code in found],
        "y": [code.at_ug for code in found],
        "text": [f"\u2009{code.text}" for code in found],
        "textposition": "middle right",
        "textfont": {"weight": 600},
        "hoverinfo": "skip",
    }


def _absorbed_trace(days: Sequence[ChartDay], scale: Scale) -> dict[str, Any]:
    amounts = [day.absorbed_ug for day in days]
    return {
        "type": "scatter",
        "mode": "lines+markers+text",
        "name": _("Absorbed (estimate)"),
        "meta": {"colour": "--absorbed", "outline": "--surface"},
        "x": [*range(len(days))],
        "y": [None if ug is None else min(ug, scale.top_ug) for ug in amounts],
        "text": [two_digits(ug) if ug and scale.is_over(ug) else "" for ug in amounts],
        "textposition": "bottom center",
        "connectgaps": False,
        "cliponaxis": False,
        "line": {"width": 2},
        "marker": {"line": {"width": 1.5}, "opacity": 1, **_absorbed_marks(amounts, scale)},
        "hoverinfo": "skip",
    }


def _absorbed_marks(amounts: Sequence[float | None], scale: Scale) -> dict[str, list[Any]]:
    over = [ug is not None and scale.is_over(ug) for ug in amounts]
    return {
        "symbol": ["triangle-up" if is_over else "circle" for is_over in over],
        "size": [11 if is_over else 9 for is_over in over],
    }


def _words_trace(days: Sequence[ChartDay]) -> dict[str, Any]:
    """An invisible trace with the hover text of a day; Plotly's own covers only what is drawn.

    Supplements lie in another lane, a target is a shape, and unknown amounts are not drawn.
    """
    return {
        "type": "scatter",
        "mode": "markers",
        "name": _("The day"),
        "meta": {"colour": "--ink"},
        "x": [*range(len(days))],
        "y": [0 for _day in days],
        "marker": {"opacity": 0, "size": 1},
        "customdata": [_lines(day.words) for day in days],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _lines(words: Sequence[str]) -> str:
    """Join lines with Plotly's markup, in which "< 0.01" could start a tag."""
    return "<br>".join(map(escape, words))


def _supplement_trace(days: Sequence[ChartDay]) -> dict[str, Any]:
    """Bars of equal height: the amount is written on them, as they share no scale with food."""
    taken = [day.supplement_ug or None for day in days]
    return {
        "type": "bar",
        "name": _("Supplements"),
        "meta": {
            "colour": "--sunken",
            "outline": "--class-supplement",
            "hatch": "--line",
            "text": "--ink",
        },
        "yaxis": "y2",
        "x": [*range(len(days))],
        "y": [1 if ug else None for ug in taken],
        "width": PILL_SHARE,
        "text": [two_digits(ug) if ug else "" for ug in taken],
        "textposition": "inside",
        "textfont": {"size": 11},
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "none",
        "marker": {
            "line": {"width": 1},
            "cornerradius": 2,
            "pattern": {"shape": _hatching(days), **HATCH},
        },
        "hoverinfo": "skip",
    }
