from datetime import date, timedelta

import pytest

from tracker.demo import menus
from tracker.demo.days import Dish, plan_day, read_dishes, takes_supplement
from tracker.demo.persons import PERSONS
from tracker.diary.slots import Slot

TODAY = date(2026, 3, 2)
EIGHT_WEEKS = [TODAY - timedelta(days=n) for n in range(56)]


def days_of(slug, today=TODAY):
    person = PERSONS[slug]
    return [plan_day(slug, person.menu, day, today) for day in EIGHT_WEEKS]


def test_a_line_of_a_menu_is_read():
    assert read_dishes("egg-boiled*2, apple") == (Dish("egg-boiled", 2.0), Dish("apple", 1.0))


@pytest.mark.parametrize("slug", PERSONS)
def test_the_same_day_is_the_same_for_everybody(slug):
    assert days_of(slug) == days_of(slug)


def test_past_meals_do_not_depend_on_the_current_day():
    menu = menus.OMNIVORE
    day = TODAY - timedelta(days=20)

    assert plan_day("x", menu, day, TODAY) == plan_day("x", menu, day, TODAY + timedelta(days=5))


@pytest.mark.parametrize("slug", PERSONS)
def test_most_days_are_complete_and_some_are_not(slug):
    statuses = [day.status for day in days_of(slug)]

    assert 40 <= statuses.count("complete") <= 54
    assert statuses.count("partial") >= 1


@pytest.mark.parametrize("slug", PERSONS)
def test_today_has_breakfast_and_lunch_and_is_not_marked(slug):
    today = days_of(slug)[0]

    assert today.status == ""
    assert [meal.slot for meal in today.meals] == [Slot.BREAKFAST, Slot.LUNCH]


@pytest.mark.parametrize("slug", PERSONS)
def test_meals_differ_and_come_at_plausible_hours(slug):
    meals = [meal for day in days_of(slug) for meal in day.meals]
    dinners = [meal.dishes for meal in meals if meal.slot == Slot.DINNER]
    clocks = [meal.clock.hour for meal in meals if meal.clock and meal.slot == Slot.BREAKFAST]

    assert len(set(dinners)) >= 7
    assert set(clocks) == {7, 8}


def test_the_vegan_has_recently_forgotten_the_tablet():
    taken = [day for day in EIGHT_WEEKS if takes_supplement("vegan", menus.VEGAN, day, TODAY)]

    assert 10 <= len(taken) <= 30
    assert max(taken) < TODAY - timedelta(days=16)


def test_nobody_without_a_supplement_takes_one():
    assert not any(takes_supplement("x", menus.OLDER, day, TODAY) for day in EIGHT_WEEKS)
