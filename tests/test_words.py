"""No page promises more than a diary and learning tool, which is not a medical device.

``tests/test_every_page.py`` checks the rendered pages.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pages import ROOT, TEMPLATES, name_of

PURPOSE = (
    "A diary and learning tool for dietary vitamin B12. It records what you enter and shows public "
    "reference information. It does not diagnose, treat, predict or rule out any condition, and it "
    "does not recommend medicines or doses."
)
AVOIDED = re.compile(
    r"\bdiagnos\w*|\bdetect\w*|\bscreening\b|\bscreens? for\b|\bmonitor\w*"
    r"|\btreat(s|ed|ing|ments?)?\b"
    r"|\bcur(e|es|ed|ing)\b|\bprevent\w*\s+\w*\s*deficien\w*|\bpredict\w*|\balarm\w*"
    r"|\banaly\w+ of your health|\byou (are|will become|may be|might be)\b.{0,20}\bdeficien\w*"
    r"|\byour (b12|level|result) is (fine|normal|low|high)\b|\bhigh risk\b|\bclinically proven\b",
    re.I,
)
LABORATORY_TERMS = ("below the limit of detection",)
MARKERS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}


def avoided_words(text: str) -> list[str]:
    text = re.sub(r"\s+", " ", text)
    for allowed in (PURPOSE, *LABORATORY_TERMS):
        text = text.replace(allowed, "")
    return [hit.group(0) for hit in AVOIDED.finditer(text)]


def marked_strings(path: Path) -> Iterator[str]:
    """Yield every text that a module passes to gettext."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in MARKERS:
            for argument in node.args:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield argument.value


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_no_template_uses_an_avoided_word(path):
    source = re.sub(r'name="[\w-]+"|data-[\w-]+', "", path.read_text())

    assert avoided_words(source) == []


def test_no_text_in_the_code_uses_an_avoided_word():
    modules = [*ROOT.glob("tracker/**/*.py"), *ROOT.glob("foods/**/*.py")]
    found = [
        f"{name_of(path)}: {text}"
        for path in modules
        for text in marked_strings(path)
        if avoided_words(text)
    ]

    assert found == []


def test_the_readme_states_the_purpose_and_promises_no_more():
    readme = " ".join((ROOT / "README.md").read_text().replace("\n> ", "\n").split())

    assert PURPOSE in readme
    assert avoided_words(readme) == []


@pytest.mark.parametrize(
    "text", ["We detected a lack.", "Take it to prevent B12 deficiency", "You are B12 deficient."]
)
def test_avoided_words_are_found(text):
    assert len(avoided_words(text)) == 1
