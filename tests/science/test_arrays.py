import math
from datetime import datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.science import arrays
from tracker.science.absorption import (
    HEALTHY,
    AbsorptionFactors,
    B12Split,
    absorbed_ug,
    group_sittings,
)
from tracker.science.adequacy import usual_absorbed
from tracker.science.body_store import store_ug

quick = settings(max_examples=20)
START = datetime(2026, 3, 2)
amounts = st.one_of(st.just(0.0), st.floats(0.0, 500.0))
swallowed = st.tuples(
    st.integers(0, 3), st.integers(0, 1439), amounts, amounts, amounts, amounts, st.booleans()
)
zero = st.just(0.0)
plain_meals = st.tuples(
    st.integers(0, 3), st.integers(0, 1439), zero, zero, zero, amounts, st.just(True)
)
tablets = st.tuples(
    st.integers(0, 3), st.integers(0, 1439), st.floats(100.0, 2000.0), zero, zero, zero,
    st.just(False),
)  # fmt: skip
without_plain_meals = st.lists(st.one_of(swallowed, tablets), max_size=25)
with_plain_meals = st.lists(st.one_of(swallowed, plain_meals, tablets), max_size=25)
entries = st.one_of(without_plain_meals, with_plain_meals)
shares = st.floats(0.0, 1.0)
factors = st.builds(AbsorptionFactors, food_release=shares, if_route=shares)


def columns(rows):
    names = ("day", "minute", "free_ug", "food_ug", "egg_ug", "inactive_ug", "is_meal")
    found = {name: [row[i] for row in rows] for i, name in enumerate(names)}
    return {
        **found,
        "day": np.array(found["day"], int),
        "is_meal": np.array(found["is_meal"], bool),
    }


def by_loop(rows, factors_, window_h, is_crossing_midnight):
    """The slow twin: scalar grouping and absorption, day by day unless midnight is crossed."""
    timed = [
        (START + timedelta(days=day, minutes=minute), B12Split(*amounts_), is_meal)
        for day, minute, *amounts_, is_meal in rows
    ]
    groups = [timed]
    if not is_crossing_midnight:
        groups = [
            [t for t in timed if t[0].date() == d] for d in sorted({t[0].date() for t in timed})
        ]
    found = []
    for group in groups:
        for sitting in group_sittings(group, window_h):
            absorbed = absorbed_ug(sitting.split, factors_, with_food=sitting.is_with_food)
            found.append((sitting, absorbed))
    return found


@quick
@given(entries, factors, st.sampled_from([0.5, 4.0, 6.0]), st.booleans())
def test_columns_equal_the_scalar_form(rows, factors_, window_h, is_crossing_midnight):
    expected = by_loop(rows, factors_, window_h, is_crossing_midnight)

    found = arrays.sittings(
        **columns(rows),
        factors=factors_,
        window_h=window_h,
        is_crossing_midnight=is_crossing_midnight,
    )

    starts = [
        START + timedelta(days=d, minutes=m)
        for d, m in zip(found.day.tolist(), found.minute.tolist(), strict=True)
    ]
    totals = found.free_ug + found.food_ug + found.egg_ug + found.inactive_ug
    assert starts == [sitting.start for sitting, _ in expected]
    assert totals.tolist() == pytest.approx([s.split.total_ug for s, _ in expected], abs=1e-9)
    assert found.with_food.tolist() == [sitting.is_with_food for sitting, _ in expected]
    assert found.absorbed_ug.tolist() == pytest.approx([a for _, a in expected], abs=1e-9)


@quick
@given(with_plain_meals, factors)
def test_whole_days_equal_the_scalar_form(rows, factors_):
    expected = {}
    for sitting, absorbed in by_loop(rows, factors_, 4.0, is_crossing_midnight=False):
        day = (sitting.start - START).days
        expected[day] = expected.get(day, 0.0) + absorbed

    day, absorbed = arrays.absorbed_by_day(arrays.sittings(**columns(rows), factors=factors_))

    assert dict(zip(day.tolist(), absorbed.tolist(), strict=True)) == pytest.approx(expected)


def test_only_a_meal_without_b12_before_the_sitting_matters():
    """One with B12 belongs to its own sitting, which is over when the tablet is taken."""
    meals = [(0, 240, 1.0, 0.0, 0.0, 0.0, True), (0, 479, 1.0, 0.0, 0.0, 0.0, True)]
    rows = [*meals, (0, 480, 1000.0, 0.0, 0.0, 0.0, False)]

    loop = [sitting.is_with_food for sitting, _ug in by_loop(rows, HEALTHY, 4.0, False)]

    assert loop == arrays.sittings(**columns(rows)).with_food.tolist() == [True, False]


PORRIDGE = (0, 480, 0.0, 0.0, 0.0, 0.0, True)


