"""A figure as SVG: the first paint of every chart, also for print and without scripts.

A figure is a plain dict in Plotly's format; static/js/charts.js passes the same one to Plotly. Only
what this project's charts use is supported: stacked bars, scatter traces, lines and small paths as
shapes, annotations and axes. Anything else is refused. Horizontal positions are in percent, so that
letters keep their size on a narrow screen; vertical ones are in pixels. The style sheet leaves room
for the side margins.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

from django.utils.safestring import SafeString

from tracker.charts.bars import DROP, bars_svg
from tracker.charts.paint import HALO, colour, colour_of, marker_paint, stroke, symbol_markup
from tracker.charts.scatter import scatter_svg
from tracker.charts.sheet import Sheet, sheet_of, y_axes

Figure = Mapping[str, Any]
TICK_PX = 6
"""From an axis to its tick labels."""


def figure_svg(figure: Figure, *, labelled_by: str) -> SafeString:
    """Return the drawing of a figure; ``labelled_by`` is the id of the words that describe it."""
    layout, name = figure["layout"], escape(labelled_by)
    sheet = sheet_of(layout)
    drawn = [
        *_ticks(layout, sheet),
        *bars_svg(_traces(figure, "bar"), sheet, name),
        *scatter_svg(_traces(figure, "scatter"), sheet),
        *(_shape(shape, sheet) for shape in layout.get("shapes", ())),
        *(_note(note, sheet) for note in layout.get("annotations", ())),
    ]
    size = f'width="100%" height="{layout["height"]:g}" font-size="{_font_size(layout):g}"'
    role = f'role="img" aria-labelledby="{name}"'
    return SafeString(f'<svg class="chart-svg" {size} {role}>{"".join(drawn)}</svg>')


def figure_key(figure: Figure) -> list[tuple[SafeString, str]]:
    """Return a symbol and a name for each trace that belongs in the key."""
    return [
        (_key_mark(trace), trace["name"])
        for trace in _traces(figure, "scatter")
        if trace.get("showlegend", True)
    ]


def _traces(figure: Figure, kind: str) -> list[dict[str, Any]]:
    other = {trace["type"] for trace in figure["data"]} - {"bar", "scatter"}
    if other:
        raise ValueError(f"the type of a trace must be 'bar' or 'scatter', got {min(other)!r}")
    return [trace for trace in figure["data"] if trace["type"] == kind]


def _font_size(layout: Figure) -> float:
    return float(layout.get("font", {}).get("size", 12))


def _ticks(layout: Figure, sheet: Sheet) -> Iterator[str]:
    """Yield the grid, and the ticks and titles of the axes."""
    lines, left, below = [], [], []
    drop = DROP * _font_size(layout)
    for key, axis in y_axes(layout):
        for value, text in _shown(axis):
            y = sheet.down(key, value)
            lines.append(f'<line x2="100%" y1="{y:.1f}" y2="{y:.1f}"/>' if _has_grid(axis) else "")
            left.append(f'<text x="-{TICK_PX}" y="{y + drop:.1f}">{text}</text>')
    xaxis = layout["xaxis"]
    for value, text in _shown(xaxis):
        x, ends = sheet.across("x", value), f'y1="{sheet.top:g}" y2="{sheet.bottom:g}"'
        lines.append(f'<line x1="{x:.2f}%" x2="{x:.2f}%" {ends}/>' if _has_grid(xaxis) else "")
        if xaxis.get("showticklabels", True):
            below.append(f'<text x="{x:.2f}%" y="{sheet.bottom + 16:g}">{text}</text>')
    if title := xaxis.get("title", {}).get("text"):
        below.append(f'<text x="50%" y="{sheet.bottom + 40:g}">{escape(title)}</text>')
    yield f'<g stroke="{colour("--line")}" shape-rendering="crispEdges">{"".join(lines)}</g>'
    for anchor, texts in (("end", left), ("middle", below)):
        yield f'<g fill="{colour("--ink-soft")}" text-anchor="{anchor}">{"".join(texts)}</g>'


def _shown(axis: Figure) -> Sequence[tuple[float, str]]:
    if not axis.get("visible", True):
        return []
    texts = map(escape, axis.get("ticktext", ()))
    return list(zip(axis.get("tickvals", ()), texts, strict=True))


def _has_grid(axis: Figure) -> bool:
    return bool(axis.get("showgrid", True))


def _shape(shape: Figure, sheet: Sheet) -> str:
    look = stroke(colour(shape["name"]), shape["line"])
    if shape["type"] == "line":
        x1, x2 = (f"{sheet.across(shape['xref'], shape[end]):.2f}%" for end in ("x0", "x1"))
        y1, y2 = (f"{_line_end(shape, shape[end], sheet):.1f}" for end in ("y0", "y1"))
        return f'<line x1="{x1}" x2="{x2}" y1="{y1}" y2="{y2}" {look}/>'
    if shape["type"] == "path" and shape["xsizemode"] == shape["ysizemode"] == "pixel":
        x = sheet.across(shape["xref"], shape["xanchor"])
        y = sheet.down(shape["yref"], shape["yanchor"])
        path = f'<path fill="none" {look} d="{_turned(shape["path"])}"/>'
        return f'<svg x="{x:.2f}%" y="{y:.1f}" overflow="visible">{path}</svg>'
    raise ValueError(f"a shape must be a line, or a path in pixels, got {shape!r}")


def _line_end(shape: Figure, y: float, sheet: Sheet) -> float:
    if shape.get("ysizemode") == "pixel":
        return sheet.down(shape["yref"], shape["yanchor"]) - y
    return sheet.down(shape["yref"], y)


def _turned(path: str) -> str:
    """Flip a Plotly path, whose pixels count upwards, into one whose pixels count down."""
    if not re.fullmatch(r"[ML]-?[\d.]+,-?[\d.]+( [ML]-?[\d.]+,-?[\d.]+)*", path):
        raise ValueError(f"a path must be of M and L with x,y in pixels, got {path!r}")
    return re.sub(r",(-?[\d.]+)", lambda found: f" {-float(found[1]):g}", path)


def _note(note: Figure, sheet: Sheet) -> str:
    font = note.get("font", {})
    x = sheet.across(note.get("xref", "x"), note["x"])
    y = sheet.down(note.get("yref", "y"), note["y"]) - note.get("yshift", 0)
    place = f'x="{x:.2f}%" dx="{note.get("xshift", 0):g}" y="{y + DROP * font.get("size", 12):.1f}"'
    # Plotly names the side of the text that is at its anchor, SVG the end of the text.
    anchor = {"left": "start", "right": "end"}.get(note.get("xanchor", "center"), "middle")
    look = f'fill="{colour(note["name"])}" font-weight="{font.get("weight", 400)}" {HALO}'
    return f'<text {place} text-anchor="{anchor}" {look}>{escape(note["text"])}</text>'


def _key_mark(trace: Figure) -> SafeString:
    drawn = ""
    if trace.get("fill", "none") != "none":
        drawn += f'<rect width="28" height="12" fill="{colour_of(trace, "fill")}"/>'
    elif "lines" in trace["mode"]:
        look = stroke(colour_of(trace), trace["line"])
        drawn += f'<line x2="28" y1="6" y2="6" {look}/>'
    if "markers" in trace["mode"]:
        symbol, size = trace["marker"]["symbol"], trace["marker"]["size"]
        mark = symbol_markup(symbol, size)
        drawn += f'<svg x="50%" y="6" overflow="visible" {marker_paint(trace, symbol)}>{mark}</svg>'
    width = 28 if "lines" in trace["mode"] else 14
    return SafeString(
        f'<svg class="legend__line" width="{width}" height="12" aria-hidden="true">{drawn}</svg>'
    )
