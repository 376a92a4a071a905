"""Where the B12 of an entry comes from, and what an entry without a name is called."""

from typing import Any, NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from foods.models import Food

QUICK_ADD = _("Quick add")
LONGEST_SOURCE = 400


class SourceKind(models.TextChoices):
    FOOD = "food", _("a food of the catalogue")
    TYPED = "typed", _("typed in by hand")
    RECIPE = "recipe", _("own recipe")


class EntrySource(NamedTuple):
    """``text`` cites the table or tables; ``foods`` counts those of a recipe."""

    kind: str = SourceKind.FOOD
    text: str = ""
    foods: int | None = None

    @property
    def said(self) -> str:
        """The source as people read it."""
        if self.kind == SourceKind.TYPED:
            return str(SourceKind.TYPED.label)
        if self.kind == SourceKind.RECIPE:
            text = ngettext(
                "own recipe of %(count)d food: %(sources)s",
                "own recipe of %(count)d foods: %(sources)s",
                self.foods or 0,
            )
            return text % {"count": self.foods or 0, "sources": self.text}
        return self.text

    def columns(self, prefix: str = "") -> dict[str, Any]:
        """Return the source as model columns."""
        return {
            f"{prefix}source_kind": self.kind,
            f"{prefix}source_text": self.text[:LONGEST_SOURCE],
            f"{prefix}source_count": self.foods,
        }


TYPED_IN = EntrySource(SourceKind.TYPED)


def source_of(food: Food) -> EntrySource:
    return EntrySource(SourceKind.FOOD, food.source_text or str(food.source))


def source_kind() -> "models.CharField[Any, Any]":
    return models.CharField(max_length=10, choices=SourceKind, default=SourceKind.FOOD)
