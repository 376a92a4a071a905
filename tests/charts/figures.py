"""Small complete figures, and helpers to read their drawings."""

from xml.etree import ElementTree

from tracker.charts.drawing import figure_svg

AXES = {"xaxis": {"range": [-0.5, 3.5]}, "yaxis": {"range": [0, 10]}}
MARGIN = {"l": 40, "r": 0, "t": 20, "b": 30}


def figure(*traces, **layout):
    """200 px high: the y axis runs from 0 (at 170 px) to 10 (at 20); four places of 25 % each."""
    made = {"height": 200, "margin": MARGIN, "barmode": "stack", **AXES, **layout}
    return {"data": list(traces), "layout": made}


def bars(*y, **given):
    meta = {"colour": "--class-fish", "outline": "--surface", "hatch": "--line"}
    made = {"type": "bar", "x": list(range(len(y))), "y": list(y), "width": 0.5, "marker": {}}
    return {**made, "meta": meta, "name": "Fish", **given}


def scatter(mode, *y, **given):
    made = {"type": "scatter", "mode": mode, "x": list(range(len(y))), "y": list(y)}
    return {**made, "meta": {"colour": "--absorbed"}, "marker": {"size": 8}, "name": "A", **given}


def drawn(*traces, **layout):
    """Return the drawing of a figure as an element; raise an error if it is not well formed."""
    return ElementTree.fromstring(figure_svg(figure(*traces, **layout), labelled_by="words"))


def all_of(element, tag, *names):
    """Return these attributes of every element with a tag, in drawing order."""
    found = element.iter(tag)
    return [tuple(one.get(name) for name in names) for one in found]


def groups(element, fill):
    """Return the groups painted with a colour of the style sheet, or with a pattern."""
    return [one for one in element.iter("g") if one.get("fill") == fill]


def boxes(element):
    """Return x, width, y and height of each bar."""
    found = all_of(element, "rect", "x", "width", "y", "height")
    return [tuple(float(value.rstrip("%")) for value in box) for box in found]
