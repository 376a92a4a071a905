import pytest

from tracker.numbers.counting import so_many


@pytest.mark.parametrize(
    ("number", "text"), [(0, "0 foods"), (1, "1 food"), (2, "2 foods"), (12_345, "12,345 foods")]
)
def test_one_uses_the_singular(number, text):
    assert so_many(number, "food") == text
