"""The foods that can be suggested, cached in the process until the catalogue changes."""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import OuterRef, Subquery

from foods.binding import split_of
from foods.catalogue.folding import tokens
from foods.catalogue.version import PerVersion
from foods.kinds import Fortification, SourceClass
from foods.labels import counted, in_number, readable
from foods.models import Food, FoodQuerySet, Portion
from tracker.diary.slots import Slot
from tracker.science.absorption import B12Split

ADDED = (Fortification.FORTIFIED, Fortification.MIXED)
ANIMAL = (
    SourceClass.MEAT,
    SourceClass.ORGAN_MEAT,
    SourceClass.POULTRY,
    SourceClass.FISH,
    SourceClass.SHELLFISH,
    SourceClass.EGG,
    SourceClass.DAIRY,
)
NEVER = (SourceClass.SUPPLEMENT, SourceClass.ALGAE_FERMENT)
GROUPS_NOT_PUSHED = ("Energy and enhanced drinks",)
"""Not proposed to anyone: caffeine and sugar are a poor way to get B12."""
_NOT_A_SERVING = re.compile(r"\braw\b|not further specified", re.IGNORECASE)
DEFAULT_MASS_G = 100.0
MOST_PORTIONS = 20

MORNING = (Slot.BREAKFAST, Slot.SNACK)
MAIN_MEALS = (Slot.LUNCH, Slot.DINNER)
THREE_MEALS = (Slot.BREAKFAST, *MAIN_MEALS)
SLOTS_OF_GROUP = {
    "Breakfast cereals, fortified": MORNING,
    "Breakfast cereals, not fortified": MORNING,
    "Fortified bakery": MORNING,
    "Meal replacements and protein bars": MORNING,
    "Nutritional yeast and yeast extract": THREE_MEALS,
    "Meat analogues": MAIN_MEALS,
}
SLOTS_OF_CLASS = {
    SourceClass.MEAT: MAIN_MEALS,
    SourceClass.ORGAN_MEAT: MAIN_MEALS,
    SourceClass.POULTRY: MAIN_MEALS,
    SourceClass.FISH: MAIN_MEALS,
    SourceClass.SHELLFISH: MAIN_MEALS,
    SourceClass.MIXED_DISH: MAIN_MEALS,
    SourceClass.EGG: THREE_MEALS,
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A food in its usual amount, with its B12 split for the absorption model."""

    pk: int
    slug: str | None
    name: str
    group: str
    source_class: str
    fortification: str
    diet: str
    portion: str
    portion_g: float
    mass_g: float
    b12_ug: float | None
    split: B12Split
    source: str
    is_shared: bool
    words: frozenset[str]

    @property
    def portion_count(self) -> float | None:
        """How many usual portions it is, if that is a plain number."""
        count = self.mass_g / self.portion_g
        is_plain = self.portion and abs(4 * count - round(4 * count)) < 1e-6
        return count if is_plain and count <= MOST_PORTIONS else None

    @property
    def amount_text(self) -> str:
        """The amount as a person would say it: "1 cup", "2 slices", "150 g"."""
        count = self.portion_count
        if count is None:
            return f"{self.mass_g:g} g"
        number, words = counted(self.portion)
        total = count * float(number or 0)
        said = in_number(words, total) if number else None
        if count != 1 and said:
            return readable(f"{total:g} {said}")
        whole = readable(self.portion)
        return whole if count == 1 else f"{count:g} × {whole}"

    @property
    def is_fortified(self) -> bool:
        return self.fortification in ADDED

    @property
    def is_animal(self) -> bool:
        return self.source_class in ANIMAL

    @property
    def active_ug(self) -> float:
        """B12 in the portion that the body can use, before absorption. [µg]"""
        return self.split.active_ug

    @property
    def is_possible(self) -> bool:
        """Only foods with active B12: no doses are proposed, unproven forms do not count."""
        return self.source_class not in NEVER and self.active_ug > 0

    @property
    def is_new_idea(self) -> bool:
        """Whether it suits someone who never logged it."""
        return (
            self.is_possible
            and self.is_shared
            and (self.is_animal or (self.is_fortified and self.source_class == "fortified_food"))
            and self.group not in GROUPS_NOT_PUSHED
            and not _NOT_A_SERVING.search(self.name)
        )

    @property
    def slots(self) -> tuple[Slot, ...]:
        """Meals at which people eat this kind of food."""
        by_class = SLOTS_OF_CLASS.get(SourceClass(self.source_class), tuple(Slot))
        return SLOTS_OF_GROUP.get(self.group, by_class)

    def weighing(self, mass_g: float) -> "Candidate":
        """Return the same food in another amount: usual portions, else a rounded weight."""
        if replace(self, mass_g=mass_g).portion_count is None:
            mass_g = sayable_g(mass_g)
        share = mass_g / self.mass_g
        b12_ug = None if self.b12_ug is None else self.b12_ug * share
        return replace(self, mass_g=mass_g, b12_ug=b12_ug, split=self.split.scaled(share))


def sayable_g(mass_g: float) -> float:
    """Round a weight to whole grams from 10 g on, to tenths below. [g]"""
    return float(math.floor(mass_g + 0.5)) if mass_g >= 10 else max(0.1, round(mass_g, 1))


def candidate(food: Any) -> Candidate:
    """Return a food of ``candidates`` in its usual portion, or 100 g if it has none."""
    mass_g = food.portion_g or DEFAULT_MASS_G
    return Candidate(
        pk=food.pk,
        slug=food.slug,
        name=food.name,
        group=food.group,
        source_class=food.source_class,
        fortification=food.fortification,
        diet=food.diet,
        portion=food.portion_label or "",
        portion_g=mass_g,
        mass_g=mass_g,
        b12_ug=food.b12_ug(mass_g),
        split=split_of(food, mass_g),
        source=food.source_text or str(food.source),
        is_shared=food.owner_id is None,
        words=frozenset(tokens(food.name)),
    )


def candidates(foods: FoodQuerySet) -> dict[int, Candidate]:
    """Return foods as candidates by their id. One query."""
    usual = Portion.objects.filter(food=OuterRef("pk")).order_by("position", "pk")
    loaded = (
        foods.select_related("source")
        .annotate(
            portion_label=Subquery(usual.values("label")[:1]),
            portion_g=Subquery(usual.values("mass_g")[:1]),
        )
        .order_by("pk")
    )
    return {food.pk: candidate(food) for food in loaded}


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The curated foods by id, and those to suggest by default, the richest portion first."""

    foods: Mapping[int, Candidate]
    ideas: tuple[Candidate, ...]
    version: int = 0


def _read_catalogue(version: int) -> Catalogue:
    foods = candidates(Food.objects.current().filter(owner=None, slug__isnull=False))
    ideas = [food for food in foods.values() if food.is_new_idea]
    ideas.sort(key=lambda food: (-food.active_ug, food.pk))
    return Catalogue(foods, tuple(ideas), version)


catalogue = PerVersion(_read_catalogue)
"""Return the curated foods. One query, and one more if the catalogue has changed."""


def own_foods(account: Any, pks: Iterable[int]) -> dict[int, Candidate]:
    """Return foods that a person logged and that are not curated. One query, or none."""
    wanted = list(pks)
    if not wanted:
        return {}
    return candidates(Food.objects.current().visible_to(account).filter(pk__in=wanted))
