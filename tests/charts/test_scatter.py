import pytest

from tests.charts.figures import all_of, drawn, scatter

LOG = {"yaxis": {"type": "log", "range": [-1, 1]}}


def paths(svg):
    return [found.get("d") for found in svg.iter("path") if found.get("vector-effect")]


def marks(svg):
    return [
        (found.get("x"), found.get("y"))
        for found in svg.iter("svg")
        if found.get("overflow") and found.get("x")
    ]


def words(svg):
    return [
        (found.text, found.get("x"), found.get("y")) for found in svg.iter("text") if found.text
    ]


def test_a_line_goes_through_its_points_in_a_stretched_box():
    svg = drawn(scatter("lines", 0, 10, 5))

    assert paths(svg) == ["M125.0 170.0L375.0 20.0L625.0 95.0"]
    (box,) = [found for found in svg.iter("svg") if found.get("viewBox")]
    assert box.get("viewBox") == "0 20 1000 150"
    assert (box.get("y"), box.get("height")) == ("20", "150")
    assert (box.get("preserveAspectRatio"), box.get("overflow")) == ("none", None)


def test_a_line_has_a_gap_where_nothing_is_recorded():
    assert paths(drawn(scatter("lines", 0, 10, None, 5))) == [
        "M125.0 170.0L375.0 20.0M875.0 95.0",
    ]


def test_a_line_is_clipped_at_the_edge_unless_the_figure_says_otherwise():
    svg = drawn(scatter("lines", 0, 10, cliponaxis=False))

    (box,) = [found for found in svg.iter("svg") if found.get("viewBox")]
    assert box.get("overflow") == "visible"


def test_a_line_without_width_is_not_drawn_but_an_area_extends_to_it():
    below = scatter("lines", 0, 0, line={"width": 0})
    meta = {"colour": "--absorbed", "fill": "--absorbed-soft"}
    band = scatter("lines", 10, 10, line={"width": 0}, fill="tonexty", meta=meta)

    svg = drawn(below, band)

    assert all_of(svg, "path", "fill", "d") == [
        ("var(--absorbed-soft)", "M125.0 20.0L375.0 20.0L375.0 170.0L125.0 170.0Z")
    ]


def test_an_area_extends_to_the_line_just_before_it():
    band = scatter("lines", 10, 10, line={"width": 0}, fill="tonexty")

    svg = drawn(*(scatter("lines", y, y, line={"width": 0}) for y in (0, 5)), band)

    assert all_of(svg, "path", "d") == [("M125.0 20.0L375.0 20.0L375.0 95.0L125.0 95.0Z",)]


def test_symbols_are_at_their_points_and_not_beyond_the_axes():
    svg = drawn(scatter("markers", 5, None, 10, 11))

    assert marks(svg) == [("12.50%", "95.0"), ("62.50%", "20.0")]
    assert all_of(svg, "circle", "r") == [("4",), ("4",)]


def test_each_point_may_have_its_own_symbol_and_size():
    marker = {"symbol": ["circle", "triangle-up", "circle"], "size": [8, 12, 4]}

    svg = drawn(scatter("markers", 1, 2, 3, marker=marker))

    assert all_of(svg, "circle", "r") == [("4",), ("2",)]
    assert len(list(svg.iter("path"))) == 1


def test_invisible_symbols_are_not_drawn():
    assert marks(drawn(scatter("markers", 1, marker={"opacity": 0, "size": 1}))) == []


@pytest.mark.parametrize("nothing", [0, -1])
def test_a_logarithmic_axis_has_no_position_for_zero(nothing):
    svg = drawn(scatter("lines+markers+text", 1, nothing, 1, text=["a", "b", "c"]), **LOG)

    assert paths(svg) == ["M125.0 95.0M625.0 95.0"]
    assert len(marks(svg)) == 2
    assert [text for text, *_place in words(svg)] == ["a", "c"]


@pytest.mark.parametrize(
    ("position", "anchor", "y"),
    [
        ("middle right", "start", "98.0"),
        ("middle left", "end", "98.0"),
        ("bottom center", "middle", "104.0"),
        ("top center", "middle", "92.0"),
    ],
)
def test_texts_are_on_their_side_of_the_point(position, anchor, y):
    svg = drawn(scatter("text", 5, None, 5, text=["Fi", "Da", ""], textposition=position))

    assert words(svg) == [("Fi", "12.50%", y)]
    (group,) = [found for found in svg.iter("g") if list(found.iter("text"))]
    assert group.get("text-anchor") == anchor


def test_texts_beyond_the_axes_are_not_drawn():
    svg = drawn(scatter("text", 5, 11, text=["Fi", "Da"]))

    assert [text for text, *_place in words(svg)] == ["Fi"]


def test_texts_have_the_colour_of_the_trace_and_a_halo():
    svg = drawn(scatter("text", 5, text=["Fi"], textfont={"weight": 600}))

    (group,) = [found for found in svg.iter("g") if list(found.iter("text"))]
    assert (group.get("fill"), group.get("font-weight")) == ("var(--absorbed)", "600")
    assert (group.get("paint-order"), group.get("stroke")) == ("stroke", "var(--surface)")


@pytest.mark.parametrize(("position", "y"), [("bottom center", "110.0"), ("top center", "86.0")])
def test_texts_do_not_overlap_their_symbol(position, y):
    svg = drawn(scatter("markers+text", 5, text=["13"], textposition=position))

    assert words(svg) == [("13", "12.50%", y)]


def test_texts_are_escaped():
    svg = drawn(scatter("text", 5, text=["< 0.01 & <b>"]))

    assert [text for text, *_place in words(svg)] == ["< 0.01 & <b>"]
