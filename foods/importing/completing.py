"""What a food keeps from a fuller file of its table when a sparser one is imported later."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from foods.models import Food, Portion, Source
from foods.sources.record import FoodRecord, PortionRecord

THIN_SHARE = 0.1
THIN_FOODS = 20
"""If more foods than both lose some of their portions, the file holds only part of them."""


def stored_portions(source: Source) -> Iterator[tuple[str, str]]:
    portions = Portion.objects.filter(food__source=source, food__owner=None).order_by()
    yield from portions.values_list("food__source_key", "label").iterator()


def stored_aliases(source: Source) -> Iterator[tuple[str, str]]:
    foods = Food.objects.filter(source=source, owner=None).exclude(aliases="")
    for key, aliases in foods.values_list("source_key", "aliases").iterator():
        yield from ((key, alias) for alias in aliases.splitlines())


def told_portions(record: FoodRecord) -> Collection[str]:
    return [portion.label for portion in record.portions]


def told_aliases(record: FoodRecord) -> Collection[str]:
    return record.aliases


Stored = Callable[[Source], Iterator[tuple[str, str]]]
Told = Callable[[FoodRecord], Collection[str]]
OPTIONAL: dict[str, tuple[Stored, Told]] = {
    "portions": (stored_portions, told_portions),
    "aliases": (stored_aliases, told_aliases),
}
"""What some editions of a table leave out, and others hold for some of its foods."""


def thin_facts(
    records: Sequence[FoodRecord], sources: Mapping[str, Source], *, may_shrink: bool
) -> dict[str, set[str]]:
    """Return the facts that the file leaves out, wholly or in part, by dataset.

    What such a file lacks is no evidence against what is known of a food. For a file that may
    shrink the table, only the facts that it never holds count as left out.
    """
    thin: dict[str, set[str]] = {}
    for dataset, source in sources.items():
        foods = {record.key: record for record in records if record.dataset == dataset}
        limit = max(THIN_FOODS, THIN_SHARE * len(foods))
        for fact, (stored, told) in OPTIONAL.items():
            is_untold = not any(told(record) for record in foods.values())
            if is_untold or (not may_shrink and losing(foods, stored(source), told) > limit):
                thin.setdefault(dataset, set()).add(fact)
    return thin


def losing(foods: Mapping[str, FoodRecord], stored: Iterator[tuple[str, str]], told: Told) -> int:
    """Return how many of the file's foods are stored with something that the file lacks."""
    keys = {key for key, text in stored if key in foods and text not in told(foods[key])}
    return len(keys)


def completed(
    record: FoodRecord, food: Food, thin: Collection[str], kept: Counter[str]
) -> FoodRecord:
    """Return the record, completed with what a fuller file said about this food."""
    known: dict[str, object] = {}
    if record.fdc_id is None:
        known["fdc_id"] = food.fdc_id
    portions = all_portions(record, food, is_thin="portions" in thin)
    if portions != record.portions:
        known["portions"] = portions
    if "aliases" in thin and (aliases := all_aliases(record, food)) != record.aliases:
        known["aliases"] = aliases
    kept.update(fact for fact in OPTIONAL if fact in known)
    if food.keeps_diet(record.diet_basis, name=record.name):
        known |= known_diet(record, food)
        if record.diet != food.diet:
            kept["diet"] += 1
    return replace(record, **known) if known else record  # type: ignore[arg-type]


def all_portions(record: FoodRecord, food: Food, *, is_thin: bool) -> tuple[PortionRecord, ...]:
    """Return the known portions in order, with the record's weights, then its new ones.

    Unless the file is thin, only portions whose rows were or may have been refused are kept.
    """
    told = {portion.label: portion for portion in record.portions}
    known = {p.label: PortionRecord(p.label, p.mass_g) for p in food.portions.all()}
    if not is_thin and "" not in record.refused_portions:
        if not known.keys() & set(record.refused_portions):
            return record.portions
        staying = {*told, *record.refused_portions}
        known = {label: portion for label, portion in known.items() if label in staying}
    return tuple((known | told).values())


def all_aliases(record: FoodRecord, food: Food) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*food.aliases.splitlines(), *record.aliases)))


def known_diet(record: FoodRecord, food: Food) -> dict[str, object]:
    """Return the better-supported diet that is stored, and the classes that go with it."""
    known: dict[str, object] = {"diet": food.diet, "diet_basis": food.diet_basis}
    values = record.b12_ug_per_100g, record.b12_added_ug_per_100g
    is_same_food = values == (food.b12_ug_per_100g, food.b12_added_ug_per_100g)
    if not is_same_food or record.diet == food.diet:
        return known
    return known | {"source_class": food.source_class, "fortification": food.fortification}
