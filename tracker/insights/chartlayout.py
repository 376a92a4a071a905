"""What surrounds the bars of the week's figure: axes, target lines, annotations."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from tracker.charts.layout import base_layout, note
from tracker.charts.scale import Scale
from tracker.insights.weekchart import (
    AXIS_PX,
    BAR_SHARE,
    BOTTOM_PX,
    CHART_PX,
    LANE_PX,
    PLOT_PX,
    TOP_PX,
    ChartDay,
    Run,
    lines_of,
    targets_above,
)
from tracker.numbers.amounts import two_digits


def week_layout(days: Sequence[ChartDay], scale: Scale, *, has_lane: bool) -> dict[str, Any]:
    food_share = 1 - (TOP_PX + (LANE_PX if has_lane else 0)) / PLOT_PX
    above = targets_above(days, scale)
    broken = [n for n, day in enumerate(days) if scale.is_over(day.total_food_ug)]
    layout: dict[str, Any] = {
        **base_layout(CHART_PX, left=AXIS_PX, right=0, top=0, bottom=BOTTOM_PX),
        "hovermode": "x unified",
        "hoversubplots": "axis",  # one hover box for bars and supplements
        "barmode": "stack",
        "meta": {"has_target_above": bool(above)},
        "xaxis": {
            "range": [-0.5, len(days) - 0.5],
            "tickvals": [*range(len(days))],
            "ticktext": [day.label for day in days],
            "fixedrange": True,
            "showticklabels": False,
            "showgrid": False,
            "zeroline": False,
            "linewidth": 1,
            "mirror": True,
        },
        "yaxis": {
            "domain": [0, food_share],
            "range": [0, scale.top_ug],
            "tickvals": scale.ticks_ug,
            "ticktext": scale.tick_texts,
            "ticklabelstandoff": 4,
            "fixedrange": True,
            "showline": False,
            "zeroline": False,
        },
        "shapes": [
            *_target_shapes(days, scale),
            *(_cut(n, scale) for n in broken),
            *(_arrow(run, scale) for run in above),
        ],
        "annotations": [
            _unit(food_share),
            *(_over(n, days[n], scale) for n in broken),
            *(_above(run, scale) for run in above),
        ],
    }
    if has_lane:
        layout["yaxis2"] = _lane_axis()
        layout["annotations"].append(_lane_title())
    return layout


def _target_shapes(days: Sequence[ChartDay], scale: Scale) -> list[dict[str, Any]]:
    targets = lines_of([day.target_ug for day in days], scale)
    absorbed = lines_of([day.absorbed_target_ug for day in days], scale)
    return [
        *(_step(run, "--ink", "6px,4px") for run in targets),
        *(_step(run, "--absorbed", "2px,3px") for run in absorbed),
    ]


def _step(run: Run, token: str, dash: str) -> dict[str, Any]:
    height = run.amount_ug
    ends = {"x0": run.start - 0.5, "x1": run.end - 0.5, "y0": height, "y1": height}
    line = {"width": 2, "dash": dash}
    return {"type": "line", "name": token, "xref": "x", "yref": "y", **ends, "line": line}


def _arrow(run: Run, scale: Scale) -> dict[str, Any]:
    """An arrow up to a target above the scale, on the first day that has it; in pixels."""
    fixed = {"type": "path", "name": "--ink", "xref": "x", "yref": "y", "line": {"width": 2}}
    place = {"xanchor": run.start - 0.5, "yanchor": scale.top_ug}
    sizes = {"xsizemode": "pixel", "ysizemode": "pixel"}
    return {**fixed, **place, **sizes, "path": "M7,-24 L7,-4 M2,-10 L7,-4 L12,-10"}


def _above(run: Run, scale: Scale) -> dict[str, Any]:
    place = {"x": run.start - 0.5, "y": scale.top_ug, "xanchor": "left", "xshift": 15}
    font = {"weight": 600}
    return note(two_digits(run.amount_ug), "--ink", **place, yshift=-11, font=font)


def _cut(place: int, scale: Scale) -> dict[str, Any]:
    """The slash across a bar that is cut off at the top of the scale."""
    half = 0.6 * BAR_SHARE
    ends = {"x0": place - half, "x1": place + half, "y0": -12, "y1": -6}
    fixed = {"type": "line", "name": "--surface", "xref": "x", "yref": "y", "line": {"width": 4}}
    return {**fixed, **ends, "ysizemode": "pixel", "yanchor": scale.top_ug}


def _over(place: int, day: ChartDay, scale: Scale) -> dict[str, Any]:
    text = f"↑\u00a0{two_digits(day.total_food_ug)}"
    return note(text, "--ink", x=place, y=scale.top_ug, yshift=10, font={"weight": 600})


def _unit(food_share: float) -> dict[str, Any]:
    place = {"x": 0, "y": food_share, "xshift": -6, "yshift": 16, "xanchor": "right"}
    return note("µg", "--ink-soft", xref="paper", yref="paper", **place)


def _lane_title() -> dict[str, Any]:
    place = {"x": 0, "y": 1, "yshift": -8, "xanchor": "left"}
    return note(_("Supplements, µg"), "--ink-soft", xref="paper", yref="paper", **place)


def _lane_axis() -> dict[str, Any]:
    return {
        "domain": [1 - (LANE_PX - 4) / PLOT_PX, 1 - 16 / PLOT_PX],
        "range": [-0.06, 1.06],
        "fixedrange": True,
        "visible": False,
    }
