import re

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from tests.insights.test_charts import (
    EMPTY,
    OPEN,
    ORDINARY,
    OWN_TARGET_50,
    WITH_LIVER,
    WITH_TABLET,
    days,
)
from tracker.insights.svg import week_svg
from tracker.insights.weekchart import CHART_PX, PLOT_PX, TOP_PX


def number(text, name):
    return float(re.search(rf'\b{name}="([-\d.]+)%?"', text)[1])


def drawn(week):
    return render_to_string("insights/_week.svg.html", {"svg": week_svg(week)})


def test_bars_stand_on_the_base_line_and_on_each_other():
    fish, dairy = week_svg(ORDINARY).parts[:2]

    bottom = number(fish.box, "y") + number(fish.box, "height")
    assert bottom == PLOT_PX
    top = number(dairy.box, "y") + number(dairy.box, "height")
    assert top == pytest.approx(number(fish.box, "y"), abs=0.11)


def test_heights_are_in_proportion_to_amounts():
    fish, dairy = week_svg(ORDINARY).parts[:2]

    ratio = number(fish.box, "height") / number(dairy.box, "height")
    assert ratio == pytest.approx(3.0 / 0.7, rel=0.01)


def test_only_days_that_are_not_complete_are_hatched():
    assert [part.is_hatched for part in week_svg(ORDINARY).parts] == [False, False, True]


def test_an_open_day_shows_it_without_a_bar_too():
    svg = week_svg(OPEN)

    height = 0.07 * (PLOT_PX - TOP_PX)
    columns = [number(stub, "x") // (100 / 7) for stub in svg.stubs]
    assert columns == [1, 2, 3]
    assert {number(stub, "y") for stub in svg.stubs} == {round(PLOT_PX - height, 1)}
    dairy = svg.parts[0]
    assert number(dairy.box, "y") == pytest.approx(
        number(svg.stubs[2], "y") + number(svg.stubs[2], "height"), abs=0.11
    )
    assert drawn(OPEN).count('class="week-svg__stub" fill="url(#hatch-open)"') == 3


def test_codes_stand_in_their_bar():
    svg = week_svg(ORDINARY)

    dairy = svg.parts[1]
    assert [code.text for code in svg.codes] == ["Fi", "Da", "Da"]
    assert number(svg.codes[1].at, "x") == number(dairy.box, "x")
    middle = number(dairy.box, "y") + number(dairy.box, "height") / 2
    assert number(svg.codes[1].at, "y") == pytest.approx(middle + 4, abs=0.1)


def test_the_line_is_broken_where_nothing_is_recorded():
    week = days({"absorbed_ug": 1.0}, {"absorbed_ug": 1.0}, {}, {"absorbed_ug": 1.0})

    svg = week_svg(week)
    assert (len(svg.absorbed_lines), len(svg.dots)) == (1, 3)


def test_equal_targets_are_one_line_and_a_new_one_begins_another():
    week = days({"target_ug": 2.4}, {"target_ug": 2.4}, target_ug=4.0)

    assert [number(line, "x2") for line in week_svg(week).targets] == [28.571, 100.0]


def test_a_target_beyond_the_scale_is_no_line_but_an_arrow_with_its_amount():
    svg = week_svg(OWN_TARGET_50)

    assert [number(line, "x2") for line in svg.targets] == [57.143]
    assert [(mark.text, number(mark.at, "x")) for mark in svg.targets_above] == [("50", 57.143)]
    assert number(svg.targets_above[0].at, "y") == TOP_PX
    assert drawn(OWN_TARGET_50).count("week-svg__above") == 1


def test_the_scale_reaches_what_is_absorbed_for_comparison():
    svg = week_svg(days(target_ug=0.4, absorbed_target_ug=1.2))

    height = PLOT_PX - number(svg.absorbed_targets[0], "y1")
    assert height == pytest.approx(3 * (PLOT_PX - number(svg.targets[0], "y1")), rel=0.01)


def test_a_tablet_is_a_pill_with_its_amount_written_on_it():
    svg = week_svg(WITH_TABLET)

    assert [pill.text for pill in svg.pills] == ["1,000"]
    assert [over.text for over in svg.overs] == ["13"]


def test_a_liver_dinner_is_broken_off_inside_the_picture():
    svg = week_svg(WITH_LIVER)

    assert [label.text for label in svg.breaks] == ["↑\u00a070"]
    assert all(0 <= number(part.box, "y") <= CHART_PX for part in svg.parts)


@pytest.mark.parametrize("week", [ORDINARY, WITH_TABLET, WITH_LIVER, EMPTY, OPEN, OWN_TARGET_50])
def test_a_locale_with_a_decimal_comma_does_not_move_the_bars(week):
    with translation.override("de"):
        german = drawn(week)

    attributes = re.findall(r'\b(?:x|y|x1|x2|y1|y2|cx|cy|width|height)="([^"]*)"', german)
    assert [a for a in attributes if not re.fullmatch(r"-?\d+(\.\d+)?%?", a)] == []
    assert attributes == re.findall(
        r'\b(?:x|y|x1|x2|y1|y2|cx|cy|width|height)="([^"]*)"', drawn(week)
    )


def test_what_is_drawn_is_well_formed():
    from xml.etree import ElementTree

    for week in (ORDINARY, WITH_TABLET, WITH_LIVER, EMPTY, OPEN, OWN_TARGET_50):
        ElementTree.fromstring(drawn(week).strip())
