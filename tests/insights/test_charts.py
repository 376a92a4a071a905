import json
import re
from pathlib import Path
from xml.etree import ElementTree

import plotly.graph_objects as go
import pytest
from django.conf import settings
from django.utils import translation

from tracker.charts.drawing import figure_svg
from tracker.insights.charts import week_figure
from tracker.insights.weekchart import AXIS_PX, BAR_SHARE, CHART_PX, ChartDay
from tracker.staticfiles import PLOTLY_FILE, plotly_folder

LABELS = ["Mon 2", "Tue 3", "Wed 4", "Thu 5", "Fri 6", "Sat 7", "Sun 8"]
PLOTLY_BUDGET_BYTES = 6_000_000


def days(*given, **common):
    """Return seven days: the given ones first, then days without a record."""
    made = [{**common, **fields} for fields in given] + [dict(common)] * (7 - len(given))
    return [ChartDay(label=label, **fields) for label, fields in zip(LABELS, made, strict=True)]


def trace(figure, name):
    return next(found for found in figure["data"] if found["name"] == name)


ORDINARY = days(
    {"food_ug": {"fish": 3.0, "dairy": 0.7}, "absorbed_ug": 1.4},
    {"food_ug": {"dairy": 0.7}, "absorbed_ug": 0.5, "is_open": True},
)
WITH_TABLET = days({"food_ug": {"dairy": 1.0}, "supplement_ug": 1000.0, "absorbed_ug": 13.0})
WITH_LIVER = days({"food_ug": {"organ_meat": 70.0}, "absorbed_ug": 2.1})
EMPTY = days()
OPEN = days(
    {"absorbed_ug": 0.0},
    {"absorbed_ug": 0.0, "is_open": True},
    {"is_open": True},
    {"food_ug": {"dairy": 0.02}, "is_open": True},
    {"food_ug": {"dairy": 0.7}, "is_open": True},
)
"""None eaten on a complete day; then open days: of none, of unknown foods, of little, of more."""
OWN_TARGET_50 = days(
    {"food_ug": {"fish": 3.0}}, {}, {}, {}, *[{"target_ug": 50.0}] * 3, target_ug=2.4
)

EVERYTHING = days(
    {"food_ug": {"fish": 3.0}, "absorbed_ug": 1.4, "supplement_ug": 1000.0},
    {"food_ug": {"organ_meat": 70.0}, "absorbed_ug": 30.0, "is_open": True},
    {"is_open": True, "supplement_ug": 10.0},
    {"food_ug": {"dairy": 0.7, "egg": 1.0}},
    {"target_ug": 50.0},
)
WEEKS = [ORDINARY, WITH_TABLET, WITH_LIVER, EMPTY, OPEN, OWN_TARGET_50, EVERYTHING]


def drawn(week):
    return figure_svg(week_figure(week), labelled_by="week-summary")


def elements(week):
    return ElementTree.fromstring(drawn(week))


@pytest.mark.parametrize("week", WEEKS)
def test_plotly_accepts_every_figure(week):
    go.Figure(week_figure(week))


@pytest.mark.parametrize("week", WEEKS)
def test_a_figure_is_plain_json_without_nan(week):
    figure = week_figure(week)

    assert json.loads(json.dumps(figure, allow_nan=False)) == figure


def test_plotly_js_stays_within_its_budget():
    size = (plotly_folder() / PLOTLY_FILE).stat().st_size

    assert size <= PLOTLY_BUDGET_BYTES, "plotly.min.js has grown: is it still worth its bytes?"


def test_food_is_stacked_by_class():
    figure = week_figure(ORDINARY)

    assert figure["layout"]["barmode"] == "stack"
    assert trace(figure, "Fish")["y"] == [3.0] + [None] * 6
    assert trace(figure, "Dairy")["y"] == [0.7, 0.7] + [None] * 5


def test_codes_are_at_the_left_edge_of_their_part():
    codes = trace(week_figure(ORDINARY), "Codes")

    assert list(zip(map(str.strip, codes["text"]), codes["x"], codes["y"], strict=True)) == [
        ("Fi", -0.31, pytest.approx(2.2)),  # above the marker at 1.4
        ("Da", -0.31, pytest.approx(3.35)),
        ("Da", 0.69, pytest.approx(0.25)),  # below the one at 0.5
    ]


def test_days_are_side_by_side_and_hover_texts_name_them():
    axis = week_figure(ORDINARY)["layout"]["xaxis"]

    assert (axis["tickvals"], axis["ticktext"]) == ([0, 1, 2, 3, 4, 5, 6], LABELS)


def test_an_incomplete_day_is_hatched():
    shapes = trace(week_figure(ORDINARY), "Dairy")["marker"]["pattern"]["shape"]

    assert shapes[:2] == ["", "/"]


