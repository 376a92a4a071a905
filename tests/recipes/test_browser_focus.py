"""The focus after a change to a recipe, and ways to leave its form."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.also import also
from tests.factories import make_food
from tests.recipes.builders import make_recipe
from tests.waiting import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NAME = "document.activeElement.closest('.entry')?.querySelector('.entry__food')?.textContent"


@pytest.fixture
def dish(ada):
    foods = [make_food(f"Food {n}") for n in range(3)]
    return make_recipe(ada.profile, foods=foods)


@pytest.fixture
def dish_page(ada_page, dish):
    ada_page.goto(reverse("recipe", args=[dish.pk]))
    return ada_page


def opened(page, name):
    page.get_by_role("link", name=f"Change {name}").press("Enter")
    wait_until(page, "document.activeElement.name == 'amount'")


@pytest.mark.parametrize(("gone", "near"), [also(0, "Food 1"), (2, "Food 1")])
def test_after_a_food_is_taken_out_it_is_at_the_next_or_the_one_before(dish_page, gone, near):
    dish_page.get_by_role("button", name=f"Remove Food {gone}").press("Enter")

    wait_until(dish_page, f"{NAME} == '{near}' && document.activeElement.matches('a')")


def test_after_an_amount_is_changed_it_is_at_its_food(dish_page):
    opened(dish_page, "Food 1")

    dish_page.fill(".entry-form input[name=amount]", "150")
    dish_page.keyboard.press("Enter")

    dish_page.get_by_text("Changed Food 1.").first.wait_for()
    wait_until(dish_page, f"{NAME} == 'Food 1' && document.activeElement.matches('a')")


@pytest.mark.parametrize("way", ["Escape", also("Cancel")])
def test_a_change_is_cancelled_in_place(dish_page, way):
    opened(dish_page, "Food 1")

    if way == "Escape":
        dish_page.keyboard.press("Escape")
    else:
        dish_page.get_by_role("link", name="Cancel").click()

    wait_until(dish_page, f"{NAME} == 'Food 1' && document.activeElement.matches('a')")
    assert dish_page.locator(".entry-form").count() == 0


def test_a_change_is_cancelled_before_the_form_has_settled(dish_page):
    dish_page.evaluate(
        """() => document.addEventListener("htmx:afterSwap", () => {
            const escape = new KeyboardEvent("keydown", {key: "Escape", bubbles: true});
            document.querySelector(".entry-form input").dispatchEvent(escape);
            window.isTried = true;
        })"""
    )

    dish_page.get_by_role("link", name="Change Food 1").press("Enter")

    wait_until(dish_page, "window.isTried")
    wait_until(dish_page, f"{NAME} == 'Food 1' && document.activeElement.matches('a')")
    assert dish_page.locator(".entry-form").count() == 0


@pytest.mark.parametrize("way", ["Escape", also("Cancel")])
def test_the_page_of_a_food_in_it_is_left_for_its_row(ada_page, dish, way):
    item = dish.items.all()[1]
    ada_page.goto(reverse("recipe-item", args=[dish.pk, item.pk]))

    if way == "Escape":
        ada_page.keyboard.press("Escape")
    else:
        ada_page.get_by_role("link", name="Cancel").click()

    ada_page.wait_for_url(f"**#item-{item.pk}")
    wait_until(ada_page, f"{NAME} == 'Food 1'")


@pytest.mark.parametrize("is_about_asked_for", [also(False), True])
def test_a_refused_form_of_a_recipe_without_foods_is_in_sight(ada, ada_page, is_about_asked_for):
    ada_page.set_viewport_size({"width": 375, "height": 700})
    recipe = make_recipe(ada.profile)
    ada_page.goto(reverse("recipe", args=[recipe.pk]) + "?about" * is_about_asked_for)
    if not is_about_asked_for:
        ada_page.locator("#about summary").click()
    ada_page.fill("[name=servings]", "abc")
    ada_page.locator("#about").get_by_role("button", name="Save").click()

    expect(ada_page.get_by_text("Enter a number, like 1.5")).to_be_in_viewport()
    expect(ada_page.locator("[name=servings]")).to_be_focused()


def test_the_amount_to_log_is_kept_while_a_food_is_added(ada, ada_page):
    make_food("Lentils, cooked")
    recipe = make_recipe(ada.profile, foods=[make_food("Rice")], servings=4)
    ada_page.goto(reverse("recipe", args=[recipe.pk]))
    ada_page.fill("#log-amount", "3")
    ada_page.select_option("#log-measure", "whole")
    ada_page.select_option("#log-slot", "snack")

    ada_page.fill("#q", "lentils")
    ada_page.locator("#found .found__pick", has_text="Lentils").first.click()
    ada_page.get_by_text("Added Lentils, cooked.").first.wait_for()
    wait_until(ada_page, "!document.querySelector('.htmx-request, .htmx-settling')")

    fields = ("#log-amount", "#log-measure", "#log-slot")
    assert [ada_page.input_value(field) for field in fields] == ["3", "whole", "snack"]


def test_a_refused_amount_is_kept_while_a_food_is_removed(ada, ada_page, dish):
    ada_page.goto(reverse("recipe", args=[dish.pk]))
    ada_page.fill("#log-amount", "banana")
    ada_page.locator("#log").get_by_role("button", name="Log it").click()
    ada_page.locator("#log .errorlist").wait_for()

    ada_page.get_by_role("button", name="Remove Food 0").click()
    ada_page.get_by_text("Removed Food 0.").first.wait_for()
    wait_until(ada_page, "!document.querySelector('.htmx-request, .htmx-settling')")

    assert ada_page.input_value("#log-amount") == "banana"
    expect(ada_page.locator("#log .errorlist")).to_have_count(1)
