import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.factories import make_food
from tests.waiting import suggestion_asked_again
from tracker.diary.models import Entry
from tracker.suggestions.models import Hidden, hide

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def foods(db):
    """Foods for any hour, because the browser uses the real time."""
    oat = make_food("Oat milk, fortified", slug="oat", group="Plant-based milks")
    soy = make_food("Soy drink, fortified", slug="soy", group="Drinks", b12_ug_per_100g=0.3)
    return oat, soy


def test_the_page_has_no_faults(ada, ada_page, foods, looked_over):
    hide(ada.profile, make_food("Rice milk", slug="rice"), until=None)
    ada_page.goto("/suggestions/")

    looked_over(ada_page)
    ada_page.set_viewport_size({"width": 375, "height": 700})
    assert ada_page.evaluate("document.documentElement.scrollWidth") == 375


def test_the_page_has_no_faults_if_food_cannot_help(ada, ada_page, foods, looked_over):
    ada.profile.conditions.create(factor="pernicious_anaemia")
    ada_page.goto("/suggestions/")

    looked_over(ada_page)


def test_a_suggestion_is_added_by_keyboard(ada, ada_page, foods):
    ada_page.goto("/suggestions/")
    button = ada_page.get_by_role("button", name=re.compile("Add.*Oat milk"))
    button.focus()
    ada_page.keyboard.press("Enter")
    ada_page.locator("#day .entry__name", has_text="Oat milk").wait_for()

    assert Entry.objects.get(profile=ada.profile).food_id == foods[0].pk


def test_not_for_me_and_its_undo_keep_the_focus_near(ada, ada_page, foods):
    ada_page.goto("/suggestions/")

    ada_page.get_by_role("button", name=re.compile("Not for me.*Oat milk")).click()
    note = ada_page.locator(".said-suggestion")
    note.wait_for()

    assert note.evaluate("node => node === document.activeElement")
    assert Hidden.objects.filter(profile=ada.profile).count() == 1

    note.get_by_role("button", name="Undo").click()
    ada_page.get_by_role("heading", name="Oat milk, fortified").wait_for()

    assert Hidden.objects.count() == 0
    said = ada_page.locator("#live")
    expect(said).to_have_text("Oat milk, fortified may be suggested again.")


def test_beside_the_day_the_next_food_replaces_a_hidden_one(ada, ada_page, foods):
    ada_page.goto("/")
    ada_page.locator("#next").get_by_role("button", name=re.compile("Not for me.*Oat")).click()
    ada_page.locator("#next").get_by_role("heading", name="Soy drink, fortified").wait_for()

    ada_page.locator("#next").get_by_role("button", name=re.compile("Add.*Soy drink")).click()
    ada_page.locator("#day .entry__name", has_text="Soy drink").wait_for()

    assert Entry.objects.get(profile=ada.profile, day=timezone.localdate()).food_id == foods[1].pk


def test_the_focus_stays_on_add_while_the_suggestion_reloads(ada_page, foods):
    ada_page.goto("/")
    add = ada_page.locator("#next").get_by_role("button", name=re.compile("Add.*Oat"))
    add.focus()

    with suggestion_asked_again(ada_page):
        ada_page.evaluate("document.body.dispatchEvent(new Event('diary-changed'))")

    assert add.evaluate("node => node === document.activeElement")


def test_beside_the_day_only_the_last_answer_is_shown(ada, ada_page, foods):
    ada_page.goto("/")
    said = ada_page.locator("#next .said-suggestion")
    for word, told in (
        ("Later", "will not be suggested before"),
        ("Undo", "may be suggested again"),
        ("Not for me", "will not be suggested again"),
        ("Undo", "may be suggested again"),
    ):
        ada_page.wait_for_timeout(
            750
        )  # a sooner second tap at the same place counts as the same tap
        ada_page.locator("#next").get_by_role("button", name=word).first.click()
        expect(said).to_contain_text(told)
        expect(said).to_have_count(1)
    assert ada_page.locator("#next .suggestion").count() == 1
