"""The questions by keyboard, and checked by axe."""

import re

import pytest

from tests.waiting import wait_until
from tracker.profiles.models import Profile

pytestmark = pytest.mark.browser
PAGES = ("/welcome/done/", "/profile/")
"""Those that tests/test_every_page.py does not visit, or not with every kind of factor."""


@pytest.fixture
def newcomer_page(ada, ada_page):
    Profile.objects.filter(pk=ada.profile.pk).update(welcomed_at=None, birth_year=None)
    return ada_page


def focused(page):
    return page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()")


def tab_to(page, wanted, *, most=60):
    """Press Tab until the element with this id or text has the focus."""
    for _step in range(most):
        page.keyboard.press("Tab")
        if focused(page) == wanted:
            return
    raise AssertionError(f"{wanted!r} is not reached by Tab, the focus is on {focused(page)!r}")


def test_the_first_questions_are_answered_by_keyboard_alone(newcomer_page, ada):
    page = newcomer_page
    page.goto("/welcome/")

    tab_to(page, "id_birth_year")
    page.keyboard.type("1955")
    page.keyboard.press("Tab")
    while not page.locator("#id_diet input[value=vegan]").is_checked():
        page.keyboard.press("ArrowDown")
    tab_to(page, "id_has_ppi")
    page.keyboard.press("Space")
    tab_to(page, "id_since_ppi")
    page.keyboard.type("2023")
    page.keyboard.press("Enter")
    page.wait_for_url("**/welcome/done/")

    profile = Profile.objects.get(pk=ada.profile.pk)
    condition = profile.conditions.get()
    assert (profile.birth_year, profile.bases.last().diet) == (1955, "vegan")
    assert (condition.factor, condition.since.year) == ("ppi", 2023)
    assert page.get_by_role("heading", level=1).inner_text() == "What your answers change"


def test_an_error_moves_the_focus_to_the_list_of_errors(newcomer_page):
    page = newcomer_page
    page.goto("/welcome/")

    page.fill("#id_birth_year", "2999")
    page.get_by_role("button", name="Save and start").click()
    page.wait_for_selector("#form-errors")
    page.get_by_role("link", name="Year of birth").click()

    assert page.locator("#id_birth_year").evaluate("field => document.activeElement === field")


@pytest.mark.parametrize("which", [0, 1])
def test_the_browser_fills_in_its_own_time_zone(ada, newcomer_page, browser, live_server, which):
    cookies = newcomer_page.context.cookies()
    context = browser.new_context(timezone_id="Asia/Tokyo", base_url=live_server.url)
    context.add_cookies(cookies)
    page = context.new_page()

    page.goto("/welcome/")
    wait_until(page, "document.querySelector('#id_time_zone').value === 'Asia/Tokyo'")
    page.get_by_role("button", name="Skip for now").nth(which).click()
    page.wait_for_url(re.compile(r"/$"))
    context.close()

    assert Profile.objects.get(pk=ada.profile.pk).time_zone == "Asia/Tokyo"


def test_skip_is_visible_without_scrolling_and_not_triggered_by_enter(newcomer_page, ada):
    page = newcomer_page
    page.goto("/welcome/")

    for width, height in ((320, 568), (375, 667), (1280, 720)):
        page.set_viewport_size({"width": width, "height": height})
        skip = page.get_by_role("button", name="Skip for now").first.bounding_box()
        assert 0 <= skip["y"] <= skip["y"] + skip["height"] <= height

    page.fill("#id_birth_year", "1990")
    page.locator("#id_birth_year").press("Enter")
    page.wait_for_url("**/welcome/done/")
    assert Profile.objects.get(pk=ada.profile.pk).birth_year == 1990


def test_details_of_a_factor_show_when_it_is_ticked(newcomer_page):
    page = newcomer_page
    page.goto("/welcome/")
    since = page.locator("#id_since_metformin")

    before = since.is_visible()
    page.locator("#id_has_metformin").check()

    assert (before, since.is_visible()) == (False, True)


def test_the_profile_says_at_once_what_a_tick_would_change(ada_page, ada):
    page = ada_page
    page.goto("/profile/")

    page.locator("#id_has_metformin").check()
    page.locator("#what-changes").get_by_text("Metformin", exact=True).wait_for()

    assert ada.profile.conditions.count() == 0


def test_the_pages_have_no_faults(ada_page, ada, looked_over):
    ada.profile.conditions.create(factor="ppi", ppi_dose="standard")
    ada.profile.conditions.create(factor="nitrous_oxide")
    ada.profile.conditions.create(factor="pernicious_anaemia")
    for address in PAGES:
        ada_page.goto(address)
        looked_over(ada_page)


def test_axe_finds_no_fault_next_to_errors(ada_page, axe):
    ada_page.goto("/profile/")
    ada_page.fill("#id_birth_year", "2999")
    ada_page.get_by_role("button", name="Save").click()
    ada_page.wait_for_selector("#form-errors")

    axe(ada_page)
