"""Diet of a survey food from its ingredient list, including the ingredients of ingredients."""

import re
from collections import defaultdict
from dataclasses import dataclass, field

from foods.sources.record import DietName
from foods.sources.usda_groups import GROUPS, place
from foods.sources.words import diet_of_name, strictest

FIRST_SURVEY_CODE = 10_000_000
NUTRIENT_CODES = range(999_000, 1_000_000)
"""A nutrient added by the maker ("Vitamin B-12 as ingredient") is not animal food."""
NEWER_GROUPS = {
    23: "1300",
    25: "2500",
    27: "0600",
    28: "1800",
    31: "1100",
    32: "2200",
    33: "0300",
    35: "3500",
    36: "3600",
    80: "1500",
    90: "1500",
    93: "1500",
}
"""NDB numbers whose first two digits are not those of their food group."""
HEADS = {
    "0100": "cheese, cream, milk, yogurt, whipped topping, imitation cheese, eggs",
    "0300": "babyfood",
    "0400": "oil, salad dressing, creamy dressing, margarine",
    "0900": "cranberry juice, juice, apples, bananas, strawberries, orange juice, grape juice,"
    " grapefruit juice, grapes, blueberries, peaches, melons, figs",
    "1100": "potatoes, tomato, tomatoes, hearts of palm, turnip greens, mushrooms, onions, lettuce,"
    " spinach, kale, carrots, broccoli, cabbage, tomato and vegetable juice,"
    " yeast extract spread",
    "1400": "beverages, beverage, alcoholic beverage, fluid replacement, almond milk",
    "1600": "beans, soybean, soy milk, vermicelli, peanut butter, tofu yogurt, papad,"
    " almond butter, sesame butter, hummus",
    "1800": "bread, cookies, crackers",
    "1900": "syrups, jams, jellies, pie fillings, sweeteners, candies,"
    " ice creams, frozen novelties",
    "2000": "millet, flour, rice, oats",
    "2500": "snacks, snack, rice cake, granola bar",
}
GROUP_OF_HEAD = {h.strip(): code for code, heads in HEADS.items() for h in heads.split(",")}
"""The food group by head word, for NDB numbers that do not show it (4xxxx, six digits)."""
SNACK = re.compile(
    r"(snacks?|popcorn|pretzels?|(tortilla|potato) chips|rice (cake|cracker)|granola bar"
    r"|cheese puffs)",
    re.I,
)
"""Sweets and snacks share the NDB numbers 19xxx."""


@dataclass(frozen=True, slots=True)
class Ingredient:
    code: int
    name: str


def group_of_ndb(code: int, name: str) -> str:
    """Return the four-digit food group of an NDB number, or "" if it is unknown."""
    if code >= 900_000:
        code -= 900_000
    first_two = code // 1000
    if first_two == 19 and SNACK.match(name):
        return "2500"
    group = NEWER_GROUPS.get(first_two) or f"{first_two:02d}00"
    if code < 100_000 and group in GROUPS:
        return group
    return GROUP_OF_HEAD.get(name.partition(",")[0].strip().lower(), "")


def diet_of_ingredient(ingredient: Ingredient) -> DietName:
    """Return the diet of one ingredient that is not itself a survey food."""
    if ingredient.code in NUTRIENT_CODES:
        return "vegan"
    group = group_of_ndb(ingredient.code, ingredient.name)
    if not group:
        return diet_when_group_unknown(ingredient.name)
    return place(group, ingredient.name).diet


def diet_when_group_unknown(name: str) -> DietName:
    """Return a diet from a name alone: no animal word is no proof, so vegan becomes omnivore."""
    diet = diet_of_name(name)
    return "omnivore" if diet == "vegan" else diet


@dataclass(slots=True)
class Recipes:
    """The ingredient lists of the survey foods."""

    _lists: dict[int, list[Ingredient]] = field(default_factory=lambda: defaultdict(list))
    _known: dict[int, DietName] = field(default_factory=dict)

    def add(self, food_code: int, ingredient: Ingredient) -> None:
        self._lists[food_code].append(ingredient)

    def diet_of(self, food_code: int) -> DietName | None:
        """Return the strictest diet that allows all ingredients; None without a list of them."""
        if food_code not in self._lists:
            return None
        if food_code not in self._known:
            # A food that contains itself would recurse for ever, so it is uncertain meanwhile.
            self._known[food_code] = "omnivore"
            diets = [self._diet_of_part(part) for part in self._lists[food_code]]
            self._known[food_code] = strictest(*diets)
        return self._known[food_code]

    def _diet_of_part(self, part: Ingredient) -> DietName:
        if part.code < FIRST_SURVEY_CODE:
            return diet_of_ingredient(part)
        return self.diet_of(part.code) or diet_when_group_unknown(part.name)
