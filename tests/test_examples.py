"""Every example that a page gives is entered here unchanged, and has to work."""

import ast
import re
from collections.abc import Callable, Iterator

import pytest
from django import forms
from django.urls import reverse
from django.utils import timezone

from foods.label_form import LabelAmountField, LabelForm
from tests.pages import ROOT, TEMPLATES
from tests.recipes.builders import loaded, make_recipe
from tracker.numbers.amounts import AmountField
from tracker.profiles.forms import ProfileForm
from tracker.profiles.partial_dates import read_partial_date
from tracker.recipes.share import read_share

MARKED = re.compile(
    r"{%\s*translate\s+(?:\"([^\"]*(?:\"[^%]*?)?)\"|'([^']*)')[^%]*%}"
    r"|{%\s*blocktranslate\b[^%]*%}(.*?){%\s*endblocktranslate",
    re.S,
)
PLACEHOLDER = re.compile(r"placeholder=\"{%\s*translate \"(.*?)\"\s*%}\"|placeholder=\"([^{\"]+)\"")
AN_EXAMPLE = re.compile(r"“[^”{%]*[\d½][^”{%]*”|“half”|\blike \d|\bfor example\b|\be\.g\.")
MARKERS = {"_", "gettext", "gettext_lazy"}
SERVINGS = 4


def texts_of_templates() -> Iterator[str]:
    for path in TEMPLATES:
        source = re.sub(r"\s+", " ", path.read_text())
        yield from filter(None, (text.strip() for hit in MARKED.findall(source) for text in hit))


def texts_of_modules() -> Iterator[str]:
    for top in ("foods", "tracker"):
        for path in sorted((ROOT / top).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") in MARKERS:
                    yield from (a.value for a in node.args if isinstance(a, ast.Constant))


def placeholders() -> set[str]:
    """Return every placeholder of templates and form fields."""
    found = {
        text
        for path in TEMPLATES
        for hit in PLACEHOLDER.findall(path.read_text())
        for text in hit
        if text
    }
    for path in sorted([*(ROOT / "foods").rglob("*.py"), *(ROOT / "tracker").rglob("*.py")]):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Dict):
                found |= {
                    text.value
                    for key, value in zip(node.keys, node.values, strict=True)
                    if getattr(key, "value", "") == "placeholder"
                    for text in ast.walk(value)
                    if isinstance(text, ast.Constant)
                }
    return found


# --- how each kind of field is tried


def logged(client, text: str) -> None:
    """Search for a text and log the first row: it must be what was typed, with its amount."""
    today = timezone.localdate()
    found = client.get(reverse("find", args=[today]), {"q": text}).context
    assert found["heading"] == "Found", text
    offer = found["offers"][0]
    assert "does not fit" not in offer.detail, text
    assert named_in(text) <= named_in(offer.name)
    posted = {"pick": offer.pick, "slot": "lunch"}
    assert client.post(reverse("log", args=[today]), posted).status_code == 302


def named_in(text: str) -> set[str]:
    """Return the words that name a food, not its amount."""
    return set(re.findall("[a-z]{3,}", text.lower()))


def put_in(client, text: str) -> None:
    dish = make_recipe(client.ada.profile)
    found = client.get(reverse("recipe-find", args=[dish.pk]), {"q": text}).context
    row = found["page"].rows[0]
    assert "does not fit" not in row.detail, text
    assert named_in(text) <= named_in(row.name)
    client.post(reverse("recipe-add", args=[dish.pk]), {"pick": row.pick})
    assert dish.items.count() == 1, text


def shared(client, text: str) -> None:
    dish = loaded(make_recipe(client.ada.profile, servings=SERVINGS))
    assert read_share(text, dish, "whole").fraction > 0


def dated(_client, text: str) -> None:
    assert read_partial_date(text).year == 2019


def counted(_client, text: str) -> None:
    assert AmountField(minimum=0, maximum=10).clean(text) == 1.5


def on_a_label(_client, text: str) -> None:
    assert LabelAmountField().clean(text) is not None


