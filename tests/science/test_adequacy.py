import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.science.adequacy import (
    compare_with_ai,
    iom_z,
    iom_z_applies,
    normal_probability,
    usual_absorbed,
    verdict,
)

days = st.lists(st.floats(0.0, 20.0), min_size=1, max_size=20)
quick = settings(max_examples=20)


def test_three_days_above_the_requirement_are_likely_enough():
    usual = usual_absorbed([1.4, 0.9, 1.8])

    assert usual.mean_ug == pytest.approx(1.3667, abs=1e-4)
    assert usual.log_sd == pytest.approx(0.4196, abs=1e-4)
    assert (usual.low_ug, usual.high_ug) == pytest.approx((0.993, 1.881), abs=1e-3)
    assert (usual.z, usual.probability) == pytest.approx((1.163, 0.878), abs=1e-3)
    assert (usual.days, usual.verdict) == (3, "likely_enough")


def test_three_days_at_the_requirement_are_too_early():
    usual = usual_absorbed([1.0, 1.0, 1.0])

    assert (usual.probability, usual.verdict) == (0.5, "too_early")


def test_a_day_without_b12_counts_as_0_05_ug_in_the_logarithm():
    log_sds = [usual_absorbed([day, 1.0]).log_sd for day in (0.0, 0.05, 0.06)]

    # From 4 days at 0.45 and two days whose logarithms lie ln 0.05 apart.
    by_hand = math.sqrt((4 * 0.45**2 + math.log(0.05) ** 2 / 2) / 5)
    assert log_sds[:2] == pytest.approx([by_hand, by_hand], rel=1e-12)
    assert log_sds[2] < by_hand


def test_days_without_any_b12_have_a_probability_of_zero():
    usual = usual_absorbed([0.0, 0.0, 0.0])

    assert (usual.mean_ug, usual.low_ug, usual.high_ug) == (0.0, 0.0, 0.0)
    assert (usual.z, usual.probability, usual.verdict) == (None, 0.0, "looks_low_keep_logging")


def test_no_days_leave_everything_unknown_even_with_a_supplement():
    usual = usual_absorbed([], supplement_ug=1.5)

    assert (usual.mean_ug, usual.z, usual.probability) == (None, None, None)
    assert (usual.days, usual.verdict) == (0, "not_enough_days")


def test_a_supplement_is_added_and_shrinks_the_uncertainty_of_the_mean():
    food, both = usual_absorbed([1.0, 0.5, 1.5]), usual_absorbed([1.0, 0.5, 1.5], supplement_ug=3.0)

    assert both.mean_ug == pytest.approx(4.0)
    assert both.log_sd_mean == pytest.approx(food.log_sd_mean / 4)


def test_a_supplement_alone_is_certain():
    usual = usual_absorbed([0.0] * 3, supplement_ug=2.0)

    assert (usual.low_ug, usual.high_ug) == (2.0, 2.0)
    assert usual.probability == pytest.approx(1.0, abs=1e-9)


def test_without_a_requirement_there_is_no_probability():
    usual = usual_absorbed([5.0] * 10, requirement_ug=None)

    assert (usual.z, usual.probability, usual.verdict) == (None, None, "no_requirement")
    assert usual_absorbed([5.0], requirement_ug=None).verdict == "not_enough_days"


VERDICTS = [
    (0, None, "not_enough_days"),
    (2, 0.99, "not_enough_days"),
    (3, 0.86, "likely_enough"),
    (3, 0.85, "too_early"),
    (6, 0.5, "too_early"),
    (6, 0.15, "too_early"),
    (6, 0.14, "looks_low_keep_logging"),
    (7, 0.86, "likely_enough"),
    (7, 0.85, "uncertain"),
    (7, 0.16, "uncertain"),
    (7, 0.15, "uncertain"),
    (7, 0.14, "likely_low"),
    (7, None, "no_requirement"),
]


def test_verdicts_by_days_and_probability():
    assert [(n, p, verdict(n, p)) for n, p, _ in VERDICTS] == VERDICTS


