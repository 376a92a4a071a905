from datetime import date

import pytest

from tests.factories import DAY, make_entry, make_profile
from tracker.intake.bands import absorbed_band, absorbed_with_little_acid_ug
from tracker.intake.day import day_intakes

pytestmark = pytest.mark.django_db


def intake_of(profile):
    (intake,) = day_intakes(profile, DAY, DAY)
    return intake


def test_a_profile_without_factors_has_no_band():
    profile = make_profile()
    make_entry(profile, b12_ug=2, free_ug=0, food_ug=2)

    assert not absorbed_band(intake_of(profile)).is_wide


def test_an_acid_blocker_gives_a_band_from_full_to_no_effect():
    profile = make_profile()
    profile.conditions.create(factor="ppi", since=date(2020, 1, 1), ppi_dose="standard")
    make_entry(profile, b12_ug=2, free_ug=0, food_ug=2)

    band = absorbed_band(intake_of(profile))

    # 2 µg of beef: 0.4861 on a standard dose, 0.8975 without
    assert (band.low_ug, band.high_ug) == (
        pytest.approx(0.4861, abs=1e-3),
        pytest.approx(0.8975, abs=1e-3),
    )


def test_over_fifty_the_low_acid_scenario_is_given():
    profile = make_profile(birth_year=DAY.year - 71)
    make_entry(profile, b12_ug=2, free_ug=0, food_ug=2)

    assert absorbed_with_little_acid_ug(intake_of(profile)) == pytest.approx(0.4861, abs=1e-3)


def test_the_scenario_is_none_if_it_changes_nothing():
    young, added = make_profile(), make_profile(birth_year=DAY.year - 71)
    make_entry(young, b12_ug=2, free_ug=0, food_ug=2)
    make_entry(added, b12_ug=2, free_ug=2)

    assert absorbed_with_little_acid_ug(intake_of(young)) is None
    assert absorbed_with_little_acid_ug(intake_of(added)) is None
