"""What holds on every page: own hosts and wording, accessibility, login by default."""

import re

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from tests.looking import A4_PX, faults_of
from tests.pages import words_on_screen
from tests.test_forms_sent import TOKEN, Forms
from tests.test_words import PURPOSE, avoided_words
from tests.walk import PLAIN_PAGES, addresses, client_of, html_of
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
"""What no number may look like: minus zero, not a number, an exponent."""

# Every other URL of the project requires a person.
OPEN_TO_ALL = {"account_login", "account_signup", "try", "demo", "health", "readiness", "methods"}
OPEN_TO_ALL |= {
    "theme",
    "account_email_verification_sent",
    "account_reset_password",
    "account_reset_password_done",
}


PARTS = 3
"""The pages are split up, so that no process has all of them at the end."""


def faults_in(html: str) -> list[str]:
    """Return what a person's page must not contain, or lacks, one line each."""
    words = " ".join(words_on_screen(html))
    return [
        *(f"another host: {hit}" for hit in LOADED.findall(html)),
        *(f"inline code: {hit}" for hit in INLINE.findall(html)),
        *(f"no number: {hit.group()}" for hit in NO_NUMBER.finditer(words)),
        *(f"avoided: {word}" for word in avoided_words(words)),
        *([] if PURPOSE in html else ["the purpose is missing"]),
        *([] if TOKEN in html else ["no form has a token"]),
        *(f"sends the token in an address: {form}" for form in Forms(html).tell_the_token()),
    ]


@pytest.mark.parametrize("person", PERSONS.values(), ids=PERSONS)
def test_no_page_contains_what_no_page_may_contain(starter_foods, person):
    client = client_of(person)

    found = {address: faults_in(html_of(client, address)) for address in addresses(client)}

    assert len(found) > len(PLAIN_PAGES)
    assert {address: faults for address, faults in found.items() if faults} == {}


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ('<script src="//cdn.example/a.js"></script>', "another host: //cdn.example/a.js"),
        ("<p style='a'></p><p onclick='a()'>", "inline code:  onclick="),
        ("<p>-0 µg</p>", "no number: -0"),
        ("<p>We diagnose you.</p>", "avoided: diagnose"),
        ("<p>µg</p>", "the purpose is missing"),
        ("<p>µg</p>", "no form has a token"),
        (f'<form id="f"><input name="{TOKEN}"></form>', "sends the token in an address: f"),
    ],
)
def test_forbidden_page_content_is_found(html, fault):
    assert fault in faults_in(html)


def own_patterns():
    """Return the project's own named URLs without arguments."""
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
def test_every_page_suits_all_eyes_paper_a_phone_and_a_wide_screen(person_page, live_server, part):
    found, asked = {}, []
    person_page.on("request", lambda request: asked.append(request.url))
    for address in list(addresses(person_page.client))[part::PARTS]:
        assert person_page.goto(address).ok, address
        found[address] = faults_of(person_page)

    assert {address: faults for address, faults in found.items() if faults} == {}
    own = (live_server.url, "data:", "blob:")
    assert [url for url in asked if not url.startswith(own)] == []


@pytest.fixture
def printed_page(person_page):
    """Today's page as it is printed; it must look the same in dark mode."""
    (session,) = person_page.context.cookies()
    person_page.context.add_cookies([{**session, "name": "theme", "value": "dark"}])
    person_page.set_viewport_size({"width": A4_PX, "height": 1000})
    person_page.emulate_media(media="print", color_scheme="dark")
    person_page.goto(reverse("today"))
    return person_page


def test_print_is_black_on_white_with_the_year_and_collapsed_parts(printed_page):
    style = "getComputedStyle(document.body)"
    assert printed_page.evaluate(f"[{style}.color, {style}.backgroundColor]") == [
        "rgb(0, 0, 0)",
        "rgb(255, 255, 255)",
    ]
    assert str(timezone.localdate().year) in printed_page.locator("h1").inner_text()
    folded = printed_page.locator("#panel details > div")
    assert folded.evaluate("box => box.checkVisibility()")
