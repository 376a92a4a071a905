import pytest

from tests.charts.figures import all_of, bars, boxes, drawn, figure, groups
from tracker.charts.drawing import figure_svg

HATCHED = {"pattern": {"shape": ["", "/"], "size": 7, "solidity": 0.4}, "line": {"width": 1}}


def test_bars_start_at_the_base_line_in_the_middle_of_their_place():
    assert boxes(drawn(bars(4, 10))) == [(6.25, 12.5, 110, 60), (31.25, 12.5, 20, 150)]


def test_bars_at_one_place_are_stacked_even_with_other_traces_between():
    egg = bars(None, 1, 2)
    dairy = bars(1, 1, 1)

    tops = [(y, y + height) for _x, _width, y, height in boxes(drawn(bars(4, 2), egg, dairy))]

    assert tops == [
        *[(110, 170), (140, 170)],
        *[(125, 140), (140, 170)],
        *[(95, 110), (110, 125), (125, 140)],
    ]


def test_a_bar_is_cut_off_at_the_scale_and_one_above_it_is_not_drawn():
    assert boxes(drawn(bars(70), bars(5))) == [(6.25, 12.5, 20, 150)]


def test_bars_of_another_axis_are_not_stacked_on_the_others():
    axes = {"yaxis": {"domain": [0, 0.5], "range": [0, 10]}}
    axes |= {"yaxis2": {"domain": [0.8, 1], "range": [0, 1], "visible": False}}

    found = boxes(drawn(bars(10), bars(1, yaxis="y2"), **axes))

    assert [(y, height) for _x, _width, y, height in found] == [(95, 75), (20, 30)]


@pytest.mark.parametrize("nothing", [None, 0, 0.001])
def test_a_bar_of_none_or_too_low_to_see_is_not_drawn(nothing):
    assert boxes(drawn(bars(nothing))) == []


def test_a_low_bar_is_drawn():
    assert len(boxes(drawn(bars(0.01)))) == 1


def test_a_trace_is_painted_once_with_its_outline():
    svg = drawn(bars(1, 2, marker={"line": {"width": [0, 1]}}))

    (group,) = groups(svg, "var(--class-fish)")
    assert (group.get("stroke"), group.get("stroke-width")) == ("var(--surface)", "1")
    assert len(group) == 2


def test_hatching_is_drawn_over_the_bars_that_have_it():
    svg = drawn(bars(1, 2, marker=HATCHED))

    (group,) = groups(svg, "url(#words--line-7-40)")
    assert boxes(group) == [(31.25, 12.5, 140, 30)]
    assert all_of(svg, "pattern", "id", "width", "height") == [("words--line-7-40", "7", "7")]
    (pattern,) = svg.iter("pattern")
    assert all_of(pattern, "rect", "width", "fill") == [("2.8", "var(--line)")]


def test_traces_share_a_pattern_and_two_charts_do_not():
    traces = [bars(1, 2, marker=HATCHED), bars(1, 2, marker=HATCHED)]

    assert len(all_of(drawn(*traces), "pattern", "id")) == 1
    assert 'id="other--line-7-40"' in figure_svg(figure(*traces), labelled_by="other")


def test_other_colours_or_solidity_make_separate_patterns():
    meta = {"colour": "--surface", "outline": "--line", "hatch": "--line-strong"}
    thin = {"pattern": {"shape": "/", "size": 7, "solidity": 0.3}}

    svg = drawn(bars(1, 2, marker=HATCHED), bars(1, marker=thin), bars(1, marker=thin, meta=meta))

    assert [key for (key,) in all_of(svg, "pattern", "id")] == [
        *("words--line-7-40", "words--line-7-30", "words--line-strong-7-30")
    ]


def test_without_hatching_there_is_no_pattern():
    even = {"pattern": {"shape": ["", ""], "size": 7, "solidity": 0.4}}

    assert all_of(drawn(bars(1, 2, marker=even)), "pattern", "id") == []


def test_another_pattern_is_refused():
    with pytest.raises(ValueError, match="must be '/'"):
        drawn(bars(1, marker={"pattern": {"shape": "x", "size": 7, "solidity": 0.4}}))


def test_the_text_of_a_bar_is_in_its_middle():
    svg = drawn(bars(4, None, text=["<4", ""], textfont={"size": 10}))

    (text,) = [found for found in svg.iter("text") if found.text]
    assert (text.get("x"), text.get("y"), text.text) == ("12.50%", "143.6", "<4")


def test_corners_are_rounded_if_the_figure_says_so():
    assert all_of(drawn(bars(4, marker={"cornerradius": 2})), "rect", "rx") == [("2",)]
    assert all_of(drawn(bars(4)), "rect", "rx") == [(None,)]
