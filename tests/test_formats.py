"""Dates are written in a few named formats, each in the reader's locale."""

import re
from datetime import date

import pytest
from django.conf import settings
from django.utils.formats import date_format, get_format
from django.utils.translation import override

from tests.pages import ROOT, TEMPLATES, name_of

NAMED = (
    "DATE_FORMAT",
    "MONTH_DAY_FORMAT",
    "YEAR_MONTH_FORMAT",
    "WEEKDAY_DATE_FORMAT",
    "WEEKDAY_DAY_FORMAT",
    "SHORT_MONTH_DAY_FORMAT",
    "SHORT_YEAR_MONTH_FORMAT",
)
FOR_FORMS = {"Y-m-d", "H:i"}
PARTS = {"l", "D", "W", "o"}
"""The name of a weekday, the number of a week and the year it belongs to."""
ALLOWED = {*NAMED, "TIME_FORMAT", *FOR_FORMS, *PARTS}

IN_TEMPLATES = re.compile(r"\|(?:date|time)\b(?::\"([^\"]*)\")?")
IN_CODE = re.compile(r"\bdate_format\([^\"\n]+, \"([^\"]*)\"\)")
DAY = date(2026, 3, 2)


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_template_writes_dates_by_a_named_format(path):
    assert set(IN_TEMPLATES.findall(path.read_text())) <= ALLOWED


def test_code_writes_dates_by_a_named_format():
    files = [path for top in ("foods", "tracker") for path in (ROOT / top).rglob("*.py")]
    texts = {name_of(path): path.read_text() for path in files}

    assert {name for name, text in texts.items() if ".strftime(" in text} == set()
    assert {f for text in texts.values() for f in IN_CODE.findall(text)} <= ALLOWED


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
@pytest.mark.parametrize("name", NAMED)
def test_each_language_has_each_format(language, name):
    assert get_format(name, lang=language) != name


@pytest.mark.parametrize(
    ("language", "written"),
    [
        (
            "en",
            [
                *("March 2, 2026", "March 2", "March 2026"),
                *("Monday, March 2, 2026", "Monday, March 2", "Mar 2", "Mar 2026"),
            ],
        ),
        (
            "en-gb",
            [
                *("2 March 2026", "2 March", "March 2026"),
                *("Monday 2 March 2026", "Monday 2 March", "2 Mar", "Mar 2026"),
            ],
        ),
    ],
)
def test_a_date_is_written_as_its_language_does(language, written):
    with override(language):
        assert [date_format(DAY, name) for name in NAMED] == written
