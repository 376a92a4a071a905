import pytest

from tests.charts.figures import all_of, bars, boxes, drawn, figure, groups, scatter
from tracker.charts.drawing import figure_key, figure_svg
from tracker.charts.layout import note

TICKS = {"tickvals": [0, 10], "ticktext": ["0", "<10"]}
LINE = {"type": "line", "name": "--ink", "xref": "x", "yref": "y", "line": {"width": 2}}
PIXELS = {"xsizemode": "pixel", "ysizemode": "pixel", "xanchor": 1.5, "yanchor": 10}
ARROW = {**LINE, "type": "path", **PIXELS, "path": "M7,-24 L7.5,-4 M2,10"}


def test_the_drawing_is_an_image_described_by_another_element():
    svg = drawn(bars(1))

    assert (svg.get("role"), svg.get("aria-labelledby")) == ("img", "words")
    assert (svg.get("width"), svg.get("height"), svg.get("font-size")) == ("100%", "200", "12")
    assert drawn(font={"size": 10}).get("font-size") == "10"


def test_attribute_values_are_escaped():
    assert 'aria-labelledby="a&quot;b"' in figure_svg(figure(bars(1)), labelled_by='a"b')


def test_there_are_no_inline_styles():
    svg = figure_svg(figure(bars(1), scatter("lines+markers", 1, 2)), labelled_by="words")

    assert "style" not in svg


def test_ticks_have_a_line_across_and_their_text_beside_it():
    svg = drawn(yaxis={"range": [0, 10], **TICKS})

    assert all_of(svg, "line", "x2", "y1", "y2") == [
        ("100%", "170.0", "170.0"),
        ("100%", "20.0", "20.0"),
    ]
    assert [(text.text, text.get("x"), text.get("y")) for text in svg.iter("text")] == [
        ("0", "-6", "174.3"),
        ("<10", "-6", "24.3"),
    ]


def test_ticks_of_the_places_are_below_with_the_title():
    xaxis = {"range": [-0.5, 3.5], "tickvals": [1], "ticktext": ["Mon"], "title": {"text": "Day"}}

    svg = drawn(xaxis=xaxis)

    assert all_of(svg, "line", "x1", "x2", "y1", "y2") == [("37.50%", "37.50%", "20", "170")]
    assert [(text.text, text.get("x"), text.get("y")) for text in svg.iter("text")] == [
        ("Mon", "37.50%", "186"),
        ("Day", "50%", "210"),
    ]


def test_ticks_and_their_lines_can_be_left_out():
    xaxis = {"range": [-0.5, 3.5], "tickvals": [1], "ticktext": ["Mon"]}
    hidden = {"showgrid": False, "showticklabels": False}
    lane = {"range": [0, 1], "domain": [0.9, 1], "visible": False, **TICKS}

    svg = drawn(xaxis=xaxis | hidden, yaxis2=lane)

    assert (list(svg.iter("line")), list(svg.iter("text"))) == ([], [])


def test_a_line_is_a_shape_from_place_to_place():
    ends = {"x0": -0.5, "x1": 1.5, "y0": 5, "y1": 10}

    svg = drawn(shapes=[{**LINE, **ends, "line": {"width": 2, "dash": "6px,4px"}}])

    assert all_of(svg, "line", "x1", "x2", "y1", "y2", "stroke", "stroke-dasharray") == [
        ("0.00%", "50.00%", "95.0", "20.0", "var(--ink)", "6 4")
    ]


def test_a_line_may_be_in_pixels_from_an_amount_upwards():
    ends = {"x0": 0.5, "x1": 1.5, "y0": -12, "y1": 6, "ysizemode": "pixel", "yanchor": 10}

    assert all_of(drawn(shapes=[{**LINE, **ends}]), "line", "y1", "y2") == [("32.0", "14.0")]


def test_a_path_is_in_pixels_around_its_anchor_and_flipped_from_plotly():
    svg = drawn(shapes=[ARROW])

    assert all_of(svg, "path", "d") == [("M7 24 L7.5 4 M2 -10",)]
    assert [(box.get("x"), box.get("y")) for box in svg.iter("svg")][1:] == [("50.00%", "20.0")]


