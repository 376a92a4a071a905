"""How lines, areas and symbols of a figure look, as SVG attributes.

A colour is the name of a custom property of the style sheet. It is written as an attribute, not
as a style: the content security policy refuses inline styles.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

TOKEN = re.compile(r"--[a-z][a-z0-9_-]*")
DASHES = {"solid": "", "dash": "9 9", "dot": "3 3"}
"""As Plotly draws them for a line of up to 3 px."""
HALO = 'paint-order="stroke" stroke="var(--surface)" stroke-width="3" stroke-linejoin="round"'
"""Keeps letters readable on bars and lines."""


def _circle(r: float) -> str:
    return f'<circle r="{r:g}"/>'


def _square(r: float) -> str:
    return f'<path d="M{-r:g} {-r:g}h{2 * r:g}v{2 * r:g}h{-2 * r:g}Z"/>'


def _diamond(r: float) -> str:
    far = 1.3 * r
    return f'<path d="M0 {-far:g}L{far:g} 0L0 {far:g}L{-far:g} 0Z"/>'


def _triangle_up(r: float) -> str:
    side = 2 * r / 3**0.5
    return f'<path d="M{-side:.2f} {r / 2:g}H{side:.2f}L0 {-r:g}Z"/>'


def _cross(r: float) -> str:
    near, far = f"{0.566 * r:.2f}", f"{1.132 * r:.2f}"
    right = f"L{near} {far}L{far} {near}L{near} 0L{far} -{near}L{near} -{far}L0 -{near}"
    left = f"L-{near} -{far}L-{far} -{near}L-{near} 0L-{far} {near}L-{near} {far}"
    return f'<path d="M0 {near}{right}{left}Z"/>'


SYMBOLS: dict[str, Callable[[float], str]] = {
    "circle": _circle,
    "square": _square,
    "diamond": _diamond,
    "triangle-up": _triangle_up,
    "x": _cross,
}
"""Symbols around the point 0, 0, with the size and shape that Plotly gives them."""


def colour(token: str) -> str:
    """Return the colour of a custom property."""
    if not TOKEN.fullmatch(token):
        raise ValueError(f"a colour must be the name of a custom property, got {token!r}")
    return f"var({token})"


def colour_of(trace: Mapping[str, Any], part: str = "colour") -> str:
    """Return the colour of a part of a trace ("outline", "text", "fill"), or of the trace."""
    meta = trace["meta"]
    return colour(meta.get(part) or meta["colour"])


def stroke(token_colour: str, line: Mapping[str, Any], width: float = 2) -> str:
    """Return the attributes of a line that Plotly describes by width and dash."""
    dash = line.get("dash", "solid")
    dashes = DASHES.get(dash, dash.replace("px", "").replace(",", " "))
    if not re.fullmatch(r"[\d. ]*", dashes):
        raise ValueError(f"a dash must be one of {[*DASHES]} or lengths in px, got {dash!r}")
    array = f' stroke-dasharray="{dashes}"' if dashes else ""
    return f'stroke="{token_colour}" stroke-width="{line.get("width", width):g}"{array}'


def marker_paint(trace: Mapping[str, Any], symbol: str) -> str:
    """Return the attributes of one symbol of a trace; an open one is transparent inside."""
    own, line = colour_of(trace), trace["marker"].get("line", {})
    if symbol.endswith("-open"):
        return f'fill="none" {stroke(own, line, 1)}'
    if not line.get("width"):
        return f'fill="{own}"'
    return f'fill="{own}" {stroke(colour_of(trace, "outline"), line)}'


def symbol_markup(symbol: str, size: float) -> str:
    """Return a symbol of this size around the point 0, 0."""
    shape = SYMBOLS.get(symbol.removesuffix("-open"))
    if shape is None:
        raise ValueError(f"a symbol must be one of {[*SYMBOLS]} or open, got {symbol!r}")
    return shape(size / 2)


def each(value: Any, count: int) -> list[Any]:
    """Return a value that a figure gives once, or for each point, as a list."""
    return list(value) if isinstance(value, list | tuple) else [value] * count
