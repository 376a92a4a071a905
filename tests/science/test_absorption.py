import math
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.science.absorption import (
    HEALTHY,
    AbsorptionFactors,
    B12Split,
    Sitting,
    absorbed_fraction,
    absorbed_ug,
    absorbed_ug_band,
    absorbed_ug_doets_2013,
    group_sittings,
    smallest_free_dose_ug,
)

NO_IF = AbsorptionFactors(if_route=0.0)
PPI = AbsorptionFactors(food_release=0.40)
MORNING = datetime(2026, 3, 2, 8, 0)

amounts = st.floats(0.0, 2000.0)
shares = st.floats(0.0, 1.0)
factors = st.builds(AbsorptionFactors, food_release=shares, if_route=shares)
splits = st.builds(B12Split, amounts, amounts, amounts, amounts)
quick = settings(max_examples=20)


@pytest.mark.parametrize(
    ("dose_ug", "expected_ug"),
    [
        (0.5, 0.3300),
        (1.0, 0.5760),
        (2.0, 0.8975),
        (2.4, 0.9825),
        (5.0, 1.2478),
        (38.0, 1.706),
        (500.0, 7.25),
    ],
)
def test_free_doses_follow_the_curve(dose_ug, expected_ug):
    assert absorbed_ug(B12Split(free_ug=dose_ug)) == pytest.approx(expected_ug, abs=1e-3)


def test_nothing_is_absorbed_if_nothing_is_eaten():
    assert absorbed_ug(B12Split()) == 0.0
    assert absorbed_ug(B12Split(inactive_ug=5.0)) == 0.0


@pytest.mark.parametrize(
    ("dose_ug", "expected_ug"), [(1, 0.012), (10, 0.12), (50, 0.6), (1000, 12)]
)
def test_without_intrinsic_factor_the_passive_share_is_that_of_carmel_2008(dose_ug, expected_ug):
    assert absorbed_ug(B12Split(free_ug=dose_ug), NO_IF) == pytest.approx(expected_ug, rel=1e-12)


@pytest.mark.parametrize(("with_food", "expected_ug"), [(False, 4.20), (True, 1.75)])
def test_a_meal_lowers_the_passive_share_of_a_large_dose(with_food, expected_ug):
    absorbed = absorbed_ug(B12Split(free_ug=350.0), NO_IF, with_food=with_food)

    assert absorbed == pytest.approx(expected_ug, rel=1e-12)


def test_a_meal_changes_nothing_up_to_100_ug_and_holds_the_passive_part_up_to_240():
    at = [absorbed_ug(B12Split(free_ug=x), NO_IF, with_food=True) for x in (99, 100, 150, 240, 241)]

    assert at == pytest.approx([1.188, 1.2, 1.2, 1.2, 1.205], rel=1e-12)


@pytest.mark.parametrize(
    ("food_release", "expected_ug"), [(1.0, 0.8975), (0.40, 0.4861), (0.23, 0.3070), (0.47, 0.5501)]
)
def test_acid_drugs_lower_absorption_from_2_ug_of_beef(food_release, expected_ug):
    absorbed = absorbed_ug(B12Split(food_ug=2.0), AbsorptionFactors(food_release=food_release))

    assert absorbed == pytest.approx(expected_ug, abs=1e-3)


def test_fortified_milk_is_untouched_by_a_ppi():
    assert absorbed_ug(B12Split(free_ug=2.0), PPI) == absorbed_ug(B12Split(free_ug=2.0))


def test_metformin_leaves_the_passive_share():
    absorbed = absorbed_ug(B12Split(free_ug=2.4), AbsorptionFactors(if_route=0.81))

    assert absorbed == pytest.approx(0.8014, abs=1e-3)


def test_egg_b12_counts_half_as_garrod_2019_measured():
    egg = absorbed_ug(B12Split(egg_ug=1.9))

    assert egg == absorbed_ug(B12Split(food_ug=0.95))
    assert egg == pytest.approx(0.55, abs=0.01)


@pytest.mark.parametrize(("dose_ug", "expected_ug"), [(1.0, 0.3824), (2.5, 0.7738), (0.0, 0.0)])
def test_the_doets_2013_fit_gives_its_published_values(dose_ug, expected_ug):
    assert absorbed_ug_doets_2013(dose_ug) == pytest.approx(expected_ug, abs=1e-3)


@pytest.mark.parametrize(("intake_ug", "loss_ug"), [(3.8, 1.4), (20.7, 5.1)])
def test_the_doets_2013_fit_over_three_meals_balances_its_published_losses(intake_ug, loss_ug):
    assert 3 * absorbed_ug_doets_2013(intake_ug / 3) == pytest.approx(loss_ug, rel=0.03)


