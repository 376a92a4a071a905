import json
import math

import pytest

from tracker.science import figures
from tracker.science._tables import csv_rows, version
from tracker.science.absorption import B12Split, absorbed_ug
from tracker.science.figures import dose_curve_figure, dose_points, rms_log_error

FITTED = [point for point in dose_points() if point.is_fitted]


def test_residuals_of_the_rounded_constants_on_the_fitted_points():
    residuals = [round(point.residual_percent) for point in FITTED]

    assert residuals == [-7, -7, 3, 15, -2, 25, -11, -15, 19, 23, -25, 2]


def test_rms_errors_of_the_rounded_constants():
    seen = [point for point in FITTED if point.status != "unconfirmed"]

    assert (len(FITTED), len(seen)) == (12, 8)
    assert rms_log_error(FITTED) == pytest.approx(0.152, abs=5e-4)
    assert rms_log_error(seen) == pytest.approx(0.178, abs=5e-4)


def test_the_error_of_no_points_is_refused():
    with pytest.raises(ValueError, match="at least one point"):
        rms_log_error([])


def test_without_intrinsic_factor_carmels_points_are_met_but_for_500_ug():
    without = [p for p in dose_points() if not p.has_intrinsic_factor]

    assert [round(p.residual_percent) for p in without] == [0, 0, 0, -14, 0]


def test_the_figure_is_plain_and_valid():
    from plotly.graph_objects import Figure

    figure = dose_curve_figure()

    assert json.loads(json.dumps(figure)) == figure
    assert len(Figure(figure).data) == 9


def test_the_curve_of_the_figure_is_the_model_from_end_to_end():
    line = dose_curve_figure()["data"][2]

    assert (line["x"][0], line["x"][-1]) == (0.1, 1000.0)
    assert line["y"] == [absorbed_ug(B12Split(free_ug=dose)) for dose in line["x"]]


def test_every_published_point_is_drawn_once():
    drawn = [t for t in dose_curve_figure()["data"] if t["mode"] == "markers"]

    points = sorted(xy for t in drawn for xy in zip(t["x"], t["y"], strict=True))
    assert points == sorted((p.dose_ug, p.absorbed_ug) for p in dose_points())


def test_labels_can_be_translated():
    figure = dose_curve_figure({"title": "Aufnahme", "curve": "Modell"})

    assert figure["layout"]["title"]["text"] == "Aufnahme"
    assert figure["data"][2]["name"] == "Modell"
    assert figure["layout"]["xaxis"]["title"]["text"] == "B12 in one sitting [µg]"


def test_the_command_writes_the_figure_as_json(tmp_path):
    figures.main([str(tmp_path / "out.json")])

    written = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert written == dose_curve_figure()


def test_the_command_refuses_another_kind_of_file(tmp_path, capsys):
    with pytest.raises(SystemExit):
        figures.main([str(tmp_path / "out.png")])

    assert capsys.readouterr().err.endswith("out must end in .html or .json, got 'out.png'\n")


@pytest.mark.parametrize(("column", "total"), [("dose_ug", 3163.35), ("absorbed_ug", 53.417)])
def test_the_point_table_has_a_version_its_rows_and_its_sums(column, total):
    rows = csv_rows("dose_points.csv")

    assert version("dose_points.csv") == "version 1, 2026-11-20"
    assert len(rows) == 19
    assert math.fsum(float(row[column]) for row in rows) == pytest.approx(total)


def test_the_band_lies_35_percent_around_the_curve():
    low, high, curve = (line["y"] for line in dose_curve_figure()["data"][:3])

    assert low == pytest.approx([0.65 * y for y in curve])
    assert high == pytest.approx([1.35 * y for y in curve])


def test_the_food_fit_is_drawn_only_where_it_was_fitted():
    doets = dose_curve_figure()["data"][4]

    assert (doets["x"][0], doets["x"][-1]) == (0.5, 10.0)
