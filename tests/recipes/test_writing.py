from datetime import date, time
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from tests.factories import DAY, make_entry, make_food, make_profile, make_user
from tests.recipes.builders import loaded, make_meal, make_recipe, put_in
from tracker.diary.models import Entry
from tracker.diary.saying import said_of
from tracker.diary.writing import build_quick_entry, log
from tracker.history import steps
from tracker.history.models import Step
from tracker.history.once import AlreadyPosted
from tracker.intake.day import day_intakes
from tracker.recipes import editing
from tracker.recipes.models import Recipe
from tracker.recipes.share import Share
from tracker.recipes.writing import MOST_ITEMS, log_recipe, save_meal

pytestmark = pytest.mark.django_db


def eat(recipe, fraction=0.25, *, day=DAY, slot="dinner", mass_g=None, **more):
    return log_recipe(loaded(recipe), day, slot, Share(fraction, mass_g), **more)


def values_of(row, *names):
    return tuple(getattr(row, name) for name in names)


def columns(recipe, *names):
    return [values_of(entry, *names) for entry in recipe.profile.entries.order_by("pk")]


# --- as one dish


def test_a_serving_of_a_recipe_is_one_entry_with_its_split_summed():
    milk = make_food(b12_ug_per_100g=2.0, b12_added_ug_per_100g=2.0)
    egg = make_food("Egg", source_class="egg", fortification="natural", b12_ug_per_100g=1.0)
    recipe = make_recipe(foods=[milk, egg])

    eat(recipe, clock=time(19, 15))

    assert columns(recipe, "name", "amount_text", "b12_ug", "free_ug", "egg_ug", "mass_g") == [
        ("Lentil stew", "1 of 4 servings", 0.75, 0.5, 0.25, 50.0)
    ]
    assert columns(recipe, "day", "slot", "slot_order", "clock", "food") == [
        (DAY, "dinner", 2, time(19, 15), None)
    ]


def test_a_weighed_part_is_its_share_of_the_cooked_weight():
    recipe = make_recipe(foods=[make_food(b12_ug_per_100g=2.0)], cooked_mass_g=1200)

    eat(recipe, 0.25, mass_g=300.0)

    assert columns(recipe, "mass_g", "amount_text", "b12_ug") == [(300.0, "300 g", 0.5)]


def test_a_serving_of_a_weighed_dish_has_its_share_of_the_weight():
    recipe = make_recipe(foods=[make_food()], cooked_mass_g=1200)

    eat(recipe)

    assert columns(recipe, "mass_g") == [(300.0,)]


@pytest.mark.parametrize(
    ("other", "source_class"),
    [
        ({"b12_ug_per_100g": 0.0, "source_class": "plant_food"}, "fortified_food"),
        ({"source_class": "dairy", "fortification": "natural"}, "mixed_dish"),
    ],
)
def test_a_dish_has_the_class_that_all_its_b12_is_from(other, source_class):
    recipe = make_recipe(foods=[make_food(), make_food(**other)])

    eat(recipe)

    assert columns(recipe, "source_class") == [(source_class,)]


def test_a_dish_names_the_sources_of_its_values():
    recipe = make_recipe(foods=[make_food(), make_food()])

    eat(recipe)

    assert columns(recipe, "source_kind", "source_text", "source_count") == [
        ("recipe", "A table 2024", 2)
    ]


# --- as its items


def test_a_saved_meal_is_logged_as_its_foods():
    meal = make_meal(foods=[make_food("Oat milk"), make_food("Cereal", b12_ug_per_100g=3.0)])

    eat(meal, 1)

    assert columns(meal, "name", "amount_text", "mass_g", "b12_ug") == [
        ("Oat milk", "100 g", 100.0, 0.5),
        ("Cereal", "100 g", 100.0, 3.0),
    ]


def test_half_a_saved_meal_is_half_of_everything():
    meal = make_meal(foods=[make_food(), make_food()])

    eat(meal, 0.5)

    assert (
        columns(meal, "amount_text", "mass_g", "b12_ug", "free_ug")
        == [("50 g", 50.0, 0.25, 0.25)] * 2
    )


