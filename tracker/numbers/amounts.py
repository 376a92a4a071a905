"""How amounts are read and written everywhere: one µ sign, decimal commas accepted."""

import math
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import get_format, number_format
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tracker.numbers.reading import AmbiguousNumber, read_number

MICROGRAM = "µg"
VULGAR = {"¼": (1, 4), "½": (1, 2), "¾": (3, 4), "⅓": (1, 3), "⅔": (2, 3), "⅛": (1, 8)}
SIGNS = {Fraction(*parts): sign for sign, parts in VULGAR.items()}
NOT_A_NUMBER = _("Enter a number, like 1.5 or 1,5.")


def two_digits(value: float) -> str:
    """Write a number with two significant digits, whole numbers above 100 in full, by locale."""
    refuse_other_than_finite(value)
    if value == 0:
        return "0"
    magnitude = math.floor(math.log10(abs(value)))
    decimals = max(0, 1 - magnitude)
    rounded = _half_up(value, decimals)
    if rounded and math.floor(math.log10(abs(rounded))) > magnitude:
        decimals = max(0, decimals - 1)  # 0.996 is "1.0", not "1.00"
    if decimals > 2 and abs(value) < 0.005:
        return "< " + _grouped(0.01, 2)
    places = min(decimals, 2)
    return _grouped(_half_up(value, places), places)


def _half_up(value: float, places: int) -> float:
    """Round half away from zero, as people do: 12.5 becomes "13", whereas round() gives 12.

    It rounds the decimal digits, not the binary fraction behind them; with twelve digits, the
    rounding errors of sums do not matter.
    """
    return float(Decimal(f"{value:.12g}").quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


def _grouped(value: float, places: int) -> str:
    """Write a rounded number with the separators of the active language. A page has hundreds of
    them, and number_format takes six times as long (and truncates instead of rounding)."""
    decimal, thousand = _marks(get_language() or "")
    text = f"{value:,.{places}f}"
    if (decimal, thousand) == (".", ","):
        return text
    return text.translate({ord("."): decimal, ord(","): thousand})


@cache
def _marks(language: str) -> tuple[str, str]:
    """Return the decimal and thousands separators of a language, looked up once per process."""
    has_groups = get_format("NUMBER_GROUPING", lang=language)
    thousand = get_format("THOUSAND_SEPARATOR", lang=language) if has_groups else ""
    return str(get_format("DECIMAL_SEPARATOR", lang=language)), str(thousand)


def as_typed(value: float) -> str:
    """Write a number that a person entered, with all its digits, by locale."""
    refuse_other_than_finite(value)
    text = f"{Decimal(f'{value + 0.0:.10g}'):f}"  # never an exponent, never -0
    return number_format(text, len(text.partition(".")[2]), force_grouping=True)


def brief(amount: float) -> str:
    """Write a count without needless digits, by locale: 2, 1.5, 0.33, 100.5."""
    rounded = round(amount, 2 if amount < 100 else 1)
    rounded = rounded or float(f"{amount:.2g}")  # a small amount is not zero
    return number_format(rounded, len(f"{rounded:.12f}".rstrip("0").partition(".")[2]))


def with_signs(amount: float) -> str:
    """Write a count with fraction characters if possible: 2, 1½, ⅓, 1.2."""
    whole = int(amount)
    near = Fraction(amount - whole).limit_denominator(8)
    if amount < 20 and near in SIGNS and abs(amount - whole - float(near)) < 1e-6:
        return f"{whole or ''}{SIGNS[near]}"
    return brief(amount)


def plain(value: float) -> str:
    """Write a number for a form to read back: no thousands separator, no exponent, no -0."""
    refuse_other_than_finite(value)
    text = f"{value:.6f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def refuse_other_than_finite(value: float) -> None:
    """Raise before "nan" or "inf" gets onto a page: an unknown amount is None."""
    if not math.isfinite(value):
        raise ValueError(f"{value!r} is not a finite number")


def micrograms(value: float | None) -> str:
    """Write an amount of B12 with its unit; an unknown one is "not known", never 0."""
    return str(_("not known")) if value is None else f"{two_digits(value)}\u00a0{MICROGRAM}"


class AmountField(forms.CharField):
    """A text field for a finite float within bounds; accepts a decimal comma."""

    default_error_messages = {"required": NOT_A_NUMBER}

    def __init__(self, *, minimum: float, maximum: float, unit: str = "", **kwargs: Any) -> None:
        self.minimum, self.maximum, self.unit = minimum, maximum, unit
        kwargs.setdefault("max_length", 20)
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("inputmode", "decimal")
        self.widget.attrs.setdefault("autocomplete", "off")

    def clean(self, value: Any) -> float | None:
        text = super().clean(value)
        if text in self.empty_values:
            return None
        try:
            number = read_number(text)
        except AmbiguousNumber as error:
            raise ValidationError(error.advice, code="thousands") from None
        except ValueError:
            raise ValidationError(NOT_A_NUMBER, code="number") from None
        if not self.minimum <= number <= self.maximum:
            raise ValidationError(
                _("Enter a number from %(low)s to %(high)s%(unit)s."),
                code="bounds",
                params={
                    "low": number_format(f"{self.minimum:g}"),
                    "high": number_format(f"{self.maximum:.10g}", force_grouping=True),
                    "unit": f"\u00a0{self.unit}" if self.unit else "",
                },
            )
        return number
