"""Natural or added B12, and figures that show that a food is not only of plants."""

import re
from dataclasses import dataclass

from foods.sources.record import DietName, FortificationName, SourceClassName
from foods.sources.usda_groups import Placement

FORTIFIED_SHARE = 0.9
MIXED_FOOD_SHARE = 0.5
"""From this share of added B12, a plant food or a dish counts as a fortified food."""
CEREAL_FORTIFIED_UG_PER_100G = 0.5
"""A breakfast cereal with more but no row for added B12 is fortified (old brands have no row)."""
PLANT_DRINK_FORTIFIED_UG_PER_100G = 0.15
"""No plant drink or tofu naturally contains this much B12."""
DISH_NATURAL_UG_PER_100G = 0.15
"""From this much natural B12, a plant food with milk or egg in it counts as a dish."""
PLANT_NATURAL_UG_PER_100G = 0.02
"""More B12 than this in a plant food is from milk, egg or meat that the name does not mention."""
NATURAL_CLASSES = frozenset({"meat", "organ_meat", "poultry", "fish", "shellfish", "egg", "dairy"})
MADE_OF_PLANTS = re.compile(
    r"soy ?milk|tofu|drink|juice|smoothie|beverage|meatless|formula|bar\b", re.I
)
NOT_FORTIFIED = re.compile(r"(not |non |non-|un)(fortified|enriched)|no enrichment", re.I)
STATES_FORTIFIED = re.compile(r"\bfortified", re.I)
MADE_WITH_MILK = re.compile(r"made (up )?with [^,]*milk|prepared with [^,]*milk|with milk", re.I)
MILKY = re.compile(r"latte|cappuccino|mocha|chocolate|coffee|tea\b|shake|whey", re.I)
HOLDS_SOME = re.compile(r"mushroom|yeast|kiwi|cocoa|chocolate, dark|carob|beer|soy ?milk", re.I)


@dataclass(frozen=True, slots=True)
class B12Facts:
    """What a table says about a food's B12 and its markers of animal food, per 100 g."""

    total_ug: float | None
    added_ug: float | None = None
    animal_marker: float | None = None
    """Cholesterol or retinol: above 0 only if there is animal food. [mg or µg per 100 g]"""


@dataclass(frozen=True, slots=True)
class Classes:
    source_class: SourceClassName
    fortification: FortificationName
    diet: DietName


def classify(
    name: str, placement: Placement, facts: B12Facts, *, is_cereal: bool = False
) -> Classes:
    """Return class, fortification and diet of a food from its name, category and figures."""
    fortification = fortification_of(name, placement, facts, is_cereal=is_cereal)
    source_class = placement.source_class
    if counts_as_fortified(source_class, fortification, facts):
        source_class = "fortified_food"
    diet = placement.diet
    if diet == "vegan" and not is_plausible_plant(name, source_class, fortification, facts):
        diet = "omnivore"
    is_made_with_animal_food = source_class == "plant_food" and diet != "vegan"
    if is_made_with_animal_food and (natural_ug(facts) >= DISH_NATURAL_UG_PER_100G):
        source_class = "dairy" if MILKY.search(name) else "mixed_dish"
    return Classes(source_class, fortification, diet)


def fortification_of(
    name: str, placement: Placement, facts: B12Facts, *, is_cereal: bool
) -> FortificationName:
    """Return natural, fortified, mixed, none, pseudo or unknown from added and total B12."""
    if facts.total_ug is None:
        return "unknown"
    if placement.source_class == "algae_ferment":
        return "pseudo"
    if facts.total_ug == 0:
        return "none"
    if facts.added_ug is not None:
        return by_share(facts.added_ug / facts.total_ug)
    if adds_without_saying(name, placement, facts.total_ug, is_cereal=is_cereal):
        return "fortified"
    has_animal_food = placement.source_class in NATURAL_CLASSES or placement.diet != "vegan"
    return "natural" if has_animal_food else "unknown"


def adds_without_saying(
    name: str, placement: Placement, total_ug: float, *, is_cereal: bool
) -> bool:
    """Return whether the maker must have added the B12 of a food without a row for added B12."""
    if placement.source_class == "fortified_food":
        return True
    if placement.source_class not in ("plant_food", "mixed_dish"):
        return False
    if NOT_FORTIFIED.search(name) or MADE_WITH_MILK.search(name):
        return False
    if STATES_FORTIFIED.search(name) or (is_cereal and total_ug > CEREAL_FORTIFIED_UG_PER_100G):
        return True
    is_plant_drink = placement.diet == "vegan" and MADE_OF_PLANTS.search(name)
    return bool(is_plant_drink) and total_ug >= PLANT_DRINK_FORTIFIED_UG_PER_100G


def by_share(added_share: float) -> FortificationName:
    """Return the fortification that follows from the added share of the total."""
    if added_share >= FORTIFIED_SHARE:
        return "fortified"
    return "mixed" if added_share > 0 else "natural"


def counts_as_fortified(
    source_class: SourceClassName, fortification: FortificationName, facts: B12Facts
) -> bool:
    """Return whether the B12 comes from the maker rather than from the food."""
    if fortification == "fortified":
        return source_class in ("plant_food", "mixed_dish", "dairy")
    if fortification != "mixed" or source_class not in ("plant_food", "mixed_dish"):
        return False
    return (facts.added_ug or 0) >= MIXED_FOOD_SHARE * (facts.total_ug or 0)


def is_plausible_plant(
    name: str,
    source_class: SourceClassName,
    fortification: FortificationName,
    facts: B12Facts,
) -> bool:
    """Return whether the figures are plausible for a food without animal ingredients."""
    if facts.animal_marker:
        return False
    if source_class == "algae_ferment" or fortification == "fortified" or HOLDS_SOME.search(name):
        return True
    return natural_ug(facts) <= PLANT_NATURAL_UG_PER_100G


def natural_ug(facts: B12Facts) -> float:
    """Return what was not added; 0 if nothing is known. [µg per 100 g]"""
    return (facts.total_ug or 0) - (facts.added_ug or 0)