def a_serving(_client, text: str) -> None:
    form = LabelForm(
        {
            "name": "Oat drink",
            "source_class": "fortified_food",
            "origin": "added",
            "diet": "vegan",
            "amount": "1",
            "unit": "ug",
            "per": "100g",
            "serving_size": "20",
            "serving_unit": "g",
            "serving_word": text,
        }
    )
    assert form.is_valid(), form.errors
    assert text in form.draft().statement.portion()[0]


def filled_in(field: forms.Field) -> Callable:
    def read(_client, text: str) -> None:
        assert field.clean(text), text

    return read


EXAMPLES: dict[str, tuple[Callable, tuple[str, ...]]] = {
    "200 ml soy milk": (logged, ("200 ml soy milk",)),
    (
        "Type a food, with an amount if you like. "
        "Type “12 µg” to add an amount of B12 without a food."
    ): (logged, ("12 µg",)),
    "Try a shorter word, or type an amount of B12, such as “2.5 µg”.": (logged, ("2.5 µg",)),
    "400 g lentils": (put_in, ("400 g lentils",)),
    "Each food gets its own line in your day. Type “½” or “half” to log half of everything.": (
        shared,
        ("½", "half"),
    ),
    "It gets one line in your day. You can also type “1 of 4”, “half of it” or “50 %”.": (
        shared,
        ("1 of 4", "half of it", "50 %"),
    ),
    (
        "An injection is not swallowed, so it cannot be a food of your own. To note one, type "
        "“injection” into the food box."
    ): (logged, ("injection",)),
    "Enter how much of it, like 1, ½ or 50 %.": (shared, ("1", "½", "50 %")),
    "That is too many at once. Give a strength in µg: “b12 1000 µg”.": (
        logged,
        ("b12 1000 µg",),
    ),
    "Enter an amount, like 1, 0.5, ½ or “1 of 4”.": (shared, ("1", "0.5", "½", "1 of 4")),
    "2019 or 2019-05": (dated, ("2019", "2019-05")),
    "Enter a year or a month, like 2019 or 2019-05.": (dated, ("2019", "2019-05")),
    "Enter a number, like 1.5 or 1,5.": (counted, ("1.5", "1,5")),
    "Enter an amount such as 2.5 or 2,5. You can add µg, mg, g or %.": (
        on_a_label,
        ("2.5", "2,5", "2.5 µg", "2.5 mg", "0.0000025 g", "100 %"),
    ),
    "Enter a date as year-month-day, like 2026-03-02.": (
        filled_in(forms.DateField()),
        ("2026-03-02",),
    ),
    "Enter a time, like 8:30 or 20:15.": (filled_in(forms.TimeField()), ("8:30", "20:15")),
    "Enter a day and a time, like 2026-03-02 20:15.": (
        filled_in(forms.DateTimeField()),
        ("2026-03-02 20:15",),
    ),
    "Enter a year in four digits, like 1985.": (
        filled_in(ProfileForm.base_fields["birth_year"]),
        ("1985",),
    ),
    "In your own words: glass, slice, 2 biscuits.": (
        a_serving,
        ("glass", "slice", "2 biscuits"),
    ),
}
"""Each text that shows what to type, how it is read, and every example in it."""
NO_EXAMPLE = {"Find a food"}


def test_every_placeholder_is_typed_here():
    assert placeholders() - NO_EXAMPLE - EXAMPLES.keys() == set()
    assert {"200 ml soy milk", "400 g lentils", "2019 or 2019-05"} <= placeholders()


def test_every_example_in_a_text_is_typed_here():
    shown = {
        text for text in (*texts_of_templates(), *texts_of_modules()) if AN_EXAMPLE.search(text)
    }

    assert shown - EXAMPLES.keys() == set()
    assert len(shown) >= 8


def test_every_listed_text_is_still_shown_on_a_page():
    shown = {*placeholders(), *texts_of_templates(), *texts_of_modules()}

    assert EXAMPLES.keys() - shown == set()


@pytest.mark.parametrize("text", EXAMPLES)
def test_an_example_works_unchanged(ada, ada_client, starter_foods, text):
    ada_client.ada = ada
    read, examples = EXAMPLES[text]

    for example in examples:
        read(ada_client, example)
