"""What stands around the bars of the week's figure: axes, target lines, notes."""

from collections.abc import Sequence
from typing import Any

from django.utils.formats import get_format
from django.utils.translation import gettext as _

from tracker.insights.weekchart import (
    AXIS_PX,
    BOTTOM_PX,
    CHART_PX,
    LANE_PX,
    PLOT_PX,
    TOP_PX,
    ChartDay,
    Scale,
)
from tracker.numbers.amounts import two_digits


def week_layout(days: Sequence[ChartDay], scale: Scale, *, has_lane: bool) -> dict[str, Any]:
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
