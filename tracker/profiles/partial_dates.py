"""Read and write dates of which a person may know only the year or the month."""

import re
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

_FORMS = (
    re.compile(r"(?P<year>\d{4})"),
    re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})"),
    re.compile(r"(?P<month>\d{1,2})[-/.](?P<year>\d{4})"),
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"),
    re.compile(r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})"),
)


def read_partial_date(text: str) -> date:
    """Return the first day of what was typed: "2019", "2019-05", "5/2019" or "2019-05-17".

    Raises
    ------
    ValueError
        With a message for the person, if it has another form or is not a calendar date.
    """
    for form in _FORMS:
        if found := form.fullmatch(text.strip()):
            parts = {name: int(number) for name, number in found.groupdict().items()}
            try:
                return date(**{"month": 1, "day": 1} | parts)
            except ValueError:
                break
    raise ValueError(_("Enter a year or a month, like 2019 or 2019-05."))


def write_partial_date(day: date | None) -> str:
    """Return the shortest text that ``read_partial_date`` reads as the same day."""
    if day is None:
        return ""
    if day.day > 1:
        return day.isoformat()
    return f"{day:%Y-%m}" if day.month > 1 else f"{day:%Y}"


def say_partial_date(day: date) -> str:
    """Return the date for display, by locale: "2019", "May 2019" or "May 17, 2019"."""
    if day.day > 1:
        return date_format(day, "DATE_FORMAT")
    return date_format(day, "YEAR_MONTH_FORMAT") if day.month > 1 else f"{day:%Y}"
