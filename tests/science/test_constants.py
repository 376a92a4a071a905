from tracker.science import (
    absorption,
    adequacy,
    body_store,
    constants,
    reference_intakes,
    risk_profile,
)

MARKS = {"verified", "second-hand", "unconfirmed", "derived", "assumption"}


USED = [
    (absorption.IF_CAPACITY_UG, 1.25),
    (absorption.IF_INITIAL_FRACTION, 0.75),
    (absorption.PASSIVE_SHARE, 0.012),
    (absorption.PASSIVE_SHARE_WITH_FOOD, 0.005),
    (absorption.LARGE_FREE_DOSE_UG, 100.0),
    (absorption.WINDOW_H, 4.0),
    (absorption.EGG_FACTOR, 0.5),
    (absorption.NORI_FACTOR, 0.5),
    (absorption.HEALTHY.loss_per_day, 0.0010),
    (body_store.STORE_MINIMUM_UG, 300.0),
    (body_store.STORE_TYPICAL_UG, 2500.0),
    (body_store.STORE_MAXIMUM_UG, 5000.0),
    (reference_intakes.DIETARY_ABSORPTION, 0.5),
    (adequacy.DEFAULT_LOG_SD, 0.45),
    (adequacy.DEFAULT_WEIGHT_DAYS, 4.0),
    (adequacy.LOG_FLOOR_UG, 0.05),
    (adequacy.REQUIREMENT_CV, 0.10),
    (adequacy.INTERVAL_QUANTILE, 1.2816),
    (adequacy.ENOUGH_PROBABILITY, 0.85),
    (adequacy.IOM_CV_LIMIT, 0.65),
]


def test_modules_use_the_values_of_the_table():
    assert [used for used, _ in USED] == [expected for _, expected in USED]


def test_every_constant_has_a_unit_a_mark_a_source_and_lies_in_its_range():
    for constant in constants.CONSTANTS:
        assert constant.unit and constant.source, constant
        assert constant.mark in MARKS, constant
        assert constant.low is None or constant.low <= constant.value <= constant.high, constant


def test_the_table_holds_every_constant_once():
    symbols = [constant.symbol for constant in constants.CONSTANTS]

    assert len(symbols) == len(set(symbols)) == 26


# SCIENCE.md 9.1: default and range for sensitivity runs.
PUBLISHED = [
    (constants.IF_CAPACITY, 1.25, 1.0, 2.0),
    (constants.IF_INITIAL_FRACTION, 0.75, 0.6, 0.8),
    (constants.PASSIVE_SHARE, 0.012, 0.010, 0.013),
    (constants.PASSIVE_SHARE_WITH_FOOD, 0.005, 0.0, 0.012),
    (constants.SITTING_WINDOW, 4.0, 4.0, 6.0),
    (constants.LOSS, 0.0010, 0.0004, 0.0013),
    (constants.LOSS_ATROPHIC_GASTRITIS, 0.0015, None, None),
    (constants.LOSS_NO_INTRINSIC_FACTOR, 0.0020, None, None),
    (constants.STORE_MINIMUM, 300.0, None, None),
    (constants.STORE_TYPICAL, 2500.0, 600.0, 3900.0),
    (constants.EXTRA_NEED_NO_INTRINSIC_FACTOR, 0.5, None, None),
    (constants.IOM_CV_LIMIT, 0.65, 0.60, 0.70),
    (constants.DOETS_INTERCEPT, -0.9614, None, None),
    (constants.DOETS_SLOPE, 0.7694, None, None),
]


def test_constants_and_their_ranges_are_the_published_ones():
    found = [(c, c.value, c.low, c.high) for c, *_ in PUBLISHED]

    assert found == PUBLISHED


def test_the_factor_table_uses_the_losses_and_the_need_of_the_constants():
    gastritis, anaemia = (
        risk_profile.absorption_factors([factor])
        for factor in (
            risk_profile.RiskFactor.ATROPHIC_GASTRITIS,
            risk_profile.RiskFactor.PERNICIOUS_ANAEMIA,
        )
    )

    assert gastritis.loss_per_day == constants.LOSS_ATROPHIC_GASTRITIS.value
    assert anaemia.loss_per_day == constants.LOSS_NO_INTRINSIC_FACTOR.value
    assert anaemia.extra_need_ug == constants.EXTRA_NEED_NO_INTRINSIC_FACTOR.value
