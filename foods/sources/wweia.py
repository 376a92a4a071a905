"""Source class and diet of a survey food, from its What We Eat In America category and its name."""

from foods.sources.record import DietName, SourceClassName
from foods.sources.usda_groups import MEATS, POULTRY, SHELLFISH, Placement, refined
from foods.sources.words import diet_of_name, strictest

# First and last category number, class, strictest diet that the category itself allows.
RANGES: tuple[tuple[int, int, SourceClassName, DietName], ...] = (
    (1002, 1822, "dairy", "vegetarian"),
    (1902, 1904, "plant_food", "vegan"),
    (2002, 2008, "meat", "omnivore"),
    (2010, 2010, "organ_meat", "omnivore"),
    (2202, 2206, "poultry", "omnivore"),
    (2402, 2402, "fish", "pescatarian"),
    (2404, 2404, "shellfish", "pescatarian"),
    (2502, 2502, "egg", "vegetarian"),
    (2602, 2608, "meat", "omnivore"),
    (2802, 2804, "plant_food", "vegan"),
    (2806, 2806, "plant_food", "vegetarian"),
    (3002, 3808, "mixed_dish", "omnivore"),
    (4002, 4004, "plant_food", "vegan"),
    (4202, 4208, "plant_food", "vegetarian"),
    (4402, 4404, "mixed_dish", "vegetarian"),
    (4602, 4604, "plant_food", "vegetarian"),
    (4802, 4804, "plant_food", "vegan"),
    (5002, 5008, "plant_food", "vegetarian"),
    (5202, 5204, "plant_food", "vegetarian"),
    (5402, 5404, "mixed_dish", "omnivore"),
    (5502, 5506, "mixed_dish", "vegetarian"),
    (5702, 5704, "mixed_dish", "omnivore"),
    (5802, 5804, "dairy", "vegetarian"),
    (5806, 5806, "plant_food", "omnivore"),
    (6002, 6024, "plant_food", "vegan"),
    (6402, 6420, "plant_food", "vegan"),
    (6430, 6432, "plant_food", "vegetarian"),
    (6489, 6489, "plant_food", "vegan"),
    (6802, 6806, "plant_food", "vegetarian"),
    (7002, 7008, "plant_food", "vegan"),
    (7102, 7206, "plant_food", "vegan"),
    (7208, 7220, "mixed_dish", "omnivore"),
    (7302, 7506, "plant_food", "vegan"),
    (7702, 7804, "plant_food", "vegan"),
    (8002, 8002, "dairy", "vegetarian"),
    (8004, 8004, "plant_food", "vegetarian"),
    (8006, 8006, "dairy", "vegetarian"),
    (8008, 8010, "mixed_dish", "vegetarian"),
    (8012, 8012, "plant_food", "omnivore"),
    (8402, 8404, "plant_food", "omnivore"),
    (8406, 8406, "plant_food", "omnivore"),
    (8408, 8408, "plant_food", "vegan"),
    (8410, 8412, "mixed_dish", "omnivore"),
    (8802, 8804, "plant_food", "vegan"),
    (8806, 8806, "plant_food", "vegetarian"),
    (9002, 9002, "plant_food", "vegetarian"),
    (9004, 9006, "plant_food", "vegan"),
    (9007, 9012, "mixed_dish", "omnivore"),
    (9202, 9204, "plant_food", "vegan"),
    (9402, 9404, "fortified_food", "omnivore"),
    (9602, 9602, "dairy", "omnivore"),
    (9802, 9802, "mixed_dish", "omnivore"),
)
UNSURE = Placement("mixed_dish", "omnivore")
CEREALS = range(4602, 4606)
SNACKS = range(5002, 5009)
DRINK_RANGES = ((1002, 1402), (1902, 1902), (7002, 7804), (9202, 9204), (9402, 9404), (9602, 9602))


def base_of(category: int) -> Placement:
    """Return the default for a category's foods, before their names are read."""
    for first, last, source_class, diet in RANGES:
        if first <= category <= last:
            return Placement(source_class, diet)
    return UNSURE


def floor_of(category: int, name: str) -> DietName:
    """Return the strictest diet that a food of this category can have.

    The survey's recipes for brand cereals omit the honey, the milk and the vitamin D from wool,
    and those for flavoured snacks the cheese.
    """
    is_flavored_snack = category in SNACKS and "flavor" in name.lower()
    return "vegetarian" if category in CEREALS or is_flavored_snack else "vegan"


def place_survey(category: int, name: str, recipe_diet: DietName | None) -> Placement:
    """Return class and diet; the diet from an ingredient list replaces that of the category."""
    base = base_of(category)
    diet = strictest(recipe_diet or base.diet, diet_of_name(name), floor_of(category, name))
    source_class = base.source_class
    if source_class in MEATS and SHELLFISH.search(name):
        source_class = "shellfish"
    elif source_class == "meat" and POULTRY.search(name.partition(",")[0]):
        source_class = "poultry"
    elif source_class == "fish" and SHELLFISH.search(name):
        source_class = "shellfish"
    elif source_class == "mixed_dish" and diet == "vegan":
        source_class = "plant_food"
    return Placement(refined(source_class, diet, name), diet)


def is_drink(category: int) -> bool:
    """Return whether amounts in millilitres make sense."""
    return any(first <= category <= last for first, last in DRINK_RANGES)
