"""What holds on every page: own hosts only, for everyone's eyes and any width, login by default."""

import re

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from tests.pages import words_on_screen
from tests.walk import PUBLIC_PAGES, addresses, client_of, html_of
from tracker.demo.persons import PERSONS

LOADED = re.compile(
    r"<(?:script|img|iframe|source|link|use|form|image)\b[^>]*?"
    r"\b(?:src|srcset|href|action)=\"((?:https?:)?//[^\"]*)\"",
    re.I,
)
INLINE = re.compile(
    r"<style\b|\sstyle=|<script(?![^>]*\bsrc=)(?![^>]*application/json)|\son\w+=", re.I
)

NO_NUMBER = re.compile(r"(?<![\w.\-])[-\u2212]0(?![.,]?\d*[1-9])|\b(nan|inf)\b|\d[eE][-+]\d", re.I)
"""What a number is never written as: minus zero, no number, an exponent."""

# Everything else of the project asks for a person first.
OPEN_TO_ALL = {"account_login", "account_signup", "try", "demo", "health", "readiness", "methods"}
OPEN_TO_ALL |= {
    "theme",
    "account_email_verification_sent",
    "account_reset_password",
    "account_reset_password_done",
}


PARTS = 3
"""The pages are shared out, so that no process is left with all of them at the end."""


@pytest.mark.parametrize("person", PERSONS.values(), ids=PERSONS)
def test_no_page_holds_inline_code_or_reaches_for_another_host(starter_foods, person):
    client = client_of(person)

    pages = {address: html_of(client, address) for address in addresses(client)}

    assert {a: hits for a, html in pages.items() if (hits := LOADED.findall(html))} == {}
    assert {a: hits for a, html in pages.items() if (hits := INLINE.findall(html))} == {}
    words = {a: " ".join(words_on_screen(html)) for a, html in pages.items()}
    assert {a: hit[0] for a, text in words.items() if (hit := NO_NUMBER.search(text))} == {}


def own_patterns():
    """Return the project's own named addresses that take no argument."""
    for pattern in get_resolver().url_patterns:
        for inner in getattr(pattern, "url_patterns", []):
            is_own = isinstance(inner, URLPattern) and not inner.pattern.converters
            if is_own and inner.name not in OPEN_TO_ALL:
                yield inner


@pytest.mark.parametrize("pattern", own_patterns(), ids=lambda pattern: pattern.name)
def test_login_is_the_default(db, pattern):
    response = Client().get(f"/{pattern.pattern}")

    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")


@pytest.fixture
def person_page(starter_foods, page, live_server):
    client = client_of(PERSONS["omeprazole"])
    cookie = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page.set_default_timeout(15_000)
    page.client = client
    return page


@pytest.mark.parametrize("part", range(PARTS))
def test_every_page_satisfies_axe_in_light_and_dark(person_page, axe_faults, part):
    found = {}
    for address in list(addresses(person_page.client))[part::PARTS]:
        assert person_page.goto(address).ok, address
        found[address] = axe_faults(person_page)

    assert {address: faults for address, faults in found.items() if faults} == {}


A4_PX = 703
"""Between the margins of the sheet."""
WIDTH = "document.documentElement.scrollWidth"
OPEN_ALL = "document.querySelectorAll('details').forEach((box) => { box.open = true; })"
TOO_WIDE = """() => [...document.querySelectorAll("main *, header, footer")]
  .filter((box) => !box.closest("svg, .visually-hidden, .skip-link, .chart__live"))
  .filter((box) => box.clientWidth > 1 && box.checkVisibility())
  .filter((box) => getComputedStyle(box).display !== "inline")
  .filter((box) => !box.matches("input, select, textarea, progress"))
  .filter((box) => box.scrollWidth > box.clientWidth + 1)
  .map((box) => `${box.tagName}.${box.className} ${box.scrollWidth} > ${box.clientWidth}`)"""
"""What does not fit into its box, a table that could be scrolled sideways among them."""
WIDE_PX = 1280
CONTROLS = "button, .button, nav, input:not([type=hidden]), select, textarea"


@pytest.fixture
def printed_page(person_page):
    """The person's pages as they are printed, which is to be the same in dark colours."""
    (session,) = person_page.context.cookies()
    person_page.context.add_cookies([{**session, "name": "theme", "value": "dark"}])
    person_page.set_viewport_size({"width": A4_PX, "height": 1000})
    person_page.emulate_media(media="print", color_scheme="dark")
    return person_page


def test_every_page_fits_a_sheet_without_controls_and_a_small_phone(printed_page):
    controls, too_wide = {}, []
    for address in addresses(printed_page.client):
        assert printed_page.goto(address).ok, address
        shown = printed_page.locator(CONTROLS).locator("visible=true").all_inner_texts()
        controls[address] = shown
        if printed_page.evaluate(WIDTH) > A4_PX:
            too_wide.append(f"{address} on paper")
        printed_page.emulate_media(media="screen")
        printed_page.evaluate(OPEN_ALL)
        printed_page.set_viewport_size({"width": 320, "height": 640})
        if printed_page.evaluate(WIDTH) > 320:
            too_wide.append(f"{address} on a phone")
        printed_page.set_viewport_size({"width": WIDE_PX, "height": 800})
        too_wide += [f"{address} {hit}" for hit in printed_page.evaluate(TOO_WIDE)]
        printed_page.emulate_media(media="print")
        printed_page.set_viewport_size({"width": A4_PX, "height": 1000})

    assert {address: shown for address, shown in controls.items() if shown} == {}
    assert too_wide == []


def test_paper_is_white_and_its_words_are_black(printed_page):
    printed_page.goto(reverse("today"))

    style = "getComputedStyle(document.body)"
    assert printed_page.evaluate(f"[{style}.color, {style}.backgroundColor]") == [
        "rgb(0, 0, 0)",
        "rgb(255, 255, 255)",
    ]


def test_paper_says_the_year_and_what_is_folded_on_the_screen(printed_page):
    printed_page.goto(reverse("today"))

    assert str(timezone.localdate().year) in printed_page.locator("h1").inner_text()
    folded = printed_page.locator("#panel details > div")
    assert folded.evaluate("box => box.checkVisibility()")


def test_the_public_pages_satisfy_axe(page, live_server, axe_faults):
    found = {}
    for name in PUBLIC_PAGES:
        assert page.goto(reverse(name)).ok, name
        found[name] = axe_faults(page)

    assert {name: faults for name, faults in found.items() if faults} == {}
