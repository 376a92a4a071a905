import pytest

from tracker.charts.templatetags import charts


@pytest.fixture(autouse=True)
def fresh():
    charts.chart_bundle.cache_clear()
    yield
    charts.chart_bundle.cache_clear()


def test_the_full_bundle_is_served_if_there_is_no_other(monkeypatch):
    monkeypatch.setattr(charts.finders, "find", lambda path: None)

    assert charts.chart_bundle() == "/static/vendor/plotly.min.js"


def test_the_basic_bundle_is_preferred_if_it_is_installed(monkeypatch):
    monkeypatch.setattr(charts.finders, "find", lambda path: f"/somewhere/{path}")

    assert charts.chart_bundle() == "/static/vendor/plotly-basic.min.js"


def test_a_bundle_that_was_not_collected_yet_is_skipped(monkeypatch):
    def only_the_full_one(path):
        if path == charts.BASIC:
            raise ValueError("Missing staticfiles manifest entry")
        return f"/static/{path}"

    monkeypatch.setattr(charts.finders, "find", lambda path: f"/somewhere/{path}")
    monkeypatch.setattr(charts, "static", only_the_full_one)

    assert charts.chart_bundle() == "/static/vendor/plotly.min.js"
