"""How published portion labels read."""

import re
from fractions import Fraction

_VULGAR = {Fraction(1, 4): "¼", Fraction(1, 2): "½", Fraction(3, 4): "¾", Fraction(1, 3): "⅓"}
_NOISE = re.compile(r",? (NFS|any size)\b|^\d+ grams? (?=\d)")
_COUNT = re.compile(r"^(\d+(?:\.\d+)?)(?:/(\d+))? (.+)$")


def readable(label: str) -> str:
    """Return a published portion label as a person would say it: "0.25 cup, NFS" -> "¼ cup"."""
    count, rest = counted(label)
    if count is None:
        return rest
    return f"{_VULGAR.get(count, f'{float(count):g}')} {rest}"


def counted(label: str) -> tuple[Fraction | None, str]:
    """Split a label: "5 anchovies" -> (5, "anchovies"); None where it does not begin with one."""
    label = " ".join(_NOISE.sub("", label).split())
    found = _COUNT.match(label)
    if not found:
        return None, label
    return Fraction(found[1]) / int(found[2] or 1), found[3]