def test_the_doets_2013_fit_never_returns_more_than_was_eaten():
    assert absorbed_ug_doets_2013(0.001) == 0.001


def test_a_day_of_5_ug_in_three_meals_keeps_a_pool_of_2_4_mg():
    assert 3 * absorbed_ug(B12Split(food_ug=5 / 3)) == pytest.approx(2.43, abs=0.01)


def test_the_fraction_counts_inactive_b12_in_the_denominator():
    assert absorbed_fraction(B12Split(free_ug=1.0, inactive_ug=1.0)) == pytest.approx(
        0.2880, abs=1e-3
    )
    assert absorbed_fraction(B12Split()) == 0.0


def test_the_band_runs_from_the_factor_to_one():
    low, high = absorbed_ug_band(B12Split(food_ug=2.0), AbsorptionFactors(0.4, 0.81))

    assert low == absorbed_ug(B12Split(food_ug=2.0), AbsorptionFactors(0.4, 0.81))
    assert high == absorbed_ug(B12Split(food_ug=2.0))


def test_the_band_does_not_restore_a_lost_intrinsic_factor():
    assert absorbed_ug_band(B12Split(free_ug=10.0), NO_IF) == (0.12, 0.12)


def test_doses_add_by_matrix_and_total_all_label_amounts():
    total = B12Split(1.0, 2.0, 3.0, 4.0) + B12Split(0.5, 0.5, 0.5, 0.5)

    assert total == B12Split(1.5, 2.5, 3.5, 4.5)
    assert (total.total_ug, total.active_ug) == (12.0, 7.5)


def test_a_dose_can_only_be_added_to_a_dose():
    with pytest.raises(TypeError):
        B12Split(1.0) + 1.0


@pytest.mark.parametrize(
    ("field", "amount"),
    [("free_ug", -0.1), ("food_ug", math.nan), ("egg_ug", math.inf), ("inactive_ug", 10**400)],
)
def test_a_dose_refuses_impossible_amounts_by_name(field, amount):
    with pytest.raises(ValueError, match=f"{field} must be finite, >= 0, got"):
        B12Split(**{field: amount})


@pytest.mark.parametrize("amount", [True, None, "1", Decimal(1), 1j])
def test_a_dose_refuses_what_is_not_a_number(amount):
    with pytest.raises(TypeError, match="free_ug must be a number"):
        B12Split(free_ug=amount)


@pytest.mark.parametrize("kind", [int, np.uint8, np.int64, np.float16, np.float32, np.float64])
def test_a_dose_keeps_plain_floats_whatever_kind_of_number_it_is_given(kind):
    dose = B12Split(free_ug=kind(200))

    assert (dose + dose).free_ug == 400.0
    assert type(dose.free_ug) is float
    assert type(absorbed_ug(dose, AbsorptionFactors(if_route=kind(1)))) is float


def test_amounts_without_a_finite_total_are_refused():
    with pytest.raises(ValueError, match="all amounts together must be finite"):
        B12Split(free_ug=1e308, food_ug=1e308)


@pytest.mark.parametrize(
    "change",
    [
        {"food_release": 1.1},
        {"if_route": -0.1},
        {"loss_per_day": 0.0},
        {"loss_per_day": math.nan},
        {"extra_need_ug": -1.0},
    ],
)
def test_factors_outside_their_range_are_refused(change):
    with pytest.raises(ValueError, match=next(iter(change))):
        AbsorptionFactors(**change)


@pytest.mark.parametrize(
    ("second", "sittings", "absorbed"),
    [(timedelta(hours=3, minutes=59), 1, 1.1846), (timedelta(hours=4), 2, 1.7950)],
)
def test_an_entry_at_exactly_four_hours_opens_a_new_sitting(second, sittings, absorbed):
    entries = [(MORNING, B12Split(2.0)), (MORNING + second, B12Split(2.0))]

    found = group_sittings(entries)

    assert len(found) == sittings
    assert sum(absorbed_ug(s.split) for s in found) == pytest.approx(absorbed, abs=1e-3)


def test_the_window_runs_from_the_first_entry_of_a_sitting_whatever_the_order_of_input():
    hours = (5, 0, 3, 7)
    entries = [(MORNING + timedelta(hours=h), B12Split(free_ug=1.0)) for h in hours]

    found = group_sittings(entries)

    assert found == [
        Sitting(MORNING, B12Split(free_ug=2.0), 2),
        Sitting(MORNING + timedelta(hours=5), B12Split(free_ug=2.0), 2),
    ]