@quick
@given(st.lists(st.floats(0.0, 0.3), min_size=1, max_size=6))
def test_before_seven_days_nothing_is_called_likely_low(few):
    assert usual_absorbed(few).verdict in ("not_enough_days", "looks_low_keep_logging", "too_early")


@quick
@given(days, st.floats(1.01, 3.0))
def test_probability_rises_with_the_mean(absorbed, times):
    # From 0.05 µg up, scaling leaves the spread of the logarithms as it is.
    raised = [max(day, 0.05) for day in absorbed]

    before = usual_absorbed(raised).probability

    assert usual_absorbed([times * day for day in raised]).probability >= before


@quick
@given(st.floats(1.01, 5.0), st.integers(3, 30))
def test_probability_rises_with_the_days_at_a_mean_above_the_requirement(day, count):
    fewer, more = usual_absorbed([day] * count), usual_absorbed([day] * (count + 1))

    assert more.probability >= fewer.probability


@quick
@given(days, st.floats(0.0, 10.0))
def test_the_interval_contains_the_mean(absorbed, supplement_ug):
    usual = usual_absorbed(absorbed, supplement_ug=supplement_ug)

    assert usual.low_ug <= usual.mean_ug <= usual.high_ug
    assert 0.0 <= usual.probability <= 1.0


@pytest.mark.parametrize("day", [-1.0, math.nan, math.inf, 1e7])
def test_impossible_days_are_refused(day):
    with pytest.raises(ValueError, match="daily_absorbed_ug"):
        usual_absorbed([1.0, day])


@pytest.mark.parametrize(
    ("day", "requirement_ug", "probability"), [(1e-300, 1e300, 0.0), (1.0, 5e-324, 1.0)]
)
def test_very_different_amounts_still_compare(day, requirement_ug, probability):
    usual = usual_absorbed([day] * 3, requirement_ug=requirement_ug)

    assert usual.probability == probability
    assert math.isfinite(usual.z)


def test_an_unknown_day_is_refused_not_counted_as_zero():
    with pytest.raises(TypeError, match="daily_absorbed_ug"):
        usual_absorbed([1.0, None])


@pytest.mark.parametrize(
    "change", [{"supplement_ug": -1.0}, {"requirement_ug": 0.0}, {"requirement_ug": math.nan}]
)
def test_impossible_settings_are_refused(change):
    with pytest.raises(ValueError, match=next(iter(change))):
        usual_absorbed([1.0], **change)


@pytest.mark.parametrize(
    ("intakes", "statement"),
    [
        ([4.0, 4.0, 4.0], "at_or_above_ai"),
        ([4.0, 4.0, 3.9], "below_ai_nothing_follows"),
        ([9.0, 9.0], "not_enough_days"),
        ([], "not_enough_days"),
    ],
)
def test_an_ai_supports_only_one_statement(intakes, statement):
    assert compare_with_ai(intakes, 4.0).statement == statement


@pytest.mark.parametrize("ai_ug", [0.4, 0.9, 1.4, 1.7])
def test_days_that_all_equal_an_ai_are_at_it_despite_binary_fractions(ai_ug):
    counts = range(3, 60)

    found = {compare_with_ai([ai_ug] * count, ai_ug).statement for count in counts}

    assert found == {"at_or_above_ai"}


def test_the_iom_z_reproduces_the_worked_example_of_the_book():
    z = iom_z(320, 265, 85.9, 3)

    assert z == pytest.approx(0.978, abs=1e-3)
    assert normal_probability(z) == pytest.approx(0.836, abs=1e-3)


@pytest.mark.parametrize(("days_", "mean"), [(1, 444.8), (3, 377.5), (7, 348.8)])
def test_the_iom_z_reproduces_the_means_that_the_book_asks_for(days_, mean):
    assert iom_z(mean, 265, 85.9, days_) == pytest.approx(2.0, abs=0.01)


@pytest.mark.parametrize(
    ("z", "probability"),
    [(2.0, 0.98), (1.65, 0.95), (1.5, 0.93), (1.0, 0.85), (0.5, 0.70), (0, 0.5)],
)
def test_probabilities_of_the_ratio_agree_with_iom_table_b_1(z, probability):
    assert normal_probability(z) == pytest.approx(probability, abs=0.01)
    assert normal_probability(-z) == pytest.approx(1 - normal_probability(z))


