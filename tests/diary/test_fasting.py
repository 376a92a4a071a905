"""What breaks a fasting day."""

import pytest

from tracker.diary.fasting import breaks_fast

FOOD = {"b12_ug": 1.0, "is_drink": False, "is_supplement": False, "is_injection": False}


@pytest.mark.parametrize(
    "entry",
    [
        {},
        {"b12_ug": 0.0},
        {"b12_ug": None},
        {"is_drink": True},
        {"is_drink": True, "b12_ug": None},
    ],
    ids=["fish", "lentils", "unknown pastry", "milk", "unknown drink"],
)
def test_food_breaks_a_fast(entry):
    assert breaks_fast(**FOOD | entry)


@pytest.mark.parametrize(
    "entry",
    [{"is_supplement": True}, {"is_injection": True}, {"is_drink": True, "b12_ug": 0.0}],
    ids=["tablet", "injection", "coffee"],
)
def test_tablets_injections_and_drinks_without_b12_do_not_break_a_fast(entry):
    assert not breaks_fast(**FOOD | entry)
