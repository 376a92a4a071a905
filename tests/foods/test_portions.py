import pytest

from foods.labels import readable
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
def test_published_labels_read_as_a_person_would_say_them(published, shown):
    assert readable(published) == shown


@pytest.mark.parametrize(
    ("portions", "amount", "unit", "mass"),
    [
        ([("1 large", 50)], 2, "", 100),
        ([("5 anchovies", 20)], 5, "", 20),
        ([("1 cup", 244)], 1.5, "cup", 366),
        ([("3 oz", 85)], 2, "", 170),
        ([("3 oz", 85)], 2, "oz", 56.7),
        ([("1 slice", 30), ("1 cup", 120)], 2, "cup", 240),
        ([], 250, "g", 250),
        ([], 1, "kg", 1000),
        ([], 2, "oz", 56.7),
        ([], 2, "", 200),
        ([("1 glass (200 ml)", 206)], 100, "ml", 103),
        ([("1 bottle (8 fl oz)", 240)], 2, "tablespoon", 30.4),
        ([("1 slice", 30)], 1, "patty", None),
        ([("1 slice", 30)], 1, "p-1", None),
        ([("1 slice", 30)], 1, "thick slice", None),
        ([("1 thick slice", 40)], 1, "thick slice", 40),
    ],
)
def test_amounts_are_weighed(make_food, portions, amount, unit, mass):
    food = make_food(portions=portions, is_drink=True)

    assert mass_g(food, amount, unit) == (None if mass is None else pytest.approx(mass, rel=0.01))


def test_a_food_that_does_not_say_weighs_a_gram_a_millilitre(make_food):
    assert density_g_per_ml(make_food(portions=[("1 piece", 30)])) == 1.0