@pytest.mark.parametrize(
    ("tablet_minute", "absorbed"), [(540, 6.25), (719, 6.25), (720, 13.25), (479, 13.25)]
)
def test_a_tablet_after_a_meal_without_b12_is_taken_with_food(tablet_minute, absorbed):
    rows = [PORRIDGE, (0, tablet_minute, 1000.0, 0.0, 0.0, 0.0, False)]
    if tablet_minute < 480:
        rows[0] = (0, tablet_minute + 240, *PORRIDGE[2:])

    (loop,) = (a for s, a in by_loop(rows, HEALTHY, 4.0, False) if s.split.active_ug)

    _day, (columns_,) = arrays.absorbed_by_day(arrays.sittings(**columns(rows)))
    assert (round(loop, 2), round(float(columns_), 2)) == (absorbed, absorbed)


@quick
@given(entries)
def test_every_entry_knows_its_sitting(rows):
    found = arrays.sittings(**columns(rows))

    free = np.zeros(len(found.day))
    np.add.at(free, found.sitting, [row[2] for row in rows])
    assert free.tolist() == pytest.approx(found.free_ug.tolist())
    assert [row[0] for row in rows] == found.day[found.sitting].tolist()


def test_a_sitting_ends_at_midnight_unless_asked_otherwise():
    late = {"day": [1, 2], "minute": [1430, 10], "free_ug": [2.0, 2.0]}
    rest = {name: [0.0, 0.0] for name in ("food_ug", "egg_ug", "inactive_ug")}

    assert len(arrays.sittings(**late, **rest).day) == 2
    assert len(arrays.sittings(**late, **rest, is_crossing_midnight=True).day) == 1


def test_an_entry_at_exactly_four_hours_opens_a_sitting_with_fractional_minutes_too():
    clock = {"day": [700000, 700000, 700000], "minute": [0.1, 240.1 - 1 / 60, 240.1]}
    zeros = [0.0] * 3

    found = arrays.sittings(**clock, free_ug=zeros, food_ug=zeros, egg_ug=zeros, inactive_ug=zeros)

    assert found.sitting.tolist() == [0, 0, 1]


def test_days_without_an_entry_are_absent():
    zeros = [0.0] * 3
    found = arrays.sittings(
        [5, 9, 5], [600, 600, 900], [1.0, 2.0, 1.0], zeros, zeros, zeros, is_meal=False
    )

    day, absorbed = arrays.absorbed_by_day(found)

    assert day.tolist() == [5, 9]
    once, twice = absorbed_ug(B12Split(1.0)), absorbed_ug(B12Split(2.0))
    assert absorbed.tolist() == pytest.approx([2 * once, twice], abs=1e-9)


def test_no_entries_make_empty_columns():
    found = arrays.sittings([], [], [], [], [], [])

    day, absorbed = arrays.absorbed_by_day(found)

    assert (day.tolist(), absorbed.tolist(), found.sitting.tolist()) == ([], [], [])


@quick
@given(st.lists(st.floats(0.0, 5.0), max_size=15), st.floats(0.0, 5000.0), st.floats(0.0004, 1.0))
def test_the_store_by_day_equals_the_scalar_form(absorbed, initial, loss):
    expected, store = [], initial
    for amount in absorbed:
        store = store_ug(store, amount, loss, 1.0)
        expected.append(store)

    found = arrays.store_ug_by_day(initial, absorbed, loss)

    assert found.tolist() == pytest.approx(expected, rel=1e-9, abs=1e-9)


def test_the_store_of_a_long_time_does_not_overflow():
    found = arrays.store_ug_by_day(2500, np.full(50_000, 2.0), 0.02)

    assert found[-1] == pytest.approx(100.0, rel=0.02)


maybe_days = st.lists(st.one_of(st.just(math.nan), st.floats(0.0, 20.0)), max_size=15)


@quick
@given(maybe_days, st.integers(1, 10), st.floats(0.0, 3.0), st.floats(0.2, 3.0))
def test_rolling_adequacy_equals_the_scalar_form(days, width, supplement, requirement):
    found = arrays.usual_absorbed_rolling(
        days, window_days=width, supplement_ug=supplement, requirement_ug=requirement
    )

    for end in range(len(days)):
        window = [d for d in days[max(0, end + 1 - width) : end + 1] if not math.isnan(d)]
        one = usual_absorbed(window, supplement_ug=supplement, requirement_ug=requirement)
        assert found.days[end] == one.days
        expected = [one.mean_ug, one.low_ug, one.high_ug, one.probability]
        got = [c[end] for c in (found.mean_ug, found.low_ug, found.high_ug, found.probability)]
        unknown = [math.nan if e is None else e for e in expected]
        assert got == pytest.approx(unknown, rel=1e-9, abs=1e-9, nan_ok=True)


def test_rolling_adequacy_without_a_requirement_has_no_probability():
    found = arrays.usual_absorbed_rolling([1.0, 2.0, 3.0], requirement_ug=None)

    assert np.isnan(found.probability).all()
    assert found.mean_ug.tolist() == pytest.approx([1.0, 1.5, 2.0])


