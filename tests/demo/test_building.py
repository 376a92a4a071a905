from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from foods.importing.starter import read_starter_rows
from foods.models import DIETS_ALLOWED, Food
from tracker.accounts.guests import make_guest
from tracker.accounts.models import User
from tracker.demo.building import (
    FoodsMissing,
    fill_diary,
    make_demo_guest,
    make_demo_profile,
    menu_slugs,
)
from tracker.demo.persons import PERSONS
from tracker.diary.models import DayMark, Entry
from tracker.profiles.models import Profile
from tracker.profiles.standing import standing_on
from tracker.science.risk_profile import RiskFactor

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize("person", PERSONS.values(), ids=PERSONS)
def test_everybody_eats_foods_of_the_starter_table_that_fit_their_diet(person):
    rows = {row["slug"]: row for row in read_starter_rows()}

    assert menu_slugs(person.menu) <= rows.keys()
    diets = {rows[slug]["diet"] for slug in menu_slugs(person.menu)}
    assert diets <= set(DIETS_ALLOWED[person.diet])


@pytest.mark.parametrize("person", PERSONS.values(), ids=PERSONS)
def test_a_demo_guest_has_eight_weeks_of_entries_up_to_today(foods, person):
    guest = make_demo_guest(person, TODAY)

    entries = Entry.objects.filter(profile__account=guest)
    days = set(entries.values_list("day", flat=True))
    assert (guest.is_guest, guest.demo) == (True, person.slug)
    assert max(days) == TODAY
    assert min(days) >= TODAY - timedelta(days=55)
    assert len(days) >= 48
    assert entries.filter(b12_ug__gt=0).count() > 80


def test_the_persons_match_their_descriptions(foods):
    found = {}
    for slug, person in PERSONS.items():
        guest = make_demo_guest(person, TODAY)
        standing = standing_on(Profile.objects.get(account=guest), TODAY)
        found[slug] = (standing.age_years, standing.risk_factors)

    assert found == {
        "vegan": (28, {RiskFactor.VEGAN_DIET}),
        "omeprazole": (71, {RiskFactor.PPI, RiskFactor.AGE_OVER_50}),
        "metformin": (58, {RiskFactor.METFORMIN, RiskFactor.AGE_OVER_50}),
        "omnivore": (35, frozenset()),
    }


def test_a_meal_out_is_unknown_and_never_zero(foods):
    make_demo_guest(PERSONS["omnivore"], TODAY)

    meals_out = Entry.objects.filter(food=None)
    assert meals_out.count() >= 1
    assert set(meals_out.values_list("b12_ug", flat=True)) == {None}


@pytest.mark.parametrize(
    ("slug", "written"),
    [
        ("egg-boiled", {("1 large", 50.0)}),
        ("egg-scrambled", {("2 large", 122.0)}),
        ("chicken-breast-roasted", {("½ breast, bone and skin removed", 86.0)}),
        ("potato-boiled", {('1 medium (2-1/4" to 3-1/4" dia.)', 167.0)}),
    ],
)
def test_amounts_are_written_as_people_write_them(foods, slug, written):
    make_demo_guest(PERSONS["omeprazole"], TODAY)

    entries = Entry.objects.filter(food__slug=slug)
    assert written <= {(entry.amount_text, entry.mass_g) for entry in entries}


def test_two_visitors_have_two_diaries(foods):
    one, other = (make_demo_guest(PERSONS["vegan"], TODAY) for _visitor in range(2))
    Entry.objects.filter(profile__account=one).delete()

    assert Entry.objects.filter(profile__account=other).count() > 100


def test_a_diary_is_brought_up_to_today_without_touching_what_was_changed(foods):
    guest = make_demo_guest(PERSONS["vegan"], TODAY)
    profile = guest.profiles.get()
    profile.entries.filter(day=TODAY - timedelta(days=5)).delete()
    before = set(profile.entries.values_list("pk", flat=True))

    later = TODAY + timedelta(days=6)
    number = fill_diary(profile, PERSONS["vegan"], later)

    pks = set(profile.entries.values_list("pk", flat=True))
    assert number > 20 and len(pks - before) == number
    assert before < pks
    assert profile.entries.latest("day").day == later
    assert not profile.entries.filter(day=TODAY - timedelta(days=5)).exists()


def test_filling_twice_on_one_day_adds_nothing(foods):
    guest = make_demo_guest(PERSONS["metformin"], TODAY)

    assert fill_diary(guest.profiles.get(), PERSONS["metformin"], TODAY) == 0


def test_a_diary_forgotten_for_a_year_starts_again_eight_weeks_ago(foods):
    guest = make_demo_guest(PERSONS["vegan"], TODAY)
    later = TODAY + timedelta(days=365)

    fill_diary(guest.profiles.get(), PERSONS["vegan"], later)

    days = Entry.objects.filter(day__gt=TODAY).order_by("day").values_list("day", flat=True)
    assert later - days[0] < timedelta(weeks=8)


def test_building_takes_few_queries(foods, django_assert_max_num_queries):
    with django_assert_max_num_queries(28):
        make_demo_guest(PERSONS["vegan"], TODAY)


def test_marks_that_are_there_already_stay(foods):
    profile = make_demo_profile(make_guest(TODAY), PERSONS["vegan"], TODAY)
    day = TODAY - timedelta(days=3)
    DayMark.objects.create(profile=profile, day=day, status="fasting")

    fill_diary(profile, PERSONS["vegan"], TODAY)

    assert DayMark.objects.get(profile=profile, day=day).status == "fasting"


@pytest.mark.django_db
def test_without_foods_nothing_is_created():
    with pytest.raises(FoodsMissing, match="not in the catalogue: "):
        make_demo_guest(PERSONS["vegan"], TODAY)

    assert User.objects.count() == 0


# --- the command


def test_the_command_creates_the_four_and_a_second_run_adds_nothing(foods):
    call_command("demo", stdout=StringIO())
    number = Entry.objects.count()
    out = StringIO()

    call_command("demo", stdout=out)

    assert Entry.objects.count() == number
    assert out.getvalue().splitlines() == [f"demo-{slug}: 0 new entries" for slug in PERSONS]
    assert User.objects.filter(is_guest=False).count() == 4


@pytest.mark.django_db
def test_the_command_says_what_is_missing():
    with pytest.raises(CommandError, match="Load the foods first"):
        call_command("demo")


def test_every_food_is_in_the_fixture_exactly_once(foods):
    slugs = set().union(*(menu_slugs(person.menu) for person in PERSONS.values()))

    assert Food.objects.filter(slug__in=slugs).count() == len(slugs)
