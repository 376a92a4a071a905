"""A bare count counts pieces of the food, or nothing."""

import pytest

from foods.counting import unit_of_count
from foods.models import Food
from tracker.diary.measures import quantity_of, weigh

pytestmark = pytest.mark.django_db
COUNTED = {
    # Of the starter foods: what three of each weigh. [g]
    "egg-boiled": ("3 large", 150),
    "apple": ('3 × 1 medium (3" dia)', 546),
    "bread-whole-wheat": ("3 slices", 96),
    "cereal-weetabix": ("3 biscuits", 57),
    "b12-tablet-10": ("3 tablets", 3),
    "b12-drops-1000": ("3 servings", 3),
    "clams-cooked": ("3 small", 28.5),
    "clams-raw": ("3 medium", 43.5),
    "oysters-cooked": ("3 medium", 21),
    "shrimp-cooked": ("3 large", 16.5),
    "sardines-canned-oil": ("3 sardines", 36),
    "anchovies-canned": ("3 anchovies", 12),
    "chicken-liver-cooked": ("3 livers", 132),
    "fish-sticks": ('3 × 1 stick (4" x 1" x 1/2")', 84),
    "ham-deli": ("3 slices", 84),
    "black-pudding": ("3 slices", 75),
    "quiche-cheese": ("3 individual quiches", 339),
    "milk-whole": ("3 cups", 732),
    "coffee-black": ("3 × 1 cup (8 fl oz)", 711),
    "yogurt-whole": ("3 × 1 container (6 oz)", 510),
    "energy-drink-red-bull": ("3 × 1 can (8.4 fl oz)", 780),
}
NOT_COUNTED = """
clams-canned mussels-cooked cockles-boiled scallops-steamed lobster-cooked tuna-light-canned-water
salmon-atlantic-farmed beef-liver-fried haggis venison-steak cheese-parmesan cheese-mozzarella
ham-roasted tofu-firm duck-roasted milk-powder-skim whey-protein cereal-corn-flakes
cereal-corn-flakes-uk cereal-os-plain ramen-beef lentils-cooked ice-cream-vanilla peanut-butter
almonds yeast-extract-uk dark-chocolate
"""


@pytest.mark.parametrize(("slug", "written", "mass_g"), [(k, *v) for k, v in COUNTED.items()])
def test_three_of_a_food_are_three_of_its_pieces(starter_foods, slug, written, mass_g):
    food = Food.objects.get(slug=slug)

    unit = unit_of_count(food)

    assert unit is not None
    assert quantity_of(food, 3, unit).said == written
    assert weigh(food, 3, unit) == pytest.approx(mass_g)


@pytest.mark.parametrize("slug", NOT_COUNTED.split())
def test_a_food_without_a_piece_is_not_counted(starter_foods, slug):
    assert unit_of_count(Food.objects.get(slug=slug)) is None


def test_no_starter_food_counts_a_weight_or_a_serving(starter_foods):
    for food in Food.objects.filter(is_unit_food=False).prefetch_related("portions"):
        unit = unit_of_count(food)
        written = "" if unit is None else quantity_of(food, 3, unit).said
        words = set(written.replace("oz container", "container").partition("(")[0].split())
        assert not words & {"oz", "serving", "servings", "tbsp", "g", "bowls"}, food


@pytest.mark.parametrize(
    ("name", "portions", "unit"),
    [
        ("Clams, steamed", ["usual amount", "1 clam"], "p1"),
        ("Beef liver", ["usual amount", "1 cup"], None),
        ("Shrimp", ["1 tiny shrimp", "1 small/medium shrimp"], "p1"),
        ("Egg", ["1 cup, chopped", "1 large"], "p1"),
        ("Mussels", [], None),
        ("Salmon", ["0.5 fillet"], None),
        ("Chicken breast", ["0.5 breast"], ""),
        ("Beef patties", ["3 oz grilled patties"], None),
        ("Coffee beans in chocolate", ["1 serving 28 pieces"], None),
        ("Pork, loin roast", ["3 oz", "1 roast"], None),
        ("Soup", ["1 5.3 oz container"], ""),
        ("Potato", ["1 medium", "1 baby potato"], ""),
    ],
)
def test_published_labels_are_counted_by_their_noun(make_food, name, portions, unit):
    food = make_food(name, portions=[(label, 30 + n) for n, label in enumerate(portions)])

    assert unit_of_count(food) == unit


def test_a_whole_pie_is_not_a_piece_that_a_person_eats(make_food):
    pie = make_food("Pie, lemon", portions=[("1 cup", 250), ("1 pie", 1600)])

    assert unit_of_count(pie) is None


def test_a_cup_is_one_drink_but_a_measure_of_anything_else(make_food):
    portions = [("1 cup", 240)]

    assert unit_of_count(make_food("Milk", portions=portions, is_drink=True)) == ""
    assert unit_of_count(make_food("Rice", portions=portions)) is None


def test_the_typed_words_may_name_the_piece(make_food):
    food = make_food("Crab, king", portions=[("3 oz", 85), ("1 leg", 134)])

    assert unit_of_count(food) is None
    assert unit_of_count(food, "crab legs") == "p1"


@pytest.mark.parametrize(
    ("label", "mass", "said", "unit"),
    [
        ("1 tablet", 1, "b12", ""),
        ("1 tablet", 1, "b12 tablets", ""),
        ("1 tablet", 1, "b12 capsules", ""),
        ("1 capsule", 1, "b12 tablets", ""),
        ("1 tablet", 1, "b12 gummies", None),
        ("1 serving", 1, "b12 drops", None),
        ("30 drops", 30, "b12 drops", ""),
        ("1 gummy", 1, "b12 gummies", ""),
        ("1 dose", 1, "oral spray", None),
        ("1 dose", 1, "spray dose", ""),
    ],
)
def test_a_supplement_is_counted_in_its_own_units(make_food, label, mass, said, unit):
    food = make_food("B12", portions=[(label, mass)], is_unit_food=True)

    assert unit_of_count(food, said) == unit
