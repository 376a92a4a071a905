import re

import pytest

from tracker.charts.paint import SYMBOLS, colour, marker_paint, stroke, symbol_markup


def test_a_colour_is_the_name_of_a_custom_property():
    assert colour("--class-organ_meat") == "var(--class-organ_meat)"


@pytest.mark.parametrize("wrong", ["red", "#fff", '--a"/><script>', "--a) url(x", "--", ""])
def test_any_other_colour_is_refused(wrong):
    with pytest.raises(ValueError, match="custom property"):
        colour(wrong)


@pytest.mark.parametrize(
    ("line", "attributes"),
    [
        ({}, 'stroke="c" stroke-width="2"'),
        ({"width": 1.5}, 'stroke="c" stroke-width="1.5"'),
        ({"width": 3, "dash": "solid"}, 'stroke="c" stroke-width="3"'),
        ({"dash": "6px,4px"}, 'stroke="c" stroke-width="2" stroke-dasharray="6 4"'),
        ({"dash": "dot"}, 'stroke="c" stroke-width="2" stroke-dasharray="3 3"'),
        ({"dash": "dash"}, 'stroke="c" stroke-width="2" stroke-dasharray="9 9"'),
    ],
)
def test_lines_have_the_width_and_dashes_of_plotly(line, attributes):
    assert stroke("c", line) == attributes


def test_an_unknown_dash_is_refused():
    with pytest.raises(ValueError, match="'longdash'"):
        stroke("c", {"dash": "longdash"})


@pytest.mark.parametrize(
    ("symbol", "reached"),
    [("circle", 5), ("square", 5), ("diamond", 6.5), ("triangle-up", 5.77), ("x", 5.66)],
)
def test_a_symbol_has_the_same_size_as_in_plotly(symbol, reached):
    radius = r'r="([\d.]+)"'
    numbers = re.findall(r"[MLH ](-?[\d.]+)(?=[ LHZM\"])|" + radius, symbol_markup(symbol, 10))

    far = max(abs(float(number or circle)) for number, circle in numbers)
    assert far == pytest.approx(reached, abs=0.01)


def test_every_symbol_is_tested():
    assert set(SYMBOLS) == {"circle", "square", "diamond", "triangle-up", "x"}


def test_an_unknown_symbol_is_refused():
    with pytest.raises(ValueError, match="'star'"):
        symbol_markup("star", 9)


def test_an_open_symbol_has_the_shape_of_the_full_one_without_fill():
    trace = {"meta": {"colour": "--absorbed"}, "marker": {}}

    assert symbol_markup("diamond-open", 8) == symbol_markup("diamond", 8)
    assert marker_paint(trace, "diamond-open") == (
        'fill="none" stroke="var(--absorbed)" stroke-width="1"'
    )


@pytest.mark.parametrize(
    ("line", "attributes"),
    [
        ({}, 'fill="var(--absorbed)"'),
        ({"width": 0}, 'fill="var(--absorbed)"'),
        ({"width": 1.5}, 'fill="var(--absorbed)" stroke="var(--surface)" stroke-width="1.5"'),
    ],
)
def test_a_symbol_is_outlined_if_the_figure_says_so(line, attributes):
    meta = {"colour": "--absorbed", "outline": "--surface"}

    assert marker_paint({"meta": meta, "marker": {"line": line}}, "circle") == attributes
