"""What the demo persons eat. Each meal is a line of food slugs of the starter table.

"egg-boiled*2" is two of the food's first portion; without a number it is one. A meal named twice
in a pattern is eaten more often than others.
"""

from dataclasses import dataclass

VEGAN_BREAKFASTS = (
    "oatmeal-cooked, soy-milk-unfortified*0.5, banana, coffee-black",
    "oatmeal-cooked, oat-milk-fortified*0.5, apple, coffee-black",
    "bread-whole-wheat*2, peanut-butter*0.5, banana, coffee-black",
    "cereal-corn-flakes*1.5, oat-milk-fortified*0.75, coffee-black",
    "soy-yogurt-fortified, granola*0.5, apple",
)
VEGAN_LUNCHES = (
    "hummus*4, bread-whole-wheat*2, tomato-raw",
    "falafel*5, bread-white*2, tomato-raw",
    "lentils-cooked, rice-white-cooked, spinach-cooked*0.5",
    "pasta-cooked*1.5, tomato-raw, olive-oil",
    "tofu-firm, rice-white-cooked, broccoli-cooked*2",
    "chickpeas-cooked, potato-boiled, spinach-cooked*0.5",
    "nori-roasted-jp*2, rice-white-cooked*1.5, tofu-firm*0.5",
)
VEGAN_DINNERS = (
    "kidney-beans-cooked, rice-white-cooked, tomato-raw",
    "pasta-cooked*2, mushrooms-white, nutritional-yeast-unfortified, olive-oil",
    "beyond-burger, bread-white*2, tomato-raw",
    "tempeh*0.75, rice-white-cooked, broccoli-cooked*2",
    "chickpeas-cooked, coconut-milk-cooking*4, rice-white-cooked",
    "lentils-cooked, potato-boiled*2, broccoli-cooked",
    "tofu-firm, pasta-cooked, spinach-cooked",
    "potato-boiled*2, hummus*3, tomato-raw",
)
VEGAN_SNACKS = ("apple", "almonds", "dark-chocolate", "banana, coffee-black", "oat-milk-fortified")

OLDER_BREAKFASTS = (
    "bread-whole-wheat, egg-boiled, butter*0.5, coffee-black",
    "oatmeal-cooked, milk-2pct*0.5, banana",
    "bread-white*2, butter, cheese-gouda, coffee-black",
    "yogurt-whole, apple",
    "cereal-weetabix*2, milk-2pct*0.5, orange-juice*0.5",
)
OLDER_LUNCHES = (
    "chicken-noodle-soup*1.5, bread-white",
    "haddock-cooked, potato-boiled*2, broccoli-cooked",
    "shepherds-pie, broccoli-cooked*2",
    "quiche-cheese*0.75, tomato-raw",
    "chicken-breast-roasted, potato-boiled, spinach-cooked*0.5",
    "ham-deli*2, bread-whole-wheat*2, tomato-raw",
    "cod-cooked, rice-white-cooked, spinach-cooked*0.5",
)
OLDER_DINNERS = (
    "bread-whole-wheat*2, cheese-cheddar, tomato-raw",
    "egg-scrambled*2, bread-white",
    "tuna-sandwich",
    "bread-whole-wheat*2, butter, liver-pate*2",
    "chicken-noodle-soup, bread-whole-wheat",
    "mac-and-cheese, tomato-raw",
    "sardines-canned-oil*0.5, bread-whole-wheat*2",
)
OLDER_SNACKS = ("apple", "milk-2pct*0.75", "dark-chocolate*0.5", "ice-cream-vanilla", "banana")