@given(splits, st.floats(0, 1e3))
def test_a_scaled_split_keeps_its_make_up(split, ratio):
    part = split.scaled(ratio)

    assert part.amounts() == {name: ug * ratio for name, ug in split.amounts().items()}
    assert part.active_ug == pytest.approx(split.active_ug * ratio)


@pytest.mark.parametrize("ratio", [-1.0, float("nan"), float("inf")])
def test_a_split_is_not_scaled_by_an_invalid_ratio(ratio):
    with pytest.raises(ValueError):
        B12Split(1.0).scaled(ratio)


@pytest.mark.parametrize("nothing", [B12Split(), B12Split(inactive_ug=5.0)])
def test_an_entry_without_active_b12_opens_no_window(nothing):
    entries = [
        (MORNING - timedelta(hours=1), nothing),
        (MORNING + timedelta(hours=2), B12Split(free_ug=1.0)),
        (MORNING + timedelta(hours=4), B12Split(free_ug=2.0)),
    ]

    found = group_sittings(entries)

    assert found == [
        Sitting(MORNING - timedelta(hours=1), nothing, 1),
        Sitting(MORNING + timedelta(hours=2), B12Split(free_ug=3.0), 2),
    ]


def test_an_entry_without_active_b12_belongs_to_the_current_sitting():
    entries = [
        (MORNING, B12Split(inactive_ug=5.0)),
        (MORNING, B12Split(1.0)),
        (MORNING, B12Split()),
    ]

    assert group_sittings(entries) == [Sitting(MORNING, B12Split(1.0, inactive_ug=5.0), 3)]


BEFORE = timedelta(hours=3, minutes=59)


@pytest.mark.parametrize(
    ("meal_at", "meal", "is_with_food"),
    [
        (MORNING, B12Split(), True),
        (MORNING + BEFORE, B12Split(), True),
        (MORNING + timedelta(hours=4), B12Split(), False),
        (MORNING - BEFORE, B12Split(), True),
        (MORNING - BEFORE, B12Split(inactive_ug=1.0), True),
        (MORNING - timedelta(hours=4), B12Split(), False),
        (MORNING + BEFORE, B12Split(1.0), True),
    ],
)
def test_a_sitting_is_with_food_if_a_meal_goes_with_it(meal_at, meal, is_with_food):
    tablet = (MORNING, B12Split(1000.0), False)

    found = group_sittings([(meal_at, meal, True), tablet])

    (taken,) = [s for s in found if s.split.free_ug >= 1000.0]
    assert taken.is_with_food is is_with_food


def test_the_nearest_of_several_meals_decides():
    meals = [(MORNING - timedelta(hours=h), B12Split(), True) for h in (1, 9, 5)]

    found = group_sittings([*meals, (MORNING, B12Split(1000.0))])

    assert found[-1].is_with_food


def test_a_tablet_before_another_is_not_a_meal():
    found = group_sittings([(MORNING - timedelta(hours=1), B12Split()), (MORNING, B12Split(1.0))])

    assert [sitting.is_with_food for sitting in found] == [False, False]


def test_no_entries_make_no_sittings():
    assert group_sittings([]) == []


def test_naive_and_aware_clocks_do_not_mix():
    entries = [(MORNING, B12Split()), (MORNING.replace(tzinfo=UTC), B12Split())]

    with pytest.raises(ValueError, match="all naive or all aware"):
        group_sittings(entries)


def test_a_clock_change_does_not_stretch_a_sitting():
    berlin = ZoneInfo("Europe/Berlin")
    before = datetime(2026, 3, 29, 0, 30, tzinfo=berlin)
    entries = [(before, B12Split(1.0)), (before.replace(hour=5, minute=15), B12Split(1.0))]

    assert len(group_sittings(entries)) == 1


def test_the_last_moment_of_the_calendar_opens_a_sitting_like_any_other():
    last = datetime.max

    assert group_sittings([(last, B12Split(free_ug=1.0))]) == [
        Sitting(last, B12Split(free_ug=1.0), 1)
    ]


@pytest.mark.parametrize("window_h", [0.0, -1.0, math.nan, math.inf, 1e-12, 24.1, 1e300])
def test_an_impossible_window_is_refused(window_h):
    with pytest.raises(ValueError, match="window_h"):
        group_sittings([], window_h)


