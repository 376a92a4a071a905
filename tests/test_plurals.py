"""No count is followed by a plural that may be wrong: "1 entries", "1 idle guests"."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.pages import TEMPLATES, name_of
from tests.test_layers import MODULES

NOUNS = (
    "addresses barcodes browsers characters codes copies days digits diets entries fields files "
    "foods guests hours items labels lines links meals minutes names passkeys persons pieces "
    "places portions products recipes rows seconds servings sessions sittings sources suggestions "
    "tables tablets texts times units values weeks years"
)
COUNTED = rf"(?: [a-z]+){{0,2}} (?:{'|'.join(NOUNS.split())})\b"
NAMED = re.compile(rf"(?:%\(\w+\)[ds]|\{{\w*\}}|%[ds]){COUNTED}")
IN_TEMPLATE = re.compile(rf"\{{\{{[^}}]*\}}\}}(?:</?\w+>)?{COUNTED}")
PLURAL_CALLS = {"ngettext", "ngettext_lazy", "npgettext", "npgettext_lazy", "counted"}

NEVER_ONE = {
    "foods.importing.flagging": ["%(n)d times"],  # more than TIMES_MEDIAN
    "foods.sources.cells": ["%(n)d digits"],  # more than the nine that are read
    "tracker.accounts.passwords": [
        *("%(most)d characters", "%(least)d characters", "%(most)d characters"),
    ],
    "tracker.diary.quantity": ["%(all)s servings"],  # one serving has its own text
    "tracker.recipes.forms": ["%(days)s days"],  # DAYS_AHEAD
    "tracker.recipes.writing": ["%(most)d foods"],  # MOST_ITEMS
}
"""What cannot be 1."""


def unpluralised(source: str) -> Iterator[str]:
    """Yield each count before a plural in a module's texts, except in plural forms."""
    tree = ast.parse(source)
    plural = {
        id(argument)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and called(node) in PLURAL_CALLS
        for argument in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in plural:
            continue
        if isinstance(node, ast.JoinedStr):
            yield from NAMED.findall("".join(map(piece, node.values)))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from NAMED.findall(node.value)


def called(node: ast.Call) -> str:
    return getattr(node.func, "id", None) or getattr(node.func, "attr", "")


def piece(value: ast.expr) -> str:
    if isinstance(value, ast.Constant):
        return str(value.value)
    return "%(n)d" if isinstance(value, ast.FormattedValue) else ""


def test_no_text_of_a_module_has_only_a_plural_form():
    mine = {n: path for n, path in MODULES.items() if not n.startswith("tracker.science")}
    found = {name: [*unpluralised(path.read_text())] for name, path in mine.items()}

    assert {name: hits for name, hits in found.items() if hits} == NEVER_ONE


@pytest.mark.parametrize(
    ("source", "hits"),
    [
        ('_("Copied %(count)d entries.") % {"count": 1}', ["%(count)d entries"]),
        ('f"{n} idle guests deleted"', ["%(n)d idle guests"]),
        ('ngettext("%(n)d food", "%(n)d foods", n)', []),
        ('"all entries"', []),
    ],
)
def test_a_count_before_a_plural_is_found(source, hits):
    assert [*unpluralised(source)] == hits


@pytest.mark.parametrize(
    ("source", "hits"),
    [
        ("{{ foods|length }} foods", ["{{ foods|length }} foods"]),
        ("{% blocktranslate %}{{ n }} new entries{% endblocktranslate %}", ["{{ n }} new entries"]),
        ("{{ n }} new\n    entries", ["{{ n }} new entries"]),
        ("{% blocktranslate count n=x %}one{% plural %}{{ n }} foods{% endblocktranslate %}", []),
        (
            "{% blocktranslate trimmed count n=x %}\n  one\n{% plural %}\n  {{ n }} foods\n"
            "{% endblocktranslate %}",
            [],
        ),
    ],
)
def test_a_count_before_a_plural_is_found_in_a_template(source, hits):
    assert [*in_template(source)] == hits


def in_template(source: str) -> Iterator[str]:
    """Yield the same for a template; a block with a count has both forms."""
    source = re.sub(
        r"{% blocktranslate (?:trimmed )?count .*?{% endblocktranslate %}",
        "",
        source,
        flags=re.DOTALL,
    )
    yield from IN_TEMPLATE.findall(re.sub(r"\s+", " ", source))


def test_no_template_has_only_a_plural_form():
    found = {name_of(path): [*in_template(path.read_text())] for path in TEMPLATES}

    assert {name: hits for name, hits in found.items() if hits} == {}
