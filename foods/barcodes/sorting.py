"""What a product's tags say: kind of food, diet, country, whether B12 was added."""

import re
from collections.abc import Iterable

from foods.kinds import Diet, DietBasis, SourceClass

_KINDS: tuple[tuple[str, str], ...] = (
    (SourceClass.SUPPLEMENT, r"(dietary|food|nutritional)-supplements?|multivitamins?"),
    (SourceClass.ALGAE_FERMENT, r"algae|seaweeds?|spirulina|chlorella|nori|kombuchas?|tempehs?"),
    (SourceClass.ORGAN_MEAT, r"livers?|offals?|kidneys|foie-gras|liver-pates|liverwursts?"),
    (SourceClass.MIXED_DISH, r"meals|sandwiches|pizzas|soups|burgers|salads"),
    (
        SourceClass.SHELLFISH,
        r"shellfish|mollus[ck]s|crustaceans|clams|mussels|oysters|shrimps|prawns|crabs|scallops",
    ),
    (SourceClass.FISH, r"fishes|fish|tunas|salmons|sardines|mackerels|herrings|anchovies"),
    (SourceClass.EGG, r"eggs"),
    (SourceClass.POULTRY, r"poultry|poultries|chickens?|turkeys?|ducks?"),
    (SourceClass.DAIRY, r"dairy|dairies|milks|cheeses|yogurts|fermented-milk-products"),
    (SourceClass.MEAT, r"meats?|beef|porks?|hams|sausages|lambs?"),
)
_KIND_PATTERNS = [(kind, re.compile(rf"(?:^|-)(?:{words})(?:-|$)")) for kind, words in _KINDS]
_FROM_PLANTS = re.compile(
    r"plant-based|substitutes?$|alternatives?$|analogues?$|vegan|cereals|nutritional-yeasts?"
)
_NAMED_FERMENT = re.compile(r"\b(kombucha|spirulina|chlorella|tempeh|nori)\b", re.IGNORECASE)
_MAY_BE_RICH = re.compile(
    r"yeast|supplement|liver|foie-gras|shellfish|mollus[ck]|crustacean|clam|mussel|oyster"
)
_US_PREFIXES = re.compile(r"0(0|1|3|6|7|8|9)|1[0-3]")


def source_class_of(
    categories: Iterable[str], name: str, *, is_drink: bool, is_vegan: bool, has_b12: bool
) -> str:
    """Return the source class, which decides colour and absorption.

    A plant food with B12 counts as fortified; only algae and ferments have classes of their own.
    An unsorted product counts as a mixed dish, whose B12 is taken as food-bound.
    """
    tags = list(categories)
    found = {kind for kind, words in _KIND_PATTERNS if any(words.search(tag) for tag in tags)}
    if SourceClass.SUPPLEMENT in found:
        return SourceClass.SUPPLEMENT
    if SourceClass.ALGAE_FERMENT in found or _NAMED_FERMENT.search(name):
        return SourceClass.ALGAE_FERMENT
    is_from_plants = any(_FROM_PLANTS.search(tag) for tag in tags)
    if not is_from_plants:
        for kind, _words in _KIND_PATTERNS:
            if kind in found:
                return kind
    if not (is_from_plants or is_drink or is_vegan):
        return SourceClass.MIXED_DISH
    return SourceClass.FORTIFIED_FOOD if has_b12 else SourceClass.PLANT_FOOD


def diet_of(analysis: Iterable[str], labels: Iterable[str]) -> tuple[str, str]:
    """Return the strictest diet that allows it, and the evidence for that.

    Uncertain cases count as omnivore.
    """
    found, declared = set(analysis), set(labels)
    if "non-vegetarian" in found:
        return Diet.OMNIVORE, DietBasis.LISTED
    said = found | declared
    if "vegan" in said and "non-vegan" not in found:
        return Diet.VEGAN, DietBasis.LISTED
    if {"vegan", "vegetarian"} & said:
        return Diet.VEGETARIAN, DietBasis.LISTED
    return Diet.OMNIVORE, DietBasis.GUESSED


def says_b12_is_added(vitamins: Iterable[str]) -> bool:
    """Whether B12 is among the ingredients."""
    return any("b12" in tag or "cobalamin" in tag for tag in vitamins)


def may_be_rich(categories: Iterable[str]) -> bool:
    return any(_MAY_BE_RICH.search(tag) for tag in categories)


def is_us(countries: Iterable[str], code: str) -> bool:
    """Whether a label is from the US: sold there, or with a US number if no country is given."""
    known = list(countries)
    if known:
        return "united-states" in known
    return bool(_US_PREFIXES.match(code.zfill(13)))
