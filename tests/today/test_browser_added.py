"""A tap on a row replaces its plus by "✓ added"; the next tap asks first."""

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from tests.also import also
from tests.factories import make_entry, make_food
from tests.waiting import wait_until


@pytest.fixture
def row(ada, ada_page):
    """The row of a usual food at lunch, on a phone."""
    food = make_food("Banana", portions=[("1 medium", 118)])
    yesterday = timezone.localdate() - timezone.timedelta(1)
    eaten = {"food": food, "name": "Banana", "mass_g": 118, "b12_ug": 0.59}
    make_entry(ada.profile, day=yesterday, slot="lunch", **eaten)
    ada_page.set_viewport_size({"width": 375, "height": 667})
    ada_page.goto(f"{reverse('day', args=[timezone.localdate()])}?slot=lunch")
    ada_page.wait_for_load_state("networkidle")
    return ada_page.locator(f"#pick-food-{food.pk}")


def eaten(ada):
    return ada.profile.entries.filter(day=timezone.localdate()).count()


def test_a_tap_turns_the_plus_into_added_and_leaves_the_focus_on_the_row(ada, ada_page, row):
    expect(row.locator(".found__sign")).to_have_text("+")

    row.click()

    expect(row.locator(".found__sign")).to_have_text("✓ added")
    expect(ada_page.locator(".said p")).to_have_text("Logged Banana.")
    expect(ada_page.locator("#live")).to_have_text("Logged Banana.")
    wait_until(ada_page, "!document.querySelector('.htmx-request, .htmx-settling')")
    expect(row).to_be_focused()
    assert eaten(ada) == 1


def test_a_second_tap_asks_and_a_third_logs_once_more(ada, ada_page, row):
    row.click()
    expect(row.locator(".found__sign")).to_have_text("✓ added")
    wait_until(ada_page, "!document.querySelector('.htmx-request, .htmx-settling')")

    row.click()
    expect(row.locator(".found__sign")).to_have_text("Add again?")
    expect(ada_page.locator("#live")).to_have_text("Add again?")
    assert eaten(ada) == 1
    row.click()

    expect(ada_page.locator(".entry")).to_have_count(2)
    assert eaten(ada) == 2


def test_moving_away_resets_the_question(ada_page, row):
    row.click()
    wait_until(ada_page, "!document.querySelector('.htmx-request, .htmx-settling')")
    row.click()
    expect(row.locator(".found__sign")).to_have_text("Add again?")

    ada_page.locator("#q").focus()

    expect(row.locator(".found__sign")).to_have_text("✓ added")
    assert row.get_attribute("value").startswith("ask:again:")


def test_two_taps_before_the_answer_log_once(ada, ada_page, row):
    ada_page.route("**/log/", lambda route: (ada_page.wait_for_timeout(300), route.continue_()))

    row.dblclick()

    expect(ada_page.locator(".entry")).to_have_count(1)
    wait_until(ada_page, "!document.querySelector('.htmx-request, .htmx-settling')")
    assert eaten(ada) == 1


def lose(route):
    """Let the server write, but drop its response."""
    route.fetch()
    route.abort()


def test_after_a_lost_response_the_page_shows_what_was_done(ada, ada_page, row):
    ada_page.route("**/log/", lose, times=1)
    row.click()
    alert = ada_page.get_by_role("alert").filter(has_text="No answer came")
    alert.wait_for()

    expect(ada_page.locator("#day .entry")).to_have_count(1)
    expect(ada_page.locator(".said")).to_contain_text("Undo")
    expect(alert).to_have_count(0)
    assert eaten(ada) == 1


def test_the_page_retries_while_the_server_is_unreachable(ada, ada_page, row):
    tries = []

    def lose_the_first(route):
        if route.request.method != "HEAD":
            return route.fallback()
        tries.append(route)
        return route.abort() if len(tries) == 1 else route.continue_()

    ada_page.route("**/day/**", lose_the_first)
    ada_page.route("**/log/", lose, times=1)
    row.click()

    expect(ada_page.locator("#day .entry")).to_have_count(1, timeout=10_000)
    assert len(tries) == 2


