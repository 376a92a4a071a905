"""The lines, symbols and texts of a figure's scatter traces as SVG."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any, NamedTuple

from tracker.charts.paint import HALO, colour_of, each, marker_paint, stroke, symbol_markup
from tracker.charts.sheet import Sheet

Trace = Mapping[str, Any]
WIDE = 1000
"""The width at which lines are drawn before the browser stretches them; text is outside it."""
UP_DOWN = {"top": -1, "middle": 0, "bottom": 1}
ANCHORS = {"left": "end", "center": "middle", "right": "start"}


class Spot(NamedTuple):
    """One point of a trace in percent and pixels, and its number."""

    point: int
    x: float
    y: float
    is_inside: bool


Spots = list[Spot | None]


def scatter_svg(traces: Sequence[Trace], sheet: Sheet) -> Iterator[str]:
    """Yield the parts of each trace; an area extends to the line of the trace before it."""
    before: Spots = []
    for trace in traces:
        spots = _spots(trace, sheet)
        modes = trace["mode"].split("+")
        if "lines" in modes:
            yield from _lines(trace, spots, before, sheet)
        if "markers" in modes and trace["marker"].get("opacity", 1):
            yield from _markers(trace, spots)
        if "text" in modes:
            yield _texts(trace, spots)
        before = spots


def _spots(trace: Trace, sheet: Sheet) -> Spots:
    x, y = sheet.axes["x"], sheet.axes[trace.get("yaxis", "y")]
    return [
        Spot(point, x.at(across), y.at(down), x.holds(across) and y.holds(down))
        if down is not None and y.has_place_for(down)
        else None
        for point, (across, down) in enumerate(zip(trace["x"], trace["y"], strict=True))
    ]


def _lines(trace: Trace, spots: Spots, before: Spots, sheet: Sheet) -> Iterator[str]:
    """Yield the area and the line in a box that is stretched horizontally and clips them."""
    drawn, line = "", trace.get("line", {})
    if trace.get("fill", "none") == "tonexty":
        around = [*spots, *reversed(before)]
        drawn += f'<path fill="{colour_of(trace, "fill")}" d="{_path(around)}Z"/>'
    if line.get("width", 2):
        steady = 'vector-effect="non-scaling-stroke"'
        look = stroke(colour_of(trace), line)
        drawn += f'<path fill="none" {steady} {look} d="{_path(spots)}"/>'
    if drawn:
        top, height = sheet.top, sheet.bottom - sheet.top
        box = f'y="{top:g}" width="100%" height="{height:g}" viewBox="0 {top:g} {WIDE} {height:g}"'
        spill = "" if trace.get("cliponaxis", True) else ' overflow="visible"'
        yield f'<svg {box} preserveAspectRatio="none"{spill}>{drawn}</svg>'


def _path(spots: Spots) -> str:
    """Return the line through the points, with a new start after each gap."""
    found, is_on = [], False
    for spot in spots:
        if spot:
            found.append(f"{'L' if is_on else 'M'}{spot.x * WIDE / 100:.1f} {spot.y:.1f}")
        is_on = spot is not None
    return "".join(found)


def _markers(trace: Trace, spots: Spots) -> Iterator[str]:
    marker = trace["marker"]
    symbols = each(marker.get("symbol", "circle"), len(spots))
    sizes = each(marker.get("size", 6), len(spots))
    for symbol in dict.fromkeys(symbols):
        drawn = "".join(
            f'<svg x="{spot.x:.2f}%" y="{spot.y:.1f}" overflow="visible">'
            f"{symbol_markup(symbol, sizes[spot.point])}</svg>"
            for spot in spots
            if spot and spot.is_inside and symbols[spot.point] == symbol
        )
        if drawn:
            yield f"<g {marker_paint(trace, symbol)}>{drawn}</g>"


def _texts(trace: Trace, spots: Spots) -> str:
    """Return the texts beside the points, at the same distance as in Plotly."""
    font = trace.get("textfont", {})
    size = font.get("size", 12)
    upright, _space, sideways = trace.get("textposition", "middle center").partition(" ")
    sizes = each(trace["marker"].get("size", 6) if "markers" in trace["mode"] else 0, len(spots))
    side = UP_DOWN[upright]
    drawn = []
    for spot in spots:
        if spot and spot.is_inside and trace["text"][spot.point]:
            room = sizes[spot.point] / 1.6 + 1 if sizes[spot.point] else 0
            y = spot.y + 0.75 * size + side * room + (side - 1) * size / 2
            text = escape(trace["text"][spot.point])
            drawn.append(f'<text x="{spot.x:.2f}%" y="{y:.1f}">{text}</text>')
    if not drawn:
        return ""
    look = f'fill="{colour_of(trace)}" font-weight="{font.get("weight", 400)}" {HALO}'
    return f'<g text-anchor="{ANCHORS[sideways]}" {look}>{"".join(drawn)}</g>'
