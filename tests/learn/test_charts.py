import json
import re
from pathlib import Path

import plotly.graph_objects as go
import pytest
from django.conf import settings
from django.utils import translation

from tracker.charts.drawing import figure_key, figure_svg
from tracker.learn.charts import dose_figure
from tracker.learn.words import DOSE_LABELS
from tracker.science.absorption import B12Split, absorbed_ug
from tracker.science.figures import LABELS, dose_points


def test_plotly_accepts_the_figure():
    go.Figure(dose_figure())


def test_the_figure_is_plain_json():
    assert json.loads(json.dumps(dose_figure(), allow_nan=False)) == dose_figure()


def test_every_label_of_the_core_has_its_translation():
    assert {key: str(label) for key, label in DOSE_LABELS.items()} == dict(LABELS)


def test_the_curve_is_the_one_that_the_estimates_use():
    curve = next(trace for trace in dose_figure()["data"] if trace["name"] == "model")

    expected = [absorbed_ug(B12Split(free_ug=dose)) for dose in curve["x"]]
    assert curve["y"] == pytest.approx(expected, rel=2e-3)


def test_every_colour_is_the_name_of_a_custom_property():
    css = (Path(settings.BASE_DIR) / "static/css/cobalog.css").read_text()

    names = {token for trace in dose_figure()["data"] for token in trace["meta"].values()}
    assert [name for name in names if f"{name}:" not in css] == []


def drawn():
    return figure_svg(dose_figure(), labelled_by="dose-summary")


def test_every_published_point_is_in_the_drawing():
    svg = drawn()

    marks = re.findall(r'<svg x="[^"]*" y="[^"]*" overflow="visible"><(?:path|circle)', svg)
    assert len(marks) == len(dose_points())


def test_the_drawing_has_the_curves_the_range_and_their_names_in_the_key():
    lines = re.findall(
        r'<path fill="none" vector-effect="non-scaling-stroke" stroke="([^"]*)"', drawn()
    )

    colours = ("var(--absorbed)", "var(--ink-soft)", "var(--class-fortified_food)")
    assert tuple(lines) == colours
    assert drawn().count('fill="var(--absorbed-soft)"') == 1
    named = [trace["name"] for trace in dose_figure()["data"] if trace["name"]]
    assert [name for _mark, name in figure_key(dose_figure())] == named


def test_only_open_points_have_an_outline():
    outlines = {
        trace["name"]: trace["marker"]["line"]["width"]
        for trace in dose_figure()["data"]
        if trace["mode"] == "markers"
    }

    assert outlines.pop(LABELS["points_no_if"]) == 1.5
    assert set(outlines.values()) == {0}


def test_the_drawing_says_its_axes_with_the_unit():
    svg = drawn()

    assert ">B12 absorbed [µg]</text>" in svg
    assert ">B12 in one sitting [µg]</text>" in svg


def test_more_b12_lies_higher_and_further_right():
    curve = re.findall(r'stroke="var\(--absorbed\)"[^>]* d="M([^"]*)"', drawn())[0]

    points = [tuple(map(float, point.split())) for point in curve.split("L")]
    assert points == sorted(points)
    assert [y for _x, y in points] == sorted((y for _x, y in points), reverse=True)


def test_a_locale_with_a_decimal_comma_writes_ticks_and_not_places_with_it():
    with translation.override("de"):
        german = drawn()

    assert ">0,1</text>" in german
    assert re.findall(r'="([^"]*)"', german) == re.findall(r'="([^"]*)"', drawn())


def test_the_style_sheet_leaves_room_for_the_margins_of_the_figure():
    css = (Path(settings.BASE_DIR) / "static/css/methods.css").read_text()

    layout = dose_figure()["layout"]
    margin = layout["margin"]
    assert f".chart-svg {{ padding-inline: {margin['l']}px {margin['r']}px; }}" in css
    assert f":is(.chart__still, .chart__live) {{ height: {layout['height']}px; }}" in css


def test_notes_have_colours_of_the_style_sheet():
    css = (Path(settings.BASE_DIR) / "static/css/cobalog.css").read_text()

    assert all(f"{one['name']}:" in css for one in dose_figure()["layout"]["annotations"])


def test_hover_texts_name_both_amounts_with_their_unit():
    figure = dose_figure()

    said = [t for t in figure["data"] if t.get("hoverinfo") != "skip"]
    assert said
    for trace in said:
        assert len(trace["customdata"]) == len(trace["x"])
    lines = [text.partition("<br>") for trace in said for text in trace["customdata"]]
    amounts = re.compile(r"(&lt; )?[\d.,]+\u00a0µg swallowed, (&lt; )?[\d.,]+\u00a0µg absorbed")
    assert [line for line, _br, more in lines if not amounts.fullmatch(line) or not more] == []