@pytest.mark.parametrize(
    ("with_food", "factors_", "target", "expected"),
    [
        (False, NO_IF, 1.5, 125.0),
        (True, NO_IF, 1.5, 300.0),
        (True, NO_IF, 1.2, 100.0),
        (False, HEALTHY, 0.0, 0.0),
        (False, HEALTHY, 1.0, 2.493),
    ],
)
def test_the_smallest_free_dose_reaches_its_target(with_food, factors_, target, expected):
    dose = smallest_free_dose_ug(target, factors_, with_food=with_food)

    assert dose == pytest.approx(expected, rel=1e-3)


def test_the_search_for_the_smallest_dose_ends_at_the_smallest_float():
    assert smallest_free_dose_ug(5e-324) == pytest.approx(0.0, abs=1e-320)


def test_no_dose_above_the_largest_one_studied_is_given():
    assert smallest_free_dose_ug(12.1, NO_IF) is None


@pytest.mark.parametrize("target", [-1.0, math.nan, math.inf])
def test_an_impossible_target_is_refused(target):
    with pytest.raises(ValueError, match="target_absorbed_ug"):
        smallest_free_dose_ug(target)


@quick
@given(st.floats(0.001, 13.0), st.booleans())
def test_the_inverse_gives_back_its_target(target, with_food):
    dose = smallest_free_dose_ug(target, with_food=with_food)

    if dose is not None:
        absorbed = absorbed_ug(B12Split(free_ug=dose), with_food=with_food)
        assert absorbed == pytest.approx(target, rel=1e-6)


@quick
@given(splits, st.floats(0.0, 500.0), factors, st.booleans())
def test_absorption_never_falls_when_a_dose_grows(dose, more, factors_, with_food):
    grown = B12Split(dose.free_ug + more, dose.food_ug, dose.egg_ug, dose.inactive_ug)

    before = absorbed_ug(dose, factors_, with_food=with_food)

    assert absorbed_ug(grown, factors_, with_food=with_food) >= before - 1e-12


@quick
@given(st.floats(0.001, 1000.0), st.floats(1.0, 10.0), factors, st.booleans())
def test_the_absorbed_share_never_rises_with_the_dose(dose_ug, times, factors_, with_food):
    small, large = B12Split(free_ug=dose_ug), B12Split(free_ug=dose_ug * times)

    share = absorbed_fraction(large, factors_, with_food=with_food)

    assert share <= absorbed_fraction(small, factors_, with_food=with_food) + 1e-12


@quick
@given(splits, factors, st.booleans())
def test_absorption_never_exceeds_the_dose(dose, factors_, with_food):
    absorbed = absorbed_ug(dose, factors_, with_food=with_food)

    assert 0.0 <= absorbed <= dose.total_ug + 1e-12


@quick
@given(splits, shares, factors, st.booleans())
def test_splitting_a_sitting_never_lowers_what_is_absorbed(dose, share, factors_, with_food):
    parts = [
        B12Split(*(s * x for x in (dose.free_ug, dose.food_ug, dose.egg_ug, dose.inactive_ug)))
        for s in (share, 1.0 - share)
    ]

    split = sum(absorbed_ug(part, factors_, with_food=with_food) for part in parts)

    assert split >= absorbed_ug(dose, factors_, with_food=with_food) - 1e-9


@quick
@given(amounts, st.floats(1.0, 10.0))
def test_without_intrinsic_factor_absorption_is_linear(dose_ug, times):
    once = absorbed_ug(B12Split(free_ug=dose_ug), NO_IF)

    assert absorbed_ug(B12Split(free_ug=times * dose_ug), NO_IF) == pytest.approx(times * once)


@quick
@given(amounts, shares)
def test_food_release_never_changes_a_purely_free_meal(dose_ug, food_release):
    factors_ = AbsorptionFactors(food_release=food_release)

    assert absorbed_ug(B12Split(free_ug=dose_ug), factors_) == absorbed_ug(
        B12Split(free_ug=dose_ug)
    )


@quick
@given(splits, amounts)
def test_inactive_b12_changes_nothing(dose, inactive_ug):
    assert absorbed_ug(dose + B12Split(inactive_ug=inactive_ug)) == absorbed_ug(dose)


@quick
@given(splits, factors, st.booleans())
def test_the_low_end_of_the_band_is_the_normal_result(dose, factors_, with_food):
    low, high = absorbed_ug_band(dose, factors_, with_food=with_food)

    assert low == absorbed_ug(dose, factors_, with_food=with_food)
    assert high >= low - 1e-12


clocks = st.lists(st.integers(0, 1439), max_size=8)


