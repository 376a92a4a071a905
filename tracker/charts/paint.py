"""How lines, areas and marks of a figure look, as attributes of SVG.

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
SYMBOLS: dict[str, Callable[[float], str]] = {
    "circle": lambda r: f'<circle r="{r:g}"/>',
    "square": lambda r: f'<path d="M{-r:g} {-r:g}h{2 * r:g}v{2 * r:g}h{-2 * r:g}Z"/>',
    "x": lambda r: f'<path d="M{-r:g} {-r:g}L{r:g} {r:g}M{-r:g} {r:g}L{r:g} {-r:g}"/>',
    "diamond": lambda r: f'<path d="M0 {-1.3 * r:g}L{1.3 * r:g} 0L0 {1.3 * r:g}L{-1.3 * r:g} 0Z"/>',
    "triangle-up": lambda r: f'<path d="M{-1.15 * r:g} {r / 2:g}H{1.15 * r:g}L0 {-r:g}Z"/>',
}


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
    """Return the attributes of one kind of mark of a trace; an open one shows what is behind."""
    own, line = colour_of(trace), trace["marker"].get("line", {})
    if symbol == "x" or symbol.endswith("-open"):
        return f'fill="none" {stroke(own, line, 1.5)}'
    if "width" not in line:
        return f'fill="{own}"'
    return f'fill="{own}" {stroke(colour_of(trace, "outline"), line)}'


def symbol_markup(symbol: str, size: float) -> str:
    """Return a mark of this size around the point 0, 0."""
    shape = SYMBOLS.get(symbol.removesuffix("-open"))
    if shape is None:
        raise ValueError(f"a symbol must be one of {[*SYMBOLS]} or open, got {symbol!r}")
    return shape(size / 2)


def each(value: Any, count: int) -> list[Any]:
    """Return what a figure gives once, or for each point, as a list."""
    return list(value) if isinstance(value, list | tuple) else [value] * count
