from datetime import date

import pytest

from tests import factories
from tracker.profiles.answers import FactorAnswer
from tracker.profiles.factors import FOLLOWING, TICKABLE
from tracker.profiles.forms import ProfileForm, initial_of
from tracker.science.risk_profile import RiskFactor

TODAY = date(2026, 3, 2)
EMPTY = {"authority": "iom", "time_zone": "UTC"}


def form_with(**data):
    return ProfileForm(EMPTY | data, today=TODAY)


def test_only_reference_and_zone_are_required():
    form = form_with()

    assert form.is_valid(), form.errors
    answers = form.answers()
    assert (answers.birth_year, answers.diet, answers.own_target_ug) == (None, "", None)
    assert answers.factors == ()


def test_every_factor_can_be_ticked_or_follows_from_another_answer():
    assert set(TICKABLE) | FOLLOWING == set(RiskFactor)
    assert len(TICKABLE) == len(set(TICKABLE))


@pytest.mark.parametrize("factor", TICKABLE)
def test_each_factor_is_understood(factor):
    form = form_with(**{f"has_{factor}": "on", f"since_{factor}": "2019-05"})

    assert form.is_valid(), form.errors
    (answer,) = form.answers().factors
    assert (answer.factor, answer.since) == (factor.value, date(2019, 5, 1))


def test_doses_and_lengths_belong_only_to_their_factor():
    form = form_with(
        has_ppi="on",
        ppi_dose="double",
        has_ileal_resection="on",
        resected_ileum_cm="30",
        has_metformin="on",
    )

    assert form.is_valid(), form.errors
    assert set(form.answers().factors) == {
        FactorAnswer("metformin"),
        FactorAnswer("ppi", ppi_dose="double"),
        FactorAnswer("ileal_resection", resected_ileum_cm=30),
    }


def test_an_acid_blocker_without_a_dose_is_the_standard_one():
    form = form_with(has_ppi="on")

    assert form.is_valid()
    assert form.answers().factors == (FactorAnswer("ppi", ppi_dose="standard"),)


@pytest.mark.parametrize(("text", "target"), [("2,5", 2.5), ("2.5", 2.5), ("5000", 5000.0)])
def test_a_target_may_have_a_decimal_comma(text, target):
    form = form_with(own_target_ug=text)

    assert form.is_valid()
    assert form.answers().own_target_ug == target


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"birth_year": "1899"}, "birth_year"),
        ({"birth_year": "2027"}, "birth_year"),
        ({"birth_year": "9999"}, "birth_year"),
        ({"birth_year": "-5"}, "birth_year"),
        ({"birth_year": "1" * 10_000}, "birth_year"),
        ({"birth_year": "soon"}, "birth_year"),
        ({"diet": "cannibal"}, "diet"),
        ({"life_stage": "retired"}, "life_stage"),
        ({"authority": ""}, "authority"),
        ({"authority": "nasa"}, "authority"),
        ({"authority": "scf1993"}, "authority"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"time_zone": "../etc/passwd"}, "time_zone"),
        ({"own_target_ug": "0"}, "own_target_ug"),
        ({"own_target_ug": "-1"}, "own_target_ug"),
        ({"own_target_ug": "5001"}, "own_target_ug"),
        ({"own_target_ug": "nan"}, "own_target_ug"),
        ({"own_target_ug": "1e3"}, "own_target_ug"),
        ({"own_target_ug": "9" * 10_000}, "own_target_ug"),
        ({"has_ppi": "on", "since_ppi": "2026-04"}, "since_ppi"),
        ({"has_ppi": "on", "since_ppi": "9999"}, "since_ppi"),
        ({"has_ppi": "on", "since_ppi": "long ago"}, "since_ppi"),
        ({"has_ppi": "on", "since_ppi": "x" * 10_000}, "since_ppi"),
        ({"has_ppi": "on", "since_ppi": "1980", "birth_year": "1990"}, "since_ppi"),
        ({"has_ppi": "on", "ppi_dose": "triple"}, "ppi_dose"),
        ({"has_ileal_resection": "on", "resected_ileum_cm": "0"}, "resected_ileum_cm"),
        ({"has_ileal_resection": "on", "resected_ileum_cm": "601"}, "resected_ileum_cm"),
        ({"has_ileal_resection": "on", "resected_ileum_cm": "all"}, "resected_ileum_cm"),
        ({"life_stage": "pregnant", "birth_year": "2021"}, "life_stage"),
        ({"life_stage": "lactating", "birth_year": "1950"}, "life_stage"),
        ({"authority": "efsa", "birth_year": "2026"}, "authority"),
    ],
)
def test_an_impossible_answer_is_refused_next_to_its_field(data, field):
    assert list(form_with(**data).errors) == [field]


def test_today_is_not_the_future():
    assert form_with(has_ppi="on", since_ppi="2026-03-02").is_valid()


def test_a_wrong_answer_to_a_question_that_no_longer_applies_is_ignored():
    form = form_with(since_ppi="x" * 10_000, resected_ileum_cm="all", ppi_dose="triple")

    assert form.is_valid(), form.errors
    assert form.answers().factors == ()


def test_the_list_of_problems_names_the_factor():
    form = form_with(has_metformin="on", since_metformin="2093")

    assert list(form.problems()) == [("id_since_metformin", "Metformin", "This is in the future.")]


def test_the_first_group_and_those_with_a_tick_are_open():
    form = form_with(has_crohns_disease="on")

    assert [group.is_open for group in form.groups()] == [True, False, False, True, False]


def test_metformin_and_the_acid_blockers_come_first():
    first = next(ProfileForm(today=TODAY).groups())

    assert [fields.tick.name for fields in first.factors][:3] == [
        "has_metformin",
        "has_ppi",
        "has_h2_blocker",
    ]


def test_the_browser_is_asked_for_its_zone_on_the_first_visit_only():
    first = str(ProfileForm(today=TODAY, is_first=True)["time_zone"])
    later = str(ProfileForm(today=TODAY)["time_zone"])

    assert ["data-detect-zone" in html for html in (first, later)] == [True, False]


@pytest.mark.django_db
def test_the_form_is_pre_filled_and_saving_it_changes_nothing():
    profile = factories.make_profile(
        basis={"diet": "vegan", "own_target_ug": 4.5}, birth_year=1955, time_zone="Europe/Berlin"
    )
    profile.conditions.create(factor="ppi", since=date(2023, 5, 1), ppi_dose="double")
    profile.conditions.create(factor="metformin", since=date(2020, 1, 1), until=date(2021, 1, 1))
    initial = initial_of(profile, TODAY)

    form = ProfileForm({k: v for k, v in initial.items() if v is not None}, today=TODAY)

    assert form.is_valid(), form.errors
    answers = form.answers()
    assert (answers.diet, answers.own_target_ug, answers.birth_year) == ("vegan", 4.5, 1955)
    assert answers.factors == (FactorAnswer("ppi", date(2023, 5, 1), ppi_dose="double"),)


def test_the_form_shows_every_digit_of_an_own_target(db):
    profile = factories.make_profile(basis={"own_target_ug": 1234.567})

    assert initial_of(profile, TODAY)["own_target_ug"] == "1234.567"
