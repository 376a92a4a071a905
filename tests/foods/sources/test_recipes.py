import pytest

from foods.sources.recipes import Ingredient, Recipes, diet_of_ingredient, group_of_ndb


def recipes(**lists):
    found = Recipes()
    for code, parts in lists.items():
        for part in parts:
            found.add(int(code.strip("_")), Ingredient(*part))
    return found


def test_the_strictest_ingredient_decides():
    found = recipes(
        _11=[(16222, "Soy milk, unsweetened"), (19296, "Honey")], _12=[(16222, "Soy milk")]
    )

    assert found.diet_of(11) == "vegetarian"
    assert found.diet_of(12) == "vegan"


def test_a_food_without_ingredient_list_stays_open():
    assert recipes().diet_of(11) is None


def test_ingredients_that_are_foods_are_followed():
    found = recipes(
        _20000001=[(20000002, "Sauce")], _20000002=[(6179, "Sauce, fish, ready-to-serve")]
    )

    assert found.diet_of(20000001) == "pescatarian"


def test_a_food_that_contains_itself_is_uncertain():
    found = recipes(_20000001=[(20000002, "B")], _20000002=[(20000001, "A")])

    assert found.diet_of(20000001) == "omnivore"


@pytest.mark.parametrize(
    ("code", "name", "group"),
    [
        (1077, "Milk, whole", "0100"),
        (23105, "Beef, chuck", "1300"),
        (28287, "Bread, naan", "1800"),
        (19034, "Snacks, popcorn, air-popped", "2500"),
        (907057, "REDUCED SODIUM: Pepperoni", "0700"),
        (43483, "Millet, puffed", "2000"),
        (100281, "Lettuce, romaine, green, raw", "1100"),
        (43999, "Something new", ""),
    ],
)
def test_an_ndb_number_or_the_head_word_gives_the_food_group(code, name, group):
    assert group_of_ndb(code, name) == group


def test_a_nutrient_is_not_meat_and_the_unknown_is_not_a_plant():
    assert diet_of_ingredient(Ingredient(999418, "Vitamin B-12 as ingredient")) == "vegan"
    assert diet_of_ingredient(Ingredient(43999, "Something new")) == "omnivore"