@quick
@given(clocks, clocks, st.sampled_from([B12Split(), B12Split(inactive_ug=5.0)]))
def test_an_entry_without_active_b12_changes_nothing_at_any_hour(minutes, others, nothing):
    entries = [(MORNING + timedelta(minutes=m), B12Split(free_ug=1.0)) for m in minutes]
    more = [(MORNING + timedelta(minutes=m), nothing) for m in others]

    before, after = (
        [(s.start, absorbed_ug(s.split)) for s in group_sittings(some) if s.split.active_ug]
        for some in (entries, more + entries)
    )

    assert after == before


@quick
@given(st.lists(st.integers(0, 5000), max_size=20))
def test_sittings_keep_every_entry_and_start_a_window_apart(minutes):
    entries = [(MORNING + timedelta(minutes=m), B12Split(free_ug=1.0)) for m in minutes]

    found = group_sittings(entries)

    assert sum(s.entries for s in found) == len(minutes)
    assert sum(s.split.free_ug for s in found) == len(minutes)
    gaps = [b.start - a.start for a, b in pairwise(found)]
    assert all(gap >= timedelta(hours=4) for gap in gaps)


def test_importing_absorption_loads_neither_numpy_nor_pandas():
    script = (
        "import sys, tracker.science.absorption;"
        "print(sorted({'numpy', 'pandas', 'django', 'plotly'} & set(sys.modules)))"
    )

    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)

    assert (run.stdout, run.stderr) == ("[]\n", "")


@pytest.mark.parametrize(
    ("label", "free_ug", "food_ug", "expected_ug"),
    [
        ("50 µg", 50.0, 0.0, 1.85),
        ("1000 µg", 1000.0, 0.0, 13.25),
        ("4 µg in one meal of food", 0.0, 4.0, 1.1846),
    ],
)
def test_more_points_of_the_curve(label, free_ug, food_ug, expected_ug):
    absorbed = absorbed_ug(B12Split(free_ug=free_ug, food_ug=food_ug))

    assert absorbed == pytest.approx(expected_ug, abs=1e-3), label


@pytest.mark.parametrize(
    ("swallowed_ug", "absorbed"), [(2.0, 1.26), (2.4, 1.46), (1.5, 0.99), (4.0, 2.11)]
)
def test_reference_intakes_in_three_meals_give_the_amounts_of_the_methods_page(
    swallowed_ug, absorbed
):
    assert 3 * absorbed_ug(B12Split(food_ug=swallowed_ug / 3)) == pytest.approx(absorbed, abs=0.005)


@pytest.mark.parametrize("loss_per_day", [1.0001, -0.001, math.inf])
def test_more_than_the_whole_store_is_not_lost_in_a_day(loss_per_day):
    with pytest.raises(ValueError, match="loss_per_day must be finite, > 0 and <= 1"):
        AbsorptionFactors(loss_per_day=loss_per_day)


def test_the_whole_store_may_be_lost_in_a_day():
    assert AbsorptionFactors(loss_per_day=1).loss_per_day == 1.0


def test_a_weak_intrinsic_factor_route_may_be_whole_at_the_high_end():
    _, high = absorbed_ug_band(B12Split(free_ug=2.0), AbsorptionFactors(if_route=0.05))

    assert high == pytest.approx(0.8975, abs=1e-3)


@pytest.mark.parametrize(("window_h", "sittings"), [(1 / 60, 3), (2 / 60, 2), (24, 1)])
def test_a_window_may_last_from_a_minute_to_a_day(window_h, sittings):
    at = [MORNING + timedelta(minutes=m) for m in (0, 1, 2)]

    assert len(group_sittings([(t, B12Split(1.0)) for t in at], window_h)) == sittings


def test_the_largest_studied_dose_may_be_named():
    assert smallest_free_dose_ug(11.999, NO_IF) == pytest.approx(999.9, abs=0.1)


@pytest.mark.parametrize("dose", [-0.1, math.nan, math.inf])
def test_the_doets_2013_fit_refuses_an_impossible_dose(dose):
    with pytest.raises(ValueError, match="dose_ug must be finite"):
        absorbed_ug_doets_2013(dose)


def test_food_release_scales_egg_as_it_does_other_food():
    assert absorbed_ug(B12Split(egg_ug=4.0), PPI) == pytest.approx(0.4861, abs=1e-3)


def test_a_meal_leaves_the_passive_share_of_a_large_food_dose():
    liver = B12Split(food_ug=200.0)

    assert absorbed_ug(liver, NO_IF, with_food=True) == pytest.approx(2.4)