def test_an_incomplete_day_is_hatched_even_without_a_bar():
    figure = week_figure(OPEN)

    stubs = trace(figure, "Not marked complete")
    dairy = trace(figure, "Dairy")["y"]
    tops = [None if y is None else y + (ug or 0.0) for y, ug in zip(stubs["y"], dairy, strict=True)]
    least = 0.07 * figure["layout"]["yaxis"]["range"][1]
    assert tops == [None, *[pytest.approx(least)] * 3, 0.7, None, None]
    assert stubs["marker"]["pattern"]["shape"] == "/"


def test_the_hover_text_says_that_a_day_is_not_complete():
    stubs = trace(week_figure(ORDINARY), "Not marked complete")

    assert stubs["y"] == [None, 0.0] + [None] * 5
    assert stubs["marker"]["line"]["width"] == [0] * 7  # else a line would cover the bar
    assert stubs["hovertemplate"] == "%{fullData.name}<extra></extra>"


def test_a_week_of_complete_days_has_no_stubs():
    figure = week_figure(days({"food_ug": {"dairy": 0.7}, "absorbed_ug": 0.5}))

    assert [found["name"] for found in figure["data"] if "complete" in found["name"]] == []


def test_no_record_is_a_gap_in_the_line_and_not_a_zero():
    line = trace(week_figure(ORDINARY), "Absorbed (estimate)")

    assert line["y"] == [1.4, 0.5, None, None, None, None, None]
    assert line["connectgaps"] is False


def test_a_complete_day_without_b12_is_a_zero_and_not_a_gap():
    fasting = days({"absorbed_ug": 0.0})

    assert trace(week_figure(fasting), "Absorbed (estimate)")["y"][0] == 0.0


def test_a_tablet_has_its_own_lane_and_does_not_flatten_the_food():
    figure = week_figure(WITH_TABLET)

    lane = trace(figure, "Supplements")
    assert (lane["yaxis"], lane["y"][0], lane["text"][0]) == ("y2", 1, "1,000")
    assert figure["layout"]["yaxis"]["range"][1] <= 10
    assert figure["layout"]["yaxis"]["domain"][1] < figure["layout"]["yaxis2"]["domain"][0]


def test_the_hover_box_of_a_day_has_the_text_of_its_table_row():
    figure = week_figure(days({"words": ("All food: 1.0 µg", "Supplements: < 0.01 µg")}))

    said = trace(figure, "The day")["customdata"][0]
    assert said == "All food: 1.0 µg<br>Supplements: &lt; 0.01 µg"
    assert figure["layout"]["hoversubplots"] == "axis"
    assert figure["layout"]["hovermode"] == "x unified"
    others = [t for t in week_figure(WITH_TABLET)["data"] if t["name"] != "The day"]
    silent = {t["name"] for t in others if t.get("hoverinfo") == "skip"}
    assert silent == {"Codes", "Absorbed (estimate)", "Supplements"}  # else shown twice


def test_without_a_supplement_there_is_no_lane():
    assert "yaxis2" not in week_figure(ORDINARY)["layout"]


def test_a_liver_dinner_is_cut_off_and_labelled_with_its_amount():
    figure = week_figure(WITH_LIVER)

    notes = [note["text"] for note in figure["layout"]["annotations"]]
    assert figure["layout"]["yaxis"]["range"][1] == 15.0
    assert "↑\u00a070" in notes


def test_absorbed_above_the_scale_is_at_its_edge_with_its_amount():
    line = trace(week_figure(WITH_TABLET), "Absorbed (estimate)")

    assert line["y"][0] == week_figure(WITH_TABLET)["layout"]["yaxis"]["range"][1]
    assert (line["marker"]["symbol"][0], line["text"][0]) == ("triangle-up", "13")


def test_past_days_keep_the_target_valid_then():
    week = days({"target_ug": 2.4}, {"target_ug": 4.0}, target_ug=2.6)

    shapes = [s for s in week_figure(week)["layout"]["shapes"] if s["name"] == "--ink"]
    lines = [(s["x0"], s["x1"], s["y0"]) for s in shapes]
    assert lines == [(-0.5, 0.5, 2.4), (0.5, 1.5, 4.0), (1.5, 6.5, 2.6)]


def test_a_target_above_the_scale_is_an_arrow_with_its_amount():
    layout = week_figure(OWN_TARGET_50)["layout"]

    lines = [s for s in layout["shapes"] if s["name"] == "--ink" and s["type"] == "line"]
    arrows = [s for s in layout["shapes"] if s["name"] == "--ink" and s["type"] == "path"]
    top = layout["yaxis"]["range"][1]
    assert top <= 15
    assert [(s["x0"], s["x1"], s["y0"]) for s in lines] == [(-0.5, 3.5, 2.4)]
    assert [(s["xanchor"], s["yanchor"]) for s in arrows] == [(3.5, top)]
    notes = [(n["text"], n["x"], n["y"]) for n in layout["annotations"] if n["text"] == "50"]
    assert notes == [("50", 3.5, top)]