ENTRY = {
    "day": [1], "minute": [0.0], "free_ug": [1.0], "food_ug": [1.0], "egg_ug": [0.0],
    "inactive_ug": [0.0],
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"minute": [1440]}, "minute must be < 1440"),
        ({"minute": [math.nan]}, "minute must be finite"),
        ({"free_ug": [-1.0]}, "free_ug must be finite, >= 0, got .* at position 0"),
        ({"food_ug": [math.inf]}, "food_ug must be finite"),
        ({"egg_ug": [1.0, 2.0]}, "egg_ug must have the shape"),
        ({"window_h": 0.0}, "window_h"),
        ({"window_h": 1e-11}, "window_h"),
        ({"window_h": 1e6}, "window_h"),
        ({"day": [2**62]}, "day must be from 0 to 3652059"),
        ({"day": [-1]}, "day must be from 0 to 3652059"),
        ({"day": [[1]]}, "day must have one dimension"),
    ],
)
def test_impossible_columns_are_refused(change, message):
    with pytest.raises(ValueError, match=message):
        arrays.sittings(**{**ENTRY, **change})


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"day": [1.5]}, "day must hold whole day numbers"),
        ({"free_ug": [True]}, "free_ug must hold numbers"),
        ({"free_ug": [None]}, "free_ug must hold numbers"),
        ({"is_meal": [math.nan]}, "is_meal must hold bools"),
        ({"is_meal": ["no"]}, "is_meal must hold bools"),
        ({"is_meal": [None]}, "is_meal must hold bools"),
    ],
)
def test_columns_that_are_not_numbers_are_refused(change, message):
    with pytest.raises(TypeError, match=message):
        arrays.sittings(**{**ENTRY, **change})


def test_a_missing_day_of_the_store_is_refused():
    with pytest.raises(ValueError, match=r"absorbed_ug_per_day must be finite.*position 1"):
        arrays.store_ug_by_day(2500, [1.0, math.nan], 0.001)


def test_amounts_without_a_finite_sum_are_refused():
    with pytest.raises(ValueError, match="effective dose must be finite"):
        arrays.absorbed_ug([1e308], [1.7e308], [1.7e308])


def test_an_impossible_day_of_a_window_is_named_by_its_position():
    with pytest.raises(ValueError, match=r"daily_absorbed_ug must be finite.*position 2"):
        arrays.usual_absorbed_rolling([math.nan, 1.0, -5.0])


@pytest.mark.parametrize("days", [["1.0", "2.0"], [True, False]])
def test_days_that_are_not_numbers_are_refused(days):
    with pytest.raises(TypeError, match="daily_absorbed_ug must hold numbers"):
        arrays.usual_absorbed_rolling(days)


def test_a_window_longer_than_the_diary_takes_all_of_it():
    found = arrays.usual_absorbed_rolling([1.0, 2.0, 3.0], window_days=10**12)

    assert found.days.tolist() == [1, 2, 3]


def test_very_different_amounts_still_compare():
    found = arrays.usual_absorbed_rolling([1e-300] * 3, requirement_ug=1e300)

    assert found.probability.tolist() == [0.0] * 3


@pytest.mark.parametrize(("minute", "day"), [(0.0, 0), (1439.99, 3652059)])
def test_the_first_and_last_moments_of_the_calendar_are_accepted(minute, day):
    found = arrays.sittings(**{**ENTRY, "minute": [minute], "day": [day]})

    assert (found.minute.tolist(), found.day.tolist()) == ([minute], [day])


def test_the_first_of_two_impossible_amounts_is_named():
    with pytest.raises(ValueError, match=r"got .*-2.* at position 1"):
        arrays.absorbed_ug([1.0, -2.0, -3.0], 0.0, 0.0)


@pytest.mark.parametrize("loss", [0.0, 1.01, math.nan])
def test_an_impossible_loss_is_refused_by_day_too(loss):
    with pytest.raises(ValueError, match="loss_per_day"):
        arrays.store_ug_by_day(2500, [1.0], loss)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"window_days": 0}, "window_days must be finite, >= 1"),
        ({"window_days": 1.5}, "window_days must be a whole number"),
        ({"supplement_ug": 1.1e6}, "supplement_ug"),
        ({"requirement_ug": 0.0}, "requirement_ug"),
    ],
)
def test_impossible_settings_of_a_window_are_refused(change, message):
    with pytest.raises(ValueError, match=message):
        arrays.usual_absorbed_rolling([1.0], **change)


def test_a_day_beyond_a_million_ug_is_refused():
    with pytest.raises(ValueError, match=r"daily_absorbed_ug must be finite.* <= 1e\+06"):
        arrays.usual_absorbed_rolling([1.1e6])


def test_days_without_b12_have_no_interval_and_no_chance_in_columns_too():
    found = arrays.usual_absorbed_rolling([0.0, 0.0])

    assert [c.tolist() for c in (found.low_ug, found.high_ug, found.probability)] == [[0.0] * 2] * 3


def test_a_meal_without_b12_exactly_a_window_before_a_tablet_does_not_go_with_it():
    amounts_ = {"free_ug": [0, 350.0], "food_ug": [0, 0], "egg_ug": [0, 0], "inactive_ug": [0, 0]}

    found = [
        arrays.sittings([1, 1], [0, minute], **amounts_, is_meal=[True, False]).with_food.tolist()
        for minute in (239, 240)
    ]

    assert found == [[True, True], [True, False]]
