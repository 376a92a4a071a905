"""The food catalogue: what a food contains, how much a portion is, and which source says so."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foods import binding
from foods.catalogue.version import Catalogued, CataloguedQuerySet
from foods.kinds import Diet, DietBasis, Fortification, SourceClass, ValueKind
from foods.label import LabelStatement, LabelUnit, Per, ServingUnit
from foods.labels import readable


class Source(Catalogued):
    """A published table (or a person's own labels) that food values come from."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    release = models.CharField(max_length=40, blank=True)
    publisher = models.CharField(max_length=120, blank=True)
    licence = models.CharField(max_length=120, blank=True)
    credit = models.CharField(max_length=300, blank=True)
    url = models.URLField(blank=True)
    trust = models.PositiveSmallIntegerField(
        default=50, help_text="Which of two foods that are the same is shown: the higher."
    )

    def __str__(self) -> str:
        return f"{self.name} {self.release}".strip()


LITTLE = {
    ValueKind.TRACE: (_("trace"), _("a trace of B12")),
    ValueKind.BELOW_LIMIT: (_("less than can be measured"), _("less B12 than can be measured")),
}
"""A stored 0 that does not mean none: what to show as its amount, and as its origin."""


class FoodQuerySet(CataloguedQuerySet["Food"]):
    def current(self) -> "FoodQuerySet":
        """Foods on offer: neither retired nor replaced by a better row."""
        return self.filter(retired_at=None, superseded_by=None)

    def visible_to(self, account: Any) -> "FoodQuerySet":
        """The shared catalogue and the account's own foods, never those of another person."""
        return self.filter(Q(owner=None) | Q(owner=account))

    def fitting(self, diet: str) -> "FoodQuerySet":
        """Foods that a diet allows. A food of unknown diet counts as omnivore."""
        return self.filter(diet__in=DIETS_ALLOWED.get(diet, DIETS_ALLOWED["omnivore"]))


SURENESS = DietBasis.values
DIETS_ALLOWED = {
    "vegan": ["vegan"],
    "vegetarian": ["vegan", "vegetarian"],
    "pescatarian": ["vegan", "vegetarian", "pescatarian"],
    "flexitarian": ["vegan", "vegetarian", "pescatarian", "omnivore"],
    "omnivore": ["vegan", "vegetarian", "pescatarian", "omnivore"],
}


class Food(Catalogued):
    """One food as one source describes it."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="foods")
    source_key = models.CharField(max_length=80, help_text="Natural key inside the source.")
    source_text = models.CharField(max_length=400, blank=True, help_text="Row it was taken from.")
    slug = models.SlugField(max_length=100, null=True, unique=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="own_foods"
    )
    fdc_id = models.PositiveIntegerField(null=True)
    ndb_no = models.CharField(max_length=8, blank=True)
    food_code = models.CharField(max_length=20, blank=True)
    gtin = models.CharField(max_length=14, blank=True)

    name = models.CharField(max_length=250)
    brand = models.CharField(max_length=120, blank=True)
    aliases = models.TextField(blank=True, help_text="Other names, one a line.")
    group = models.CharField(max_length=120, blank=True)
    source_class = models.CharField(max_length=20, choices=SourceClass)
    fortification = models.CharField(
        max_length=12, choices=Fortification, default=Fortification.UNKNOWN
    )
    diet = models.CharField(max_length=12, choices=Diet, default=Diet.OMNIVORE)
    diet_basis = models.CharField(
        max_length=8, choices=DietBasis, default=DietBasis.GUESSED, help_text="What says so."
    )
    b12_ug_per_100g = models.FloatField(null=True, help_text="None: not known. 0: stated as none.")
    b12_added_ug_per_100g = models.FloatField(null=True, help_text="Part of the total, not extra.")
    b12_kind = models.CharField(max_length=12, choices=ValueKind, default=ValueKind.PUBLISHED)
    is_unit_food = models.BooleanField(
        default=False, help_text="A tablet, drop or ampoule: nominally 1 g a unit."
    )
    is_injection = models.BooleanField(default=False, help_text="By-passes the gut.")
    is_drink = models.BooleanField(default=False, help_text="Amounts in ml make sense.")
    notes = models.TextField(blank=True)
    review = models.CharField(max_length=200, blank=True, help_text="Why a value needs a look.")

    search = models.TextField(blank=True, help_text="Folded words, each after a space.")
    head = models.CharField(max_length=120, blank=True, help_text="Folded text before the comma.")
    rank = models.SmallIntegerField(default=0, help_text="Fixed part of the search order.")
    retired_at = models.DateTimeField(null=True)
    superseded_by = models.ForeignKey(
        "self", null=True, on_delete=models.SET_NULL, related_name="supersedes"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    variants: Sequence[Any]
    """Its other forms (raw, canned); set by a search."""

    objects = FoodQuerySet.as_manager()  # type: ignore[misc]  # a wider one

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_key", "owner"], name="food_once_per_source_and_owner"
            ),
            models.UniqueConstraint(
                fields=["source", "source_key"],
                condition=Q(owner=None),
                name="shared_food_once_per_source",
            ),
            models.CheckConstraint(
                condition=Q(b12_ug_per_100g=None) | Q(b12_ug_per_100g__gte=0),
                name="food_b12_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(b12_added_ug_per_100g=None) | Q(b12_added_ug_per_100g__gte=0),
                name="food_added_b12_not_negative",
            ),
        ]
        indexes = [
            models.Index(fields=["source_class", "diet"], name="food_class_diet"),
            models.Index(fields=["ndb_no"], name="food_ndb", condition=~Q(ndb_no="")),
            models.Index(fields=["food_code"], name="food_code", condition=~Q(food_code="")),
            models.Index(fields=["gtin"], name="food_gtin", condition=~Q(gtin="")),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_shared(self) -> bool:
        return self.owner_id is None

    @classmethod
    def shared(cls, rows: Any) -> Any:
        return rows.filter(owner=None)

    def b12_ug(self, mass_g: float) -> float | None:
        """Return the B12 in this mass, or None if the source does not report it. [µg]"""
        if self.b12_ug_per_100g is None:
            return None
        return self.b12_ug_per_100g * mass_g / 100

    def keeps_diet(self, basis: str, *, name: str) -> bool:
        """Whether the evidence for the diet is better than that of another reading of this food.

        Under another name it is another recipe, whose ingredients are unknown.
        """
        if name != self.name and self.diet_basis != DietBasis.STATED:
            return False
        return SURENESS.index(self.diet_basis) > SURENESS.index(basis)

    @property
    def is_diet_guessed(self) -> bool:
        """Whether the diet claims more than is known. “Contains meat, or not known” does not."""
        return self.diet_basis == DietBasis.GUESSED and self.diet != Diet.OMNIVORE

    @property
    def usual_portion(self) -> "Portion":
        """The first portion, or 100 g if the source gives none. No query if prefetched."""
        first = next(iter(self.portions.all()), None)
        return first or Portion(food=self, label="100 g", mass_g=100)

    @property
    def little(self) -> str:
        """Words for 0 if the source found a trace or less than it can measure, else empty."""
        if self.b12_ug_per_100g != 0 or self.b12_kind not in LITTLE:
            return ""
        return str(LITTLE[ValueKind(self.b12_kind)][0])

    @property
    def origin_said(self) -> str:
        """The origin of the B12. A plant with traces of its own is not said to have none."""
        if self.little:
            return str(LITTLE[ValueKind(self.b12_kind)][1])
        if self.is_unreliable:
            return str(Fortification.PSEUDO.label)
        if self.fortification == Fortification.NONE and self.b12_ug_per_100g is None:
            return str(Fortification.UNKNOWN.label)
        return self.get_fortification_display()

    @property
    def is_supplement(self) -> bool:
        return self.source_class == SourceClass.SUPPLEMENT

    @property
    def is_unreliable(self) -> bool:
        """Spirulina, nori, mushrooms: their B12 does not count as active."""
        return binding.is_unreliable(self.source_class, self.fortification, self.b12_ug_per_100g)


class Portion(Catalogued):
    """A household measure of a food."""

    food = models.ForeignKey(Food, on_delete=models.CASCADE, related_name="portions")
    position = models.PositiveSmallIntegerField(default=0, help_text="0 is the usual portion.")
    label = models.CharField(max_length=120)
    mass_g = models.FloatField()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(mass_g__gt=0), name="portion_weighs_something"),
            models.UniqueConstraint(fields=["food", "label"], name="portion_once_per_food"),
        ]

    def __str__(self) -> str:
        return f"{self.label} ({self.mass_g:g} g)"

    @property
    def is_shared(self) -> bool:
        return self.food.is_shared

    @classmethod
    def shared(cls, rows: Any) -> Any:
        return rows.filter(food__owner=None)

    @property
    def readable(self) -> str:
        return readable(self.label)

    @property
    def b12_ug(self) -> float | None:
        return self.food.b12_ug(self.mass_g)


class Label(models.Model):
    """What a package says, as it was entered, so that the form can be opened with it again."""

    food = models.OneToOneField(Food, on_delete=models.CASCADE, related_name="label")
    amount = models.FloatField(null=True, help_text="None: the label does not mention B12.")
    unit = models.CharField(max_length=10, choices=LabelUnit, default=LabelUnit.UG)
    per = models.CharField(max_length=10, choices=Per, default=Per.G100)
    serving_size = models.FloatField(null=True)
    serving_unit = models.CharField(max_length=10, choices=ServingUnit, default=ServingUnit.G)
    serving_word = models.CharField(max_length=60, blank=True, help_text="“glass”, “2 biscuits”.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(amount=None) | Q(amount__gte=0), name="label_amount_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(serving_size=None) | Q(serving_size__gt=0),
                name="label_serving_holds_something",
            ),
        ]

    @property
    def statement(self) -> LabelStatement:
        return LabelStatement(
            self.amount,
            self.unit,
            self.per,
            self.serving_size,
            self.serving_unit,
            self.serving_word,
        )


class LookupConsent(models.Model):
    """A person's consent to look up barcodes at Open Food Facts. Without a row nothing is sent."""

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="lookup_consent"
    )
    given_at = models.DateTimeField(auto_now_add=True)


class CatalogueVersion(models.Model):
    """The one row with the number of the shared catalogue (``foods.catalogue.version``)."""

    number = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="one_catalogue_version"),
        ]

    def __str__(self) -> str:
        return f"catalogue {self.number}"
