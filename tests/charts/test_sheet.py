import pytest

from tests.charts.figures import AXES, MARGIN
from tracker.charts.sheet import Axis, sheet_of


def layout(**given):
    return {"height": 200, "margin": MARGIN, **AXES, **given}


@pytest.mark.parametrize(("value", "place"), [(0, 170), (10, 20), (5, 95), (20, -130)])
def test_values_are_in_proportion_even_beyond_the_ends(value, place):
    assert sheet_of(layout()).down("y", value) == place


def test_horizontal_positions_are_in_percent_of_the_range():
    sheet = sheet_of(layout())

    assert [sheet.across("x", place) for place in (-0.5, 0, 3.5)] == [0, 12.5, 100]


def test_the_range_of_a_logarithmic_axis_is_in_powers_of_ten():
    axis = sheet_of(layout(yaxis={"type": "log", "range": [-2, 1]})).axes["y"]

    assert [axis.at(value) for value in (0.01, 0.1, 10)] == pytest.approx([170, 120, 20])
    assert [axis.holds(value) for value in (0.001, 0.01, 10, 11)] == [False, True, True, False]
    assert [axis.has_place_for(value) for value in (0.001, 0, -1)] == [True, False, False]


def test_a_linear_axis_has_a_position_for_every_amount():
    assert all(Axis(0, 10, 170, 20).has_place_for(value) for value in (1, 0, -1))


def test_a_second_axis_has_its_own_lane():
    given = layout(yaxis2={"domain": [0.8, 1], "range": [0, 1]})
    given["yaxis"] = {"domain": [0, 0.6], "range": [0, 10]}

    sheet = sheet_of(given)

    assert (sheet.down("y", 10), sheet.down("y2", 0), sheet.down("y2", 1)) == (80, 50, 20)


def test_the_paper_is_the_area_inside_the_margins():
    sheet = sheet_of(layout())

    assert [sheet.down("paper", share) for share in (0, 1)] == [170, 20]
    assert sheet.across("paper", 0.25) == 25


def test_values_beyond_an_axis_are_drawn_at_its_end():
    axis = Axis(0, 10, 170, 20)

    assert [axis.within(value) for value in (-3, 4, 30)] == [170, 110, 20]
    assert [axis.holds(value) for value in (-0.01, 0, 10, 10.01)] == [False, True, True, False]


def test_another_kind_of_axis_is_refused():
    with pytest.raises(ValueError, match="'linear' or 'log', got 'date'"):
        sheet_of(layout(xaxis={"type": "date", "range": [0, 1]}))