def test_the_iom_z_accepts_another_cv_of_the_requirement():
    assert iom_z(2.4, 2.0, 0.0, 1, requirement_cv=0.2) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        ((math.nan, 2.0, 1.0, 3), "mean_ug"),
        ((1.0, 0.0, 1.0, 3), "ear_ug"),
        ((1.0, 2.0, -1.0, 3), "sd_within_ug"),
        ((1.0, 2.0, 1.0, 0), "days"),
        ((1.0, 2.0, 1.0, 1.5), "days"),
    ],
)
def test_the_iom_z_refuses_impossible_numbers(arguments, name):
    with pytest.raises(ValueError, match=name):
        iom_z(*arguments)


def test_the_iom_z_refuses_two_spreads_of_zero():
    with pytest.raises(ValueError, match="must not both be 0"):
        iom_z(1.0, 2.0, 0.0, 1, requirement_cv=0.0)


@pytest.mark.parametrize(
    ("intakes", "applies"),
    [
        ([2.0, 3.0, 2.5], True),
        ([1.0, 70.0, 2.0], False),
        ([2.0], False),
        ([], False),
        ([0.0, 0.0], False),
        ([35.0, 100.0, 165.0], True),  # 0.65 itself
    ],
)
def test_the_iom_z_applies_up_to_a_cv_of_0_65(intakes, applies):
    assert iom_z_applies(intakes) is applies


def test_a_day_and_a_supplement_of_a_million_ug_are_still_accepted():
    assert usual_absorbed([1e6], supplement_ug=1e6).mean_ug == 2e6


def test_a_supplement_beyond_a_million_ug_is_refused():
    with pytest.raises(ValueError, match="supplement_ug must be finite, >= 0 and <= 1e\\+06"):
        usual_absorbed([1.0], supplement_ug=1.1e6)


def test_no_days_still_say_what_they_would_be_judged_against():
    usual = usual_absorbed([], supplement_ug=1.5, requirement_ug=1.1)

    assert (usual.supplement_ug, usual.requirement_ug) == (1.5, 1.1)


@pytest.mark.parametrize("probability", [-0.01, 1.01, math.nan])
def test_a_verdict_refuses_an_impossible_probability(probability):
    with pytest.raises(ValueError, match="probability must be finite"):
        verdict(7, probability)


@pytest.mark.parametrize("days_", [-1, 2.5])
def test_a_verdict_refuses_an_impossible_count_of_days(days_):
    with pytest.raises(ValueError, match="days must be"):
        verdict(days_, 0.5)


@pytest.mark.parametrize("ai_ug", [0.0, -1.0, math.nan, math.inf])
def test_an_impossible_ai_is_refused(ai_ug):
    with pytest.raises(ValueError, match="ai_ug"):
        compare_with_ai([1.0] * 3, ai_ug)


@pytest.mark.parametrize("call", [lambda days_: compare_with_ai(days_, 4.0), iom_z_applies])
@pytest.mark.parametrize("day", [-1.0, math.nan, 1.1e6])
def test_impossible_swallowed_days_are_refused(call, day):
    with pytest.raises(ValueError, match="daily_intake_ug"):
        call([1.0, 2.0, day])


def test_two_days_are_enough_for_the_iom_z_and_their_cv_is_that_of_a_sample():
    # 1.0 and 2.7 have a sample CV of 0.650 (1.2021 / 1.85) and a population CV of 0.459.
    assert iom_z_applies([1.0, 2.69])
    assert not iom_z_applies([1.0, 2.71])


def test_the_order_of_the_days_changes_nothing():
    assert usual_absorbed([1.4, 0.9, 1.8, 0.2]) == usual_absorbed([0.2, 1.8, 1.4, 0.9])


@quick
@given(days, st.floats(0.1, 3.0), st.floats(1.01, 3.0))
def test_probability_never_rises_with_the_requirement(absorbed, requirement_ug, times):
    low, high = (usual_absorbed(absorbed, requirement_ug=r * requirement_ug) for r in (1, times))

    assert high.probability <= low.probability
