import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.science.body_store import (
    YearsBand,
    starting_store_ug,
    store_ug,
    years_until,
    years_until_band,
)

quick = settings(max_examples=25)
stores = st.floats(0.0, 10000.0)
losses = st.floats(0.0001, 0.01)


@pytest.mark.parametrize(("years", "expected_ug"), [(0, 2500), (1, 1735.1), (3, 835.7), (5, 402.5)])
def test_a_store_without_intake_decays(years, expected_ug):
    assert store_ug(2500, 0, 0.001, 365.25 * years) == pytest.approx(expected_ug, abs=0.1)


@pytest.mark.parametrize(
    ("initial_ug", "loss", "years"),
    [
        (1000, 0.001, 3.30),
        (2500, 0.001, 5.80),
        (3000, 0.001, 6.30),
        (500, 0.0013, 1.08),
        (2000, 0.0015, 3.46),
        (2500, 0.002, 2.90),
        (5000, 0.002, 3.85),
    ],
)
def test_years_until_300_ug_follow_appendix_n(initial_ug, loss, years):
    assert years_until(300, initial_ug, 0, loss) == pytest.approx(years, abs=0.006)


def test_an_intake_that_holds_the_threshold_means_never():
    assert years_until(300, 2500, 0.3, 0.001) is None
    assert years_until(300, 2500, 0.29, 0.001) > 10


@pytest.mark.parametrize("initial_ug", [300, 100, 0])
def test_a_store_at_or_under_the_threshold_is_there_already(initial_ug):
    assert years_until(300, initial_ug, 5, 0.001) == 0.0


@quick
@given(stores, st.floats(0.0, 5.0), losses, st.floats(0.0, 5000.0), st.floats(0.0, 5000.0))
def test_a_store_moves_steadily_towards_its_end(initial, absorbed, loss, first, more):
    end = absorbed / loss
    near, far = (store_ug(initial, absorbed, loss, t) for t in (first, first + more))

    assert abs(far - end) <= abs(near - end) + 1e-6
    assert min(initial, end) - 1e-6 <= far <= max(initial, end) + 1e-6


@quick
@given(st.floats(400.0, 10000.0), st.floats(0.0, 0.02), losses)
def test_the_store_is_at_the_threshold_when_years_until_says_so(initial, absorbed, loss):
    years = years_until(300, initial, absorbed, loss)

    assert store_ug(initial, absorbed, loss, 365.25 * years) == pytest.approx(300, rel=1e-6)


def test_the_band_runs_from_the_fastest_to_the_slowest_loss():
    band = years_until_band(300, 2500, 0)

    assert band.earliest == pytest.approx(years_until(300, 2500, 0, 0.0013))
    assert band.latest == pytest.approx(years_until(300, 2500, 0, 0.0004))


def test_the_band_may_be_open_or_empty():
    assert years_until_band(300, 2500, 0.2).latest is None
    assert years_until_band(300, 2500, 0.2).earliest > 0
    assert years_until_band(300, 2500, 2.0) == YearsBand(None, None)


def test_without_intrinsic_factor_the_slow_end_is_carmels():
    band = years_until_band(300, 2500, 0, 0.002)

    assert band.latest == pytest.approx(years_until(300, 2500, 0, 1 / 1200), rel=0.05)


def test_a_slow_loss_keeps_what_one_day_gave():
    assert store_ug(0, 1.0, 1e-15, 1) == pytest.approx(1.0, rel=1e-12)


def test_no_time_leaves_the_store_as_it_is_even_with_an_endless_intake():
    assert store_ug(1, 1e308, 1e-10, 0) == 1.0


@pytest.mark.parametrize(
    ("absorbed", "expected"), [(None, 2500), (0.0, 300), (2.0, 2000), (9.0, 5000)]
)
def test_a_starting_store_comes_from_the_earlier_diet(absorbed, expected):
    assert starting_store_ug(absorbed) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        ((-1, 0, 0.001, 1), "initial_ug"),
        ((1, math.nan, 0.001, 1), "absorbed_ug_per_day"),
        ((1, 0, 0.0, 1), "loss_per_day"),
        ((1, 0, 1.5, 1), "loss_per_day"),
        ((1, 0, 0.001, math.inf), "days"),
    ],
)
def test_impossible_numbers_are_refused(arguments, name):
    with pytest.raises(ValueError, match=name):
        store_ug(*arguments)


def test_a_threshold_of_zero_is_never_reached_and_refused():
    with pytest.raises(ValueError, match="threshold_ug"):
        years_until(0, 2500, 0, 0.001)


# SCIENCE.md 5, for a loss of 0.10, 0.13, 0.15 and 0.20 % a day.
YEARS_TO_300_UG = [
    (500, (1.40, 1.08, 0.93, 0.70)),
    (1000, (3.30, 2.54, 2.20, 1.65)),
    (2000, (5.19, 4.00, 3.46, 2.60)),
    (2500, (5.80, 4.47, 3.87, 2.90)),
    (3000, (6.30, 4.85, 4.20, 3.15)),
    (5000, (7.70, 5.93, 5.14, 3.85)),
]


@pytest.mark.parametrize(("initial_ug", "years"), YEARS_TO_300_UG)
def test_the_whole_table_of_years_without_intake(initial_ug, years):
    found = [years_until(300, initial_ug, 0, loss) for loss in (0.001, 0.0013, 0.0015, 0.002)]

    assert found == pytest.approx(years, abs=0.0051)


def test_the_band_of_a_loss_near_the_whole_store_stays_possible():
    band = years_until_band(300, 2500, 0, 1.0)

    assert band.earliest == years_until(300, 2500, 0, 1.0)
    assert band.earliest < band.latest


def test_an_intake_just_short_of_the_threshold_needs_its_time():
    assert 20 < years_until(300, 2500, 0.3 * (1 - 1e-6), 0.001) < 100


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"initial_ug": -1}, "initial_ug"),
        ({"initial_ug": math.nan}, "initial_ug"),
        ({"absorbed_ug_per_day": -0.1}, "absorbed_ug_per_day"),
        ({"absorbed_ug_per_day": math.inf}, "absorbed_ug_per_day"),
        ({"loss_per_day": 0}, "loss_per_day"),
        ({"loss_per_day": 1.01}, "loss_per_day"),
    ],
)
@pytest.mark.parametrize("call", [years_until, years_until_band])
def test_the_years_of_impossible_numbers_are_refused(call, change, name):
    plain = {"initial_ug": 2500, "absorbed_ug_per_day": 0, "loss_per_day": 0.001}

    with pytest.raises(ValueError, match=name):
        call(300, **{**plain, **change})


@quick
@given(stores, st.floats(0.0, 5.0), losses, st.floats(0.0, 3000.0), st.floats(0.0, 3000.0))
def test_a_store_in_two_steps_is_the_store_in_one(initial, absorbed, loss, first, more):
    between = store_ug(initial, absorbed, loss, first)

    once = store_ug(initial, absorbed, loss, first + more)

    assert store_ug(between, absorbed, loss, more) == pytest.approx(once, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("absorbed", [-0.1, math.nan])
def test_an_impossible_earlier_diet_is_refused(absorbed):
    with pytest.raises(ValueError, match="absorbed_ug_per_day"):
        starting_store_ug(absorbed)
