from datetime import date

import pytest

from tests import factories
from tracker.memo.counters import with_counts
from tracker.memo.store import begin_request
from tracker.profiles.models import Basis, Condition
from tracker.profiles.standing import (
    age_on,
    reference_for,
    risk_factors,
    standing_from,
    standing_on,
)
from tracker.science.absorption import HEALTHY
from tracker.science.risk_profile import RiskFactor

DAY = date(2026, 3, 2)


def test_without_answers_an_adult_is_assumed():
    standing = standing_from(Basis(authority="iom"), (), None)

    assert standing.reference.intake_ug == pytest.approx(2.4)
    assert (standing.age_years, standing.factors, standing.risk_factors) == (
        None,
        HEALTHY,
        frozenset(),
    )


def test_an_own_target_replaces_the_reference_but_not_the_absorbed_target():
    plain = standing_from(Basis(authority="iom"), (), 30)
    own = standing_from(Basis(authority="iom", own_target_ug=10.0), (), 30)

    assert own.target_ug == pytest.approx(10.0)
    assert own.absorbed_target_ug == plain.absorbed_target_ug


def test_an_authority_with_an_ai_only_gives_no_requirement():
    assert standing_from(Basis(authority="efsa"), (), 30).requirement_ug is None


@pytest.mark.parametrize(
    ("basis", "age", "found"),
    [
        ({"diet": "vegan"}, 28, {RiskFactor.VEGAN_DIET}),
        ({"diet": "vegetarian"}, 28, {RiskFactor.VEGETARIAN_DIET}),
        ({"diet": "omnivore"}, 50, set()),
        ({"diet": "omnivore"}, 51, {RiskFactor.AGE_OVER_50}),
        ({"life_stage": "pregnant"}, 30, {RiskFactor.PREGNANCY}),
        ({"life_stage": "lactating"}, 30, {RiskFactor.LACTATION}),
    ],
)
def test_diet_age_and_life_stage_are_factors_too(basis, age, found):
    assert risk_factors((), Basis(**basis), age) == found


@pytest.mark.parametrize(
    ("birth_year", "age"), [(None, None), (1990, 36), (2026, 0), (2030, 0), (1900, 120)]
)
def test_the_age_stays_within_the_bounds_of_the_tables(birth_year, age):
    assert age_on(birth_year, DAY) == age


@pytest.mark.parametrize("age", [0, 5, 9, 61, 120])
@pytest.mark.parametrize("stage", ["pregnant", "lactating"])
def test_on_a_day_of_impossible_pregnancy_the_age_row_is_used(age, stage):
    plain = reference_for(Basis(authority="iom"), age)

    assert reference_for(Basis(authority="iom", life_stage=stage), age) == plain


@pytest.mark.parametrize("authority", ["efsa", "nnr2023"])
def test_an_infant_without_a_value_gets_an_existing_row(authority):
    reference = reference_for(Basis(authority=authority), 0)

    assert reference.authority == "iom"
    assert reference.intake_ug == pytest.approx(0.4)


def test_a_condition_holds_only_on_its_days(db):
    profile = factories.make_profile()
    profile.conditions.create(factor="metformin", since=date(2024, 1, 1), until=date(2025, 12, 31))

    routes = [
        standing_on(profile, day).factors.if_route
        for day in (date(2023, 12, 31), date(2024, 1, 1), date(2025, 12, 31), date(2026, 1, 1))
    ]

    assert routes == pytest.approx([1, 0.81, 0.81, 1])


def test_the_details_of_a_condition_reach_the_model():
    double = Condition(factor="ppi", ppi_dose="double")
    long = Condition(factor="ileal_resection", resected_ileum_cm=70)

    assert standing_from(Basis(authority="iom"), (double,), 30).factors.food_release == 0.23
    assert standing_from(Basis(authority="iom"), (long,), 30).factors.if_route == 0.0


def test_a_standing_costs_no_query(ada, django_assert_num_queries):
    profiles = type(ada.profile).objects.prefetch_related("bases", "conditions")
    profile = with_counts(profiles).get()
    begin_request()

    with django_assert_num_queries(0):
        standing_on(profile, DAY)
