from datetime import date, datetime, time

import pytest

from tracker.diary.slots import Slot, moment, slot_for


@pytest.mark.parametrize(
    ("first", "last", "slot"),
    [
        (time(0), time(3, 59), Slot.SNACK),
        (time(4), time(10, 59), Slot.BREAKFAST),
        (time(11), time(14, 59), Slot.LUNCH),
        (time(15), time(17, 29), Slot.SNACK),
        (time(17, 30), time(21, 59), Slot.DINNER),
        (time(22), time(23, 59), Slot.SNACK),
    ],
)
def test_the_clock_suggests_a_meal_from_its_first_minute_to_its_last(first, last, slot):
    assert (slot_for(first), slot_for(last)) == (slot, slot)


def test_a_meal_without_a_time_counts_at_its_usual_time():
    assert moment(date(2026, 3, 2), "breakfast", None) == datetime(2026, 3, 2, 8)
    assert moment(date(2026, 3, 2), "breakfast", time(9, 15)) == datetime(2026, 3, 2, 9, 15)
