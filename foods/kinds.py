"""The choices that describe a food: its class, the origin of its B12, its diet, its evidence."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SourceClass(models.TextChoices):
    MEAT = "meat", _("Meat")
    ORGAN_MEAT = "organ_meat", _("Liver and organ meats")
    POULTRY = "poultry", _("Poultry")
    FISH = "fish", _("Fish")
    SHELLFISH = "shellfish", _("Shellfish")
    EGG = "egg", _("Eggs")
    DAIRY = "dairy", _("Dairy")
    FORTIFIED_FOOD = "fortified_food", _("Fortified foods")
    MIXED_DISH = "mixed_dish", _("Mixed dishes")
    PLANT_FOOD = "plant_food", _("Plant foods")
    ALGAE_FERMENT = "algae_ferment", _("Algae and ferments")
    SUPPLEMENT = "supplement", _("Supplements")


class Fortification(models.TextChoices):
    NATURAL = "natural", _("naturally present")
    FORTIFIED = "fortified", _("added by the maker")
    MIXED = "mixed", _("partly added by the maker")
    NONE = "none", _("no B12")
    PSEUDO = "pseudo", _("unproven or inactive forms")
    SUPPLEMENT = "supplement", _("supplement")
    UNKNOWN = "unknown", _("not known whether natural or added")


class Diet(models.TextChoices):
    """The strictest diet that allows a food."""

    VEGAN = "vegan", _("vegan")
    VEGETARIAN = "vegetarian", _("vegetarian")
    PESCATARIAN = "pescatarian", _("pescatarian")
    OMNIVORE = "omnivore", _("contains meat, or not known")


class DietBasis(models.TextChoices):
    """The evidence for a food's diet, the weakest first."""

    GUESSED = "guessed", _("judging by its name")
    LISTED = "listed", _("from its ingredients or its label")
    STATED = "stated", _("stated by a person who looked")


class ValueKind(models.TextChoices):
    """How the source arrived at its B12 value."""

    PUBLISHED = "published", _("as published: analysed or calculated")
    ANALYSED = "analysed", _("analysed")
    CALCULATED = "calculated", _("calculated from ingredients")
    LABEL = "label", _("declared on the label")
    ESTIMATE = "estimate", _("estimated")
    ASSUMED_ZERO = "assumed_zero", _("assumed to be none")
    TRACE = "trace", _("trace")
    BELOW_LIMIT = "below_limit", _("below the limit of detection")
    UNKNOWN = "unknown", _("not reported")