def test_a_recipe_with_an_unknown_is_logged_as_its_foods_so_that_coverage_stays_true():
    recipe = make_recipe(foods=[make_food(), make_food("Cumin", b12_ug_per_100g=None)])

    eat(recipe)

    assert columns(recipe, "name", "b12_ug", "free_ug") == [
        ("Soy milk", 0.125, 0.125),
        ("Cumin", None, 0.0),
    ]


def test_a_supplement_in_a_recipe_stays_a_supplement():
    tablet = make_food(source_class="supplement", fortification="supplement")
    recipe = make_recipe(foods=[make_food(), tablet])

    eat(recipe)

    assert columns(recipe, "is_supplement") == [(False,), (True,)]


# --- past entries


def test_editing_or_deleting_a_recipe_does_not_change_past_entries():
    food = make_food(b12_ug_per_100g=2.0)
    recipe = make_recipe(foods=[food])
    eat(recipe)
    before = Entry.objects.values().get()

    put_in(recipe, make_food(b12_ug_per_100g=50.0))
    recipe.name, recipe.servings = "Other", 1
    recipe.save()
    food.b12_ug_per_100g = 9.0
    food.save()
    recipe.delete()

    assert Entry.objects.values().get() == before


def test_the_next_log_has_the_values_of_its_own_day():
    food = make_food(b12_ug_per_100g=2.0)
    recipe = make_recipe(foods=[food])
    eat(recipe)
    food.b12_ug_per_100g = 4.0
    food.save()

    eat(recipe, day=date(2026, 3, 3))

    assert columns(recipe, "b12_ug") == [(0.5,), (1.0,)]


# --- logging once, undo, refusals


def test_one_undo_removes_the_whole_meal():
    meal = make_meal(foods=[make_food(), make_food(), make_food()])
    eat(meal, 1)

    steps.undo(meal.profile, steps.latest(meal.profile).moved.pk)

    assert columns(meal, "pk") == []
    assert said_of(Step.objects.get()) == "Logged My breakfast"


@pytest.mark.parametrize("make", [make_meal, make_recipe])
def test_the_same_form_posted_twice_logs_once(make):
    recipe, once = make(foods=[make_food(), make_food()]), uuid4()

    eat(recipe, once=once)
    first = columns(recipe, "pk")
    with pytest.raises(AlreadyPosted):
        eat(recipe, once=once)

    assert columns(recipe, "pk") == first
    assert Step.objects.count() == 1


def test_two_people_can_use_the_same_form_key():
    once = uuid4()
    mine, theirs = make_recipe(foods=[make_food()]), make_recipe(foods=[make_food()])

    eat(mine, once=once)
    eat(theirs, once=once)

    assert (len(columns(mine, "pk")), len(columns(theirs, "pk"))) == (1, 1)


def test_an_empty_recipe_is_not_logged():
    with pytest.raises(ValidationError) as refused:
        eat(make_recipe())

    assert refused.value.code == "empty"


@pytest.mark.parametrize(
    ("make", "fields", "mass_g"),
    [(make_recipe, {}, 500.0), (make_meal, {}, 500.0), (make_meal, {"is_unit_food": True}, 2.1)],
)
def test_an_implausibly_large_amount_is_refused_completely(make, fields, mass_g):
    recipe = make(foods=[make_food()])
    put_in(recipe, make_food(**fields), mass_g)

    with pytest.raises(ValidationError) as refused:
        eat(recipe, 11)

    assert refused.value.code == "absurd"
    assert columns(recipe, "pk") == []


@pytest.mark.parametrize("item_count", [1, 3])
def test_logging_takes_the_same_queries_however_many_items(
    item_count, django_assert_num_queries, monkeypatch
):
    monkeypatch.setattr(steps, "STEPS_KEPT", 10**9)  # no clean-up in between
    meal = loaded(make_meal(foods=[make_food() for _n in range(item_count)]))

    with django_assert_num_queries(14):
        step = log_recipe(meal, DAY, "lunch", Share(1.0), once=uuid4())

    assert len(step.touched["diary.entry"]) == item_count


