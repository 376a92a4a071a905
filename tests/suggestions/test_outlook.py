from datetime import timedelta

from tests.suggestions.builders import DAY, MORNING, intake, row, standing
from tracker.suggestions.outlook import outlook


def days(*numbers):
    return [intake(DAY - timedelta(n), row(DAY - timedelta(n))) for n in numbers]


def test_an_outlook_keeps_the_last_fourteen_days():
    found = outlook(DAY, days(14, 13, 1, 0), standing(), MORNING)

    assert [(DAY - past.day).days for past in found.days] == [13, 1, 0]
    assert [(DAY - past.day).days for past in found.past] == [13, 1]


def test_a_day_without_entries_exists_and_is_empty():
    found = outlook(DAY, days(1), standing(), MORNING)

    assert (found.today.day, found.today.rows) == (DAY, ())


def test_a_day_with_entries_is_that_of_the_diary():
    logged = days(0)

    assert outlook(DAY, logged, standing(), MORNING).today is logged[0]


def test_the_comparison_key_holds_what_ideas_depend_on():
    yesterday, today = days(1, 0)
    before = outlook(DAY, [yesterday], standing(), MORNING)

    assert before.eaten == outlook(DAY, [yesterday], standing(), MORNING).eaten
    assert before.eaten != outlook(DAY, [yesterday, today], standing(), MORNING).eaten
    assert before.food_ids == {row.food_id for row in yesterday.rows if row.food_id is not None}
