"""How a typed number is read: comma and point are decimal, or thousands only if that is clear."""

import re

from django.utils.translation import gettext as _

SPACES = " \u00a0\u2009\u202f"
"""Other thousands separators than comma and point."""
_PLAIN = re.compile(r"[+-]?(\d{1,12}([.,]\d{0,12})?|[.,]\d{1,12})")
_TWO_MEANINGS = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3}|\.000)")
_GROUPED = re.compile(
    rf"""[+-]?[1-9]\d{{0,2}}(
    (?:[{SPACES}]\d{{3}}){{1,3}}(?:[.,]\d{{1,12}})?  # 1 000 or 1 000,5
    | (?:,\d{{3}}){{1,3}}\.\d{{1,12}} | (?:\.\d{{3}}){{1,3}},\d{{1,12}}  # 1,000.5 or 1.000,5
    | (?:,\d{{3}}){{2,3}} | (?:\.\d{{3}}){{2,3}}  # 1,000,000 or 1.000.000
    )""",
    re.VERBOSE,
)


class AmbiguousNumber(ValueError):
    """A number with two meanings, like 1,000. Its ``advice`` can be shown to the person."""

    def __init__(self, text: str) -> None:
        super().__init__(f"means two numbers: {text!r}")
        self.text = text

    @property
    def advice(self) -> str:
        small = float(self.text.replace(",", "."))
        return _("“%(text)s” can mean %(small)s or %(large)s: write %(large)s, or %(decimal)s.") % {
            "text": self.text,
            "small": f"{small:g}",
            "large": re.sub(r"[.,]", "", self.text),
            "decimal": f"{small:.1f}" if small.is_integer() else f"{small:g}",
        }


def read_number(text: str) -> float:
    """Return the number that a person typed; comma and point both mark decimals.

    Thousands are read if nothing else can be meant: "1 000", "1,000.5", "1,000,000".

    Raises
    ------
    AmbiguousNumber
        If it is a number like 1,000 or 1.000, which is one to some and a thousand to others.
    ValueError
        If the text is anything but one number (an exponent, groups of other than three digits).
    """
    text = text.strip().replace("\u2212", "-")
    if _TWO_MEANINGS.fullmatch(text):
        raise AmbiguousNumber(text)
    if _GROUPED.fullmatch(text):
        return float(_without_groups(text)) + 0.0
    if not _PLAIN.fullmatch(text):
        raise ValueError(f"not a plain number: {text[:20]!r}")
    return float(text.replace(",", ".")) + 0.0  # -0 is 0


def _without_groups(text: str) -> str:
    """Remove thousands separators: all but a last separator that occurs only once."""
    text = re.sub(f"[{SPACES}]", "x", text)
    marks = re.findall(r"[.,x]", text)
    if marks.count(marks[-1]) > 1 or marks[-1] == "x":
        return re.sub(r"[.,x]", "", text)
    whole, decimals = text.rsplit(marks[-1], 1)
    return re.sub(r"[.,x]", "", whole) + "." + decimals