@pytest.mark.parametrize(
    "shape",
    [
        {**LINE, "type": "rect"},
        {**ARROW, "xsizemode": "scaled"},
        {**ARROW, "path": "M0,0 C1,1 2,2 3,3"},
        {**ARROW, "path": 'M0,0"/><script>'},
    ],
)
def test_a_shape_that_cannot_be_drawn_is_refused(shape):
    with pytest.raises(ValueError, match=r"a shape must be|a path must be"):
        drawn(shapes=[shape])


@pytest.mark.parametrize(
    ("given", "anchor"), [("left", "start"), ("right", "end"), ("center", "middle")]
)
def test_a_note_is_beside_its_place_and_shifted_upwards_as_in_plotly(given, anchor):
    beside = note("↑ 70", "--ink", x=0, y=5, xanchor=given, xshift=15, yshift=10)

    svg = drawn(annotations=[beside | {"font": {"weight": 600}}])

    (text,) = svg.iter("text")
    assert (text.text, text.get("x"), text.get("dx"), text.get("y")) == (
        *("↑ 70", "12.50%"),
        *("15", "89.3"),
    )
    assert (text.get("text-anchor"), text.get("fill")) == (anchor, "var(--ink)")
    assert text.get("font-weight") == "600"
    assert (text.get("paint-order"), text.get("stroke")) == ("stroke", "var(--surface)")


def test_a_note_can_be_placed_on_the_paper():
    unit = note("<µg>", "--ink-soft", x=0.5, y=1, xref="paper", yref="paper")

    (text,) = drawn(annotations=[unit]).iter("text")
    assert (text.text, text.get("x"), text.get("y")) == ("<µg>", "50.00%", "24.3")


def test_the_drawing_order_is_that_of_plotly():
    ends = {"x0": 0, "x1": 1, "y0": 5, "y1": 5}
    unit = note("µg", "--ink", x=0, y=1)

    svg = drawn(
        scatter("markers", 1),
        bars(1),
        shapes=[{**LINE, **ends}],
        annotations=[unit],
        yaxis={"range": [0, 10], **TICKS},
    )

    kinds = [found.tag for found in svg.iter() if found.tag not in ("svg", "g")]
    assert kinds == ["line", "line", "text", "text", "rect", "circle", "line", "text"]


def test_another_kind_of_trace_is_refused():
    with pytest.raises(ValueError, match="'bar' or 'scatter', got 'pie'"):
        drawn({"type": "pie"})


@pytest.mark.parametrize("count", [1, 31, 53])
def test_any_number_of_places_fills_the_width(count):
    svg = drawn(bars(*[5] * count), xaxis={"range": [-0.5, count - 0.5]})

    found = boxes(svg)
    assert len(found) == count
    assert found[0][0] == pytest.approx(25 / count, abs=0.01)
    assert found[-1][0] + found[-1][1] == pytest.approx(100 - 25 / count, abs=0.02)


def test_the_key_has_a_symbol_and_a_name_for_each_trace_that_belongs_in_it():
    meta = {"colour": "--absorbed", "fill": "--absorbed-soft"}
    line = {"width": 2, "dash": "dash"}
    marker = {"symbol": "square", "size": 8}

    key = figure_key(
        figure(
            scatter("lines", 1, name="", showlegend=False, line={}),
            scatter("lines", 1, name="Band", fill="tonexty", meta=meta, line={"width": 0}),
            scatter("lines", 1, name="Model", line=line),
            scatter("markers", 1, name="Points", marker=marker),
            scatter("lines+markers", 1, name="Both", line=line, marker=marker),
        )
    )

    assert [name for _mark, name in key] == ["Band", "Model", "Points", "Both"]
    band, model, points, both = (mark for mark, _name in key)
    assert 'fill="var(--absorbed-soft)"' in band and "<line" not in band
    assert 'stroke-dasharray="9 9"' in model and "<path" not in model
    assert "<path" in points and "<line" not in points
    assert "<path" in both and "<line" in both
    assert all('aria-hidden="true"' in mark for mark, _name in key)


def test_groups_that_a_chart_does_not_need_are_not_drawn():
    assert groups(drawn(bars(None)), "var(--class-fish)") == []
