"""Numbers inside a typed text: thousands are joined, ambiguous numbers are refused."""

import re

from tracker.numbers.reading import SPACES, read_number

_FIRM = SPACES.replace(" ", "")
_NOT_INSIDE = r"(?<![\w.,/])"
_SPACED = re.compile(
    rf"{_NOT_INSIDE}[1-9]\d{{0,2}}(?:[{_FIRM}]\d{{3}})+(?![\d/%])"  # spaces meant as separators
    rf"|{_NOT_INSIDE}[1-9]\d{{0,2}}(?: 000)+(?![\d/%])"  # "1 000 µg", but not "2 330 ml cans"
)
_MARKED = re.compile(rf"{_NOT_INSIDE}\d+(?:[.,]\d+)+")
_ONE_MARK = re.compile(r"0[.,]\d+|\d+[.,](?!\d{3}$)\d+|\d{4,}[.,]\d+")


def written_plainly(text: str) -> str:
    """Return a text whose numbers have no thousands separators.

    Raises
    ------
    AmbiguousNumber
        If one of them is ambiguous, like 1,000.
    ValueError
        If one of them cannot be read, like 1,00,000.
    """
    joined = _SPACED.sub(lambda found: re.sub(r"\s", "", found[0]), text)
    return _MARKED.sub(_plainly, joined)


def _plainly(found: re.Match[str]) -> str:
    text = found[0]
    if _ONE_MARK.fullmatch(text):
        return text
    return f"{read_number(text):.12g}"
