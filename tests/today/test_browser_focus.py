"""The focus after each action on the day's page: it is never lost."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.also import also
from tests.factories import make_entry, make_food
from tests.waiting import SETTLED, suggestion_asked_again, wait_until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE, DESKTOP = (375, 667), (1280, 720)
IN_SIGHT = """() => {
  const box = document.activeElement.getBoundingClientRect();
  return document.activeElement !== document.body && box.height > 0
    && box.top >= 0 && box.bottom <= innerHeight;
}"""


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def breakfast(ada, today):
    """Three entries of one meal, below a screenful of others."""
    for n in range(4):
        make_entry(ada.profile, day=today, slot="dinner", name=f"Dinner {n}")
    return [make_entry(ada.profile, day=today, name=f"Food {n}") for n in range(3)]


@pytest.fixture(
    params=[
        pytest.param(PHONE, id="phone"),
        pytest.param(DESKTOP, id="desktop", marks=pytest.mark.slow),
    ]
)
def day_page(ada_page, request):
    width, height = request.param
    ada_page.set_viewport_size({"width": width, "height": height})
    return ada_page


def focus_is(page, script):
    """Wait until the focus is on the right element, and check that it stays there in view."""
    wait_until(page, f"(at => {script})(document.activeElement)")
    wait_until(page, SETTLED)
    page.wait_for_timeout(150)  # later events must not move it
    wait_until(page, f"(at => {script})(document.activeElement)")
    assert page.evaluate(IN_SIGHT)


def named(text):
    """Return a script that checks the accessible name of the focused control."""
    return (
        "(at.getAttribute('aria-labelledby') ?? '').split(' ')"
        ".map(id => document.getElementById(id)?.textContent ?? '').concat(at.textContent)"
        f".join(' ').includes('{text}')"
    )


@pytest.mark.parametrize(("gone", "next_one"), [also(0, "Food 1"), (1, "Food 2"), (2, "Food 1")])
def test_after_a_deletion_it_is_at_the_next_entry_else_the_one_before(
    day_page, breakfast, gone, next_one
):
    day_page.goto("/")

    with suggestion_asked_again(day_page):
        day_page.get_by_role("button", name=f"Delete Food {gone}").press("Enter")

    focus_is(day_page, f"at.matches('a') && {named(next_one)}")


@pytest.mark.parametrize("way", ["Escape", also("Cancel")])
def test_after_a_conflict_cancel_shows_what_is_stored(ada, day_page, today, way):
    entry = make_entry(ada.profile, day=today, food=make_food("Oats"), name="Oats", mass_g=50)
    day_page.goto("/")
    day_page.get_by_role("link", name="Change Oats").click()
    day_page.locator(".entry-form").wait_for()
    type(entry).objects.filter(pk=entry.pk).update(mass_g=100, amount=2)
    day_page.fill(".entry-form input[name=amount]", "3")
    day_page.locator(".entry-form button").first.click()
    day_page.get_by_text("Currently stored").first.wait_for()

    if way == "Escape":
        day_page.keyboard.press("Escape")
    else:
        day_page.get_by_role("link", name="Cancel").click()

    expect(day_page.locator("li.entry")).to_contain_text("2 cups")
    focus_is(day_page, f"at.matches('a') && {named('Oats')}")


def test_after_an_entry_fails_to_open_it_is_on_the_message(day_page, breakfast):
    day_page.goto("/")
    day_page.context.set_offline(True)

    day_page.get_by_role("link", name="Change Food 1").click()

    focus_is(day_page, "at.matches('#messages .message') && at.textContent.includes('not reach')")
    day_page.context.set_offline(False)


def test_opening_another_entry_removes_the_message(day_page, breakfast):
    day_page.goto("/")
    day_page.get_by_role("link", name="Change Food 1").click()
    with suggestion_asked_again(day_page):
        day_page.locator(".entry-form button").first.click()
    expect(day_page.locator(".said")).to_have_text("Nothing was changed.")

    day_page.get_by_role("link", name="Change Food 2").click()

    expect(day_page.locator(".entry-form")).to_be_visible()
    expect(day_page.locator(".said")).to_have_count(0)


def test_after_the_last_entry_is_deleted_it_is_on_undo(ada, day_page, today):
    make_entry(ada.profile, day=today, name="Alone")
    day_page.goto("/")

    with suggestion_asked_again(day_page):
        day_page.get_by_role("button", name="Delete Alone").click()

    focus_is(day_page, "at.matches('button') && at.textContent.includes('Undo')")


def test_if_an_entry_is_already_deleted_it_is_on_the_message(day_page, breakfast):
    """Deleted in another window; then deleted again or saved here."""
    day_page.goto("/")
    breakfast[1].delete()

    day_page.get_by_role("button", name="Delete Food 1").click()

    focus_is(day_page, "at.matches('#messages .message') && at.textContent.includes('no longer')")


def test_after_an_undo_it_is_on_the_message(day_page, breakfast):
    day_page.goto("/")
    with suggestion_asked_again(day_page):
        day_page.get_by_role("button", name="Delete Food 1").click()

    with suggestion_asked_again(day_page):
        day_page.locator(".said button").first.press("Enter")

    focus_is(day_page, "at.closest('.said') !== null")


@pytest.mark.parametrize("slot", [also("breakfast"), "snack"])
def test_after_a_save_it_is_at_the_changed_entry(day_page, breakfast, slot):
    day_page.goto("/")
    day_page.get_by_role("link", name="Change Food 1").press("Enter")
    wait_until(day_page, "document.activeElement.name == 'amount'")

    day_page.locator(".entry-form select[name=slot]").select_option(slot)
    day_page.fill(".entry-form input[name=amount]", "120")
    with suggestion_asked_again(day_page):
        day_page.locator(".entry-form input[name=amount]").press("Enter")

    focus_is(day_page, f"at.matches('a') && {named('Food 1')}")


def test_after_a_refused_change_it_is_in_the_form(day_page, breakfast):
    day_page.goto("/")
    day_page.get_by_role("link", name="Change Food 1").press("Enter")
    wait_until(day_page, "document.activeElement.name == 'amount'")

    day_page.fill(".entry-form input[name=amount]", "none")
    day_page.locator(".entry-form input[name=amount]").press("Enter")

    day_page.locator(".entry-form .errorlist").wait_for()
    focus_is(day_page, "at.name == 'amount'")


@pytest.mark.parametrize("way", ["Escape", also("Cancel")])
def test_a_change_is_cancelled_in_place(ada, day_page, breakfast, way):
    day_page.goto("/")
    day_page.get_by_role("link", name="Change Food 1").press("Enter")
    wait_until(day_page, "document.activeElement.name == 'amount'")
    day_page.fill(".entry-form input[name=amount]", "999")
    asked = []
    day_page.on("request", lambda request: asked.append(request.url))

    if way == "Escape":
        day_page.keyboard.press("Escape")
    else:
        day_page.get_by_role("link", name="Cancel").press("Enter")

    focus_is(day_page, f"at.matches('a') && {named('Food 1')}")
    assert (asked, day_page.locator(".entry-form").count()) == ([], 0)

    day_page.keyboard.press("Enter")  # the row is alive: it opens again, with what was there
    wait_until(day_page, "document.activeElement.name == 'amount'")
    assert day_page.input_value(".entry-form input[name=amount]") == "240"
    day_page.keyboard.press("Escape")
    with suggestion_asked_again(day_page):
        day_page.get_by_role("button", name="Delete Food 1").press("Enter")
    assert ada.profile.entries.filter(name="Food 1").count() == 0


def test_escape_cancels_a_refused_change_to_the_row_as_it_was(day_page, breakfast):
    day_page.goto("/")
    day_page.get_by_role("link", name="Change Food 1").press("Enter")
    wait_until(day_page, "document.activeElement.name == 'amount'")
    day_page.fill(".entry-form input[name=amount]", "none")
    day_page.locator(".entry-form input[name=amount]").press("Enter")
    day_page.locator(".entry-form .errorlist").wait_for()
    wait_until(day_page, SETTLED)

    day_page.keyboard.press("Escape")

    focus_is(day_page, f"at.matches('a') && {named('Food 1')}")


@pytest.mark.parametrize("way", ["Escape", also("Cancel")])
def test_the_page_of_an_entry_is_left_for_its_row(day_page, breakfast, today, way):
    day_page.goto(f"/entries/{breakfast[1].pk}/")

    if way == "Escape":
        day_page.keyboard.press("Escape")
    else:
        day_page.get_by_role("link", name="Cancel").click()
    day_page.wait_for_url(f"**/day/{today}/#entry-{breakfast[1].pk}")

    focus_is(day_page, f"at.matches('a') && {named('Food 1')}")


@pytest.mark.parametrize("status", ["complete", also("partly logged"), also("fasting")])
def test_after_a_mark_it_stays_on_the_mark(day_page, ada, breakfast, status):
    if status == "fasting":
        ada.profile.entries.all().delete()
    day_page.goto("/")

    with suggestion_asked_again(day_page):
        day_page.get_by_role("button", name=status, exact=True).press("Enter")

    focus_is(day_page, f"at.value == '' && at.textContent.trim() == '{status}'")


def test_after_a_time_is_set_it_is_there_and_the_details_are_open(day_page, breakfast):
    day_page.goto("/")
    day_page.locator("#meal-clocks summary").click()
    day_page.fill("#clock-time", "09:15")

    with suggestion_asked_again(day_page):
        day_page.get_by_role("button", name="Set", exact=True).press("Enter")

    focus_is(day_page, "at.textContent.trim() == 'Set'")
    assert day_page.locator("#clock-time").is_visible()


def test_open_details_stay_open(day_page, breakfast):
    day_page.goto("/")
    day_page.locator("#panel-why summary").click()

    with suggestion_asked_again(day_page):
        day_page.get_by_role("button", name="Delete Food 1").click()

    assert day_page.locator("#panel-why[open]").count() == 1
    assert day_page.locator("#meal-clocks[open]").count() == 0


def test_after_a_meal_is_copied_it_is_on_the_meal(ada, day_page, today):
    make_entry(ada.profile, day=today - timedelta(1), name="Yesterday")
    make_entry(ada.profile, day=today, slot="dinner")
    day_page.goto("/")

    with suggestion_asked_again(day_page):
        day_page.get_by_role("button", name="Copy yesterday’s Breakfast").press("Enter")

    focus_is(day_page, "at.textContent == 'Breakfast'")


def test_after_a_day_is_copied_it_is_on_the_message(ada, day_page, today):
    make_entry(ada.profile, day=today - timedelta(1), name="Yesterday")
    day_page.goto("/")

    with suggestion_asked_again(day_page):
        day_page.get_by_role("button", name="Copy all of yesterday").press("Enter")

    focus_is(day_page, "at.matches('.said')")


# --- the suggestion beside the day


@pytest.fixture
def ideas(db):
    """Foods for any hour, because the browser uses the real time."""
    oat = make_food("Oat milk, fortified", slug="oat", group="Plant-based milks")
    make_food("Soy drink, fortified", slug="soy", group="Drinks", b12_ug_per_100g=0.3)
    return oat


def add(page):
    with suggestion_asked_again(page):
        page.locator("#next").get_by_role("button", name=re.compile("Add")).press("Enter")


def test_after_add_it_is_on_the_next_idea_and_announced(day_page, ideas):
    day_page.goto("/")

    add(day_page)

    focus_is(day_page, "at.textContent.trim() == 'Soy drink, fortified'")
    wait_until(day_page, "document.getElementById('live').textContent.includes('Logged Oat milk')")


def test_after_the_add_that_covers_the_day_it_is_on_the_card(day_page, ideas, ada):
    make_entry(ada.profile, day=timezone.localdate(), b12_ug=1.8, free_ug=1.8)
    day_page.goto("/")

    add(day_page)

    focus_is(day_page, "at.textContent == 'Nothing to suggest'")
    assert "reaches the reference" in day_page.inner_text("#next")
    wait_until(day_page, "document.getElementById('live').textContent.includes('Logged Oat milk')")


def test_after_the_add_of_the_only_idea_it_is_not_lost(day_page, make_food):
    make_food("Oat milk, fortified", slug="oat", group="Plant-based milks")
    day_page.goto("/")

    add(day_page)

    focus_is(day_page, "at !== document.body")


@pytest.mark.parametrize("answer", ["Later", also("Not for me")])
def test_after_an_answer_and_its_undo_it_is_at_what_was_said(day_page, ideas, answer):
    day_page.goto("/")

    day_page.locator("#next").get_by_role("button", name=answer).press("Enter")
    focus_is(day_page, "at.matches('.said-suggestion')")
    day_page.locator(".said-suggestion button").press("Enter")

    wait_until(day_page, "document.activeElement.textContent.includes('may be suggested again')")
    focus_is(day_page, "at.matches('.said-suggestion')")


def test_the_message_after_hiding_is_announced(ada, day_page, ideas, today):
    make_entry(ada.profile, day=today, name="Food 1", b12_ug=0.1, free_ug=0.1)
    day_page.goto("/")
    day_page.locator("#next").get_by_role("button", name="Later").press("Enter")
    wait_until(day_page, "document.getElementById('live').textContent.includes('not be suggested')")

    with suggestion_asked_again(day_page):
        day_page.get_by_role("button", name="Delete Food 1").press("Enter")

    wait_until(day_page, "document.getElementById('live').textContent.includes('Deleted Food 1')")


def test_on_ideas_a_restored_food_is_announced_where_the_focus_is(day_page, ideas):
    day_page.goto("/suggestions/")
    day_page.get_by_role("button", name=re.compile("Later.*Oat milk")).press("Enter")
    focus_is(day_page, "at.matches('.said-suggestion')")

    day_page.locator("#hidden-foods button").press("Enter")

    wait_until(day_page, "document.activeElement.textContent.includes('may be suggested again')")
    focus_is(day_page, "at.matches('.said-suggestion')")


def test_on_ideas_open_details_stay_open(day_page, ideas):
    day_page.goto("/suggestions/")
    day_page.locator(f"#why-{ideas.pk} summary").click()

    day_page.get_by_role("button", name=re.compile("Later.*Soy drink")).press("Enter")
    focus_is(day_page, "at.matches('.said-suggestion')")

    assert day_page.locator(f"#why-{ideas.pk}[open]").count() == 1


# --- input is kept while something else is written


@pytest.mark.parametrize("other", [also("delete"), also("mark"), "log"])
def test_an_open_form_keeps_what_was_typed(day_page, ada, breakfast, other):
    day_page.goto("/")
    day_page.get_by_role("link", name="Change Food 0").click()
    wait_until(day_page, SETTLED)
    day_page.fill(".entry-form [name=amount]", "77")

    with suggestion_asked_again(day_page):
        if other == "delete":
            day_page.get_by_role("button", name="Delete Food 2").click()
        elif other == "mark":
            day_page.get_by_role("button", name="complete", exact=True).click()
        else:
            day_page.fill("#q", "5 µg")
            day_page.locator("#found .found__pick").first.click()
    wait_until(day_page, SETTLED)

    assert day_page.input_value(".entry-form [name=amount]") == "77"
    day_page.locator(".entry-form").get_by_role("button", name="Save").click()
    day_page.get_by_text("Changed Food 0.").first.wait_for()
    assert ada.profile.entries.get(name="Food 0").mass_g == 77


def test_saving_one_open_form_keeps_the_input_of_the_other(day_page, ada, breakfast):
    day_page.goto("/")
    for number in (0, 1):
        day_page.get_by_role("link", name=f"Change Food {number}").click()
        day_page.locator(f"#entry-{breakfast[number].pk} [name=amount]").wait_for()
        wait_until(day_page, SETTLED)
        day_page.fill(f"#entry-{breakfast[number].pk} [name=amount]", f"8{number}")
        day_page.wait_for_timeout(750)  # a second tap at the same place sooner is the same tap

    ids = day_page.evaluate("[...document.querySelectorAll('#day [id]')].map((at) => at.id)")
    assert len(set(ids)) == len(ids)
    day_page.locator(f"#entry-{breakfast[0].pk}").get_by_role("button", name="Save").click()
    day_page.get_by_text("Changed Food 0.").first.wait_for()

    other = day_page.locator(f"#entry-{breakfast[1].pk}")
    assert other.locator("[name=amount]").input_value() == "81"
    other.get_by_role("link", name="Cancel").click()
    day_page.get_by_role("link", name="Change Food 1").wait_for()


def test_a_meal_and_a_time_are_kept_while_a_day_is_marked(day_page, ada, breakfast):
    day_page.goto("/")
    day_page.locator("#meal-clocks summary").click()
    day_page.select_option("#clock-slot", "dinner")
    day_page.fill("#clock-time", "09:15")

    with suggestion_asked_again(day_page):
        day_page.get_by_role("button", name="complete", exact=True).click()
    wait_until(day_page, SETTLED)

    assert day_page.input_value("#clock-time") == "09:15"
    assert day_page.input_value("#clock-slot") == "dinner"
    day_page.get_by_role("button", name="Set", exact=True).click()
    day_page.get_by_text("Changed the time of Dinner.").first.wait_for()


def test_a_time_set_in_another_window_is_reported_even_after_a_mark(day_page, ada, breakfast):
    day_page.goto("/")
    day_page.locator("#meal-clocks summary").click()
    day_page.select_option("#clock-slot", "dinner")
    day_page.fill("#clock-time", "09:15")
    ada.profile.entries.filter(slot="dinner").update(clock="20:00")
    with suggestion_asked_again(day_page):
        day_page.get_by_role("button", name="complete", exact=True).click()
    wait_until(day_page, SETTLED)

    day_page.get_by_role("button", name="Set", exact=True).click()

    day_page.get_by_text("This was changed in another window").first.wait_for()
    clocks = ada.profile.entries.filter(slot="dinner").values_list("clock", flat=True)
    assert {f"{clock:%H:%M}" for clock in clocks} == {"20:00"}


def test_a_change_to_an_entry_deleted_in_another_window_is_reported_as_lost(
    day_page, ada, breakfast
):
    day_page.goto("/")
    day_page.get_by_role("link", name="Change Food 0").click()
    wait_until(day_page, SETTLED)
    day_page.fill(".entry-form [name=amount]", "77")
    breakfast[0].delete()

    with suggestion_asked_again(day_page):
        day_page.get_by_role("button", name="complete", exact=True).click()

    day_page.get_by_text("is no longer there, so your change was not saved").first.wait_for()


def test_a_refused_change_to_a_deleted_entry_is_reported_as_lost(day_page, ada, breakfast):
    day_page.goto("/")
    day_page.get_by_role("link", name="Change Food 0").click()
    wait_until(day_page, SETTLED)
    day_page.fill(".entry-form [name=amount]", "999999999")
    day_page.locator(".entry-form").get_by_role("button", name="Save").click()
    day_page.locator(".entry-form .errorlist").wait_for()
    day_page.wait_for_timeout(750)  # a second tap at the same place sooner is the same tap
    breakfast[0].delete()

    with suggestion_asked_again(day_page):
        day_page.get_by_role("button", name="complete", exact=True).click()

    day_page.get_by_text("is no longer there, so your change was not saved").first.wait_for()
