from datetime import datetime, time, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from foods.models import Food
from tests.suggestions.builders import DAY, MORNING, candidate, intake, row, standing
from tracker.diary.measures import quantity_of
from tracker.diary.slots import Slot
from tracker.science.absorption import B12Split
from tracker.suggestions.room import Place, places_ahead, rooms, rows_expected, usual_meal


@pytest.mark.parametrize(
    ("hour", "expected"),
    [
        (3, ["breakfast", "lunch", "dinner", "snack"]),
        (10, ["breakfast", "lunch", "dinner", "snack"]),
        (11, ["lunch", "dinner", "snack"]),
        (15, ["dinner", "snack"]),
        (22, ["snack"]),
    ],
)
def test_a_meal_is_offered_until_its_time_has_passed(hour, expected):
    now = datetime(2026, 3, 5, hour)

    assert [place.slot for place in places_ahead(DAY, now)] == expected


def test_a_late_snack_has_the_clock_time():
    assert places_ahead(DAY, datetime(2026, 3, 5, 21, 40, 12))[-1] == Place(
        Slot.SNACK, time(21, 40)
    )


def test_all_meals_of_a_future_day_are_ahead_and_none_of_a_past_one():
    assert len(places_ahead(DAY + timedelta(days=1), MORNING)) == 4
    assert places_ahead(DAY - timedelta(days=1), MORNING) == []


def test_a_full_sitting_has_less_room_than_an_empty_one():
    places = places_ahead(DAY, MORNING)

    found = rooms(places, DAY, [row(split=B12Split(food_ug=5.0))], standing())

    gains = {place.slot: room.gain_ug(B12Split(free_ug=1.0)) for place, room in found.items()}
    assert gains[Slot.DINNER] == pytest.approx(0.576, abs=1e-3)
    assert gains[Slot.BREAKFAST] < 0.1


def test_food_with_a_large_tablet_can_lower_absorption():
    tablet = row(slot=Slot.SNACK, split=B12Split(free_ug=1000.0), is_supplement=True)

    (room,) = rooms([Place(Slot.SNACK)], DAY, [tablet], standing()).values()

    assert room.gain_ug(B12Split(free_ug=1.0)) < 0


def test_the_usual_meal_is_the_median_of_those_eaten():
    doses = (0.5, 9.0, 1.0)
    past = [
        intake(day, row(day, Slot.DINNER, split=B12Split(food_ug=ug)))
        for day, ug in zip((DAY - timedelta(days=n) for n in (1, 2, 3)), doses, strict=True)
    ]

    assert [r.food_ug for r in usual_meal(Slot.DINNER, past)] == [1.0]


def test_a_mostly_skipped_meal_is_not_expected():
    past = [intake(DAY - timedelta(days=n), row(DAY - timedelta(days=n))) for n in (1, 2, 3)]
    with_dinner = intake(DAY - timedelta(days=4), row(DAY - timedelta(days=4), Slot.DINNER))

    assert usual_meal(Slot.DINNER, [*past, with_dinner]) == []


def test_a_meal_already_eaten_is_not_expected_again():
    past = [intake(DAY - timedelta(days=1), row(DAY - timedelta(days=1)))]
    today = intake(DAY, row(split=B12Split(free_ug=0.1)))

    expected = rows_expected(today, past, places_ahead(DAY, MORNING))

    assert expected == list(today.rows)


def test_the_amount_is_written_as_a_person_would_say_it():
    egg = candidate(portion="1 large", mass_g=50.0)

    said = [egg.weighing(mass_g).amount_text for mass_g in (50, 100, 75, 60)]

    assert said == ["1 large", "2 large", "1.5 large", "60 g"]


@pytest.mark.parametrize(
    ("mass_g", "said"), [(164.1, "164 g"), (206.255, "206 g"), (12.5, "13 g"), (8.26, "8.3 g")]
)
def test_a_weight_is_written_in_whole_grams_from_ten_on(mass_g, said):
    food = candidate(portion="1 cup", mass_g=244.0)

    assert food.weighing(mass_g).amount_text == said


@given(st.floats(0.5, 3000))
def test_a_suggestion_states_what_its_button_logs(mass_g):
    food = candidate(portion="1 cup", mass_g=244.0).weighing(mass_g)
    assume(food.portion_count is None)

    logged = quantity_of(Food(), food.mass_g, "g").said

    assert food.amount_text == logged
    assert food.b12_ug == pytest.approx(food.mass_g / 244.0)


@pytest.mark.parametrize(
    ("portion", "count", "written"),
    [
        ("1 slice", 2, "2 slices"),
        ("1 slice", 0.5, "½ slice"),
        ("1 cup", 1.5, "1.5 cups"),
        ("0.5 cup", 3, "1.5 cups"),
        ("3 oz", 2, "6 oz"),
        ("4 slices", 0.25, "1 slice"),
        ("1 can (12 fl oz)", 2, "2 × 1 can (12 fl oz)"),
    ],
)
def test_several_portions_are_written_in_natural_english(portion, count, written):
    food = candidate(portion=portion, mass_g=50.0)

    assert food.weighing(50 * count).amount_text == written