# --- from the diary


def test_a_meal_of_the_diary_is_saved_and_logged_again_as_it_was(ada):
    food = make_food()
    make_entry(ada.profile, food=food, mass_g=240, b12_ug=1.2, free_ug=1.2)
    make_entry(ada.profile, name="Dish", food=None, mass_g=300, b12_ug=2, free_ug=0, egg_ug=2)
    make_entry(
        ada.profile, name="Latte", food=None, mass_g=None, b12_ug=0.8, free_ug=0, food_ug=0.8
    )
    names = ("name", "food", "mass_g", "amount", "unit", "b12_ug", "free_ug", "food_ug", "egg_ug")
    entries = ada.profile.entries.order_by("pk")
    before = [values_of(entry, *names, "source_class") for entry in entries]

    meal, _is_new = save_meal(
        ada.profile, list(ada.profile.entries.all()), "Breakfast", "breakfast"
    )
    ada.profile.entries.all().delete()
    eat(meal, 1)

    assert columns(meal, *names, "source_class") == before
    assert (meal.kind, meal.usual_slot, meal.servings) == ("saved_meal", "breakfast", 1)


def test_an_unknown_of_the_diary_stays_unknown(ada):
    make_entry(ada.profile, food=None, b12_ug=None, free_ug=0)

    meal = save_meal(ada.profile, list(ada.profile.entries.all()), "", "breakfast")[0]
    eat(meal, 1)

    assert columns(meal, "b12_ug")[1] == (None,)


def test_an_injection_is_not_part_of_a_saved_meal(ada):
    make_entry(ada.profile, is_injection=True)
    make_entry(ada.profile, name="Toast")

    meal = save_meal(ada.profile, list(ada.profile.entries.all()), "", "breakfast")[0]

    assert [item.name for item in meal.items.all()] == ["Toast"]


def test_a_meal_without_a_name_is_named_after_its_first_foods(ada):
    for name in ("Oat milk, fortified", "Oat milk, plain", "Cereal", "Banana", "Tea"):
        make_entry(ada.profile, name=name)

    meal, _is_new = save_meal(
        ada.profile, list(ada.profile.entries.order_by("pk")), "", "breakfast"
    )

    assert meal.name == "Oat milk, Cereal, Banana"


def test_the_same_form_posted_twice_saves_a_meal_once(ada):
    entries, once = [make_entry(ada.profile)], uuid4()

    first = save_meal(ada.profile, entries, "A", "breakfast", once=once)
    second = save_meal(ada.profile, entries, "B", "breakfast", once=once)

    assert (first, second) == ((second[0], True), (first[0], False))
    assert (second[0].name, second[0].items.count()) == ("A", 1)


@pytest.mark.parametrize("is_another", [True, False])
def test_other_foods_or_amounts_from_the_same_page_are_another_meal(ada, is_another):
    entries, once = [make_entry(ada.profile)], uuid4()
    save_meal(ada.profile, entries, "A", "breakfast", once=once)
    if is_another:
        entries.append(make_entry(ada.profile))
    else:
        entries[0].mass_g = 99

    meal, is_new = save_meal(ada.profile, entries, "A", "breakfast", once=once)

    assert (is_new, meal.items.count(), Recipe.objects.count()) == (True, len(entries), 2)


