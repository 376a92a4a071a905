from django.utils import translation

from tracker.charts.layout import base_layout, note


def test_numbers_are_written_in_the_locale():
    with translation.override("de"):
        layout = base_layout(200, left=40, right=0, top=0, bottom=8)

    assert layout["separators"] == ",."
    assert (layout["height"], layout["margin"]) == (200, {"l": 40, "r": 0, "t": 0, "b": 8})


def test_a_note_has_no_arrow_and_takes_its_place():
    assert note("µg", "--ink", x=1)["showarrow"] is False
    assert note("µg", "--ink", x=1)["x"] == 1
