"""How published portion labels are shown."""

import re
from fractions import Fraction

_VULGAR = {Fraction(1, 4): "¼", Fraction(1, 2): "½", Fraction(3, 4): "¾", Fraction(1, 3): "⅓"}
_NOISE = re.compile(r",? (NFS|any size)\b|^\d+ grams? (?=\d)")
_COUNT = re.compile(r"^(\d+(?:\.\d+)?)(?:/(\d+))? (.+)$")
DETAIL = re.compile(r",| \(| (?:with|without|not)\b")

SIZES = {"large", "medium", "small", "extra", "regular", "miniature", "jumbo"}
UNCHANGED = {"oz", "lb", "tbsp", "tsp", "g", "ml"}
MEASURES = {"cup", "tablespoon", "teaspoon", "glass", "bowl", "scoop", "slice", "piece"}
"""Words that come before what they measure ("cup penne") or after a kind ("thick slice")."""
_COUNTED = """
anchovy bag bagel bar berry biscuit bottle box breast cake can capsule cheeseburger chip chop
container cookie cracker croissant cupcake dog dose doughnut drink drop drumstick egg fillet
frankfurter gummy hamburger injection item jar leaf leg link liver loaf lozenge meatball muffin
mushroom nugget nut olive package packet pancake pat patty pie pizza portion potato pouch quiche
roll sandwich sardine serving sheet spear stalk steak stick strip submarine tablet thigh tomato
tray tub waffle wedge wing yolk
"""
NOUNS = {*MEASURES, *_COUNTED.split()}
_IRREGULAR = {"leaf": "leaves", "loaf": "loaves", "potato": "potatoes", "tomato": "tomatoes"}


def readable(label: str) -> str:
    """Return a published portion label in everyday words: "0.25 cup, NFS" -> "¼ cup"."""
    count, rest = counted(label)
    if count is None:
        return rest
    return f"{_VULGAR.get(count, f'{float(count):g}')} {rest}"


def counted(label: str) -> tuple[Fraction | None, str]:
    """Split a label: "5 anchovies" -> (5, "anchovies"); None if it does not begin with a count.

    A count of zero, or one without a noun, is not a count: the label stays whole.
    """
    label = " ".join(_NOISE.sub("", label).split())
    found = _COUNT.match(label)
    if not found or not float(found[1]) or not int(found[2] or 1):
        return None, label
    return Fraction(found[1]) / int(found[2] or 1), found[3]


def in_number(words: str, amount: float) -> str | None:
    """Return the words of a label for an amount: "cup, diced" -> "cups, diced" for 1.5.

    None if the plural is unknown ("2 roast raws"), or if the label contains a number: in "2 slices
    (1 oz)" it is unclear what weighs an ounce.
    """
    found = DETAIL.search(words)
    head = words[: found.start()] if found else words
    parts = head.split()
    if not parts or re.search(r"\d", words) or {"or", "and", "/"} & set(parts):
        return None
    if UNCHANGED & {parts[0], parts[-1]} or SIZES.issuperset(re.split(r"[ /]", head)):
        return words
    place = 0 if _singular(parts[0]) in MEASURES else len(parts) - 1
    noun = _singular(parts[place])
    if noun not in NOUNS:
        return None
    parts[place] = _plural(noun) if round(amount, 2) > 1 else noun
    return " ".join(parts) + words[len(head) :]


def _plural(noun: str) -> str:
    if noun.endswith(("s", "x", "ch", "sh")):
        return noun + "es"
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return noun[:-1] + "ies"
    return _IRREGULAR.get(noun, noun + "s")


_SINGULAR = {_plural(noun): noun for noun in NOUNS}


def _singular(word: str) -> str:
    return _SINGULAR.get(word, word)
