import pytest

from foods.sources.usda_groups import Placement
from foods.sources.wweia import base_of, is_drink, place_survey


@pytest.mark.parametrize(
    ("category", "name", "expected"),
    [
        (1002, "Milk, whole", ("dairy", "vegetarian")),
        (1902, "Oat milk", ("plant_food", "vegan")),
        (2010, "Beef liver, fried", ("organ_meat", "omnivore")),
        (2404, "Clams, baked", ("shellfish", "pescatarian")),
        (2602, "Turkey or chicken, luncheon meat", ("poultry", "omnivore")),
        (4602, "Cereal, fruit rings", ("plant_food", "vegetarian")),
        (3704, "Chicken fillet sandwich", ("mixed_dish", "omnivore")),
    ],
)
def test_category_and_name_give_class_and_diet(category, name, expected):
    assert place_survey(category, name, None) == Placement(*expected)


def test_the_ingredient_list_loosens_an_uncertain_dish():
    assert place_survey(3102, "Hummus, plain", "vegan") == Placement("plant_food", "vegan")


def test_the_name_still_counts_with_an_ingredient_list():
    assert place_survey(4604, "Cereal, O's, honey nut", "vegan").diet == "vegetarian"


def test_flavoured_snacks_and_brand_cereals_are_never_called_vegan():
    assert place_survey(5004, "Tortilla chips, flavored", "vegan").diet == "vegetarian"
    assert place_survey(4602, "Cereal, corn flakes", "vegan").diet == "vegetarian"


def test_an_unknown_category_is_uncertain():
    assert base_of(12345) == Placement("mixed_dish", "omnivore")


@pytest.mark.parametrize(("category", "expected"), [(1002, True), (7302, True), (1602, False)])
def test_drinks_are_known_by_category(category, expected):
    assert is_drink(category) is expected
