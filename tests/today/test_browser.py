"""Today's page in a real browser: by keyboard and with scripts off. Axe: test_every_page."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.also import also
from tests.factories import make_entry, make_food
from tests.recipes.builders import make_recipe
from tests.waiting import SETTLED, open_food_box, suggestion_asked_again, wait_until

pytestmark = pytest.mark.browser


@pytest.fixture
def starter(transactional_db, starter_foods):
    """The foods that ship with the app, visible to the live server."""


def found_names(page):
    return page.locator("#found .found__name").all_inner_texts()


def test_a_breakfast_a_week_and_a_suggestion_by_keyboard(ada, ada_page, starter):
    page = ada_page
    open_food_box(page)

    page.keyboard.type("2 eggs boiled")
    page.locator("#found .found__name", has_text="Egg, hard-boiled").wait_for()
    with suggestion_asked_again(page):
        page.keyboard.press("Enter")
    page.locator("#day .entry", has_text="Egg, hard-boiled").wait_for()
    wait_until(page, "document.activeElement.id == 'q'")

    entry = ada.profile.entries.get()
    assert (entry.mass_g, round(entry.b12_ug, 2)) == (100, 1.11)
    assert page.input_value("#q") == ""
    wait_until(page, "document.getElementById('live').textContent.includes('Logged')")

    page.keyboard.type("milk")
    page.locator("#found .found__name", has_text="Milk, whole (3.25%)").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    with suggestion_asked_again(page):
        page.keyboard.press("Enter")
    page.locator("#day .entry", has_text="Milk").wait_for()
    assert ada.profile.entries.count() == 2

    page.locator("#next button", has_text="Add").first.press("Enter")
    page.locator("#day .entry").nth(2).wait_for()
    assert ada.profile.entries.count() == 3

    page.goto("/week/")
    today = timezone.localdate()
    assert page.get_by_role("link", name=str(today.day)).count() >= 1
    assert "Egg, hard-boiled" in page.inner_text("main")


def test_a_slash_moves_the_focus_to_the_food_box(ada_page, starter):
    ada_page.goto("/")
    ada_page.locator("h1").click()
    ada_page.evaluate("document.activeElement.blur()")

    ada_page.keyboard.press("/")

    assert ada_page.evaluate("document.activeElement.id") == "q"
    assert ada_page.input_value("#q") == ""


def test_enter_waits_for_the_rows_of_what_was_typed(ada, ada_page, starter):
    open_food_box(ada_page)

    ada_page.keyboard.type("banana")
    ada_page.keyboard.press("Enter")  # immediately, before the response arrives

    ada_page.locator("#day .entry", has_text="Banana").wait_for()
    assert ada.profile.entries.get().name.startswith("Banana")


def test_text_typed_before_the_scripts_loaded_is_searched(ada, ada_page, starter):
    late = []
    ada_page.route("**/htmx*.js", lambda route: late.append(route))
    ada_page.goto("/", wait_until="commit")
    ada_page.locator("#q").press_sequentially("banana")
    for route in late:
        route.continue_()

    ada_page.locator("#found .found__name", has_text="Banana").first.wait_for()


def names_logged(ada):
    return list(ada.profile.entries.order_by("pk").values_list("name", flat=True))


def insert_and_enter(page, text):
    """Insert a text in one piece, like a paste or dictation, and press Enter immediately."""
    page.focus("#q")
    page.keyboard.insert_text(text)
    page.keyboard.press("Enter")


def test_the_same_pasted_text_is_searched_and_logged_again(ada, ada_page, starter):
    page = ada_page
    open_food_box(page)

    for count in (1, 2):
        insert_and_enter(page, "banana")
        page.locator("#day .entry").nth(count - 1).wait_for()
        wait_until(page, "document.getElementById('q').value === ''")

    assert names_logged(ada) == ["Banana", "Banana"]


def test_after_escape_the_same_text_is_searched_again(ada, ada_page, starter):
    page = ada_page
    open_food_box(page)
    page.keyboard.insert_text("banana")
    page.locator("#found .found__name", has_text="Banana").first.wait_for()
    page.keyboard.press("Escape")
    page.locator("#found .found__title", has_text="Foods to start with").wait_for()

    insert_and_enter(page, "banana")

    page.locator("#day .entry", has_text="Banana").wait_for()
    assert names_logged(ada) == ["Banana"]


@pytest.mark.parametrize("left", [also(""), "sal"])
def test_an_enter_that_waits_ends_with_its_text(ada, ada_page, starter, left):
    """The answer to a text that has changed since logs nothing."""
    page = ada_page
    open_food_box(page)
    page.route("**/find/?*q=banana*", lambda _route: None)  # never answered
    insert_and_enter(page, "banana")

    page.fill("#q", left)

    page.locator("#found .found__title", has_text="Found" if left else "start with").wait_for()
    wait_until(page, "!document.querySelector('#q').classList.contains('htmx-request')")
    assert names_logged(ada) == []


def test_a_text_that_names_nothing_logs_nothing(ada, ada_page, starter):
    page = ada_page
    open_food_box(page)
    page.keyboard.press("Enter")
    for text in ("\u200b", "\u3164", "\u2800", ".", "-", "\ufffc"):
        with page.expect_response("**/find/**"):
            page.fill("#q", text)
            page.keyboard.press("Enter")
        wait_until(page, SETTLED)
        page.keyboard.press("Enter")

    page.fill("#q", "banana")
    page.keyboard.press("Enter")
    page.locator("#day .entry", has_text="Banana").wait_for()

    assert names_logged(ada) == ["Banana"]


def test_a_long_word_that_is_not_found_stays_in_its_card(ada_page, starter):
    open_food_box(ada_page)
    ada_page.fill("#q", "x" * 200)
    ada_page.locator("#found .empty").wait_for()

    for width in (375, 1280):
        ada_page.set_viewport_size({"width": width, "height": 700})
        edges = ada_page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert edges[0] <= edges[1]
        inside = ada_page.locator("#found .empty a").bounding_box()
        assert inside["x"] >= 0
        assert inside["x"] + inside["width"] <= width


def test_a_lost_connection_is_reported_beside_the_box(ada, ada_page, starter):
    ada_page.set_viewport_size({"width": 375, "height": 667})
    open_food_box(ada_page)
    ada_page.context.set_offline(True)
    ada_page.keyboard.type("tofu")
    line = ada_page.locator("#problems [role=alert]")
    line.wait_for()

    assert ada_page.locator("#q").bounding_box()["y"] < 400  # above a keyboard, or the bar
    assert "did not reach the server" in line.inner_text()
    ada_page.context.set_offline(False)
    ada_page.keyboard.type(" ")
    ada_page.locator("#found .found__pick", has_text="Tofu").first.wait_for()
    assert line.count() == 0


def test_an_invalid_amount_is_reported_beside_the_box(ada, ada_page, starter):
    open_food_box(ada_page)
    ada_page.keyboard.type("9999 g banana")
    ada_page.get_by_role("alert").filter(has_text="too much of one food at once").wait_for()
    ada_page.keyboard.press("Enter")
    ada_page.wait_for_load_state("networkidle")

    assert ada.profile.entries.count() == 0


def test_edit_delete_and_undo(ada, ada_page, starter):
    entry = make_entry(ada.profile, day=timezone.localdate(), name="Oat drink")
    page = ada_page
    page.goto("/")

    page.get_by_role("link", name="Change Oat drink").click()
    page.fill(".entry-form input[name=amount]", "120")
    page.get_by_role("button", name="Save").click()
    page.locator("#day .entry:not(.entry--open)").wait_for()
    entry.refresh_from_db()
    assert entry.mass_g == 120

    page.get_by_role("button", name="Delete Oat drink").click()
    page.locator(".said", has_text="Deleted").wait_for()
    assert ada.profile.entries.count() == 0

    page.get_by_role("button", name="Undo").click()
    page.locator("#day .entry", has_text="Oat drink").wait_for()
    assert ada.profile.entries.count() == 1


def test_an_entry_opens_with_the_focus_in_its_amount(ada, ada_page, starter):
    make_entry(ada.profile, day=timezone.localdate(), name="Oat drink")
    ada_page.goto("/")

    ada_page.get_by_role("link", name="Change Oat drink").press("Enter")

    wait_until(ada_page, "document.activeElement.name == 'amount'")


def test_an_entry_deleted_in_another_window_is_reported(ada, ada_page, starter):
    entry = make_entry(ada.profile, day=timezone.localdate(), name="Oat drink")
    ada_page.goto("/")
    entry.delete()

    ada_page.get_by_role("button", name="Delete Oat drink").click()

    ada_page.get_by_role("alert").get_by_text("no longer exists").wait_for()


def test_a_person_signed_out_in_the_meantime_gets_the_full_sign_in_page(ada, ada_page, starter):
    open_food_box(ada_page)
    ada_page.context.clear_cookies()

    ada_page.keyboard.type("banana")

    ada_page.wait_for_url("**/accounts/login/?next=/")


def test_marking_the_day_complete(ada, ada_page, starter):
    ada_page.goto("/")
    ada_page.get_by_role("button", name="complete", exact=True).click()
    ada_page.locator("#panel button[aria-pressed=true]").wait_for()

    assert ada.profile.day_marks.get().status == "complete"


def test_everything_works_with_scripts_off(ada, ada_page, starter, browser, live_server):
    context = browser.new_context(java_script_enabled=False, base_url=live_server.url)
    context.add_cookies(ada_page.context.cookies())
    page = context.new_page()
    make_entry(ada.profile, day=timezone.localdate() - timedelta(1), slot="dinner")

    page.goto("/")
    page.fill("#q", "2 eggs boiled")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "Egg, hard-boiled" in found_names(page)[0]
    page.locator("#found .found__pick").first.click()
    assert ada.profile.entries.count() == 2
    page.get_by_role("button", name="Undo").click()
    assert ada.profile.entries.count() == 1
    page.get_by_role("button", name="Copy yesterday’s").click()
    page.get_by_role("link", name="Change Soy milk").click()
    page.fill("input[name=amount]", "60")
    page.get_by_role("button", name="Save").click()
    assert sorted(ada.profile.entries.values_list("mass_g", flat=True)) == [60, 240]
    page.get_by_role("button", name="Delete Soy milk").click()
    assert ada.profile.entries.count() == 1
    context.close()


def test_nothing_overflows_the_page(ada, ada_page, starter):
    for n in range(3):
        make_entry(ada.profile, day=timezone.localdate(), name="A rather long name of a food " * 3)
        make_entry(ada.profile, day=timezone.localdate() - timedelta(n))

    for url in ("/", "/foods/", "/week/"):
        ada_page.goto(url)
        for width in (320, 1280):
            ada_page.set_viewport_size({"width": width, "height": 800})
            over = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            assert ada_page.evaluate(over) <= 0, (url, width)


def test_a_food_that_is_not_counted_keeps_its_words_whole_on_a_narrow_screen(
    ada, ada_page, starter
):
    ada_page.set_viewport_size({"width": 320, "height": 640})
    open_food_box(ada_page)

    ada_page.keyboard.type("nori")
    row = ada_page.locator(".found__row", has_text="not counted").first
    row.wait_for()

    width_px = row.locator(".found__name > :first-child").bounding_box()["width"]
    assert width_px > 90


LINES_OF_NAME = """element => {
  const text = document.createTreeWalker(element, NodeFilter.SHOW_TEXT).nextNode();
  const range = document.createRange();
  range.selectNodeContents(text);
  const tops = [...range.getClientRects()].map((box) => Math.round(box.top));
  return new Set(tops).size;
}"""


def test_names_have_room_on_a_narrow_screen(ada, ada_page, starter):
    name, amount = "Sardines, canned in oil, drained", "0.5 × 1 can (3.75 oz)"
    make_entry(ada.profile, day=timezone.localdate(), name=name, amount=None, unit=amount)
    open_food_box(ada_page)

    ada_page.keyboard.type("sardines in oil")
    row = ada_page.locator("#found .found__name", has_text=name).first
    row.wait_for()

    for width_px in (320, 375):
        ada_page.set_viewport_size({"width": width_px, "height": 640})
        assert ada_page.locator(".entry__name").evaluate(LINES_OF_NAME) <= 2, width_px
        assert row.evaluate(LINES_OF_NAME) <= 2, width_px


@pytest.mark.parametrize("is_recipe", [False, True])
def test_enter_logs_only_typed_foods_if_a_script_is_missing(ada, ada_page, starter, is_recipe):
    recipe = make_recipe(ada.profile, foods=[make_food("Rice")])
    ada_page.route("**/today.*js", lambda route: route.abort())
    ada_page.goto(reverse("recipe", args=[recipe.pk]) + "?q=banana" if is_recipe else "/?q=banana")
    ada_page.locator("#found .found__pick").first.wait_for()
    ada_page.fill("#q", "tofu")

    ada_page.keyboard.press("Enter")

    ada_page.locator("#problems .errorlist").wait_for()
    assert (ada.profile.entries.count(), recipe.items.count()) == (0, 1)
