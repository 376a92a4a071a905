"""What a person types into the food box: an amount, a unit and a food, in any usual order."""

import math
import re
import unicodedata
from dataclasses import dataclass, replace
from typing import TypeGuard

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foods.labels import in_number
from tracker.numbers.amounts import as_typed
from tracker.numbers.reading import AmbiguousNumber
from tracker.numbers.running import written_plainly

UNITS = {
    "g": "g gr gram grams gramme grammes",
    "kg": "kg kilo kilos kilogram kilograms",
    "oz": "oz ounce ounces",
    "lb": "lb lbs pound pounds",
    "ml": "ml millilitre millilitres milliliter milliliters",
    "cl": "cl",
    "dl": "dl",
    "l": "l litre litres liter liters",
    "µg": "µg ug mcg microgram micrograms microgramme microgrammes",
    "cup": "cup cups",
    "tablespoon": "tbsp tbsps tablespoon tablespoons",
    "teaspoon": "tsp tsps teaspoon teaspoons",
    "glass": "glass glasses",
    "bowl": "bowl bowls",
    "slice": "slice slices",
    "piece": "piece pieces pc pcs",
    "can": "can cans tin tins",
    "bottle": "bottle bottles",
    "serving": "serving servings portion portions",
    "fillet": "fillet fillets",
    "patty": "patty patties",
    "scoop": "scoop scoops",
    "tablet": "tablet tablets pill pills capsule capsules caplet caplets softgel softgels",
    "sheet": "sheet sheets",
    "container": "container containers pot pots",
}
TABLET = "tablet"
DOSES = {
    *("drop", "drops", "gummy", "gummies", "lozenge", "lozenges", "spray", "sprays"),
    *("puff", "puffs", "dose", "doses", "dropper", "droppers"),
}
"""Units of B12 besides tablets. They can be part of a name, too: "b12 drops"."""
MOST_DOSES, MOST_DROPS = 20, 60
"""A larger number beside them is the strength, as in "50 b12 tablets"."""
_UNIT_OF = {word: unit for unit, words in UNITS.items() for word in words.split()}
_WEIGHED = frozenset({"g", "kg", "oz", "lb", "ml", "cl", "dl", "l", "µg"})
_WORDS = {"a": 1.0, "an": 1.0, "one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "half": 0.5}
_B12 = re.compile(r"\bb[\s-]?12\b|cobalamin")
_VULGAR = {
    **{"¼": ".25", "½": ".5", "¾": ".75", "⅓": ".333333333", "⅔": ".666666667"},
    **{"⅛": ".125", "⅜": ".375", "⅝": ".625", "⅞": ".875"},
}
_DECIMALS = r"[.,]\d{1,12}"
_PLAIN = rf"\d{{1,9}}(?:{_DECIMALS})?"
_NUMBER = re.compile(rf"(\d{{1,3}})\s+(\d)/(\d)|(\d)/(\d)|({_PLAIN})|({_DECIMALS})")
_JOINED = re.compile(rf"(?<![\w.,/])({_PLAIN})(fl ?oz|[a-zµ]+)\b")
_STRENGTH = re.compile(rf"(?<![\d.,/])({_PLAIN}|{_DECIMALS})\s*(?:µg|ug|mcg)\b")
_PERCENT = re.compile(rf"(?:{_PLAIN})\s*(?:%|percent\b)")
_SUM = re.compile(
    rf"^(?:{_PLAIN})\s*[a-zµ]*\s*\+\s*[.,]?\d"
    rf"|(?:{_PLAIN})\s*(?:{'|'.join(_WEIGHED)})?\s*\+\s*(?:{_PLAIN})\s*(?:{'|'.join(_WEIGHED)})\b"
)
"""50 + 50 µg, 2 eggs + 200 ml milk; but "omega 3 + 6" is a name."""
_BETWEEN = re.compile(
    rf"(?<![\w.,/])({_PLAIN})\s?x\s?({_PLAIN})(?![\w.,/])(?!\s?({'|'.join(_WEIGHED)})\b)"
)
"""In "500 x 2" the smaller number is the factor; in "2 x 500 µg" the first one is."""
_TIMES = re.compile(rf"(?<![\w.,/])(?:({_PLAIN})\s?x(?![^\W\d])|x\s?({_PLAIN})(?!\w))")
_MINUS = "-\u2010\u2011\u2012\u2013\u2014\u2212"
_BELOW_ZERO = re.compile(rf"\s*[{_MINUS}]+\s*[.,]?[\d{''.join(_VULGAR)}]")
_LAST_BELOW_ZERO = re.compile(rf"\s[{_MINUS}]([.,]?\d\S*\s*\S*)$")


NOT_A_NUMBER = gettext_lazy("Enter a number, like 1.5 or 1,5.")


@dataclass(frozen=True)
class Typed:
    """A parsed query. ``amount`` is None if none was typed; ``unit`` may be empty.

    ``problem`` says why an amount cannot be used; the words are then empty and find nothing.
    """

    words: str
    amount: float | None = None
    unit: str = ""
    problem: str = ""

    @property
    def amount_text(self) -> str:
        """The amount as it was parsed: "10 kg", "3 bowls"."""
        amount = self.amount or 0
        return f"{as_typed(amount)} {in_number(self.unit, amount) or self.unit}".strip()

    @property
    def is_plain_b12(self) -> bool:
        """ "12 µg" alone: an amount of B12 without a food."""
        return self.unit == "µg" and self.amount is not None and not self.words


def read_typed(text: str) -> Typed:
    """Parse "2 eggs", "200 ml soy milk", "soy milk 1,5 cups" or "12 µg".

    The amount comes first or last; "b12 1000 µg" is the name of a tablet, not 1000 of something.
    """
    if _is_below_zero(text):
        return Typed("", problem=_("An amount cannot be below zero."))
    try:
        times, text = _factored(_normal(written_plainly(text)))
        if _SUM.search(text):
            return Typed("", problem=_("Enter one food with one amount at a time."))
        return _multiplied(_read_normal(text), times)
    except AmbiguousNumber as error:
        return Typed("", problem=error.advice)
    except (ValueError, ZeroDivisionError):
        return Typed("", problem=str(NOT_A_NUMBER))


def _read_normal(text: str) -> Typed:
    if _PERCENT.match(text):
        return Typed(text)  # "3.5 % milk": its fat content
    leading = _leading(text)
    if leading is not None and leading.is_plain_b12:
        return leading
    if _STRENGTH.search(text) or _B12.search(text):
        return _of_doses(text) or _of_tablets(text) or Typed(text)
    return _without_zero(text, leading or _trailing(text) or Typed(text))


def _factored(text: str) -> tuple[float | None, str]:
    """Take factors such as "2 x" or "x2" out of a text; return their product, None if none.

    "2 x 500 µg" is twice 500, not 2500.
    """
    text = _BETWEEN.sub(_smaller_first, text)
    factors = [_float(found[1] or found[2]) for found in _TIMES.finditer(text)]
    rest = " ".join(_TIMES.sub(" ", text).split())
    return (math.prod(factors), rest) if factors and rest else (None, text)


def _smaller_first(found: re.Match[str]) -> str:
    smaller, larger = sorted((found[1], found[2]), key=_float)
    return f"{smaller} x {larger}"


def _multiplied(typed: Typed, times: float | None) -> Typed:
    if times is None or typed.problem:
        return typed
    amount = times if typed.amount is None else times * typed.amount
    return (
        replace(typed, amount=amount)
        if amount
        else Typed("", problem=_("Enter an amount above 0."))
    )


def _of_tablets(text: str) -> Typed | None:
    """Parse "2 tablets b12 1000 µg", "b12 2 tablets" and "2 b12 tablets" as a number of tablets.

    A bare number may be the strength, so it only counts if "tablet" agrees with it in number:
    "10 b12 tablet" and "1000 b12 tablets" are names. "25 tablets b12" gets a question.
    """
    leading, trailing = _leading(text), _trailing(text)
    for typed in (leading, trailing):
        if typed and typed.unit == TABLET and typed.words and _is_count(typed.amount):
            return typed
    if leading and leading.unit == TABLET and leading.words:
        return _no_count(leading.amount)
    if trailing and trailing.unit == TABLET and trailing.amount == 0:
        return _no_count(trailing.amount)
    last = text.split()[-1]
    if leading is None or leading.unit or _unit(last) != TABLET or not _is_count(leading.amount):
        return None
    is_many = last.endswith("s")
    return replace(leading, unit=TABLET) if is_many or leading.amount <= 1 else None


def _of_doses(text: str) -> Typed | None:
    """Parse "10 drops b12", "b12 10 drops", "5 b12 gummies" and "b12 drops 10" as doses.

    The food's portions decide whether it is counted in them.
    """
    words = text.split()
    place = next((place for place, word in enumerate(words) if word in DOSES), None)
    if place is None:
        return None
    leading, before = _leading(text), _NUMBER.fullmatch(words[place - 1]) if place else None
    last = _NUMBER.fullmatch(words[-1]) if place == len(words) - 2 else None
    if before:
        typed = Typed(" ".join([*words[: place - 1], *words[place:]]), _value(before))
    elif leading and not leading.unit:
        typed = leading
    elif last:
        typed = Typed(" ".join(words[:-1]), _value(last))
    else:
        return None
    most = MOST_DROPS if words[place].startswith("drop") else MOST_DOSES
    if _is_count(typed.amount, most):
        return typed
    return _no_count(typed.amount) if before or not typed.amount else None


def _is_count(amount: float | None, most: float = MOST_DOSES) -> TypeGuard[float]:
    return amount is not None and 0 < amount <= most


def _no_count(amount: float | None) -> Typed:
    if not amount:
        return Typed("", problem=_("Enter an amount above 0."))
    text = _("That is too many at once. Give a strength in µg: “b12 1000 µg”.")
    return Typed("", problem=text)


def _without_zero(text: str, typed: Typed) -> Typed:
    """Refuse 0 of a food, but not names such as "coke 0" and "0 % yogurt"."""
    if typed.amount != 0 or typed.unit == "µg":
        return typed
    is_name = typed.words.startswith("%") or (not typed.unit and text.split()[-1:] == ["0"])
    return Typed(text) if is_name else Typed("", problem=_("Enter an amount above 0."))


def _is_below_zero(text: str) -> bool:
    """ "-2 eggs" and "milk -200 ml", but not "b-12" or "omega -3 capsules"."""
    if _BELOW_ZERO.match(text):
        return True
    last = _LAST_BELOW_ZERO.search(text)
    typed = _leading(_normal(last[1])) if last else None
    if typed is None:
        return False
    if typed.unit == TABLET:
        return _B12.search(text.lower()) is not None
    return typed.unit in _WEIGHED and not typed.words


def _normal(text: str) -> str:
    text = unicodedata.normalize("NFC", text).replace("μ", "µ").replace("×", " x ").lower()
    for sign, decimals in _VULGAR.items():
        text = re.sub(rf"(\d)\s*{sign}", rf"\g<1>{decimals}", text).replace(sign, "0" + decimals)
    text = _JOINED.sub(lambda m: f"{m[1]} {m[2]}" if _unit(m[2]) else m[0], text)
    return " ".join(text.split())


def _unit(word: str) -> str:
    if word.replace(" ", "") == "floz":
        return "fl oz"
    return _UNIT_OF.get(word.rstrip(".,;"), "")


def _leading(text: str) -> Typed | None:
    number = _NUMBER.match(text)
    if number and text[number.end() : number.end() + 1] in ("", " "):
        amount, rest = _value(number), text[number.end() :].split()
    else:
        first, *rest = text.split() or [""]
        if _unit(first) not in _WEIGHED | {""} and rest[:1] == ["of"] and rest[1:]:
            return Typed(" ".join(rest[1:]), 1.0, _unit(first))
        if first not in _WORDS or not rest:
            return None
        amount = _WORDS[first]
    if rest[:1] in (["a"], ["an"]):  # half a tablet
        rest = rest[1:]
    unit, left = _take_unit(rest)
    if not left and unit not in _WEIGHED | {"fl oz"}:
        # "2 tablets" alone: search for the word; no food is called a pill.
        left = [unit] if rest[:1] in (["pill"], ["pills"]) else rest[:1]
    return Typed(" ".join(left), amount, unit) if left or unit else None


def _take_unit(rest: list[str]) -> tuple[str, list[str]]:
    if rest[:2] == ["fl", "oz"]:
        return "fl oz", _without_of(rest[2:])
    if rest and (unit := _unit(rest[0])):
        return unit, _without_of(rest[1:])
    return "", rest


def _without_of(rest: list[str]) -> list[str]:
    return rest[1:] if rest[:1] == ["of"] else rest


def _trailing(text: str) -> Typed | None:
    words = text.split()
    for taken in (3, 2, 1):  # "1.5 fl oz", "200 ml", "2"
        tail, head = words[-taken:], words[:-taken]
        if not head or len(tail) < taken:
            continue
        if "/" in tail[0] and head[-1].isdigit():  # "2 1/2 cups"
            head, tail = head[:-1], [f"{head[-1]} {tail[0]}", *tail[1:]]
        if not head:
            continue
        number = _NUMBER.fullmatch(tail[0])
        unit = _unit(" ".join(tail[1:])) if taken > 1 else ""
        if number and (taken == 1 or unit):
            return Typed(" ".join(head), _value(number), unit)
    return None


def _value(found: re.Match[str]) -> float:
    whole, top, bottom, only_top, only_bottom, plain, bare = found.groups()
    if top:
        return int(whole) + int(top) / int(bottom)
    if only_top:
        return int(only_top) / int(only_bottom)
    return _float(plain or bare)


def _float(text: str) -> float:
    return float(text.replace(",", "."))
