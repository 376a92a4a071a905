"""How amounts of food are written in the diary."""

import pytest
from django.core.exceptions import ValidationError

from tracker.diary.measures import quantity_of, weigh
from tracker.diary.typed import read_typed


@pytest.mark.parametrize(
    ("portion", "amount", "unit", "written"),
    [
        ("1 slice", 2, "", "2 slices"),
        ("1 slice", 2, "p0", "2 slices"),
        ("1 slice", 1, "p0", "1 slice"),
        ("1 slice", 0.5, "p0", "0.5 slice"),
        ("1 slice", 2, "slice", "2 slices"),
        ("1 cup", 1.5, "cup", "1.5 cups"),
        ("1 cup", 1, "cup", "1 cup"),
        ("1 cup", 150, "g", "150 g"),
        ("1 cup", 2, "oz", "2 oz"),
        ("1 cup", 2, "tablespoon", "2 tablespoons"),
        ("1 large", 2, "", "2 large"),
        ("1 large", 2, "p0", "2 large"),
        ("1 slice, NFS", 3, "p0", "3 slices"),
        ("1 can (12 fl oz)", 2, "p0", "2 × 1 can (12 fl oz)"),
        ("1 can (12 fl oz)", 2, "can", "2 cans"),
        ("1 medium (7 in)", 2, "", "2 × 1 medium (7 in)"),
        ("1 whole", 2, "", "2 × 1 whole"),
        ("3 oz", 2, "p0", "2 × 3 oz"),
        ("3 oz", 2, "", "2 × 3 oz"),
        ("1 oz", 2, "p0", "2 oz"),
        ("5 anchovies", 2, "p0", "2 × 5 anchovies"),
        ("5 anchovies", 5, "", "5 anchovies"),
        ("5 anchovies", 1, "", "1 anchovy"),
        ("0.5 cup", 1, "p0", "½ cup"),
        ("0.5 cup", 3, "p0", "3 × ½ cup"),
        ("0.5 fillet", 2, "", "2 fillets"),
        ("2 tablets", 1, "p0", "2 tablets"),
    ],
)
def test_an_amount_is_written_in_natural_english(make_food, portion, amount, unit, written):
    food = make_food(portions=[(portion, 30)])

    assert quantity_of(food, amount, unit).said == written


def test_a_food_without_portions_is_measured_in_grams(make_food):
    assert quantity_of(make_food(portions=[]), 1.5, "").said == "150 g"


def test_a_typed_amount_is_shown_in_the_plural():
    assert read_typed("3 bowls soup").amount_text == "3 bowls"
    assert read_typed("10 kg soup").amount_text == "10 kg"


def test_the_largest_plausible_amount_is_accepted(make_food):
    food, tablet = make_food(), make_food(portions=[("1 tablet", 1)], is_unit_food=True)

    assert (weigh(food, 5000, "g"), weigh(tablet, 20, "")) == (5000, 20)


@pytest.mark.parametrize(("amount", "code"), [(0, "amount"), (-1, "amount"), (5000.1, "absurd")])
def test_zero_and_implausibly_large_amounts_are_refused(make_food, amount, code):
    with pytest.raises(ValidationError) as refused:
        weigh(make_food(), amount, "g")

    assert refused.value.code == code
