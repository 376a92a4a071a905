"""The dose curve: the core's figure, styled for the page.

Colours are names of custom properties, as in every chart (static/js/charts.js looks them up).
"""

import math
from html import escape
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from tracker.charts.layout import FONT_PX, base_layout, note
from tracker.learn.words import DOSE_LABELS
from tracker.numbers.amounts import micrograms
from tracker.science.figures import dose_curve_figure

CHART_PX = 440
AXIS_PX, RIGHT_PX = 42, 20
"""The style sheet leaves as much beside the drawing."""
DOSE_TICKS_UG = (0.1, 1, 10, 100, 1000)
ABSORBED_TICKS_UG = (0.01, 0.1, 1, 10)
PAINT = (
    ("band", {"colour": "--absorbed", "fill": "--absorbed-soft"}),
    ("curve", {"colour": "--absorbed"}),
    ("no_if", {"colour": "--ink-soft"}),
    ("doets", {"colour": "--class-fortified_food"}),
    ("points_no_if", {"colour": "--ink-soft"}),
)


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
        if trace["mode"] == "markers":
            trace["marker"]["line"] = {"width": 1.5 if "open" in trace["marker"]["symbol"] else 0}
    figure["layout"] = _layout(labels)
    return figure


def _hover(trace: dict[str, Any]) -> dict[str, Any]:
    """Return the hover texts of a trace: both amounts with their unit, and the kind of point."""
    sources = trace.get("text") or [trace["name"]] * len(trace["x"])
    text = _("%(dose)s swallowed, %(absorbed)s absorbed")
    said = [
        text % {"dose": micrograms(dose), "absorbed": micrograms(absorbed)}
        for dose, absorbed in zip(trace["x"], trace["y"], strict=True)
    ]
    lines = [f"{escape(line)}<br>{escape(more)}" for line, more in zip(said, sources, strict=True)]
    return {"customdata": lines, "hovertemplate": "%{customdata}<extra></extra>"}


def _layout(labels: dict[str, str]) -> dict[str, Any]:
    beside = {"x": 0, "y": 1, "xshift": 2 - AXIS_PX, "yshift": 14, "xanchor": "left"}
    absorbed = note(labels["absorbed"], "--ink-soft", xref="paper", yref="paper", **beside)
    title = {"text": labels["dose"], "font": {"size": FONT_PX}}
    return {
        **base_layout(CHART_PX, left=AXIS_PX, right=RIGHT_PX, top=24, bottom=48),
        "hovermode": "closest",
        "xaxis": _axis(DOSE_TICKS_UG) | {"range": [-1.05, 3.05], "title": title},
        "yaxis": _axis(ABSORBED_TICKS_UG) | {"range": [-2.0, 1.5]},
        "annotations": [absorbed],
    }


def _axis(ticks_ug: tuple[float, ...]) -> dict[str, Any]:
    return {
        "type": "log",
        "tickvals": list(ticks_ug),
        "ticktext": [_tick(ug) for ug in ticks_ug],
        "fixedrange": True,
    }


def _tick(amount_ug: float) -> str:
    return number_format(amount_ug, max(0, -math.floor(math.log10(amount_ug))), force_grouping=True)


def _four_digits(amount_ug: float) -> float:
    return float(f"{amount_ug:.4g}")
