import json
import re
from pathlib import Path

import plotly.graph_objects as go
import pytest
from django.conf import settings
from django.utils import translation

from tracker.learn.charts import PLOT_BOTTOM_PX, PLOT_TOP_PX, dose_figure, dose_svg, point_kinds
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


def test_every_published_point_is_in_the_small_picture():
    svg = dose_svg()

    assert len(svg.points) == len(dose_points())
    assert {point.kind for point in svg.points} == {kind for kind, _label in point_kinds()}


def test_everything_lies_inside_the_small_picture():
    svg = dose_svg()

    heights = [float(point.y) for point in svg.points] + [float(line.y1) for line in svg.curve]
    assert min(heights) >= PLOT_TOP_PX and max(heights) <= PLOT_BOTTOM_PX
    assert all(0 <= float(point.x.rstrip("%")) <= 100 for point in svg.points)


def test_more_b12_lies_higher_and_further_right():
    curve = dose_svg().curve

    assert all(float(line.y2) < float(line.y1) for line in curve)
    assert all(float(line.x1[:-1]) < float(line.x2[:-1]) for line in curve)


def test_a_locale_with_a_decimal_comma_writes_ticks_and_not_places_with_it():
    with translation.override("de"):
        svg = dose_svg()

    assert svg.dose_ticks[0].text == "0,1"
    assert re.fullmatch(r"[\d.]+%", svg.dose_ticks[0].place)


def test_hover_texts_name_both_amounts_with_their_unit():
    figure = dose_figure()

    said = [t for t in figure["data"] if t.get("hoverinfo") != "skip"]
    assert said
    for trace in said:
        assert len(trace["customdata"]) == len(trace["x"])
    lines = [text.partition("<br>") for trace in said for text in trace["customdata"]]
    amounts = re.compile(r"(&lt; )?[\d.,]+\u00a0µg swallowed, (&lt; )?[\d.,]+\u00a0µg absorbed")
    assert [line for line, _br, more in lines if not amounts.fullmatch(line) or not more] == []
