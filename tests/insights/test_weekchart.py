import plotly.graph_objects as go
import pytest

from tests.insights.test_charts import ORDINARY, days
from tracker.insights.charts import week_figure
from tracker.insights.weekchart import codes, food_scale, runs, shades_of


def test_only_classes_that_occur_are_drawn():
    assert [shade.key for shade in shades_of(ORDINARY)] == ["fish", "dairy"]


def code_texts(**fields):
    week = days(fields)
    return [code.text for code in codes(week, food_scale(week))]


def test_a_small_part_has_no_room_for_its_code():
    assert code_texts(food_ug={"fish": 4.0, "egg": 0.05}) == ["Fi"]


def test_a_code_does_not_overlap_the_absorbed_marker():
    def places(**fields):
        week = days(fields)
        return [code.at_ug for code in codes(week, food_scale(week))]

    assert places(food_ug={"fish": 3.0}) == [1.5]
    assert places(food_ug={"fish": 3.0}, absorbed_ug=0.0) == [1.5]
    assert places(food_ug={"fish": 3.0}, absorbed_ug=1.4) == [pytest.approx(2.2)]
    assert places(food_ug={"fish": 3.0}, absorbed_ug=1.6) == [pytest.approx(0.8)]
    assert places(food_ug={"fish": 0.4}, absorbed_ug=0.2) == []


def test_the_code_of_a_cut_off_bar_is_in_its_drawn_part():
    week = days({"food_ug": {"organ_meat": 70.0}})

    assert [code.at_ug for code in codes(week, food_scale(week))] == [7.5]


@pytest.mark.parametrize(
    ("amounts", "found"),
    [
        ([2.4], [(0, 1, 2.4)]),
        ([2.4, 2.4, 4.0], [(0, 2, 2.4), (2, 3, 4.0)]),
        ([2.4, 4.0, 2.4], [(0, 1, 2.4), (1, 2, 4.0), (2, 3, 2.4)]),
    ],
)
def test_days_with_the_same_amount_are_one_run(amounts, found):
    assert runs(amounts) == found


def test_a_target_that_is_not_reached_does_not_flatten_the_bars():
    week = days({"food_ug": {"fish": 2.0}}, {"target_ug": 50.0}, target_ug=2.4)

    assert food_scale(week) == food_scale(days({"food_ug": {"fish": 2.0}}, target_ug=2.4))


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
