import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from foods.label import LabelStatement, read_amount


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("2.5", (2.5, "")),
        ("2,5", (2.5, "")),
        (" 0 ", (0.0, "")),
        ("2.5 µg", (2.5, "µg")),
        ("2.5 μg", (2.5, "µg")),
        ("2.5mcg", (2.5, "µg")),
        ("2,5 UG", (2.5, "µg")),
        ("0.0025 mg", (2.5, "µg")),
        ("0,0000025 g", (2.5, "µg")),
        ("40 %", (40.0, "%")),
        ("2.5 micrograms", (2.5, "µg")),
        ("1 microgramme", (1.0, "µg")),
        ("0.0025 milligrams", (2.5, "µg")),
        ("0.000001 gram", (1.0, "µg")),
        ("40% NRV", (40.0, "% EU")),
        ("40 %ri", (40.0, "% EU")),
        ("40 % DV", (40.0, "% US")),
        ("40 % RDA", (40.0, "%")),
        ("-0", (0.0, "")),
        ("-0 mg", (0.0, "µg")),
        ("-1", (-1.0, "")),
    ],
)
def test_an_amount_is_read_with_whatever_unit_was_typed(typed, read):
    amount, unit = read_amount(typed)

    assert (pytest.approx(amount), unit) == read
    assert (math.copysign(1, amount) == 1) == (not typed.startswith("-1"))


@pytest.mark.parametrize(
    "typed", ["", "much", "2.5 IU", "1e9", "nan", "inf", "2.5 µg µg", "1 2", "%"]
)
def test_anything_else_is_refused(typed):
    with pytest.raises(ValueError):
        read_amount(typed)


@pytest.mark.parametrize(
    ("said", "per_100g"),
    [
        ({"amount": 0.38, "per": "100ml"}, 0.38),
        ({"amount": 0.0}, 0.0),
        ({"amount": None}, None),
        ({"amount": None, "per": "serving"}, None),
        ({"amount": 1.2, "per": "serving", "serving_size": 30}, 4.0),
        ({"amount": 40, "unit": "eu"}, 1.0),
        ({"amount": 40, "unit": "fda2016"}, 0.96),
        ({"amount": 40, "unit": "fda1993"}, 2.4),
        ({"amount": 25, "unit": "fda2016", "per": "serving", "serving_size": 240}, 0.25),
        (
            {"amount": 1000, "per": "serving", "serving_size": 1, "serving_unit": "piece"},
            100_000,
        ),
        ({"amount": 50, "per": "serving", "serving_size": 2, "serving_unit": "piece"}, 2500),
    ],
)
def test_what_a_label_says_becomes_b12_in_100_g(said, per_100g):
    # 40 % is 2.4, 0.96 or 1.0 µg depending on date and place.
    assert LabelStatement(**said).b12_ug_per_100g == pytest.approx(per_100g)


def test_a_value_per_serving_without_its_size_is_refused():
    with pytest.raises(ValueError, match="size of the serving"):
        _ = LabelStatement(1.0, per="serving").b12_ug_per_100g


@given(
    amount=st.floats(0, 1e4),
    size=st.floats(0.1, 2000),
    unit=st.sampled_from(("ug", "eu", "fda2016", "fda1993")),
)
def test_one_serving_has_exactly_the_amount_on_the_label(amount, size, unit):
    said = LabelStatement(amount, unit, "serving", size)
    assume(said.b12_ug_per_100g is not None)

    assert said.b12_ug_per_100g * size / 100 == pytest.approx(said.amount_ug)


@given(st.floats(0, 1e6, allow_subnormal=False), st.sampled_from(("µg", "mcg", "mg", "g")))
def test_a_comma_and_a_point_read_alike(number, unit):
    point = f"{number:.6f} {unit}"

    assert read_amount(point.replace(".", ",")) == read_amount(point)


@pytest.mark.parametrize(
    ("said", "portion"),
    [
        ({"serving_size": 30}, ("1 serving", 30)),
        ({"serving_size": 40, "serving_word": "bar"}, ("1 bar", 40)),
        ({"serving_size": 25, "serving_word": "2 biscuits"}, ("2 biscuits", 25)),
        ({"serving_size": 60, "serving_word": "½ pack"}, ("1/2 pack", 60)),
        ({"serving_size": 70, "serving_word": "Two  slices"}, ("2 slices", 70)),
        ({"serving_size": 165, "serving_word": "half a can"}, ("1/2 can", 165)),
        ({"serving_size": 59, "serving_word": "1 1/4 cups"}, ("1.25 cups", 59)),
        ({"serving_size": 59, "serving_word": "1¼ cups"}, ("1.25 cups", 59)),
        ({"serving_size": 40, "serving_word": "halfway bar"}, ("1 halfway bar", 40)),
        ({"serving_size": 40, "serving_word": "ten"}, ("1 ten", 40)),
        (
            {"serving_size": 250, "serving_unit": "ml", "serving_word": "glass"},
            ("1 glass of 250 ml", 250),
        ),
        ({"per": "serving", "serving_size": 1, "serving_unit": "piece"}, ("1 tablet", 1)),
        ({"per": "serving", "serving_size": 2, "serving_unit": "piece"}, ("2 tablets", 2)),
        (
            {
                "per": "serving",
                "serving_size": 2,
                "serving_unit": "piece",
                "serving_word": "gummies",
            },
            ("2 gummies", 2),
        ),
        ({}, None),
    ],
)
def test_a_serving_becomes_a_household_measure(said, portion):
    assert LabelStatement(1.0, **said).portion() == portion


def test_a_food_measured_in_ml_is_a_drink():
    assert LabelStatement(1.0, per="100ml").is_by_volume
    assert LabelStatement(1.0, serving_size=250, serving_unit="ml").is_by_volume
    assert not LabelStatement(1.0, serving_size=30).is_by_volume
