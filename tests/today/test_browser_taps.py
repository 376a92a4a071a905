"""A double tap counts as one tap: its second half never triggers what the first one showed."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from foods.importing.starter import load_starter_foods
from tests.also import also
from tests.factories import make_entry, make_food
from tests.recipes.builders import make_recipe
from tests.waiting import SETTLED, open_food_box, wait_until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 375, "height": 700}


@pytest.fixture
def phone(ada_page):
    ada_page.set_viewport_size(PHONE)
    return ada_page


def tap_twice(page, locator, *, pause_ms):
    """Tap the same place twice, whatever it shows the second time."""
    locator.scroll_into_view_if_needed()
    box = locator.bounding_box()
    at = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.click(*at)
    page.wait_for_timeout(pause_ms)
    page.mouse.click(*at)
    wait_until(page, SETTLED)


def logged(ada):
    return list(ada.profile.entries.order_by("pk").values_list("name", flat=True))


@pytest.mark.parametrize("pause_ms", [also(0), 150, also(500)])
def test_on_a_found_food_it_logs_that_food_once(ada, phone, pause_ms):
    today = timezone.localdate()
    for name in ("Apple", "Banana", "Cheese"):
        make_entry(ada.profile, day=today - timezone.timedelta(1), food=make_food(name), name=name)
    make_food("Cod, cooked")
    phone.goto(f"{reverse('day', args=[today])}?slot=breakfast")
    phone.fill("#q", "cod")
    row = phone.locator("#found .found__pick", has_text="Cod, cooked")
    row.wait_for()

    tap_twice(phone, row, pause_ms=pause_ms)

    expect(row.locator(".found__sign")).to_have_text(re.compile("✓ added|Add again"))
    assert logged(ada)[3:] == ["Cod, cooked"]


def test_after_a_tap_the_box_is_ready_for_the_next_food(ada, phone):
    make_food("Cod, cooked")
    make_food("Banana")
    open_food_box(phone)
    phone.fill("#q", "cod")
    phone.locator("#found .found__pick", has_text="Cod, cooked").click()
    expect(phone.locator("#box-said")).to_have_text("✓ Logged Cod, cooked.")

    phone.locator("#q").click()
    expect(phone.locator("#q")).to_have_value("")
    phone.keyboard.type("banana")
    expect(phone.locator("#box-said")).to_have_text("")
    phone.keyboard.press("Enter")

    expect(phone.locator("#day .entry")).to_have_count(2)
    assert logged(ada) == ["Cod, cooked", "Banana"]


@pytest.mark.parametrize("way", ["Undo", also("Delete")])
def test_what_was_taken_back_is_not_called_added(ada, phone, way):
    make_food("Cod, cooked")
    open_food_box(phone)
    phone.fill("#q", "cod")
    row = phone.locator("#found .found__pick", has_text="Cod, cooked")
    row.click()
    expect(row.locator(".found__sign")).to_have_text("✓ added")
    phone.wait_for_timeout(750)

    phone.get_by_role("button", name=f"{way}").first.click()

    expect(phone.locator("#day .entry")).to_have_count(0)
    expect(row.locator(".found__sign")).to_have_text("+")
    assert phone.input_value("#q") == "cod"
    row.click()
    expect(phone.locator("#day .entry")).to_have_count(1)
    assert logged(ada) == ["Cod, cooked"]


@pytest.mark.parametrize("pause_ms", [also(30), 450])
def test_on_the_add_of_an_idea_it_logs_it_once(ada, phone, pause_ms):
    make_food("Oat milk, fortified", slug="oat", group="Plant-based milks")
    phone.goto("/")
    phone.route("**/next/", lambda route: (phone.wait_for_timeout(600), route.continue_()))

    tap_twice(phone, phone.locator("#next").get_by_role("button", name="Add"), pause_ms=pause_ms)

    expect(phone.locator("#day .entry")).to_have_count(1)
    assert logged(ada) == ["Oat milk, fortified"]


def test_on_undo_it_undoes_once(ada, phone):
    entry = make_entry(ada.profile, day=timezone.localdate(), name="Tuna")
    phone.goto("/")
    phone.get_by_role("button", name="Delete Tuna").click()
    expect(phone.locator(".said")).to_contain_text("Deleted Tuna.")
    phone.wait_for_timeout(750)

    tap_twice(phone, phone.locator("#undo"), pause_ms=300)

    expect(phone.locator(".said")).to_contain_text("Undone: Deleted Tuna.")
    assert ada.profile.entries.filter(pk=entry.pk).exists()


@pytest.mark.parametrize("pause_ms", [also(40), 300])
def test_on_a_mark_it_marks_the_day(ada, phone, pause_ms):
    phone.goto("/")

    tap_twice(phone, phone.get_by_role("button", name="fasting"), pause_ms=pause_ms)

    assert ada.profile.day_marks.get().status == "fasting"


@pytest.mark.parametrize("pause_ms", [also(30), 300])
def test_in_a_recipe_it_adds_the_food_once_and_says_so_in_sight(ada, phone, pause_ms):
    make_food("Lentils, cooked")
    recipe = make_recipe(ada.profile, name="Dal", foods=[make_food("Rice")])
    phone.goto(reverse("recipe", args=[recipe.pk]))
    phone.fill("#q", "lentils")
    row = phone.locator("#found .found__pick", has_text="Lentils")
    row.wait_for()

    tap_twice(phone, row, pause_ms=pause_ms)

    expect(phone.locator("#box-said")).to_have_text("✓ Added Lentils, cooked.")
    expect(phone.locator("#box-said")).to_be_in_viewport()
    expect(phone.locator("#problems .errorlist")).to_have_count(0)
    assert recipe.items.count() == 2


# --- a failing connection


def go_offline(page):
    page.context.set_offline(True)


def go_online(page):
    page.context.set_offline(False)


def test_a_failed_enter_is_not_repeated_later(ada, phone):
    load_starter_foods()
    open_food_box(phone)
    go_offline(phone)
    phone.keyboard.insert_text("banana")
    phone.keyboard.press("Enter")
    alert = phone.get_by_role("alert").filter(has_text="did not reach the server")
    alert.wait_for()

    go_online(phone)
    phone.fill("#q", "egg")
    phone.locator("#found .found__name", has_text="Egg").first.wait_for()
    wait_until(phone, SETTLED)

    assert (logged(ada), phone.input_value("#q")) == ([], "egg")
    expect(alert).to_have_count(0)


def test_enter_repeats_a_failed_search(ada, phone):
    load_starter_foods()
    open_food_box(phone)
    go_offline(phone)
    phone.keyboard.insert_text("banana")
    phone.get_by_role("alert").filter(has_text="did not reach the server").wait_for()

    go_online(phone)
    phone.keyboard.press("Enter")

    phone.locator("#day .entry", has_text="Banana").wait_for()
    assert logged(ada) == ["Banana"]


def test_a_failed_search_removes_the_rows_of_the_previous_text(ada, phone):
    load_starter_foods()
    open_food_box(phone)
    phone.fill("#q", "banana")
    phone.locator("#found .found__name", has_text="Banana").first.wait_for()
    go_offline(phone)
    phone.fill("#q", "egg")
    phone.get_by_role("alert").filter(has_text="did not reach the server").wait_for()

    expect(phone.locator("#found .found__pick")).to_have_count(0)
    assert phone.input_value("#q") == "egg"


def test_after_a_failed_deletion_the_focus_is_on_the_message(ada, phone):
    for n in range(8):
        make_entry(ada.profile, day=timezone.localdate(), name=f"Food {n}")
    phone.goto("/")
    go_offline(phone)

    phone.get_by_role("button", name="Delete Food 7").click()

    alert = phone.get_by_role("alert").filter(has_text="did not reach the server")
    expect(alert).to_be_focused()
    expect(alert).to_be_in_viewport()
