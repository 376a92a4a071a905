"""Source class and diet of a USDA food, from its food group and the words of its name."""

import re
from dataclasses import dataclass

from foods.sources.record import DietName, SourceClassName
from foods.sources.words import diet_of_name, strictest

ORGAN = re.compile(
    r"\b(liver|kidneys?|heart|tongue|giblets|brain|thymus|tripe|sweetbreads?|pate|foie gras|spleen"
    r"|pancreas|lungs?|gizzards?|offals?|foie|pâtés?|chitterlings|liverwurst|braunschweiger"
    r"|variety meats|haggis|blood sausage|headcheese)\b",
    re.I,
)
POULTRY = re.compile(r"\b(chicken|turkey|duck|goose|poultry|quail|pheasant|kfc|popeyes)\b", re.I)
SHELLFISH = re.compile(
    r"\b(mollusks?|crustaceans?|clams?|oysters?|mussels?|scallops?|squid|octopus|shrimps?|prawns?"
    r"|crabs?|lobsters?|crayfish|abalone|conch|whelks?|snails?|escargot|cockles?|calamari)\b",
    re.I,
)
ALGAE_FERMENT = re.compile(
    r"\b(seaweed|laver|nori|kelp|kombu|wakame|dulse|agar|irishmoss|spirulina|chlorella|tempeh"
    r"|miso|natto|kombucha|sauerkraut|kimchi)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Placement:
    """The class of a food, and the strictest diet that allows it."""

    source_class: SourceClassName
    diet: DietName


@dataclass(frozen=True, slots=True)
class Rule:
    """What a pattern in the name means; single words do not make a final diet stricter."""

    pattern: re.Pattern[str]
    source_class: SourceClassName
    diet: DietName
    is_final: bool = False


def rule(
    pattern: str, source_class: SourceClassName, diet: DietName, *, is_final: bool = False
) -> Rule:
    return Rule(re.compile(pattern, re.I), source_class, diet, is_final)


PLANT = Placement("plant_food", "vegan")
UNSURE = Placement("mixed_dish", "omnivore")
GROUPS: dict[str, Placement] = {
    "0100": Placement("dairy", "vegetarian"),
    "0200": PLANT,
    "0300": UNSURE,
    "0400": Placement("plant_food", "omnivore"),
    "0500": Placement("poultry", "omnivore"),
    "0600": UNSURE,
    "0700": Placement("meat", "omnivore"),
    "0800": Placement("plant_food", "vegetarian"),
    "0900": PLANT,
    "1000": Placement("meat", "omnivore"),
    "1100": PLANT,
    "1200": PLANT,
    "1300": Placement("meat", "omnivore"),
    "1400": Placement("plant_food", "omnivore"),
    "1410": PLANT,
    "1500": Placement("fish", "pescatarian"),
    "1600": PLANT,
    "1700": Placement("meat", "omnivore"),
    "1800": Placement("mixed_dish", "vegetarian"),
    "1900": UNSURE,
    "2000": PLANT,
    "2100": UNSURE,
    "2200": UNSURE,
    "2500": UNSURE,
    "3500": UNSURE,
    "3600": UNSURE,
}
"""The default for a group's foods unless their names say otherwise; other groups are uncertain."""

RULES: dict[str, tuple[Rule, ...]] = {
    "0100": (
        rule(r"^eggs?( substitute)?,", "egg", "vegetarian", is_final=True),
        rule(r"\b(gelatin|bacon|ham|pepperoni|salmon)\b", "dairy", "omnivore"),
        rule(r"cream substitute|imitation|non-?dairy|topping", "mixed_dish", "vegetarian"),
        rule("", "dairy", "vegetarian", is_final=True),
    ),
    "0300": (
        rule(r"formula|toddler|pediasure", "fortified_food", "omnivore"),
        rule(r"tutti frutti|dessert|yogurt", "mixed_dish", "vegetarian"),
        rule(
            r"^babyfood, (water|juice|fruit|apple|banana|pear|peach|prune)", "plant_food", "vegan"
        ),
        rule(r"^babyfood, vegetables?,", "plant_food", "vegan"),
        rule(r"^babyfood, (cereal|cookie|cracker|pretzel|teething)", "plant_food", "vegetarian"),
    ),
    "0400": (
        rule(r"^fish oil", "fish", "pescatarian"),
        rule(r"^(lard|fat, |animal fat)|tallow", "meat", "omnivore"),
        rule(r"^(oil|vegetable oil),?", "plant_food", "vegan"),
        rule(r"^shortening.*(soy|palm|cotton|vegetable|corn|canola)", "plant_food", "vegan"),
        rule(r"^butter\b", "dairy", "vegetarian"),
        rule(r"^(margarine|mayonnaise|salad dressing, mayonnaise)", "plant_food", "vegetarian"),
        rule(r"home recipe, vinegar and oil", "plant_food", "vegan"),
    ),
    "0600": (
        rule(r"^sauce, (fish|oyster|worcestershire)", "mixed_dish", "pescatarian"),
        rule(r"^sauce, pasta.*marinara", "plant_food", "vegetarian"),
        rule(r"^sauce.*(salsa|pepper|sriracha|soy|plum|chili)", "plant_food", "vegan"),
        rule(r"^(sauce, cheese|soup, cheese|sauce, (homemade, )?white)", "dairy", "vegetarian"),
        rule(r"vegetarian", "mixed_dish", "vegetarian"),
        rule(r"^(wasabi|gravy, mushroom)", "plant_food", "omnivore"),
    ),
    "0700": (rule(r"\b(chicken|turkey|poultry)\b(?!.*\b(pork|beef)\b)", "poultry", "omnivore"),),
    "0800": (
        rule(r"marshmallow|mini[- ]?wheats|lucky charms|s'?mores", "plant_food", "omnivore"),
        rule(
            r"^(cereals, (?!ready)|millet|incaparina).*(oat|wheat|farina|grits|corn|cream of|rice"
            r"|millet|cracked|bulgur)",
            "plant_food",
            "vegan",
        ),
    ),
    "1400": (
        rule(
            r"^(?!.*(milk based|dairy|whitener|creamer|shake|protein|whey|nutritional|slim ?fast"
            r"|ensure|boost|meal replacement|cocoa mix|chocolate-flavou?r|rich chocolate))"
            r".*\b(coffee|tea|water|juices?|lemonade|limeade|carbonated|cola|soft drink|punch|soda"
            r"|energy drink|vitamin ?water|powerade|gatorade|fruit|drink|beer|wine|cider|vodka|rum"
            r"|gin|whiskey|sake|daiquiri|liqueur|(almond|rice|coconut) milk|alcoholic beverage)\b",
            "plant_food",
            "vegan",
        ),
        rule(
            r"\b(milk|dairy|cocoa mix|malt|ovaltine|shake|whitener|eggnog|breakfast powder|whey)\b",
            "dairy",
            "vegetarian",
        ),
    ),
    "1100": (rule(r"potato salad|home[- ]prepared|candied|o'brien", "plant_food", "vegetarian"),),
    "1500": (
        rule(r"\b(frog|turtle)\b", "meat", "omnivore"),
        rule(SHELLFISH.pattern, "shellfish", "pescatarian", is_final=True),
        rule("", "fish", "pescatarian"),
    ),
    "1600": (
        rule(r"meatless|vegetarian|veggie|meat extender", "plant_food", "vegetarian"),
        rule(r"^chili with|^beans.*home[- ]prepared", "plant_food", "omnivore"),
    ),
    "1800": (
        rule(r"^leavening|^(corn )?(tortillas|taco shells|tostada)", "plant_food", "vegan"),
        rule(r"^(bread|bagels)(?!.*(egg|milk|cheese|banana|corn|recipe))", "plant_food", "vegan"),
        rule(r"\blard\b|marshmallow|gelatin|pepperidge.*turnover", "mixed_dish", "omnivore"),
        rule(r"^crackers, (matzo, plain|crispbread|rusk|melba|rye)", "plant_food", "vegan"),
    ),
    "1900": (
        rule(
            r"gelatin|marshmallow|gum|jelly ?bean|rennin|starburst|gummy", "mixed_dish", "omnivore"
        ),
        rule(
            r"ice cream|frozen yogurt|sherbet|custard|pudding|flan|milk dessert",
            "dairy",
            "vegetarian",
        ),
        rule(r"milk chocolate|white chocolate", "dairy", "vegetarian"),
        rule(r"^honey", "plant_food", "vegetarian"),
        rule(
            r"^(sugars?|sweeteners?|syrups?|molasses|jams?|jellies|marmalade|fruit butters|pectin"
            r"|fruit syrup|cocoa, dry|baking chocolate, unsweetened|chocolate, dark"
            r"|pie fillings)\b",
            "plant_food",
            "vegan",
        ),
        rule(
            r"^frozen novelties, (ice type|juice type|fruit and juice)", "plant_food", "vegetarian"
        ),
        rule(r"^(candies|frostings|toppings?|chocolate|desserts)\b", "mixed_dish", "vegetarian"),
    ),
    "2100": (
        rule(
            r"pizza.*cheese(?!.*(sausage|pepperoni|meat|works|supreme|ham))|cheese pizza",
            "mixed_dish",
            "vegetarian",
        ),
        rule(r"\b(shake|ice cream|mcflurry|sundae|frosty|yogurt parfait)\b", "dairy", "vegetarian"),
        rule(
            r"(fried|crispy) chicken,|^(kfc|popeyes), .*(breast|wing|thigh|drumstick|strips)"
            r"|chicken tenders|nuggets",
            "poultry",
            "omnivore",
        ),
    ),
    "2200": (
        rule(r"^macaroni (and|or noodles with) cheese(?!.*\bham\b)", "mixed_dish", "vegetarian"),
    ),
    "2500": (
        rule(r"jerky|beef sticks|smoked|pork skins|meat-based", "meat", "omnivore"),
        rule(
            r"^(?!.*(flavor|coat)).*((tortilla|potato|plantain|banana|yucca|taro|vegetable|soy|corn)"
            r" (chips|sticks)|popcorn"
            r"|pretzels|rice cakes?|cornnuts|sesame sticks|corn-based, extruded, chips, plain)",
            "plant_food",
            "vegan",
        ),
        rule(r"granola|trail mix|cereal bar|oat", "mixed_dish", "vegetarian"),
    ),
    "3500": (
        rule(r"^(fish|salmon|steelhead)\b", "fish", "pescatarian"),
        rule(r"^(octopus|sea cucumber|clam|gumboot|mussel)\b", "shellfish", "pescatarian"),
        rule(
            r"berr(y|ies)|^(corn|agave|squash|melon|tea|plums?|wocas|acorn)\b(?!.*stew)",
            "plant_food",
            "vegan",
        ),
        rule(r"\b(meat|raw|dried|cooked|blubber|seal|whale|walrus)\b", "meat", "omnivore"),
    ),
    "3600": (
        rule(
            r"^restaurant, .*(fried rice|chow mein|lo mein), without meat", "mixed_dish", "omnivore"
        ),
        rule(r"mozzarella sticks|macaroni (&|and) cheese|con queso", "mixed_dish", "vegetarian"),
    ),
}
"""In each group the first matching rule wins; without a match the group's placement stands."""

MEATS = {"meat", "poultry"}


def place(group: str, name: str) -> Placement:
    """Return class and diet of a food in a USDA food group (four digits, "0100")."""
    base = GROUPS.get(group, UNSURE)
    found = next((r for r in RULES.get(group, ()) if r.pattern.search(name)), None)
    source_class = found.source_class if found else base.source_class
    diet = found.diet if found else base.diet
    if not (found and found.is_final):
        diet = strictest(diet, diet_of_name(name))
    return Placement(refined(source_class, diet, name), diet)


def refined(source_class: SourceClassName, diet: DietName, name: str) -> SourceClassName:
    """Return the class that the name narrows down: organs, algae, a plant food with milk in it."""
    if source_class in MEATS and ORGAN.search(name):
        return "organ_meat"
    if source_class == "plant_food" and ALGAE_FERMENT.search(name):
        return "algae_ferment"
    if (
        source_class == "plant_food"
        and diet in ("pescatarian", "omnivore")
        and diet_of_name(name) == diet
    ):
        return "mixed_dish"
    return source_class
