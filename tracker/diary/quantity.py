"""How much of something: a number and its unit, and how a person would say it."""

from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foods.labels import counted, in_number, readable
from tracker.numbers.amounts import as_typed, brief, two_digits, with_signs

SERVING = "serving"
LONGEST_UNIT = 160


class Quantity(NamedTuple):
    """An amount and its unit: of mass or volume, a word ("slice") or a portion ("3 oz").

    ``amount`` is None for older rows, which kept only words.
    ``of`` is how many servings the whole dish made, for a part of it.
    """

    amount: float | None = None
    unit: str = ""
    of: float | None = None

    @property
    def said(self) -> str:
        """The amount as a person would write it: "2 slices", "2 × 3 oz", "200 g"."""
        if self.amount is None:
            return self.unit
        if self.unit == SERVING:
            return _of_servings(self.amount, self.of)
        return _so_many(self.amount, self.unit)

    def times(self, ratio: float) -> "Quantity":
        """Return a part or a multiple. Units without a number are repeated: "½ × a bowl"."""
        if abs(ratio - 1) < 1e-9:
            return self
        if self.amount is not None:
            return self._replace(amount=self.amount * ratio)
        if not self.unit:
            return self
        return Quantity(None, f"{with_signs(ratio)} × {self.unit}"[:LONGEST_UNIT])

    def columns(self) -> dict[str, Any]:
        """Return the quantity as the columns of a ``Measured`` row."""
        return {"amount": self.amount, "unit": self.unit, "amount_of": self.of}


UNSAID = Quantity()


def typed_by_hand(b12_ug: float | None) -> str:
    """Return an amount of B12 with all digits if the rounded figure beside it hides some."""
    if b12_ug is None or as_typed(b12_ug) == two_digits(b12_ug):
        return ""
    return f"{as_typed(b12_ug)} µg"


def _so_many(amount: float, unit: str) -> str:
    count, words = counted(unit)
    if count is not None and amount == 1:
        return readable(unit)
    said = in_number(words, amount) if count in (None, 1) else None
    if said is None and count is None and " " not in words:
        said = words  # "g", or a word whose plural is unknown
    return f"{brief(amount)} {said}" if said else f"{brief(amount)} × {readable(unit)}"


def _of_servings(count: float, of: float | None) -> str:
    if of is None or of <= 1:
        return servings_text(count)
    # "½ of 4 servings" could also mean half the dish.
    text = (
        _("%(count)s of %(all)s servings")
        if count > 1 - 1e-6
        else _("%(count)s serving (of %(all)s)")
    )
    return text % {"count": with_signs(count), "all": with_signs(of)}


def servings_text(count: float) -> str:
    """4 -> "4 servings"; 0.5 -> "½ serving"."""
    text = ngettext("%(count)s serving", "%(count)s servings", 1 if count <= 1 else 2)
    return text % {"count": with_signs(count)}
