"""Templates, scripts and styles contain no inline code, foreign hosts or unmarked text."""

import re

import pytest

from tests.pages import (
    HOLE,
    PLAIN_TEXTS,
    SCRIPTS,
    STYLES,
    TEMPLATES,
    name_of,
    without_template_code,
    words_on_screen,
)

# The content policy blocks the first four; htmx without eval sends the request anyway,
# without the values or even if the filter is false.
INLINE_CODE = {
    "inline script": re.compile(r"<script\b(?![^>]*\bsrc=)", re.I),
    "inline style": re.compile(r"<style\b|\sstyle\s*=", re.I),
    "event attribute": re.compile(r"\son[a-z]+\s*=", re.I),
    "javascript: address": re.compile(r"javascript:", re.I),
    "hx-on": re.compile(r"\b(data-)?hx-on\b", re.I),
    "js: value": re.compile(r"=\s*[\"']\s*(js|javascript):", re.I),
    "trigger filter": re.compile(r"hx-trigger\s*=\s*\"[^\"]*\[|hx-trigger\s*=\s*'[^']*\[", re.I),
    "autoescape off": re.compile(r"{%\s*autoescape\s+off|\|\s*safe\b"),
}
FOREIGN = {
    "src": re.compile(r"\ssrc(set)?\s*=\s*[\"']\s*(https?:)?//", re.I),
    "link": re.compile(r"<link\b[^>]*href\s*=\s*[\"']\s*(https?:)?//", re.I),
    "form": re.compile(r"\s(action|formaction|hx-[a-z]+)\s*=\s*[\"']\s*(https?:)?//", re.I),
    "use": re.compile(r"<use\b[^>]*href\s*=\s*[\"']\s*(https?:)?//", re.I),
}
FOREIGN_IN_FILES = re.compile(r"(https?:)?//(?!www\.w3\.org/)[a-z0-9-]+\.[a-z]{2,}", re.I)

LONGEST_LINE = 120
BLOCK_LEVEL = (
    "article|aside|dd|details|div|dl|dt|fieldset|figure|footer|form|h1|h2|h3|h4|header|legend|li|"
    "main|nav|ol|option|p|section|select|summary|table|tbody|td|tfoot|th|thead|tr|ul"
)
TWO_ON_A_LINE = re.compile(rf"<({BLOCK_LEVEL})\b.*<({BLOCK_LEVEL})\b")

# Names and symbols that are the same in every language.
SAME_EVERYWHERE = {"Cobalog", "µg", "ml", "B12", "cm"}


def data_script(text: str) -> str:
    """Return a template without its JSON data blocks, which no browser runs."""
    return re.sub(r"<script\b[^>]*type=[\"']application/json[\"'][^>]*>", "", text)


@pytest.mark.parametrize("kind", INLINE_CODE)
def test_no_template_contains_inline_code(kind):
    found = [
        f"{name_of(path)}: {hit.group(0).strip()}"
        for path in TEMPLATES
        for hit in INLINE_CODE[kind].finditer(data_script(path.read_text()))
    ]

    assert found == []


@pytest.mark.parametrize("kind", FOREIGN)
def test_no_template_loads_from_another_host(kind):
    found = [name_of(path) for path in TEMPLATES if FOREIGN[kind].search(path.read_text())]

    assert found == []


def test_no_script_or_style_names_another_host():
    found = [
        f"{name_of(path)}: {hit.group(0)}"
        for path in [*SCRIPTS, *STYLES]
        for hit in FOREIGN_IN_FILES.finditer(without_comments(path.read_text()))
    ]

    assert found == []


def without_comments(code: str) -> str:
    return re.sub(r"/\*.*?\*/|^\s*//.*$", "", code, flags=re.S | re.M)


@pytest.mark.parametrize("path", [*TEMPLATES, *PLAIN_TEXTS], ids=name_of)
def test_no_line_of_a_template_is_long(path):
    lines = path.read_text().splitlines()

    assert [line for line in lines if len(line) > LONGEST_LINE] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_each_block_level_element_has_a_line_of_its_own(path):
    lines = path.read_text().splitlines()

    assert [line for line in lines if TWO_ON_A_LINE.search(line)] == []


# A condition contains the name of its tag, so the rest of it is read as text.
TAG_BY_CONDITION = "templates/allauth/elements/button.html"


@pytest.mark.parametrize(
    "path", [path for path in TEMPLATES if name_of(path) != TAG_BY_CONDITION], ids=name_of
)
def test_every_text_is_marked_for_translation(path):
    text = without_template_code(path.read_text())

    found = [piece for piece in words_on_screen(text) if not is_the_same_everywhere(piece)]

    assert found == []


def is_the_same_everywhere(piece: str) -> bool:
    words = re.findall(r"[^\W\d_]\w*(?:/\w+)?", piece.replace(HOLE, " "))
    return all(word in SAME_EVERYWHERE or len(word) == 1 for word in words)  # one letter: a symbol


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("inline script", "<script>x()</script>"),
        ("inline style", '<p style="color:red">'),
        ("event attribute", '<p onclick="x()">'),
        ("hx-on", '<p hx-on:click="x()">'),
        ("js: value", "<p hx-vals='js:{a:1}'>"),
        ("trigger filter", '<p hx-trigger="click[ctrlKey]">'),
    ],
)
def test_inline_code_is_found(kind, text):
    assert INLINE_CODE[kind].search(data_script(text))


@pytest.mark.parametrize(
    ("line", "is_crowded"),
    [
        ("<ul><li>One</li></ul>", True),
        ("<td>1</td><td>2</td>", True),
        ("{% if x %}<p>One</p>{% else %}<p>Two</p>{% endif %}", True),
        ('<p>One <a href="/">two</a></p>', False),
        ("<div><button>One</button></div>", False),
    ],
)
def test_two_elements_on_a_line_are_found(line, is_crowded):
    assert bool(TWO_ON_A_LINE.search(line)) is is_crowded


def test_unmarked_text_is_found():
    source = '<p title="Two">One {{ name }} {% translate "Three" %}</p>{# Four #}'

    assert list(words_on_screen(without_template_code(source))) == [
        "Two",
        f"One {HOLE} {HOLE}",
    ]