def test_a_meal_saved_in_two_windows_is_saved_once(ada):
    quick = {"food": None, "mass_g": None}
    make_entry(ada.profile, name="Tea")
    make_entry(ada.profile, name="Quick add", b12_ug=2, free_ug=0, food_ug=2, **quick)
    entries = list(ada.profile.entries.order_by("pk"))

    first, is_first = save_meal(ada.profile, entries, "", "breakfast", once=uuid4())
    second, is_second = save_meal(ada.profile, entries, "", "breakfast", once=uuid4())
    assert (first, is_first, is_second) == (second, True, False)

    entries[1].free_ug, entries[1].food_ug = 2, 0
    assert save_meal(ada.profile, entries, "", "breakfast", once=uuid4())[1]
    entries[1].free_ug, entries[1].food_ug = 0, 2
    entries[1].b12_ug = 3
    assert save_meal(ada.profile, entries, "", "breakfast", once=uuid4())[1]
    assert save_meal(ada.profile, entries, "Another name", "breakfast", once=uuid4())[1]
    editing.retire(first)
    entries[1].b12_ug = 2
    assert save_meal(ada.profile, entries, "", "breakfast", once=uuid4())[1]


def test_logging_a_saved_meal_keeps_which_items_are_drinks(ada):
    coffee, bread = make_food("Coffee", is_drink=True), make_food("Bread", is_drink=False)
    eaten = [make_entry(ada.profile, food=coffee), make_entry(ada.profile, food=bread)]
    meal, _is_new = save_meal(ada.profile, eaten, "Breakfast", "breakfast")
    ada.profile.entries.all().delete()

    log_recipe(Recipe.objects.with_items().get(pk=meal.pk), DAY, "breakfast", Share(1.0))

    kept = ada.profile.entries.values_list("name", "is_drink")
    assert dict(kept) == {"Coffee": True, "Bread": False}


def test_a_meal_of_another_person_is_not_a_duplicate(ada):
    entries = [make_entry(ada.profile)]
    save_meal(ada.profile, entries, "A", "breakfast")

    assert save_meal(make_profile(make_user("grace")), entries, "A", "breakfast")[1]


def test_empty_and_too_large_meals_are_refused(ada):
    entry = make_entry(ada.profile)

    with pytest.raises(ValidationError, match="no food"):
        save_meal(ada.profile, [], "", "breakfast")
    with pytest.raises(ValidationError, match="At most 100"):
        save_meal(ada.profile, [entry] * (MOST_ITEMS + 1), "", "breakfast")
    assert Recipe.objects.count() == 0


def test_one_dish_and_its_separate_foods_give_the_same_day(ada):
    egg = make_food("Egg", source_class="egg", fortification="natural", b12_ug_per_100g=1.3)
    beef = make_food("Beef", source_class="meat", fortification="natural", b12_ug_per_100g=2.7)
    algae = make_food(source_class="algae_ferment", fortification="pseudo", b12_ug_per_100g=40.0)
    foods = [make_food(b12_ug_per_100g=4.0), egg, beef, algae]
    other = date(2026, 3, 3)

    eat(make_recipe(ada.profile, servings=1, foods=foods), 0.7)
    eat(make_meal(ada.profile, foods=foods), 0.7, day=other)

    as_dish, as_foods = day_intakes(ada.profile, DAY, other)
    assert (as_dish.entry_count, as_foods.entry_count) == (1, 4)
    for amount in ("swallowed_ug", "absorbed_ug", "inactive_ug", "supplement_ug"):
        assert getattr(as_dish, amount) == pytest.approx(getattr(as_foods, amount))


def test_a_saved_amount_cannot_exceed_the_largest_amount_of_a_form(ada):
    entry = build_quick_entry(ada.profile, DAY, "lunch", 10_000)
    log(entry)
    meal, _is_new = save_meal(ada.profile, [entry], "Much", "lunch")

    with pytest.raises(ValidationError, match="too much of one food"):
        log_recipe(loaded(meal), DAY, "lunch", Share(2.0))
    log_recipe(loaded(meal), DAY, "lunch", Share(1.0))


def test_a_part_too_small_to_be_changed_later_is_not_logged(ada):
    meal = loaded(make_meal(ada.profile, foods=[make_food()]))

    with pytest.raises(ValidationError, match="too little to log"):
        log_recipe(meal, DAY, "lunch", Share(0.00001))
