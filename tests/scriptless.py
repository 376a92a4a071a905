"""A browser without scripts, built on Django's client: it follows links and posts forms."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from xml.etree.ElementTree import Element, TreeBuilder

from django.test import Client

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
UNSENT = {"button", "submit", "reset", "image", "file"}


class Tab:
    """A page and what can be done on it: ``tab.press("Save", amount="120")``.

    Names of links and buttons are patterns for their accessible names. Values are entered into the
    fields of the button's form, which must exist.
    """

    def __init__(self, client: Client, address: str) -> None:
        self.client = client
        self.open(address)

    def open(self, address: str) -> None:
        self._show(self.client.get(address.partition("#")[0], follow=True), address)

    def follow(self, name: str) -> None:
        self.open(self._named("a", name).get("href"))

    def press(self, name: str, **typed: str) -> None:
        button = self._named("button", name)
        form = self._form_of(button)
        fields = self._fields_of(form)
        assert typed.keys() <= fields.keys(), f"{sorted(typed)} of {sorted(fields)}"
        sent = fields | typed
        if button.get("name"):
            sent[button.get("name")] = button.get("value", "")
        action = button.get("formaction") or form.get("action") or self.address
        method = button.get("formmethod") or form.get("method") or "get"
        sent = {name: value for name, value in sent.items() if value is not None}
        self._show(getattr(self.client, method)(action, sent, follow=True), action)

    @property
    def text(self) -> str:
        return text_of(self.page)

    @property
    def headings(self) -> list[str]:
        return [text_of(e) for e in self.page.iter() if e.tag in ("h1", "h2", "h3")]

    def all(self, tag: str, **attrs: str) -> list[Element]:
        return [e for e in self.page.iter(tag) if attrs.items() <= e.attrib.items()]

    # --- reading

    def _show(self, response: Any, address: str) -> None:
        assert response.status_code == 200, f"{address}: {response.status_code}"
        self.address = response.redirect_chain[-1][0] if response.redirect_chain else address
        self.page = parsed(response.text)
        self.parents = {child: parent for parent in self.page.iter() for child in parent}

    def _named(self, tag: str, name: str) -> Element:
        shown = {self._name_of(element): element for element in self._shown(tag)}
        found = [element for text, element in shown.items() if re.search(name, text)]
        assert found, f"no {tag} is called {name!r} among {list(shown)}"
        return found[0]

    def _shown(self, tag: str) -> Iterator[Element]:
        for element in self.page.iter(tag):
            around = [element, *self._ancestors(element)]
            if not any("hidden" in e.attrib or e.tag == "template" for e in around):
                yield element

    def _ancestors(self, element: Element) -> Iterator[Element]:
        while (element := self.parents.get(element)) is not None:
            yield element

    def _name_of(self, element: Element) -> str:
        ids = element.get("aria-labelledby", "").split()
        by_id = {e.get("id"): e for e in self.page.iter() if e.get("id")} if ids else {}
        said = " ".join(text_of(by_id[name]) for name in ids)
        return said or element.get("aria-label") or text_of(element)

    def _form_of(self, control: Element) -> Element | None:
        if control.get("form"):
            return next(iter(self.all("form", id=control.get("form"))), None)
        return next((e for e in self._ancestors(control) if e.tag == "form"), None)

    def _fields_of(self, form: Element | None) -> dict[str, Any]:
        """Return what a form sends unchanged; None for an unchecked box."""
        assert form is not None
        fields: dict[str, Any] = {}
        for control in self.page.iter():
            name = control.get("name")
            if is_sent(control) and self._form_of(control) is form and fields.get(name) is None:
                fields[name] = value_of(control)
        return fields


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tree = TreeBuilder()
        self.tree.start("page", {})

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tree.start(tag, {name: value or "" for name, value in attrs})
        if tag in VOID:
            self.tree.end(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tree.start(tag, {name: value or "" for name, value in attrs})
        self.tree.end(tag)

    def handle_endtag(self, tag: str) -> None:
        self.tree.end(tag)

    def handle_data(self, data: str) -> None:
        self.tree.data(data)


def parsed(html: str) -> Element:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.tree.end("page")
    return reader.tree.close()


def text_of(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def is_sent(control: Element) -> bool:
    is_field = control.tag in ("input", "select", "textarea")
    is_alive = is_field and bool(control.get("name")) and "disabled" not in control.attrib
    return is_alive and control.get("type") not in UNSENT


def value_of(control: Element) -> str | None:
    if control.tag == "select":
        options = list(control.iter("option"))
        chosen = [option for option in options if "selected" in option.attrib] or options[:1]
        return chosen[0].get("value", text_of(chosen[0])) if chosen else None
    if control.tag == "textarea":
        return "".join(control.itertext())
    if control.get("type") in ("checkbox", "radio"):
        return control.get("value", "on") if "checked" in control.attrib else None
    return control.get("value", "")
