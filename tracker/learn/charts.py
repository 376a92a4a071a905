"""The dose curve: Plotly's figure from the core, dressed for the page, and a small SVG before it.

Colours are names of custom properties, as in every chart (static/js/charts.js looks them up).
"""

import math
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import Any, NamedTuple

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from tracker.learn.words import DOSE_LABELS
from tracker.numbers.amounts import micrograms
from tracker.science.figures import (
    CURVE_SPAN_UG,
    LABELS,
    dose_curve_figure,
    dose_points,
)

CHART_PX = 440
PLOT_TOP_PX, PLOT_BOTTOM_PX = 24, 390
LOWEST_UG, HIGHEST_UG = 0.01, 30.0
DOSE_TICKS_UG = (0.1, 1, 10, 100, 1000)
ABSORBED_TICKS_UG = (0.01, 0.1, 1, 10)
PAINT = (
    ("band", {"colour": "--absorbed", "fill": "--absorbed-soft"}),
    ("curve", {"colour": "--absorbed"}),
    ("no_if", {"colour": "--ink-soft"}),
    ("doets", {"colour": "--class-fortified_food"}),
    ("points_no_if", {"colour": "--ink-soft"}),
)


class DoseTick(NamedTuple):
    place: str
    text: str


class Segment(NamedTuple):
    x1: str
    y1: str
    x2: str
    y2: str


class Point(NamedTuple):
    x: str
    y: str
    kind: str


@dataclass(frozen=True)
class DoseSvg:
    """Sideways in percent, down in pixels, all as text."""

    height: str
    bottom: str
    dose_ticks: list[DoseTick]
    absorbed_ticks: list[DoseTick]
    curve: list[Segment]
    points: list[Point]


def dose_figure() -> dict[str, Any]:
    """Return the core's figure with colours named, numbers rounded and axes written out."""
    labels = {key: str(label) for key, label in DOSE_LABELS.items()}
    figure = dose_curve_figure(labels)
    paint = {labels[key]: tokens for key, tokens in PAINT}
    for trace in figure["data"]:
        trace["meta"] = paint.get(trace["name"], {"colour": "--accent"})
        trace["x"] = [_four_digits(dose) for dose in trace["x"]]
        trace["y"] = [_four_digits(absorbed) for absorbed in trace["y"]]
        if trace.get("hoverinfo") != "skip":
            trace |= _hover(trace)
    figure["layout"] = _layout(labels)
    return figure


def _hover(trace: dict[str, Any]) -> dict[str, Any]:
    """Return the hover texts of a trace: both amounts with their unit, and what the point is."""
    sources = trace.get("text") or [trace["name"]] * len(trace["x"])
    text = _("%(dose)s swallowed, %(absorbed)s absorbed")
    said = [
        text % {"dose": micrograms(dose), "absorbed": micrograms(absorbed)}
        for dose, absorbed in zip(trace["x"], trace["y"], strict=True)
    ]
    lines = [f"{escape(line)}<br>{escape(more)}" for line, more in zip(said, sources, strict=True)]
    return {"customdata": lines, "hovertemplate": "%{customdata}<extra></extra>"}


def dose_svg() -> DoseSvg:
    """Return the model curve and the published points for the first paint and for print."""
    curve = next(t for t in dose_curve_figure()["data"] if t["name"] == LABELS["curve"])
    places = [(_x(dose), _y(ug)) for dose, ug in zip(curve["x"], curve["y"], strict=True)]
    return DoseSvg(
        height=str(CHART_PX),
        bottom=str(PLOT_BOTTOM_PX),
        dose_ticks=[DoseTick(_x(ug), _tick(ug)) for ug in DOSE_TICKS_UG],
        absorbed_ticks=[DoseTick(_y(ug), _tick(ug)) for ug in ABSORBED_TICKS_UG],
        curve=[Segment(*a, *b) for a, b in pairwise(places)],
        points=[
            Point(
                _x(point.dose_ug),
                _y(point.absorbed_ug),
                point.status if point.has_intrinsic_factor else "none",
            )
            for point in dose_points()
        ],
    )


def point_kinds() -> list[tuple[str, str]]:
    """Return each kind of published point with its words, for the key to the chart."""
    kinds = {"verified": "verified", "second-hand": "second-hand", "unconfirmed": "unconfirmed"}
    kinds |= {"none": "points_no_if"}
    return [(kind, str(DOSE_LABELS[label])) for kind, label in kinds.items()]


def _layout(labels: dict[str, str]) -> dict[str, Any]:
    return {
        "height": CHART_PX,
        "margin": {"l": 56, "r": 20, "t": 8, "b": 48},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "dragmode": False,
        "hovermode": "closest",
        "showlegend": False,
        "xaxis": _axis(labels["dose"], DOSE_TICKS_UG) | {"range": [-1.05, 3.05]},
        "yaxis": _axis(labels["absorbed"], ABSORBED_TICKS_UG) | {"range": [-2.0, 1.5]},
    }


def _axis(title: str, ticks_ug: tuple[float, ...]) -> dict[str, Any]:
    return {
        "type": "log",
        "title": {"text": title},
        "tickvals": list(ticks_ug),
        "ticktext": [_tick(ug) for ug in ticks_ug],
        "fixedrange": True,
    }


def _tick(amount_ug: float) -> str:
    return number_format(amount_ug, max(0, -math.floor(math.log10(amount_ug))), force_grouping=True)


def _x(dose_ug: float) -> str:
    low, high = map(math.log10, CURVE_SPAN_UG)
    return f"{100 * (math.log10(dose_ug) - low) / (high - low):.2f}%"


def _y(absorbed_ug: float) -> str:
    low, high = math.log10(LOWEST_UG), math.log10(HIGHEST_UG)
    share = (math.log10(absorbed_ug) - low) / (high - low)
    return f"{PLOT_BOTTOM_PX - share * (PLOT_BOTTOM_PX - PLOT_TOP_PX):.1f}"


def _four_digits(amount_ug: float) -> float:
    return float(f"{amount_ug:.4g}")
