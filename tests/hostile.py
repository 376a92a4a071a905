"""What a clumsy or hostile client may send, and every form and URL that accepts it."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from django.urls import NoReverseMatch, URLResolver, get_resolver, reverse

VALUES = (
    # empty, or similar to empty
    *("", " ", "\t", "\u00a0", "\u200b", "\u3164", "\ufeff", "null", "None", "undefined", "on"),
    # numbers
    *(
        "0",
        "-0",
        "-1",
        "00012",
        "1e9",
        "1e400",
        "NaN",
        "inf",
        "-inf",
        "0x10",
        "1_000",
        "1,5",
        "1.000",
    ),
    *(
        "1,000.5",
        "1 000",
        "6000",
        "9999",
        "0.0000001",
        "99999999999999999999",
        "9" * 400,
        "9" * 5000,
    ),
    *("9223372036854775807", "9223372036854775808", "-9223372036854775809", "4611686018427387904"),
    *("٣", "½", "Ⅷ", "²", "１２"),
    # dates, times and zones
    *("0001-01-01", "9999-12-31", "2026-02-30", "2026-13-45", "0000-00-00", "1999-12-31"),
    *("2026-3-2", "٢٠٢٦-٠١-٠١", "24:00", "25:99", "00:00", "08:00:00.000001", "now", "Europe/"),
    # units, choices and picks
    *("p0", "p99", "p-1", "p9999", "p٣", "µg", "g", "ml", "oz", "lunch", "LUNCH", "complete"),
    *("food:1:1:g:x", "food::::", "food:1:6000:g:00000000-0000-4000-8000-000000000000"),
    *(
        "ug:12:added:x",
        "ug:1e400:food:00000000-0000-4000-8000-000000000000",
        "again:1:x",
        "again::",
    ),
    *("meal:1:1:x", "meal:::", "meal:1:1/0:00000000-0000-4000-8000-000000000000", ":", "pick"),
    *("00000000-0000-4000-8000-000000000000", "not-a-uuid", "4006381333931", "00000000000000"),
    # JSON
    *("[]", "{}", "[" * 2000, '{"a": "\\ud800"}', '{"id": "AA", "response": {}}'),
    # text
    *("\x00", "a\x00b", "\r\nSet-Cookie: a=b", "\x1b[31m", "\ud800", "\U0001f955" * 50, "Ω" * 300),
    *(
        "a" * 10_001,
        "e\u0301" * 200,
        "\u202eabc",
        "%",
        "%00",
        "%s %d {0} {{ 1 }}",
        "'; DROP TABLE x--",
    ),
    *("<script>alert(1)</script>", '" onfocus="alert(1)', "${7*7}", "../../etc/passwd", "C:\\nul"),
    # URLs
    *("abc", "//evil.example/", "http://[", "javascript:alert(1)", "/\\evil.example", "?a=b", "#"),
)
QUERY_NAMES = ("q", "day", "slot", "page", "code", "like", "name", "about", "next", "fits", "mine")
"""Query names that views read and that no form of a page has to contain."""
PATH_VALUES: dict[str, tuple[Any, ...]] = {
    "IntConverter": ("0", "9223372036854775808", "99999999999999999999", "9" * 5000, "٣", "-1"),
    "DayConverter": ("0001-01-01", "9999-12-31", "2026-02-30", "0000-00-00", "٢٠٢٦-٠١-٠١"),
    "SlugConverter": ("0001-01-01", "9999-12-31", "2026-W01", "-", "a" * 500, "99999-01-01"),
    "StringConverter": ("-", "%00", "a" * 500, "x:y:z", "é"),
}


@dataclass(frozen=True)
class Form:
    """A form of a page: its URL, and the values that it would send unchanged."""

    action: str
    method: str
    fields: dict[str, str] = field(hash=False)

    @property
    def kind(self) -> tuple[str, str, tuple[str, ...]]:
        """Two forms of the same kind differ only in numbers and ids."""
        path = "/".join("#" if part[:1].isdigit() else part for part in self.action.split("/"))
        return path, self.method, tuple(sorted(self.fields))


class _Forms(HTMLParser):
    """Collect forms with everything they would send, including fields with a form attribute."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.found: list[Form] = []
        self.by_id: dict[str, Form] = {}
        self.inside: Form | None = None
        self.select: tuple[Form, str] | None = None
        self.outside: list[tuple[str, str, str]] = []

    def handle_starttag(self, tag: str, pairs: list[tuple[str, str | None]]) -> None:
        attrs = {name: value or "" for name, value in pairs}
        if tag == "form":
            self._begin(attrs)
        elif tag in ("input", "button", "textarea", "select") and attrs.get("name"):
            self._field(tag, attrs)
        elif tag == "option" and self.select and "value" in attrs:
            form, name = self.select
            if "selected" in attrs or not form.fields.get(name):
                form.fields[name] = attrs["value"]
        if tag != "form":
            self._elsewhere(attrs)

    def _begin(self, attrs: dict[str, str]) -> None:
        action = attrs.get("action") or attrs.get("hx-post") or attrs.get("hx-get") or self.address
        method = attrs.get("method", "get").lower()
        self.inside = Form(action, method, {})
        self.found.append(self.inside)
        if "id" in attrs:
            self.by_id[attrs["id"]] = self.inside

    def _field(self, tag: str, attrs: dict[str, str]) -> None:
        owner = attrs.get("form")
        value = attrs.get("value", "on" if attrs.get("type") == "checkbox" else "")
        if owner and owner not in self.by_id:
            self.outside.append((owner, attrs["name"], value))
            return
        form = self.by_id[owner] if owner else self.inside
        if form is None:
            return
        if not form.fields.get(attrs["name"]) or "checked" in attrs:
            form.fields[attrs["name"]] = value
        if tag == "select":
            self.select = form, attrs["name"]

    def _elsewhere(self, attrs: dict[str, str]) -> None:
        """A button may send its form to another URL, and htmx sends without a form."""
        if attrs.get("formaction") and attrs.get("formmethod") != "get":
            self.found.append(Form(attrs["formaction"], "post", {}))
        for name, method in (("hx-get", "get"), ("hx-post", "post")):
            if attrs.get(name):
                self.found.append(Form(attrs[name], method, {"q": ""}))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = None
        if tag == "select":
            self.select = None

    def close(self) -> None:
        super().close()
        for owner, name, value in self.outside:
            if owner in self.by_id:
                self.by_id[owner].fields.setdefault(name, value)


