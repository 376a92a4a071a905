import pytest

from tracker.charts.scale import Scale, round_scale


@pytest.mark.parametrize(
    ("wanted_ug", "top_ug"), [(3.0, 3.0), (5.9, 6.0), (12.0, 15.0), (0.3, 0.3), (20.0, 20.0)]
)
def test_a_scale_is_round_and_fits_the_amount(wanted_ug, top_ug):
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
