import pytest

from foods.models import Food
from tests.factories import make_user
from tests.suggestions.builders import DAY, MORNING, intake, row, standing
from tracker.suggestions.candidates import candidates, catalogue, own_foods
from tracker.suggestions.outlook import outlook
from tracker.suggestions.pantry import Pantry
from tracker.suggestions.ranking import rank

pytestmark = pytest.mark.django_db


def test_the_catalogue_is_read_once_until_it_changes(make_food, django_assert_num_queries):
    make_food("Oat milk", slug="oat-milk")
    with django_assert_num_queries(2):
        before = catalogue()
    with django_assert_num_queries(1):
        assert catalogue() is before

    make_food("Soy milk", slug="soy-milk")

    assert sorted(food.name for food in catalogue().foods.values()) == ["Oat milk", "Soy milk"]


def test_a_changed_value_is_seen(make_food):
    food = make_food("Oat milk", slug="oat-milk", b12_ug_per_100g=0.5)
    assert catalogue().foods[food.pk].b12_ug == 1.2

    food.b12_ug_per_100g = 1.0
    food.save()

    assert catalogue().foods[food.pk].b12_ug == 2.4


def test_own_and_retired_foods_are_not_in_the_catalogue(make_food, ada):
    make_food("Mine", slug="mine", owner=ada)
    make_food("Gone", slug="gone", retired_at="2026-01-01T00:00Z")
    make_food("Imported")

    assert catalogue().foods == {}


def test_own_foods_never_include_another_persons(make_food, ada):
    mine, hers = make_food("Mine", owner=ada), make_food("Hers", owner=make_user())

    assert own_foods(ada.pk, [mine.pk, hers.pk]).keys() == {mine.pk}


def test_a_food_of_unknown_b12_is_never_possible(make_food):
    food = make_food(b12_ug_per_100g=None, b12_added_ug_per_100g=None)

    found = candidates(Food.objects.all())[food.pk]

    assert (found.b12_ug, found.is_possible) == (None, False)


@pytest.fixture
def starter(starter_foods):
    return Pantry(catalogue().foods, catalogue().ideas)


def offered(starter, held):
    return rank(outlook(DAY, [], held, MORNING), starter)


def test_a_vegan_is_offered_fortified_plant_starter_foods(starter):
    found = offered(starter, standing("vegan"))

    assert len(found) >= 12
    assert {s.food.diet for s in found} == {"vegan"}
    assert {s.food.is_fortified for s in found} == {True}
    assert len({s.food.group for s in found[:5]}) == 5


def test_an_omnivore_is_also_offered_animal_starter_foods(starter):
    groups = {s.food.group for s in offered(starter, standing("omnivore"))}

    assert {"Fish", "Shellfish", "Organ meats", "Plant-based milks"} <= groups
    assert "Energy and enhanced drinks" not in groups


def test_no_organ_meat_of_the_starter_foods_is_offered_in_pregnancy(starter):
    found = offered(starter, standing("omnivore", life_stage="pregnant"))

    assert "organ_meat" not in {s.food.source_class for s in found}
    assert "meat" in {s.food.source_class for s in found}


def test_an_unfortified_starter_drink_finds_its_namesake(starter):
    plain = Food.objects.get(slug="soy-milk-unfortified")
    days = [intake(DAY, row(food_id=plain.pk, name=plain.name, free_ug=0.0, b12_ug=0.0))]

    first = rank(outlook(DAY, days, standing("vegan"), MORNING), starter)[0]

    assert first.food.slug == "soy-milk-unsweetened-fortified"
    assert first.swap is not None
