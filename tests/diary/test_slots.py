from datetime import date, datetime, time

import pytest

from tracker.diary.slots import Slot, moment, slot_for


@pytest.mark.parametrize(
    ("clock", "slot"),
    [(time(3), Slot.SNACK), (time(7), Slot.BREAKFAST), (time(12), Slot.LUNCH),
     (time(16), Slot.SNACK), (time(19), Slot.DINNER), (time(23), Slot.SNACK)],
)  # fmt: skip
def test_the_clock_suggests_a_meal(clock, slot):
    assert slot_for(clock) == slot


def test_a_meal_without_a_time_counts_at_its_usual_hour():
    assert moment(date(2026, 3, 2), "breakfast", None) == datetime(2026, 3, 2, 8)
    assert moment(date(2026, 3, 2), "breakfast", time(9, 15)) == datetime(2026, 3, 2, 9, 15)
