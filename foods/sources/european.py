"""What the European tables share: a group sets class and diet, and the name narrows them down."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from string import ascii_letters

from foods.sources.cells import clean_text, is_whole, name_problem, shortened, told
from foods.sources.classify import B12Facts, classify
from foods.sources.record import FoodRecord, KindName, Rejected
from foods.sources.usda_groups import POULTRY, Placement, refined
from foods.sources.words import diet_of_name, strictest

KEY_NAME_LENGTH = 60
"""A database column holds a key of 80 characters."""


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
    """A table's foods by code. Some tables give two foods the same code: both are kept."""

    def __init__(self, dataset: str) -> None:
        self._dataset = dataset
        self._names: dict[str, set[str]] = defaultdict(set)
        self._found: list[tuple[str, FoodRecord | Rejected]] = []

    def add(self, name: str, found: FoodRecord | Rejected) -> None:
        """Keep the result of a row until all codes are known."""
        self._found.append((name[:KEY_NAME_LENGTH], found))

    def told_apart(self) -> Iterator[FoodRecord | Rejected]:
        """Yield what was added, with the name in its key if another food has the same code.

        The order of the rows must not matter.
        """
        for name, found in self._found:
            code = found.key
            named_key = f"{code} {name}"
            key = named_key if len(self._names[code]) > 1 else code
            yield replace(found, key=key, code=code, named_key=named_key)

    def refusal(self, code: str, name: str, row: str) -> Rejected | None:
        """Return why this code cannot be used, None when it can."""
        if not code:
            return Rejected(row, f"{told(name)}: no food code", self._dataset)
        if not is_whole(code.replace("-", "").rstrip(ascii_letters)):
            return Rejected(row, f"{told(name)}: food code {shortened(code)!r}", self._dataset)
        part = name[:KEY_NAME_LENGTH]
        if part in self._names[code]:
            return Rejected(row, f"{told(name)}: code {code} is already {told(part)!r}")
        self._names[code].add(part)
        return None
