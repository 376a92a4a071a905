import pytest

from foods.sources.classify import B12Facts, classify
from foods.sources.usda_groups import PLANT, Placement

DAIRY = Placement("dairy", "vegetarian")
DISH = Placement("mixed_dish", "omnivore")
ALGAE = Placement("algae_ferment", "vegan")


@pytest.mark.parametrize(
    ("total", "added", "expected"),
    [
        (None, None, "unknown"),
        (0, 0, "none"),
        (1.0, 0, "natural"),
        (1.0, 0.89, "mixed"),
        (1.0, 0.9, "fortified"),
        (8.07, 8.08, "fortified"),
    ],
)
def test_the_added_share_distinguishes_natural_from_fortified(total, added, expected):
    assert classify("Stew", DISH, B12Facts(total, added)).fortification == expected


@pytest.mark.parametrize(
    ("name", "placement", "total", "is_cereal", "expected"),
    [
        ("Cereals ready-to-eat, RALSTON", PLANT, 3.0, True, "fortified"),
        ("Cereals ready-to-eat, puffed rice", PLANT, 0.4, True, "unknown"),
        ("Breakfast cereal, fortified", PLANT, 0.4, True, "fortified"),
        ("Breakfast cereal, unfortified", PLANT, 0.9, True, "unknown"),
        ("SILK Plain, soymilk", PLANT, 1.23, False, "fortified"),
        ("Porridge, made with whole milk", PLANT, 0.9, True, "unknown"),
        ("Milk, whole", DAIRY, 0.45, False, "natural"),
        ("Candies, carob", PLANT, 0.28, False, "unknown"),
    ],
)
def test_without_a_row_for_added_b12_the_category_decides(
    name, placement, total, is_cereal, expected
):
    found = classify(name, placement, B12Facts(total), is_cereal=is_cereal)

    assert found.fortification == expected


@pytest.mark.parametrize("total", [0, 58.0])
def test_algae_are_pseudo_b12_whatever_the_table_says(total):
    assert classify("Seaweed, laver", ALGAE, B12Facts(total, 0)).fortification == "pseudo"


def test_a_plant_food_with_b12_from_its_maker_is_a_fortified_food():
    found = classify("Soy milk", PLANT, B12Facts(1.0, 1.0))

    assert (found.source_class, found.diet) == ("fortified_food", "vegan")


def test_figures_overrule_a_vegan_name():
    with_milk = classify("Potatoes, candied", PLANT, B12Facts(0.2, 0))
    with_cholesterol = classify("Potatoes, candied", PLANT, B12Facts(0, 0, animal_marker=9))

    assert (with_milk.diet, with_cholesterol.diet) == ("omnivore", "omnivore")
    assert with_milk.source_class == "mixed_dish"


def test_mushrooms_and_yeast_may_contain_a_little_naturally():
    assert classify("Mushrooms, white, raw", PLANT, B12Facts(0.04, 0)).diet == "vegan"


def test_meat_with_added_b12_stays_meat():
    found = classify("Chicken nuggets", Placement("poultry", "omnivore"), B12Facts(1.0, 1.0))

    assert (found.source_class, found.fortification) == ("poultry", "fortified")
