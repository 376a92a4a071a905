import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.diary.typed import Typed, read_typed


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("2 eggs", Typed("eggs", 2, "")),
        ("200 ml soy milk", Typed("soy milk", 200, "ml")),
        ("soy milk 200ml", Typed("soy milk", 200, "ml")),
        ("1,5 cups milk", Typed("milk", 1.5, "cup")),
        ("1 1/2 cups of milk", Typed("milk", 1.5, "cup")),
        ("1½ cup milk", Typed("milk", 1.5, "cup")),
        ("½ cup oat milk", Typed("oat milk", 0.5, "cup")),
        ("100g beef", Typed("beef", 100, "g")),
        ("8 fl oz milk", Typed("milk", 8, "fl oz")),
        ("a slice of bread", Typed("bread", 1, "slice")),
        ("cup of tea", Typed("tea", 1, "cup")),
        ("glass of milk", Typed("milk", 1, "glass")),
        ("slice of bread", Typed("bread", 1, "slice")),
        ("cup of", Typed("cup of")),
        ("tin tuna", Typed("tin tuna")),
        ("g of butter", Typed("g of butter")),
        ("two eggs", Typed("eggs", 2, "")),
        ("2 x egg", Typed("egg", 2, "")),
        ("salmon 2", Typed("salmon", 2, "")),
        ("12 µg", Typed("", 12, "µg")),
        ("12 μg", Typed("", 12, "µg")),  # Greek mu
        ("2,5mcg", Typed("", 2.5, "µg")),
        ("b12 1000", Typed("b12 1000")),
        ("vitamin b12 1000 µg", Typed("vitamin b12 1000 µg")),
        ("2% milk", Typed("2% milk")),
        ("7up", Typed("7up")),
        ("-2 eggs", Typed("-2 eggs")),
        ("", Typed("")),
    ],
)
def test_read_typed_takes_amount_unit_and_food_apart(text, typed):
    assert read_typed(text) == typed


def test_a_plain_amount_of_b12_is_told_from_a_food():
    assert read_typed("12 µg").is_plain_b12
    assert not read_typed("12 eggs").is_plain_b12


@given(st.text(max_size=60))
def test_read_typed_never_fails(text):
    typed = read_typed(text)

    assert typed.amount is None or typed.amount >= 0
