import pytest

from foods.labels import in_number, readable
from foods.portions import density_g_per_ml, mass_g


@pytest.mark.parametrize(
    ("published", "shown"),
    [
        ("0.25 cup", "¼ cup"),
        ("1/4 cup", "¼ cup"),
        ("1 slice, NFS", "1 slice"),
        ("1 item, any size", "1 item"),
        ("56 grams 1 serving", "1 serving"),
        ('1 pat (1" sq, 1/3" high)', '1 pat (1" sq, 1/3" high)'),
        ("5 anchovies", "5 anchovies"),
    ],
)
def test_published_labels_are_shown_in_everyday_words(published, shown):
    assert readable(published) == shown


@pytest.mark.parametrize(
    ("words", "amount", "said"),
    [
        ("slice", 2, "slices"),
        ("slice", 1, "slice"),
        ("slice", 0.5, "slice"),
        ("slice", 1.004, "slice"),
        ("cup", 1.5, "cups"),
        ("cup, chopped or sliced", 2, "cups, chopped or sliced"),
        ("cup spaghetti not packed", 2, "cups spaghetti not packed"),
        ("thick slice", 2, "thick slices"),
        ("slice oval", 3, "slices oval"),
        ("regular/thin slice", 2, "regular/thin slices"),
        ("drumstick without skin", 2, "drumsticks without skin"),
        ("hot dog", 2, "hot dogs"),
        ("egg roll", 2, "egg rolls"),
        ("patty", 2, "patties"),
        ("tray", 2, "trays"),
        ("sandwich", 2, "sandwiches"),
        ("glass", 2, "glasses"),
        ("individual loaf", 2, "individual loaves"),
        ("potato", 2, "potatoes"),
        ("anchovies", 10, "anchovies"),
        ("anchovies", 1, "anchovy"),
        ("large", 2, "large"),
        ("extra large", 2, "extra large"),
        ("small/regular", 2, "small/regular"),
        ("fl oz", 2, "fl oz"),
        ("tbsp", 2, "tbsp"),
        ("level tbsp", 2, "level tbsp"),
        ("oz, boneless", 2, "oz, boneless"),
    ],
)
def test_a_measure_agrees_in_number_with_its_amount(words, amount, said):
    assert in_number(words, amount) == said


@pytest.mark.parametrize(
    "words",
    [
        "can (12 fl oz)",
        'medium (2-1/4" to 3-1/4" dia.)',
        "serving 1/2 cup",
        "can or bottle",
        "jar / tub",
        "thin",
        "can total can contents",
        "piece/slice",
        "roast raw",
        "fruit small",
        "whole fish",
        "Scheibe",
        "(each)",
    ],
)
def test_a_measure_of_another_form_is_not_put_into_the_plural(words):
    assert in_number(words, 2) is None


@pytest.mark.parametrize(
    ("portions", "amount", "unit", "mass"),
    [
        ([("1 large", 50)], 2, "", 100),
        ([("5 anchovies", 20)], 5, "", 20),
        ([("1 cup", 244)], 1.5, "cup", 366),
        ([("3 oz", 85)], 2, "", 170),
        ([("3 oz", 85)], 2, "oz", 56.7),
        ([("6 inch sub", 240)], 2, "", 480),
        ([("100 milliliter", 103)], 2, "", 206),
        ([("1 slice", 30), ("1 cup", 120)], 2, "cup", 240),
        ([], 250, "g", 250),
        ([], 1, "kg", 1000),
        ([], 2, "oz", 56.7),
        ([], 2, "", 200),
        ([("1 glass (200 ml)", 206)], 100, "ml", 103),
        ([("1 bottle (8 fl oz)", 240)], 2, "tablespoon", 30.4),
        ([("1 slice", 30)], 1, "patty", None),
        ([("1 5.3 oz container", 150)], 2, "container", 300),
        ([("12 fl oz glass of 355 ml", 355)], 1, "glass", 355),
        ([("1 slice", 30)], 1, "p-1", None),
        ([("1 slice", 30)], 1, "thick slice", None),
        ([("1 thick slice", 40)], 1, "thick slice", 40),
    ],
)
def test_amounts_are_weighed(make_food, portions, amount, unit, mass):
    food = make_food(portions=portions, is_drink=True)

    assert mass_g(food, amount, unit) == (None if mass is None else pytest.approx(mass, rel=0.01))


ZEROS = [
    "1/0 cup",
    "5/0 eggs (30 g)",
    "0 eggs",
    "0/5 cup",
    "0.0 eggs",
    "0 cup",
    "cup (0 ml)",
    "0 ml",
]


@pytest.mark.parametrize("label", ZEROS)
def test_a_label_that_counts_nothing_counts_as_words(make_food, label):
    """From a package or a table; it must not be used as a divisor."""
    food = make_food(portions=[(label, 30)], is_drink=True)

    assert label in readable(label)
    assert mass_g(food, 2, "") == 60
    assert density_g_per_ml(food) == 1.0
    assert mass_g(food, 100, "ml") == 100


def test_a_drink_without_a_volume_weighs_a_gram_per_millilitre(make_food):
    assert density_g_per_ml(make_food(portions=[("1 piece", 30)], is_drink=True)) == 1.0


@pytest.mark.parametrize("name", ["Soy yogurt, fortified", "Cream, single", "Tomato soup"])
def test_wet_spooned_foods_weigh_about_a_gram_per_millilitre(make_food, name):
    assert mass_g(make_food(name, portions=[("1 pot", 150)]), 200, "ml") == 200


@pytest.mark.parametrize("name", ["Corn flakes", "Ice cream bar", "Cheese, cream", "Soup, dry mix"])
@pytest.mark.parametrize("unit", ["ml", "cup", "tablespoon", "teaspoon", "fl oz"])
def test_the_weight_of_a_spoon_of_another_food_is_unknown(make_food, name, unit):
    assert mass_g(make_food(name, portions=[("1 oz", 28)]), 2, unit) is None


@pytest.mark.parametrize(
    ("label", "mass", "volume_ml"),
    [
        ("1 cup", 60, 236.6),
        ("0.25 cup", 15, 59.15),
        ("1/4 cup", 15, 59.15),
        ("1 cup, chopped", 60, 236.6),
        ("2 level tbsp", 10, 29.6),
        ("1 tablespoon", 5, 14.8),
        ("3 tsp", 5, 14.7),
        ("1 serving 1/2 cup", 65, 118.3),
        ("1 serving (2 tbsp)", 10, 29.6),
        ("1 glass (200 ml)", 206, 200),
        ("half of a 500 ml bottle of 250 ml", 250, 250),
        ("2 glasses of 250 ml of 500 ml", 500, 500),
        ("12 fl oz glass of 355 ml", 355, 355),
    ],
)
def test_a_volume_in_any_portion_gives_the_weight_of_a_spoon(make_food, label, mass, volume_ml):
    food = make_food("Flakes", portions=[("1 oz", 28), (label, mass)])

    assert mass_g(food, 5, "teaspoon") == pytest.approx(25 * mass / volume_ml)
    assert mass_g(food, 100, "ml") == pytest.approx(100 * mass / volume_ml)


@pytest.mark.parametrize("label", ["1 cupcake", "4 cookies", "3 mls"])
def test_a_word_that_only_begins_like_a_measure_is_not_one(make_food, label):
    assert density_g_per_ml(make_food("Cake", portions=[(label, 50)])) is None
