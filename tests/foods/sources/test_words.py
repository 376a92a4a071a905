import pytest

from foods.sources.words import diet_of_name, plain, strictest


@pytest.mark.parametrize(
    ("name", "diet"),
    [
        ("Lentils, mature seeds, cooked", "vegan"),
        ("Beef, ground, raw", "omnivore"),
        ("Soup, vegetable broth", "omnivore"),
        ("Marshmallows", "omnivore"),
        ("Fish, salmon, pink, canned", "pescatarian"),
        ("Salad dressing, caesar", "pescatarian"),
        ("Noodles, egg, cooked", "vegetarian"),
        ("Almonds, honey roasted", "vegetarian"),
    ],
)
def test_animal_words_make_a_name_stricter(name, diet):
    assert diet_of_name(name) == diet


@pytest.mark.parametrize(
    "name",
    [
        "Soy milk, unsweetened",
        "Yogurt, coconut milk",
        "Peanut butter, smooth style",
        "Beans, kidney, red, cooked",
        "Rolls, hamburger or hotdog, plain",
        "Mushrooms, oyster, raw",
        "Cereals, cream of wheat",
        "Lambsquarters, raw",
        "Eggplant, raw",
        "Pigeonpeas, immature seeds",
        "Nuts, coconut meat, raw",
        "Squash, summer, scallop, raw",
    ],
)
def test_words_that_only_sound_like_animals_do_not_count(name):
    assert diet_of_name(name) == "vegan"


@pytest.mark.parametrize("name", ["Yogurt, fruit, low fat", "Milk, rice pudding with egg"])
def test_a_false_friend_does_not_hide_a_true_one(name):
    assert diet_of_name(name) == "vegetarian"


def test_a_meatless_food_is_vegetarian_and_never_vegan_by_its_name():
    assert diet_of_name("Chicken, meatless, breaded, fried") == "vegetarian"


def test_light_singulars():
    words = ("anchovies", "eggs", "swiss", "peas", "octopus")

    assert [plain(word) for word in words] == ["anchovy", "egg", "swiss", "pea", "octopus"]


def test_the_strictest_diet_wins():
    assert strictest("vegan", "pescatarian", "vegetarian") == "pescatarian"
    assert strictest() == "vegan"
