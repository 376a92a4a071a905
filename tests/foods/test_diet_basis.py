"""The evidence for a food's diet, which weaker evidence never replaces."""

from importlib import import_module

import pytest
from django.apps import apps

from foods.models import Food
from tests.factories import make_food, make_source, make_user

pytestmark = pytest.mark.django_db
WEAK_TO_SURE = ("guessed", "listed", "stated")


@pytest.mark.parametrize("known", WEAK_TO_SURE)
@pytest.mark.parametrize("told", WEAK_TO_SURE)
def test_equal_or_better_evidence_replaces_a_diet_and_weaker_evidence_never_does(known, told):
    food = make_food(diet_basis=known)

    is_weaker = WEAK_TO_SURE.index(told) < WEAK_TO_SURE.index(known)
    assert food.keeps_diet(told, name=food.name) is is_weaker


@pytest.mark.parametrize(("known", "keeps"), [("listed", False), ("stated", True)])
def test_a_renamed_food_is_another_recipe_unless_a_person_stated_the_diet(known, keeps):
    food = make_food("Milk", diet_basis=known)

    assert food.keeps_diet("guessed", name="Milk drink") is keeps


def test_foods_of_older_catalogues_get_the_basis_given_by_their_source():
    def stored(slug, **fields):
        return make_food(source=make_source(slug=slug), **fields).pk

    expected = {
        stored("usda-sr-legacy", diet="vegan"): "guessed",
        stored("usda-fndds", diet="omnivore"): "listed",
        stored("cobalog", diet="vegan"): "stated",
        stored("openfoodfacts", diet="vegan"): "listed",
        stored("openfoodfacts", diet="omnivore"): "guessed",
        stored("own", diet="omnivore", owner=make_user()): "stated",
    }
    Food.objects.update(diet_basis="guessed")

    import_module("foods.migrations.0005_fill_diet_basis").fill(apps, None)

    assert dict(Food.objects.values_list("pk", "diet_basis")) == expected
