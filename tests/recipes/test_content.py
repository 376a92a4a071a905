import pytest
from django.utils import timezone

from tests.factories import make_food, make_source
from tests.recipes.builders import loaded, make_meal, make_recipe, put_in
from tracker.recipes.content import content_of
from tracker.science.absorption import HEALTHY, AbsorptionFactors, B12Split, absorbed_ug

pytestmark = pytest.mark.django_db


def content(recipe):
    return content_of(loaded(recipe))


def test_a_serving_is_its_part_of_the_sum():
    milk = make_food(b12_ug_per_100g=2.0, b12_added_ug_per_100g=2.0)
    egg = make_food("Egg", source_class="egg", fortification="natural", b12_ug_per_100g=1.0)
    stew = content(make_recipe(foods=[milk, egg]))

    assert (stew.serving_ug, stew.split) == (0.75, B12Split(free_ug=2.0, egg_ug=1.0))


def test_an_unknown_lowers_the_coverage_and_not_the_sum():
    stew = content(make_recipe(foods=[make_food(), make_food(b12_ug_per_100g=None)]))

    assert (stew.serving_ug, stew.known_count, stew.total_count) == (0.125, 1, 2)
    assert stew.serving_text == "at least 0.13\u00a0µg"


def test_nothing_known_is_not_zero():
    stew = content(make_recipe(foods=[make_food(b12_ug_per_100g=None)]))

    assert stew.serving_text == "not known"


def test_inactive_forms_are_shown_separately():
    spirulina = make_food(
        source_class="algae_ferment", fortification="pseudo", b12_ug_per_100g=200.0
    )
    stew = content(make_recipe(foods=[spirulina, make_food()]))

    assert (stew.serving_ug, stew.serving_inactive_ug) == (0.125, 50.0)
    assert [line.is_inactive for line in stew.lines] == [True, False]


def test_a_food_without_b12_is_known():
    stew = content(make_recipe(foods=[make_food(b12_ug_per_100g=0.0, b12_added_ug_per_100g=0.0)]))

    assert (stew.serving_text, stew.is_fully_known) == ("0\u00a0µg", True)


def test_absorbed_is_that_of_one_serving_with_food():
    stew = content(make_recipe(foods=[make_food(b12_ug_per_100g=8.0)]))

    expected = absorbed_ug(B12Split(free_ug=2.0), HEALTHY, with_food=True)
    assert stew.absorbed_serving_ug(HEALTHY) == expected


def test_absorbed_follows_the_persons_own_factors():
    stew = content(make_recipe(foods=[make_food(b12_ug_per_100g=8.0)]))

    nothing_left = stew.absorbed_serving_ug(AbsorptionFactors(if_route=0.0))
    assert nothing_left < stew.absorbed_serving_ug(HEALTHY) / 10


def test_a_tablet_alone_is_not_with_food():
    tablet = make_food(
        source_class="supplement", fortification="supplement", b12_ug_per_100g=100_000.0
    )
    meal = make_meal()
    put_in(meal, tablet, 1.0)

    alone = absorbed_ug(B12Split(free_ug=1000.0), HEALTHY, with_food=False)
    assert content(meal).absorbed_serving_ug(HEALTHY) == alone


@pytest.mark.parametrize(
    ("fields", "is_one_dish"),
    [
        ({}, True),
        ({"b12_ug_per_100g": 0.0}, True),
        ({"b12_ug_per_100g": None}, False),
        ({"source_class": "supplement", "fortification": "supplement"}, False),
    ],
)
def test_a_recipe_is_one_dish_unless_that_would_hide_something(fields, is_one_dish):
    stew = content(make_recipe(foods=[make_food(), make_food(**fields)]))

    assert stew.is_one_dish == is_one_dish


def test_a_saved_meal_is_never_one_dish():
    assert not content(make_meal(foods=[make_food()])).is_one_dish


def test_a_bare_amount_keeps_a_recipe_from_being_one_dish():
    stew = make_recipe()
    stew.items.create(position=0, name="Quick add", own_b12_ug=2.0, own_food_ug=2.0)

    assert not content(stew).is_one_dish
    assert content(stew).serving_ug == 0.5


def test_an_item_whose_food_is_deleted_is_unknown():
    food = make_food()
    stew = make_recipe(foods=[food])
    food.delete()

    assert [(str(line.item), line.b12_ug) for line in content(stew).lines] == [("Soy milk", None)]


def test_a_retired_food_keeps_its_value_and_is_marked():
    stew = make_recipe(foods=[make_food(retired_at=timezone.now(), source=make_source())])

    (line,) = content(stew).lines
    assert (line.b12_ug, line.item.is_out_of_catalogue) == (0.5, True)


@pytest.mark.parametrize("item_count", [1, 3])
def test_the_figures_take_the_same_queries_however_many_items(
    item_count, django_assert_num_queries
):
    recipe = make_recipe(foods=[make_food() for _n in range(item_count)])

    with django_assert_num_queries(2):
        stew = content(recipe)

    assert stew.total_count == item_count
