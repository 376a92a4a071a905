"""The bars of a figure, stacked at each place, as SVG."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any, NamedTuple

from tracker.charts.paint import colour, colour_of, each
from tracker.charts.sheet import Sheet

Trace = Mapping[str, Any]
LEAST_PX = 0.05
"""Lower bars are not drawn."""
DROP = 0.36
"""Half the height of a capital in font sizes: from the middle of a line to its baseline."""


class StackedBar(NamedTuple):
    """One bar and the number of its point in the trace."""

    point: int
    middle: float
    left: float
    width: float
    top: float
    height: float

    @property
    def box(self) -> str:
        across = f'x="{self.left:.2f}%" width="{self.width:.2f}%"'
        return f'{across} y="{self.top:.1f}" height="{self.height:.1f}"'


def bars_svg(traces: Sequence[Trace], sheet: Sheet, name: str) -> Iterator[str]:
    """Yield all bars, each trace on top of the previous one; ``name`` is the prefix of the ids."""
    reached: dict[tuple[str, float], float] = {}
    yield from _patterns(traces, name)
    for trace in traces:
        yield from _trace_svg(trace, _stacked(trace, sheet, reached), name)


def _stacked(
    trace: Trace, sheet: Sheet, reached: dict[tuple[str, float], float]
) -> list[StackedBar]:
    """Return the bars of a trace and update ``reached``, the filled height at each place."""
    axis, x, found = trace.get("yaxis", "y"), sheet.axes["x"], []
    y, half = sheet.axes[axis], trace.get("width", 0.8) / 2
    for point, (place, amount) in enumerate(zip(trace["x"], trace["y"], strict=True)):
        below = reached.get((axis, place), 0.0)
        reached[axis, place] = below + (amount or 0.0)
        bottom, top = y.within(below), y.within(below + (amount or 0.0))
        if bottom - top > LEAST_PX:
            left, right = x.at(place - half), x.at(place + half)
            found.append(StackedBar(point, x.at(place), left, right - left, top, bottom - top))
    return found


def _trace_svg(trace: Trace, bars: Sequence[StackedBar], name: str) -> Iterator[str]:
    if not bars:
        return
    marker, count = trace["marker"], len(trace["x"])
    outline = max(each(marker.get("line", {}).get("width", 0), count))
    round_off = f' rx="{marker["cornerradius"]:g}"' if "cornerradius" in marker else ""
    edge = f'stroke="{colour_of(trace, "outline")}" stroke-width="{outline:g}"'
    drawn = "".join(f"<rect {bar.box}{round_off}/>" for bar in bars)
    yield f'<g fill="{colour_of(trace)}" {edge}>{drawn}</g>'
    shapes = each(marker.get("pattern", {}).get("shape", ""), count)
    hatched = "".join(f"<rect {bar.box}{round_off}/>" for bar in bars if shapes[bar.point])
    if hatched:
        yield f'<g fill="url(#{_pattern_id(trace, name)})">{hatched}</g>'
    if "text" in trace:
        yield _texts(trace, bars)


def _texts(trace: Trace, bars: Sequence[StackedBar]) -> str:
    size = trace.get("textfont", {}).get("size", 12)
    drawn = "".join(
        f'<text x="{bar.middle:.2f}%" y="{bar.top + bar.height / 2 + DROP * size:.1f}">'
        f"{escape(trace['text'][bar.point])}</text>"
        for bar in bars
    )
    paint = f'fill="{colour_of(trace, "text")}" font-size="{size:g}"'
    return f'<g text-anchor="middle" {paint}>{drawn}</g>'


def _patterns(traces: Sequence[Trace], name: str) -> Iterator[str]:
    """Yield each pattern once; url() in the style sheet would be relative to that file."""
    found = {
        _pattern_id(trace, name): _pattern(trace)
        for trace in traces
        if any(each(trace["marker"].get("pattern", {}).get("shape", ""), 1))
    }
    for key, (attributes, line) in found.items():
        turned = 'patternUnits="userSpaceOnUse" patternTransform="rotate(45)"'
        yield f'<defs><pattern id="{key}" {turned} {attributes}>{line}</pattern></defs>'


def _pattern(trace: Trace) -> tuple[str, str]:
    pattern = trace["marker"]["pattern"]
    if set(each(pattern["shape"], 1)) - {"", "/"}:
        raise ValueError(f"the shape of a pattern must be '/' or '', got {pattern['shape']!r}")
    size, width = pattern["size"], pattern["size"] * pattern["solidity"]
    line = f'<rect width="{width:g}" height="{size:g}" fill="{colour(trace["meta"]["hatch"])}"/>'
    return f'width="{size:g}" height="{size:g}"', line


def _pattern_id(trace: Trace, name: str) -> str:
    pattern = trace["marker"]["pattern"]
    share = round(100 * pattern["solidity"])
    return f"{name}{trace['meta']['hatch']}-{pattern['size']:g}-{share}"
