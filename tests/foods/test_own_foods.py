from dataclasses import replace
from uuid import uuid4

import pytest

from foods.catalogue.search import search_foods
from foods.label import LabelStatement
from foods.models import Food, Label
from foods.own_foods import Draft, add_own_food, change_own_food, draft_of, retire
from tests.factories import make_entry, make_food, make_profile, make_user
from tracker.accounts.guests import bring_along

pytestmark = pytest.mark.django_db
OAT = Draft(
    name="Barley drink",
    statement=LabelStatement(0.38, "ug", "100ml", 250, "ml", "glass"),
    brand="Hafer",
    origin="added",
    diet="vegan",
)


def entered(owner, draft=OAT, key=""):
    return add_own_food(owner, draft, key=key or str(uuid4()))[0]


@pytest.mark.parametrize(
    ("source_class", "origin", "amount", "fortification"),
    [
        ("fortified_food", "added", 1.0, "fortified"),
        ("fortified_food", "not-said", 1.0, "fortified"),
        ("plant_food", "added", 1.0, "fortified"),
        ("plant_food", "natural", 1.0, "none"),
        ("plant_food", "not-said", 1.0, "unknown"),
        ("dairy", "natural", 1.0, "natural"),
        ("dairy", "added", 1.0, "mixed"),
        ("dairy", "not-said", 1.0, "unknown"),
        ("algae_ferment", "natural", 1.0, "pseudo"),
        ("algae_ferment", "not-said", 1.0, "pseudo"),
        ("algae_ferment", "added", 1.0, "fortified"),
        ("supplement", "not-said", 1.0, "supplement"),
        ("dairy", "natural", 0.0, "none"),
        ("plant_food", "natural", 0.0, "none"),
        ("plant_food", "natural", None, "none"),
        ("dairy", "natural", None, "natural"),
    ],
)
def test_the_origin_of_b12_follows_from_two_answers(source_class, origin, amount, fortification):
    draft = Draft("Food", LabelStatement(amount), source_class=source_class, origin=origin)

    assert draft.fortification == fortification


def test_an_entered_food_holds_what_its_label_says(ada):
    food = entered(ada)

    assert food.b12_ug_per_100g == 0.38
    assert (food.b12_kind, food.is_drink, food.owner) == ("label", True, ada)
    assert (food.diet, food.diet_basis) == ("vegan", "stated")
    assert [(p.label, p.mass_g) for p in food.portions.all()] == [("1 glass of 250 ml", 250)]
    assert food.source_text.startswith("Label read on ")
    assert food.source_text.endswith(": 0.38 µg per 100 ml")


def test_a_food_whose_label_is_silent_is_unknown(ada):
    food = entered(ada, Draft("Tofu", LabelStatement(None)))

    assert (food.b12_ug_per_100g, food.b12_kind) == (None, "unknown")
    assert food.source_text.endswith("does not mention B12")


def test_the_same_form_saved_twice_is_one_food(ada):
    first, second = entered(ada, key="k"), entered(ada, key="k")

    assert first == second
    assert Food.objects.filter(owner=ada).count() == Label.objects.count() == 1


def test_two_people_may_have_the_same_key(ada):
    entered(ada, key="k")
    entered(make_user(), key="k")

    assert Food.objects.filter(source_key="k").count() == 2


def test_only_the_owner_finds_a_food_and_finds_it_first(ada):
    make_food("Barley drink", b12_ug_per_100g=9)
    mine = entered(ada)

    assert search_foods("barley drink", account=ada)[0] == mine
    assert mine not in search_foods("barley drink", account=make_user())


def test_an_edit_leaves_what_was_logged_as_it_was(ada):
    food = entered(ada, key="k")
    entry = make_entry(ada.profile, food=food, b12_ug=0.95, name=food.name)

    changed = Draft("Oat drink, new recipe", LabelStatement(0.5, "ug", "100ml"))
    change_own_food(food, changed)

    entry.refresh_from_db()
    food.refresh_from_db()
    assert (entry.b12_ug, entry.name) == (0.95, "Barley drink")
    assert (food.b12_ug_per_100g, food.portions.count()) == (0.5, 0)


def test_a_deleted_food_is_hidden_and_can_be_restored(ada):
    food = entered(ada)
    entry = make_entry(ada.profile, food=food)

    retire(food)
    assert search_foods("barley drink", account=ada) == []
    entry.refresh_from_db()
    assert entry.food == food

    retire(food, is_back=True)
    assert search_foods("barley drink", account=ada) == [food]


def test_a_saved_food_is_described_as_it_was_typed(ada):
    assert draft_of(entered(ada)) == OAT


def test_a_plant_with_its_own_b12_opens_with_that_answer(ada):
    plant = replace(OAT, source_class="plant_food", origin="natural")

    assert draft_of(entered(ada, plant)).origin == "natural"


def test_a_food_of_a_table_can_pre_fill_a_label():
    food = make_food("Soy milk", is_drink=True)

    assert draft_of(food).statement == LabelStatement(0.5, "ug", "100ml", 240, "ml", "cup")


def test_a_tablet_of_the_catalogue_pre_fills_a_label_per_tablet():
    food = make_food(
        "B12 1000",
        source_class="supplement",
        fortification="supplement",
        is_unit_food=True,
        b12_ug_per_100g=100_000,
        portions=(("1 tablet", 1),),
    )

    assert draft_of(food).statement == LabelStatement(1000, "ug", "serving", 1, "piece", "tablet")


def test_a_guest_who_signs_in_brings_the_own_foods_along(ada):
    guest = make_user(is_guest=True)
    make_profile(guest)
    food = entered(guest)
    entry = make_entry(guest.profiles.get(), food=food)

    bring_along(guest, ada)

    food.refresh_from_db()
    entry.refresh_from_db()
    assert (food.owner, entry.food, entry.profile) == (ada, food, ada.profile)