@pytest.mark.parametrize("own_target_ug", [0.1, 0.4, 2.4, 9.0, 50.0, 5000.0])
@pytest.mark.parametrize("food_ug", [0.0, 3.0, 70.0])
def test_every_reference_line_is_at_the_height_of_its_amount(own_target_ug, food_ug):
    week = days({"food_ug": {"fish": food_ug}, "target_ug": own_target_ug})

    layout = week_figure(week)["layout"]

    lines = [s for s in layout["shapes"] if s["type"] == "line" and s["yref"] == "y"]
    heights = {s["y0"] for s in lines if "ysizemode" not in s}
    assert heights <= {own_target_ug, 2.4, 1.2}
    assert 1.2 in heights
    assert max(heights) <= layout["yaxis"]["range"][1]


def test_every_colour_is_the_name_of_a_custom_property():
    css = (Path(settings.BASE_DIR) / "static/css/cobalog.css").read_text()
    figure = week_figure(WITH_TABLET)

    names = [token for found in figure["data"] for token in found["meta"].values()]
    names += [shape["name"] for shape in figure["layout"]["shapes"]]
    names += [note["name"] for note in figure["layout"]["annotations"]]
    assert [name for name in names if f"{name}:" not in css] == []


def test_hover_texts_follow_the_locale():
    with translation.override("de"):
        figure = week_figure(ORDINARY)

    assert trace(figure, "Fish")["customdata"][0] == "3,0\u00a0µg"
    assert figure["layout"]["separators"] == ",."


@pytest.mark.parametrize("week", WEEKS)
def test_a_locale_with_a_decimal_comma_does_not_move_the_bars(week):
    places = r'\b(?:x|y|x1|x2|y1|y2|r|width|height|d)="([^"]*)"'
    with translation.override("de"):
        german = drawn(week)

    assert "," not in "".join(re.findall(places, german))
    assert re.findall(places, german) == re.findall(places, drawn(week))


def test_the_drawing_contains_the_texts_of_the_figure():
    said = [text.text.strip() for text in elements(EVERYTHING).iter("text") if text.text]

    assert said == [
        *("0", "5", "10", "15"),
        *("1,000", "10"),
        *("Fi", "Li", "Eg"),
        "30",
        *("µg", "↑\u00a070", "50", "Supplements, µg"),
    ]


def test_each_kind_of_marker_has_its_colour_in_the_drawing():
    svg = drawn(EVERYTHING)

    (fish,) = re.findall(r'<g fill="var\(--class-fish\)" [^>]*>(.*?)</g>', svg)
    (pills,) = re.findall(r'<g fill="var\(--sunken\)" [^>]*>(.*?)</g>', svg)
    (stubs,) = re.findall(r'<g fill="url\(#week-summary--line-strong-7-30\)">(.*?)</g>', svg)
    assert [group.count("<rect") for group in (fish, pills, stubs)] == [1, 2, 1]
    assert pills.count('rx="2"') == 2
    assert svg.count("<circle") == 1
    assert svg.count('stroke="var(--absorbed)" stroke-width="2" stroke-dasharray="2 3"') == 1
    assert svg.count('stroke="var(--ink)" stroke-width="2" stroke-dasharray="6 4"') == 2
    assert svg.count('stroke="var(--surface)" stroke-width="4"') == 1


def test_the_absorbed_markers_are_opaque_in_plotly_too():
    """Plotly makes markers translucent if their sizes are given one by one."""
    marker = trace(week_figure(WITH_TABLET), "Absorbed (estimate)")["marker"]

    assert (marker["opacity"], marker["size"][:2]) == (1, [11, 9])


@pytest.mark.parametrize("count", [31, 53])
def test_a_longer_period_has_a_bar_each_and_no_overlapping_codes(count):
    fields = {"food_ug": {"fish": 3.0}, "absorbed_ug": 1.4, "supplement_ug": 10.0}
    many = [ChartDay(label=str(number), **fields) for number in range(count)]

    svg = drawn(many)

    (bars,) = re.findall(r'<g fill="var\(--class-fish\)" [^>]*>(.*?)</g>', svg)
    widths = re.findall(r'<rect x="[^"]*" width="([\d.]+)%"', bars)
    assert [float(width) for width in widths] == [round(100 * BAR_SHARE / count, 2)] * count
    assert svg.count("<circle") == count
    assert "Fi<" not in svg
    assert trace(week_figure(many), "Codes")["x"] == []


@pytest.mark.parametrize("week", [ORDINARY, OWN_TARGET_50])
def test_the_figure_shows_whether_a_target_is_above_it(week):
    layout = week_figure(week)["layout"]

    assert layout["meta"]["has_target_above"] is (week is OWN_TARGET_50)


def test_the_style_sheet_leaves_room_for_the_margins_of_the_figure():
    css = (Path(settings.BASE_DIR) / "static/css/week.css").read_text()

    margin = week_figure(ORDINARY)["layout"]["margin"]
    assert f".chart-svg {{ padding-inline: {margin['l']}px {margin['r']}; }}" in css
    assert re.search(rf"\.week-days {{.*padding-inline-start: {AXIS_PX}px;", css)
    assert f":is(.chart__still, .chart__live) {{ height: {CHART_PX}px; }}" in css
