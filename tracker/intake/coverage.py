"""How many of the entries behind a total report their B12. Unknown is never zero."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.numbers.amounts import micrograms, two_digits


@dataclass(frozen=True)
class Coverage:
    """``known`` of ``total`` entries report B12."""

    known: int = 0
    total: int = 0

    def __add__(self, other: "Coverage") -> "Coverage":
        return Coverage(self.known + other.known, self.total + other.total)

    @property
    def is_full(self) -> bool:
        return self.known == self.total

    @property
    def unknown(self) -> int:
        return self.total - self.known

    @property
    def text(self) -> str:
        """4 of 5 foods report B12; empty if there are no entries."""
        if not self.total:
            return ""
        return ngettext(
            "B12 known for %(known)d of %(total)d food",
            "B12 known for %(known)d of %(total)d foods",
            self.total,
        ) % {"known": self.known, "total": self.total}


def covered_amount(amount_ug: float | None, coverage: Coverage) -> str:
    """Format a total with its uncertainty: "at least 3.1 µg" if an entry is unknown."""
    return _covered(amount_ug, coverage, micrograms)


def covered_number(amount_ug: float | None, coverage: Coverage) -> str:
    """Format it without the unit, for a table that names the unit once."""
    return _covered(amount_ug, coverage, two_digits)


def _covered(amount_ug: float | None, coverage: Coverage, write: Callable[[float], str]) -> str:
    if amount_ug is None or not (coverage.is_full or coverage.known):
        return micrograms(None)
    written = write(amount_ug)
    return written if coverage.is_full else _("at least %(amount)s") % {"amount": written}
