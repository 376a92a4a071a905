"""What the European tables share: a group decides class and diet, the name narrows both down."""

from string import ascii_letters

from foods.sources.cells import clean_text, is_whole, name_problem, shortened, told
from foods.sources.classify import B12Facts, classify
from foods.sources.record import FoodRecord, KindName, Rejected
from foods.sources.usda_groups import POULTRY, Placement, refined
from foods.sources.words import diet_of_name, strictest


def narrowed(base: Placement, name: str) -> Placement:
    """Return the group's placement, made stricter by the words of the name."""
    diet = strictest(base.diet, diet_of_name(name))
    if base.source_class in ("egg", "dairy"):
        # "Egg, duck" and "Cheese, goat" are neither duck nor goat.
        diet = base.diet
    source_class = base.source_class
    if source_class == "meat" and POULTRY.search(name):
        source_class = "poultry"
    elif source_class == "mixed_dish" and diet == "vegan":
        source_class = "plant_food"
    return Placement(refined(source_class, diet, name), diet)


def european_food(
    *,
    dataset: str,
    title: str,
    release: str,
    code: str,
    name: str,
    row: str,
    group: str,
    base: Placement,
    value: tuple[float | None, KindName],
    animal_marker: float | None,
    is_cereal: bool,
    is_drink: bool,
    aliases: tuple[str, ...] = (),
) -> FoodRecord | Rejected:
    """Return the record of a food in a table without portions and without added B12."""
    if reason := name_problem(name):
        return Rejected(row, reason, dataset, code)
    name = clean_text(name)
    amount_ug, kind = value
    facts = B12Facts(amount_ug, None, animal_marker)
    classes = classify(name, narrowed(base, name), facts, is_cereal=is_cereal)
    return FoodRecord(
        dataset=dataset,
        key=code,
        name=name,
        b12_ug_per_100g=amount_ug,
        b12_added_ug_per_100g=None,
        b12_kind=kind,
        group=group,
        source_class=classes.source_class,
        fortification=classes.fortification,
        diet=classes.diet,
        release=release,
        source_text=f"{title} food code {code}: {name}",
        aliases=aliases,
        is_drink=is_drink,
    )


class Codes:
    """The codes a table has used so far: a second food with the same code is refused."""

    def __init__(self, dataset: str) -> None:
        self._dataset = dataset
        self._names: dict[str, str] = {}

    def refusal(self, code: str, name: str, row: str) -> Rejected | None:
        """Return why this code cannot be used, None when it can."""
        if not code:
            return Rejected(row, f"{told(name)}: no food code", self._dataset)
        if not is_whole(code.replace("-", "").rstrip(ascii_letters)):
            return Rejected(row, f"{told(name)}: food code {shortened(code)!r}", self._dataset)
        if code in self._names:
            reason = f"{told(name)}: code {code} is already {told(self._names[code])!r}"
            return Rejected(row, reason)
        self._names[code] = name
        return None
