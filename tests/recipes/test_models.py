import pytest
from django.db import IntegrityError

from tests.factories import make_food, make_profile
from tests.recipes.builders import make_meal, make_recipe, put_in
from tracker.recipes.models import Item, Recipe

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "wrong",
    [{"servings": 0}, {"servings": -1}, {"servings": 101}, {"cooked_mass_g": 0}, {"name": ""}],
)
def test_the_database_refuses_an_invalid_recipe(wrong):
    profile = make_profile()

    with pytest.raises(IntegrityError):
        make_recipe(profile, **wrong)


@pytest.mark.parametrize(
    "wrong", [{"mass_g": 0}, {"mass_g": None}, {"own_b12_ug": -1}, {"own_free_ug": -0.1}]
)
def test_the_database_refuses_an_invalid_item(wrong):
    recipe, food = make_recipe(), make_food()
    whole = {"position": 0, "food": food, "name": "Food", "mass_g": 1.0}

    with pytest.raises(IntegrityError):
        Item.objects.create(recipe=recipe, **whole | wrong)


def test_the_search_words_follow_the_name():
    recipe = make_recipe(name="Old Soups")
    recipe.name = "New Stews"

    recipe.save(update_fields=["name"])

    recipe.refresh_from_db()
    assert recipe.search == " new stew"


def test_each_search_word_must_begin_a_word_of_the_name():
    recipe = make_recipe(name="Red lentil soup")
    make_recipe(name="Red cabbage")

    assert list(Recipe.objects.called("lent red")) == [recipe]
    assert list(Recipe.objects.called("")) == []


def test_a_name_of_ligatures_fits_its_search_column():
    assert len(make_recipe(name="ﬃ" * 120).search) <= 400


def test_items_are_deleted_with_their_recipe_and_recipes_with_their_person():
    recipe = make_meal(foods=[make_food()])
    put_in(recipe)

    recipe.profile.account.delete()

    assert (Recipe.objects.count(), Item.objects.count()) == (0, 0)
