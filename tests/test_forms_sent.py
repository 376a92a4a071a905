"""A form sent by GET contains no token: URLs end up in logs and histories."""

from collections import defaultdict
from html.parser import HTMLParser

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import make_food
from tests.recipes.builders import make_recipe
from tests.walk import PUBLIC_PAGES, html_of

TOKEN = "csrfmiddlewaretoken"


class Forms(HTMLParser):
    """The forms of a page: which contain a token, and which a button can send by GET."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.names: dict[str, set[str]] = defaultdict(set)
        self.sent_by_get: set[str] = set()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            name = given.get("id") or f"form at {self.getpos()}"
            self.open.append(name)
            if given.get("method", "get").lower() != "post" or "hx-get" in given:
                self.sent_by_get.add(name)
            return
        owner = given.get("form") or (self.open[-1] if self.open else "")
        if tag in ("input", "button", "select", "textarea") and owner:
            self.names[owner].add(given.get("name", ""))
            if given.get("formmethod", "post").lower() == "get":
                self.sent_by_get.add(owner)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open.pop()

    def tell_the_token(self) -> list[str]:
        return sorted(form for form in self.sent_by_get if TOKEN in self.names[form])


@pytest.mark.parametrize(
    "html",
    [
        f'<form><input name="{TOKEN}"></form>',
        f'<form method="get"><input name="{TOKEN}"></form>',
        f'<form method="post"><input name="{TOKEN}"><button formmethod="get"></button></form>',
        f'<form method="post" id="a"><input name="{TOKEN}"></form>'
        '<button form="a" formmethod="GET"></button>',
        f'<form id="a"></form><input form="a" name="{TOKEN}">',
    ],
)
def test_a_token_that_would_be_in_the_url_is_found(html):
    assert len(Forms(html).tell_the_token()) == 1


def test_a_posted_form_may_contain_its_token():
    html = f'<form method="post"><input name="{TOKEN}"><button></button></form><form></form>'

    assert Forms(html).tell_the_token() == []


def more_addresses(profile):
    """Yield the pages with a form that the walk of ``tests/test_every_page.py`` leaves out."""
    dish = make_recipe(profile, name="Stew")
    yield from (reverse(name) for name in ("recipes", "recipe-new"))
    yield reverse("recipe", args=[dish.pk])
    yield reverse("recipe", args=[dish.pk]) + "?q=egg"
    yield reverse("day", args=[timezone.localdate()]) + "?q=egg"
    yield reverse("foods") + "?q=egg"


def test_no_page_sends_the_token_in_a_url(ada, ada_client):
    make_food("Egg, boiled")
    pages = {address: html_of(ada_client, address) for address in more_addresses(ada.profile)}

    assert sum(TOKEN in html for html in pages.values()) == len(pages)
    found = {address: Forms(html).tell_the_token() for address, html in pages.items()}
    assert {address: forms for address, forms in found.items() if forms} == {}


def test_no_public_page_sends_the_token_in_a_url(client, db):
    pages = {name: html_of(client, reverse(name)) for name in PUBLIC_PAGES}

    assert [name for name, html in pages.items() if Forms(html).tell_the_token()] == []
