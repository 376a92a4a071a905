"""What a package says about B12, and what that is in µg per 100 g."""

import re
from dataclasses import dataclass
from fractions import Fraction

from django.db import models
from django.utils.translation import gettext_lazy as _

from foods.labels import in_number
from tracker.numbers.reading import read_number
from tracker.science.reference_intakes import amount_ug_from_percent

_UNIT_WORDS = {
    1.0: "µg ug mcg microgram micrograms microgramme microgrammes",
    1e3: "mg milligram milligrams milligramme milligrammes",
    1e6: "g gram grams gramme grammes",
}
UG_PER_UNIT = {word: ug for ug, words in _UNIT_WORDS.items() for word in words.split()}
PLAUSIBLE_UG_PER_100G = 500.0
"""A higher value is usually a unit error: the richest rows of the tables have 99 µg."""
MOST_UG_PER_100G = 100_000.0
MOST_PIECES = 60
"""For one dose of tablets, sprays or drops; a dropper holds 20 to 40 drops."""
MOST_UG_PER_UNIT = 10_000.0
"""For one piece or serving of a supplement; the strongest on sale have 5000 µg."""
PERCENT, PERCENT_EU, PERCENT_US = "%", "% EU", "% US"
_PERCENT_OF = {"nrv": PERCENT_EU, "ri": PERCENT_EU, "dv": PERCENT_US}
"""Which country's label a word belongs to; several have used “RDA”."""
_COUNTS = {
    **dict.fromkeys(("half", "a half", "one half", "½"), "1/2"),
    **dict.fromkeys(("quarter", "a quarter", "one quarter", "¼"), "1/4"),
    **{"⅓": "1/3", "¾": "3/4", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5"},
    **{"six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10", "twelve": "12"},
}
_MIXED = re.compile(r"(\d{1,3}) ?([½¼⅓¾]|(?<= )[1-9]/[1-9]) ?(.+)")
_PERCENT = re.compile(r"%\s*(dv|nrv|ri|rda)?")
_TYPED = re.compile(r"(?P<number>[+\-\u2212]?[\d.,\s]+?)\s*(?P<unit>[a-zµ%][a-zµ%\s]*)?")


class LabelUnit(models.TextChoices):
    """The unit of a label's amount; the percentages are keys of the core's label references."""

    UG = "ug", _("µg (mcg)")
    PERCENT_US = "fda2016", _("% of 2.4 µg (US label)")
    PERCENT_US_OLD = "fda1993", _("% of 6 µg (older US label)")
    PERCENT_EU = "eu", _("% of 2.5 µg (EU or UK label)")


class Per(models.TextChoices):
    G100 = "100g", _("per 100 g")
    ML100 = "100ml", _("per 100 ml")
    SERVING = "serving", _("per serving, or per tablet")


class ServingUnit(models.TextChoices):
    G = "g", _("g")
    ML = "ml", _("ml")
    PIECE = "piece", _("tablets, capsules, sprays, drops")


@dataclass(frozen=True, slots=True)
class LabelStatement:
    """An amount as printed on a package. ``amount`` is None if B12 is not mentioned.

    A serving is in g, ml or pieces; a millilitre or a piece counts as one gram.
    """

    amount: float | None
    unit: str = LabelUnit.UG
    per: str = Per.G100
    serving_size: float | None = None
    serving_unit: str = ServingUnit.G
    serving_word: str = ""

    @property
    def is_in_pieces(self) -> bool:
        return self.per == Per.SERVING and self.serving_unit == ServingUnit.PIECE

    @property
    def is_by_volume(self) -> bool:
        return self.per == Per.ML100 or (
            bool(self.serving_size) and self.serving_unit == ServingUnit.ML
        )

    @property
    def amount_ug(self) -> float | None:
        """Return the stated amount. [µg per what the label says]"""
        if self.amount is None or self.unit == LabelUnit.UG:
            return self.amount
        return amount_ug_from_percent(self.amount, self.unit)

    @property
    def b12_ug_per_100g(self) -> float | None:
        """Return the B12 in 100 g, or in 100 pieces where the label counts pieces."""
        amount_ug = self.amount_ug
        if amount_ug is None or self.per != Per.SERVING:
            return amount_ug
        if not self.serving_size:
            raise ValueError("a value per serving needs the size of the serving")
        return amount_ug / self.serving_size * 100

    @property
    def pieces_said(self) -> str:
        """Return the word for a serving in pieces: "tablet", or "tablets" for 2."""
        word = in_figures(self.serving_word) or str(_("tablet"))
        return in_number(word, self.serving_size or 1) or word

    def portion(self) -> tuple[str, float] | None:
        """Return the household measure of a serving and its mass [g], if the label gives one."""
        if not self.serving_size:
            return None
        word = in_figures(self.serving_word)
        if self.is_in_pieces:
            return f"{self.serving_size:g} {self.pieces_said}", self.serving_size
        label = word if word[:1].isnumeric() else f"1 {word or _('serving')}"
        if self.serving_unit == ServingUnit.ML:
            label += f" of {self.serving_size:g} ml"
        return label, self.serving_size


def in_figures(words: str) -> str:
    """Return a measure with its count in figures: "two slices" -> "2 slices", "½ can" -> "1/2 can".

    Otherwise it would be read as one of them.
    """
    words = " ".join(words.split())
    for said, figures in _COUNTS.items():
        if rest := re.fullmatch(rf"{said} (?:of )?(?:(?:a|an|the) )?(.+)", words, re.IGNORECASE):
            return f"{figures} {rest[1]}"
    if mixed := _MIXED.fullmatch(words):
        part = Fraction(_COUNTS.get(mixed[2], mixed[2]))
        return f"{float(int(mixed[1]) + part):.4g} {mixed[3]}"
    return words


def read_amount(text: str) -> tuple[float, str]:
    """Split "2,5", "0.0025 mg" or "40 % NRV" into a number in µg or percent, and its unit.

    The unit is "µg", one of the percentages, or empty if none was typed. Raises ValueError for
    anything else.
    """
    found = _TYPED.fullmatch(text.strip().lower().replace("\u03bc", "µ"))
    if not found:
        raise ValueError(f"not an amount: {text[:20]!r}")
    number, unit = read_number(found["number"]), (found["unit"] or "").strip()
    if not unit:
        return number, ""
    if percent := _PERCENT.fullmatch(unit):
        return number, _PERCENT_OF.get(percent[1], PERCENT)
    if unit not in UG_PER_UNIT:
        raise ValueError(f"not a unit of B12: {unit[:20]!r}")
    return number * UG_PER_UNIT[unit], "µg"