METFORMIN_BREAKFASTS = (
    "egg-fried*2, bread-whole-wheat*2, coffee-black",
    "oatmeal-cooked, milk-skim*0.5, apple, coffee-black",
    "cereal-bran-flakes, milk-skim*0.75, coffee-black",
    "bread-whole-wheat*2, ham-deli, coffee-black",
    "yogurt-greek-nonfat, almonds*0.5",
)
METFORMIN_LUNCHES = (
    "turkey-deli*3, bread-whole-wheat*2, tomato-raw",
    "chili-con-carne*1.25, bread-whole-wheat",
    "chicken-breast-roasted*1.5, rice-white-cooked, broccoli-cooked",
    "lentils-cooked*1.25, bread-whole-wheat",
    "cheese-sandwich, apple",
    "beef-stew*1.25",
    "chicken-noodle-soup*1.5, bread-whole-wheat",
)
METFORMIN_DINNERS = (
    "chicken-thigh-roasted*2, potato-boiled, broccoli-cooked*2",
    "ground-beef-80-cooked, pasta-cooked, tomato-raw",
    "tilapia-cooked*1.5, rice-white-cooked, spinach-cooked",
    "pork-chop-broiled, potato-boiled, broccoli-cooked",
    "spaghetti-meat-sauce*1.5",
    "kidney-beans-cooked, rice-white-cooked, cheese-cheddar",
    "beef-steak-sirloin*1.5, potato-boiled, spinach-cooked*0.5",
    "chicken-curry*1.25, rice-white-cooked",
)
METFORMIN_SNACKS = ("almonds", "apple", "cheese-cheddar*0.75", "yogurt-lowfat", "banana")

OMNIVORE_BREAKFASTS = (
    "latte, bread-white*2, butter*0.5",
    "yogurt-fruit, granola*0.5, coffee-black",
    "cereal-muesli-fortified*1.25, milk-2pct*0.75",
    "egg-scrambled*2, bread-whole-wheat, orange-juice",
    "latte, banana",
)
OMNIVORE_LUNCHES = (
    "tuna-sandwich, apple",
    "pizza-cheese*2",
    "burrito-beef-bean",
    "sushi-salmon-roll*6",
    "chicken-curry, rice-white-cooked",
    "lentils-cooked, bread-white",
    "egg-sandwich-cheese",
)
OMNIVORE_DINNERS = (
    "salmon-atlantic-farmed*1.5, potato-boiled, broccoli-cooked*2",
    "lasagna-meat",
    "hamburger, potato-boiled",
    "chicken-drumstick-roasted*2, rice-white-cooked, spinach-cooked*0.5",
    "pasta-cooked*2, cheese-parmesan, tomato-raw, olive-oil",
    "shrimp-cooked*1.5, rice-white-cooked, broccoli-cooked",
    "quiche-cheese, tomato-raw",
    "beef-roast, potato-boiled*1.5, broccoli-cooked",
)
OMNIVORE_SNACKS = ("milk-chocolate-candy", "apple", "yogurt-greek-whole", "almonds", "latte")


@dataclass(frozen=True)
class Menu:
    """The meals a person chooses from. ``supplement`` is the slug of one taken on some days."""

    breakfasts: tuple[str, ...]
    lunches: tuple[str, ...]
    dinners: tuple[str, ...]
    snacks: tuple[str, ...]
    supplement: str = ""
    supplement_share: float = 0.0
    """Share of the days on which it is taken."""
    supplement_ends_days_ago: int = 0
    """The most recent days on which it was forgotten."""


VEGAN = Menu(
    VEGAN_BREAKFASTS,
    VEGAN_LUNCHES,
    VEGAN_DINNERS,
    VEGAN_SNACKS,
    supplement="b12-tablet-25",
    supplement_share=0.5,
    supplement_ends_days_ago=16,
)
OLDER = Menu(OLDER_BREAKFASTS, OLDER_LUNCHES, OLDER_DINNERS, OLDER_SNACKS)
METFORMIN = Menu(
    METFORMIN_BREAKFASTS,
    METFORMIN_LUNCHES,
    METFORMIN_DINNERS,
    METFORMIN_SNACKS,
    supplement="multivitamin-2-4",
    supplement_share=0.6,
)
OMNIVORE = Menu(OMNIVORE_BREAKFASTS, OMNIVORE_LUNCHES, OMNIVORE_DINNERS, OMNIVORE_SNACKS)