def forms_of(html: str, address: str) -> list[Form]:
    """Return the forms of a page that stay on this site."""
    parser = _Forms(urlsplit(address).path)
    parser.feed(html)
    parser.close()
    return [form for form in parser.found if form.action.startswith("/")]


def patterns(resolver: URLResolver | None = None, prefix: str = "/") -> Iterator[tuple[str, Any]]:
    """Yield every URL pattern, our own and allauth's, with its prefix."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern, prefix + str(pattern.pattern))
        else:
            yield prefix, pattern


def addresses(samples: dict[str, dict[str, Any]]) -> list[str]:
    """Return a URL for each name; ``samples`` gives the arguments by view and name."""
    found = set()
    for _prefix, pattern in patterns():
        known = samples[""] | samples.get(pattern.name, {})
        names = [*pattern.pattern.converters, *pattern.pattern.regex.groupindex]
        arguments = {name: known[name] for name in names if name in known}
        for wanted in ({}, arguments):
            with suppress(NoReverseMatch):
                found.add(reverse(pattern.name, kwargs=wanted))
    return sorted(found)


def hostile_paths() -> Iterator[str]:
    """Yield URLs with an unusual value for each argument."""
    for prefix, pattern in patterns():
        for name, converter in pattern.pattern.converters.items():
            kind = type(converter).__name__
            for value in PATH_VALUES.get(kind, PATH_VALUES["StringConverter"]):
                yield _filled(prefix + str(pattern.pattern), name, value)


def _filled(route: str, odd: str, value: str) -> str:
    """Return a route with an unusual value for one argument and a plain one for the others."""
    parts = []
    for part in route.split("/"):
        if part.startswith("<"):
            kind, _colon, name = part.strip("<>").rpartition(":")
            plain = {"int": "1", "day": "2026-03-02"}.get(kind, "x")
            parts.append(value if name == odd else plain)
        else:
            parts.append(part)
    return "/".join(parts)
