"""Saved meals and recipes in a real browser: keyboard use, and checks for faults."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.also import also
from tests.factories import make_food
from tests.recipes.builders import make_meal, make_recipe
from tests.waiting import open_food_box, wait_until
from tracker.diary import writing
from tracker.diary.slots import Slot

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def foods(db):
    milk = make_food("Milk, whole", b12_ug_per_100g=0.5, portions=[("1 cup", 244)])
    lentils = make_food("Lentils, cooked", b12_ug_per_100g=0.0, portions=[("1 cup", 198)])
    return milk, lentils


def address(recipe):
    return reverse("recipe", args=[recipe.pk])


def test_a_recipe_from_scratch_and_a_part_of_it_by_keyboard(ada, ada_page, foods):
    page = ada_page
    page.goto("/meals/")
    page.get_by_role("link", name="New meal or recipe").press("Enter")
    page.get_by_label("Name").press_sequentially("Dal")
    page.get_by_label("Servings it makes").press_sequentially("4")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Dal").wait_for()
    page.wait_for_load_state()
    wait_until(page, "document.activeElement.id == 'q'")

    page.keyboard.type("400 g lentils")
    page.keyboard.press("Enter")  # immediately, before the response arrives
    page.locator("#dish .entry", has_text="Lentils, cooked").wait_for()
    wait_until(page, "document.activeElement.id == 'q'")
    assert page.input_value("#q") == ""
    wait_until(page, "document.getElementById('live').textContent.includes('Added')")

    page.keyboard.type("2 cups milk")
    page.locator("#found .found__pick", has_text="Milk").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.locator("#dish .entry", has_text="Milk, whole").wait_for()

    page.get_by_label("Amount").fill("1 of 4")
    page.get_by_label("Meal", exact=True).select_option("dinner")
    page.get_by_role("button", name="Log it").press("Enter")
    page.locator("#day .entry", has_text="1 of 4 servings").wait_for()

    entry = ada.profile.entries.get()
    assert (entry.name, entry.slot, entry.b12_ug) == ("Dal", "dinner", 0.61)
    page.get_by_role("button", name="Undo").press("Enter")
    page.locator("#day .entry").wait_for(state="detached")
    assert ada.profile.entries.count() == 0


def test_an_amount_is_changed_and_a_food_removed_by_keyboard(ada, ada_page, foods):
    recipe = make_recipe(ada.profile, foods=foods)
    ada_page.goto(address(recipe))

    ada_page.get_by_role("link", name="Change Milk, whole").press("Enter")
    field = ada_page.locator(".entry--open").get_by_label("Amount")
    field.wait_for()
    wait_until(ada_page, "document.activeElement.name == 'amount'")
    field.fill("0")
    field.press("Enter")
    ada_page.locator(".entry--open .errorlist").wait_for()
    field.fill("250")
    field.press("Enter")
    ada_page.locator("#dish .entry", has_text="250 g").wait_for()
    ada_page.get_by_role("button", name="Remove Lentils, cooked").press("Enter")
    ada_page.locator("#dish .entry", has_text="Lentils").wait_for(state="detached")

    assert [item.mass_g for item in recipe.items.all()] == [250]


def test_an_error_is_shown_until_the_next_press(ada, ada_page, foods):
    ada_page.goto(address(make_recipe(ada.profile)))
    box = ada_page.locator("#q")
    box.press_sequentially("milk")
    pick = ada_page.locator("#found .found__pick", has_text="Milk")
    pick.wait_for()
    foods[0].delete()
    pick.press("Enter")
    ada_page.locator("#problems .errorlist", has_text="no longer in the catalogue").wait_for()

    box.fill("lentils")
    ada_page.locator("#found .found__pick", has_text="Lentils").press("Enter")
    ada_page.locator("#dish .entry", has_text="Lentils, cooked").wait_for()

    assert ada_page.locator("#problems .errorlist").count() == 0


def test_only_recipes_have_a_field_for_the_yield(ada_page):
    ada_page.goto("/meals/new/")

    ada_page.get_by_label("Saved meal").check()
    assert not ada_page.get_by_label("Servings it makes").is_visible()
    ada_page.get_by_label("Recipe: one dish").check()
    assert ada_page.get_by_label("Servings it makes").is_visible()


@pytest.mark.parametrize(
    "place", ["list", "full", also("empty"), also("new"), "wrong", also("nothing")]
)
def test_the_pages_have_no_faults(ada, ada_page, foods, looked_over, place):
    gone = make_food("Cream", b12_ug_per_100g=None, retired_at=timezone.now())
    if place != "nothing":
        dish = [*foods, gone] if place == "full" else foods[:1]
        recipe = make_recipe(ada.profile, name="Wholegrain" * 9, foods=dish)
        make_meal(ada.profile, retired_at=timezone.now())
    if place == "empty":
        recipe.items.all().delete()
    paths = {"list": "/meals/", "nothing": "/meals/", "new": "/meals/new/", "wrong": "/meals/new/"}
    ada_page.goto(paths.get(place) or address(recipe))
    if place == "wrong":
        ada_page.get_by_role("button", name="Next").click()
        ada_page.locator(".errorlist").first.wait_for()
    if place == "full":
        ada_page.fill("#q", "milk")
        ada_page.locator(".found__pick").wait_for()

    looked_over(ada_page)


def test_a_meal_of_the_day_is_saved_named_and_logged_again_by_keyboard(ada, ada_page, foods):
    today = timezone.localdate()
    for food in foods:
        writing.log(writing.build_entry(ada.profile, today, "lunch", food, 100))
    page = ada_page
    page.goto("/")

    page.get_by_role("button", name=re.compile("Save as a meal.*Lunch")).press("Enter")
    name = page.get_by_label("Name", exact=True)
    name.wait_for()
    wait_until(page, "document.activeElement.name == 'name'")
    name.fill("Workday soup")
    name.press("Enter")
    page.get_by_role("heading", name="Workday soup").wait_for()
    open_food_box(page)
    page.keyboard.type("half workday soup")
    page.locator("#found .found__name", has_text="Workday soup").wait_for()
    page.keyboard.press("Enter")
    page.locator("#day .entry").nth(3).wait_for()

    masses = ada.profile.entries.order_by("pk").values_list("mass_g", flat=True)
    assert list(masses) == [100, 100, 50, 50]
    page.get_by_role("button", name="Undo").press("Enter")
    page.locator("#day .entry").nth(2).wait_for(state="detached")
    assert ada.profile.entries.count() == 2
    assert ada.profile.recipes.get().name == "Workday soup"


def test_todays_page_with_recipes_has_no_faults(ada, ada_page, foods, looked_over):
    for slot in Slot:
        make_meal(ada.profile, name=f"My {slot}", foods=foods, usual_slot=slot)
        for food in foods:
            writing.log(writing.build_entry(ada.profile, timezone.localdate(), slot, food, 100))
    ada_page.goto("/")
    ada_page.fill("#q", "my")
    ada_page.locator("#found .found__name", has_text="My lunch").wait_for()

    looked_over(ada_page)
