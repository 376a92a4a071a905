import plotly.graph_objects as go
import pytest

from tests.insights.test_charts import ORDINARY, days
from tracker.insights.charts import week_figure
from tracker.insights.weekchart import Scale, food_scale, round_scale, shades_of


def test_only_classes_that_occur_are_drawn():
    assert [shade.key for shade in shades_of(ORDINARY)] == ["fish", "dairy"]


@pytest.mark.parametrize(
    ("wanted_ug", "top_ug"), [(3.0, 3.0), (5.9, 6.0), (12.0, 15.0), (0.3, 0.3), (20.0, 20.0)]
)
def test_a_scale_is_round_and_holds_what_is_wanted(wanted_ug, top_ug):
    found = round_scale(wanted_ug)

    assert found.top_ug == pytest.approx(top_ug)
    assert 3 <= len(found.ticks_ug) <= 6


@pytest.mark.parametrize(
    ("scale", "texts"),
    [
        (Scale(6.0, 2.0), ["0", "2", "4", "6"]),
        (Scale(1.0, 0.5), ["0", "0.5", "1.0"]),
        (Scale(7.5, 2.5), ["0", "2.5", "5.0", "7.5"]),
        (Scale(0.5, 0.25), ["0", "0.25", "0.50"]),
        (Scale(2000.0, 1000.0), ["0", "1,000", "2,000"]),
    ],
)
def test_ticks_have_no_more_digits_than_they_need(scale, texts):
    assert scale.tick_texts == texts


@pytest.mark.parametrize("target_ug", [0.1, 0.4, 2.4, 4.0, 250.0, 5000.0])
@pytest.mark.parametrize("food_ug", [0.0, 0.01, 3.0, 500.0])
@pytest.mark.parametrize("absorbed_ug", [None, 0.0, 1.2, 40.0])
def test_any_amount_has_a_finite_scale_that_shows_an_ordinary_day(target_ug, food_ug, absorbed_ug):
    week = days(
        {"food_ug": {"fish": food_ug}, "absorbed_ug": absorbed_ug},
        target_ug=target_ug,
        absorbed_target_ug=1.2,
    )

    scale = food_scale(week)

    assert 0 < scale.top_ug <= max(50.0, 7 * min(target_ug, 9.6))
    go.Figure(week_figure(week))
