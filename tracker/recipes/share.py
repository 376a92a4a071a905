"""How much of a recipe was eaten: "1 of 4 servings", "half of it", "0,5", "300 g"."""

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.diary.quantity import SERVING, Quantity
from tracker.numbers.amounts import VULGAR
from tracker.numbers.reading import SPACES, AmbiguousNumber, read_number
from tracker.recipes.models import Recipe

NOT_AN_AMOUNT = gettext_lazy("Enter an amount, like 1, 0.5, ½ or “1 of 4”.")
MIN_FRACTION = 0.001
MAX_FRACTION = 100


class Measure(models.TextChoices):
    SERVINGS = "servings", gettext_lazy("servings")
    WHOLE = "whole", gettext_lazy("of the whole")
    GRAMS = "g", gettext_lazy("grams")


G_PER = {"g": 1.0, "gram": 1.0, "grams": 1.0, "kg": 1000.0}
SERVING_WORDS = {"serving", "servings", "portion", "portions"}
WHOLE_WORDS = {"%", "percent", "of it", "of all", "of the whole", "of everything"}
NUMBER_WORDS = {
    "all": 1.0, "whole": 1.0, "everything": 1.0, "a": 1.0, "an": 1.0, "one": 1.0, "two": 2.0,
    "three": 3.0, "four": 4.0, "half": 0.5, "a half": 0.5, "third": 1 / 3, "a third": 1 / 3,
    "quarter": 0.25, "a quarter": 0.25, "two thirds": 2 / 3, "three quarters": 0.75,
}  # fmt: skip
ALWAYS_WHOLE = {"all", "whole", "everything"}

_PLAIN = r"\d{1,6}(?:[.,]\d{1,12})?|[.,]\d{1,12}"
_MIXED = re.compile(r"(?:(\d{1,4})\s+)?(\d{1,4})\s*/\s*(\d{1,4})")
_OF = re.compile(rf"({_PLAIN}|[a-z]+) of (?:the )?({_PLAIN}|[a-z]+)(?: (?:servings?|portions?))?")
_GROUPED = rf"[1-9]\d{{0,2}}(?:[{SPACES}.,]\d{{3}})+(?:[.,]\d{{1,12}})?"
_FRACTION = r"(?:\d{1,4}\s+)?\d{1,4}\s*/\s*\d{1,4}"
_AMOUNT = re.compile(rf"({_FRACTION}|{_GROUPED}(?![\d.,])|{_PLAIN})\s*(.*)")


@dataclass(frozen=True)
class Share:
    """A part of a recipe; ``mass_g`` is set where the person gave it by weight."""

    fraction: float
    mass_g: float | None = None

    @property
    def code(self) -> str:
        """Text that ``read_share`` parses back, for the value of a button."""
        return f"{self.fraction:.9f}" if self.mass_g is None else f"{self.mass_g:.4f} g"


def read_share(text: str, recipe: Recipe, measure: str = Measure.SERVINGS) -> Share:
    """Return the part of a recipe that a text means; a number without a word is in ``measure``.

    Raises
    ------
    ValidationError
        If it is not an amount, not above 0, unreasonably large, or a weight of an unweighed dish.
    """
    text = _normal(text)
    amount, said = _of_several(text) or _amount_and_measure(text)
    return share_of(recipe, amount, said or measure)


def share_of(recipe: Recipe, amount: float, measure: str) -> Share:
    mass_g = None
    if measure == Measure.GRAMS:
        if recipe.is_saved_meal:
            raise ValidationError(_("Enter how much of it, like 1, ½ or 50 %."), code="weight")
        if recipe.cooked_mass_g is None:
            raise ValidationError(
                _("Enter the total weight first, or a number of servings."), code="weight"
            )
        mass_g, fraction = amount, amount / recipe.cooked_mass_g
    else:
        fraction = amount / recipe.servings if measure == Measure.SERVINGS else amount
    if amount <= 0:
        raise ValidationError(_("Enter an amount above 0."), code="amount")
    if not MIN_FRACTION <= fraction <= MAX_FRACTION:
        raise ValidationError(
            _("That does not fit the amount this makes. Check the amount and its unit."),
            code="absurd",
        )
    return Share(fraction, mass_g)


def _normal(text: str) -> str:
    text = text.strip().lower().replace("\u00a0", " ")
    for sign, (top, bottom) in VULGAR.items():
        text = text.replace(sign, f" {top}/{bottom}")
    return " ".join(text.split())


def _of_several(text: str) -> tuple[float, str] | None:
    """ "1 of 4", "three of 4 servings": a part of the whole, whatever its number of servings."""
    found = _OF.fullmatch(text)
    if not found:
        return None
    try:
        part, whole = _number(found[1]), _number(found[2])
    except ValueError:
        return None
    return (part / whole, Measure.WHOLE) if whole else None


def _amount_and_measure(text: str) -> tuple[float, str]:
    try:
        if found := _AMOUNT.fullmatch(text):
            return _measured(_number(found[1]), found[2].strip())
        for words in sorted(NUMBER_WORDS, key=len, reverse=True):
            if text == words or text.startswith(words + " "):
                measure = Measure.WHOLE if words in ALWAYS_WHOLE else ""
                amount, said = _measured(NUMBER_WORDS[words], text[len(words) :].strip())
                return amount, said or measure
    except AmbiguousNumber as error:
        raise ValidationError(error.advice, code="thousands") from None
    except ValueError:
        pass
    raise ValidationError(NOT_AN_AMOUNT, code="number")


def _measured(amount: float, words: str) -> tuple[float, str]:
    if words in ("%", "percent"):
        return amount / 100, Measure.WHOLE
    if words.removeprefix("a ") in SERVING_WORDS:
        return amount, Measure.SERVINGS
    if words in G_PER:
        return amount * G_PER[words], Measure.GRAMS
    if words in WHOLE_WORDS:
        return amount, Measure.WHOLE
    if not words:
        return amount, ""
    raise ValueError(f"not a measure of a recipe: {words[:20]!r}")


def _number(text: str) -> float:
    if found := _MIXED.fullmatch(text):
        whole, top, bottom = (int(part or 0) for part in found.groups())
        if not bottom:
            raise ValueError("a fraction of nothing")
        return whole + top / bottom
    return NUMBER_WORDS[text] if text in NUMBER_WORDS else read_number(text)


def quantity_of_share(recipe: Recipe, share: Share) -> Quantity:
    """Return a part as an amount: grams if it was given by weight, else servings."""
    if share.mass_g is not None:
        return Quantity(share.mass_g, "g")
    whole = recipe.servings if recipe.servings > 1 else None
    return Quantity(share.fraction * recipe.servings, SERVING, whole)