def test_after_a_lost_response_an_open_form_keeps_its_input(ada, ada_page):
    entry = make_entry(ada.profile, day=timezone.localdate(), name="Tuna")
    ada_page.goto("/")
    ada_page.get_by_role("link", name="Change Tuna").click()
    wait_until(
        ada_page,
        "document.querySelector('.entry-form') && !document.querySelector('.htmx-settling')",
    )
    ada_page.fill(".entry-form [name=amount]", "150")
    ada_page.route(f"**/entries/{entry.pk}/", lose, times=1)
    ada_page.keyboard.press("Enter")
    ada_page.get_by_role("alert").filter(has_text="No answer came").wait_for()

    ada_page.wait_for_timeout(2500)  # longer than the page waits before it retries

    assert ada_page.input_value(".entry-form [name=amount]") == "150"


def test_after_a_lost_response_the_day_keeps_its_input(ada, ada_page):
    entry = make_entry(ada.profile, day=timezone.localdate(), name="Tuna")
    make_entry(ada.profile, day=timezone.localdate(), name="Bread")
    ada_page.goto("/")
    ada_page.route(f"**/entries/{entry.pk}/delete/", lose, times=1)
    ada_page.get_by_role("button", name="Delete Tuna").click()
    ada_page.get_by_role("alert").filter(has_text="No answer came").wait_for()
    ada_page.locator("#meal-clocks summary").click()
    ada_page.fill("#clock-time", "07:07")
    ada_page.locator("#q").focus()

    expect(ada_page.locator("#day .entry")).to_have_count(1)  # the page has reloaded the day

    assert ada_page.input_value("#clock-time") == "07:07"


def test_trying_again_after_a_lost_response_logs_once(ada, ada_page, row):
    ada_page.route("**/log/", lose, times=1)
    row.click()
    expect(ada_page.get_by_role("alert").first).to_contain_text("No answer came")

    row.click()

    expect(ada_page.locator(".entry")).to_have_count(1)
    assert eaten(ada) == 1


def test_each_submission_of_a_plain_form_has_its_own_key(ada, ada_page):
    food = make_food("Banana", portions=[("1 medium", 118)])
    for _again in range(2):
        ada_page.goto(reverse("food", args=[food.pk]))
        ada_page.get_by_role("button", name="Log it").click()
        ada_page.wait_for_url("**/#day")
        ada_page.go_back()
        ada_page.get_by_role("button", name="Log it").click()
        ada_page.wait_for_url("**/#day")

    assert eaten(ada) == 4


def test_an_error_disappears_when_its_text_changes(ada_page):
    day = reverse("log", args=[timezone.localdate()])
    ada_page.goto("/")
    ada_page.wait_for_load_state("networkidle")
    problem = '<div id="problems"><ul class="errorlist"><li>Enter a number.</li></ul></div>'
    ada_page.route(
        f"**{day}",
        lambda route: route.fulfill(
            body=problem, headers={"HX-Retarget": "#problems", "HX-Reswap": "outerHTML"}
        ),
    )
    ada_page.fill("#q", "12 µg")
    ada_page.locator("#found .found__pick").first.click()
    expect(ada_page.locator("#problems .errorlist")).to_have_count(1)

    ada_page.fill("#q", "13 µg")

    expect(ada_page.locator("#problems .errorlist")).to_have_count(0)


def test_a_field_error_disappears_when_its_value_changes(ada, ada_page):
    entry = make_entry(ada.profile, day=timezone.localdate(), food=make_food())
    ada_page.goto(reverse("entry", args=[entry.pk]))
    ada_page.fill(".entry-form [name=amount]", "1,000")
    ada_page.get_by_role("button", name="Save").click()
    expect(ada_page.locator("main .errorlist")).to_have_count(1)

    ada_page.fill(".entry-form [name=amount]", "")

    expect(ada_page.locator("main .errorlist")).to_have_count(0)


@pytest.mark.parametrize("change", ["text", also("meal")])
def test_the_question_goes_with_the_food_or_the_meal_that_it_is_about(ada, ada_page, row, change):
    row.click()
    expect(row.locator(".found__sign")).to_have_text("✓ added")
    ada_page.evaluate(  # as a tap on the row of another window asks
        "document.getElementById('problems').outerHTML = "
        "'<div id=problems class=note role=alert><button>Add it again</button></div>'"
    )

    if change == "text":
        ada_page.fill("#q", "2 eggs")
    else:
        ada_page.select_option("#slot", "dinner")

    expect(ada_page.locator("#problems button")).to_have_count(0)
    assert ada_page.locator("#problems").get_attribute("class") is None
