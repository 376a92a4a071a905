"""What the database refuses, and what a row says of itself."""

from datetime import date, time, timedelta

import pytest
from django.db import IntegrityError

from tests.factories import DAY, make_entry, make_profile
from tracker.accounts.guests import bring_along, make_guest
from tracker.diary.models import DayMark, Entry

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "wrong",
    [{"b12_ug": -0.001}, {"mass_g": 0}, {"mass_g": -1}, {"free_ug": -0.001},
     {"food_ug": -0.001}, {"egg_ug": -0.001}, {"inactive_ug": -0.001}],
)  # fmt: skip
def test_an_amount_below_zero_and_no_weight_are_refused(wrong):
    with pytest.raises(IntegrityError):
        make_entry(**wrong)


@pytest.mark.parametrize("right", [{"b12_ug": 0}, {"b12_ug": None}, {"mass_g": None}])
def test_no_b12_unknown_b12_and_an_unknown_weight_are_kept_apart(right):
    entry = make_entry(**right)

    entry.refresh_from_db()
    assert {name: getattr(entry, name) for name in right} == right


def test_a_day_has_one_mark():
    profile = make_profile()
    DayMark.objects.create(profile=profile, day=DAY, status="complete")

    with pytest.raises(IntegrityError):
        DayMark.objects.create(profile=profile, day=DAY, status="fasting")


def test_two_people_mark_the_same_day():
    for _person in range(2):
        DayMark.objects.create(profile=make_profile(), day=DAY, status="complete")

    assert DayMark.objects.count() == 2


def test_a_guest_does_not_replace_a_mark_of_the_account(ada):
    guest = make_guest(DAY)
    guest.profile = make_profile(guest)
    other = DAY + timedelta(days=1)
    DayMark.objects.create(profile=ada.profile, day=DAY, status="complete")
    for day in (DAY, other):
        DayMark.objects.create(profile=guest.profile, day=day, status="fasting")

    bring_along(guest, ada)

    marks = dict(ada.profile.day_marks.values_list("day", "status"))
    assert marks == {DAY: "complete", other: "fasting"}


def test_a_span_of_days_has_its_first_and_last():
    profile = make_profile()
    for number in (1, 2, 3, 4):
        make_entry(profile, day=date(2026, 3, number))

    found = profile.entries.between(date(2026, 3, 2), date(2026, 3, 3))

    assert set(found.values_list("day", flat=True)) == {date(2026, 3, 2), date(2026, 3, 3)}


def test_entries_are_in_the_order_of_day_meal_time_and_logging():
    profile = make_profile()
    places = [
        (DAY + timedelta(days=1), "breakfast", time(7)),
        (DAY, "dinner", time(6)),
        (DAY, "lunch", time(13)),
        (DAY, "lunch", time(12)),
        (DAY, "lunch", time(12)),
    ]
    made = [make_entry(profile, day=day, slot=slot, clock=clock) for day, slot, clock in places]

    found = list(profile.entries.as_eaten())

    assert found == [made[3], made[4], made[2], made[1], made[0]]


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"amount": 2, "unit": "1 cup"}, "2 cups"),
        ({"amount": None, "unit": "a mug"}, "a mug"),
        ({"amount": None, "unit": "", "mass_g": None, "b12_ug": 2.54}, "2.54 µg"),
        ({"amount": None, "unit": "", "mass_g": None, "b12_ug": None}, ""),
        ({"amount": None, "unit": "", "mass_g": 60, "b12_ug": 2.54}, ""),
    ],
)
def test_an_entry_says_how_much_it_is(fields, text):
    assert Entry(**fields).amount_text == text


def test_an_entry_of_a_part_of_a_dish_says_of_how_many_servings():
    assert Entry(amount=1, unit="serving", amount_of=4).amount_text == "1 of 4 servings"
