"""What the readers of USDA's tables share: from a row's facts to a food record."""

import re
from dataclasses import dataclass, field

from foods.sources import wweia
from foods.sources.cells import clean_text, is_whole, mass_g, name_problem
from foods.sources.classify import B12Facts, Classes, classify
from foods.sources.portions import in_order, is_household, is_unspecified, stored_label
from foods.sources.record import (
    DietBasisName,
    DietName,
    FoodRecord,
    KindName,
    PortionRecord,
    Rejected,
)
from foods.sources.usda_groups import place

TITLES = {
    "sr_legacy": "USDA SR Legacy",
    "sr28": "USDA SR28",
    "foundation": "USDA Foundation Foods",
    "fndds": "USDA FNDDS",
}
SURVEY_CYCLES = {"2024-10-31": "2021-2023", "2022-10-28": "2019-2020", "2020-10-30": "2017-2018"}
"""FNDDS cycle by publication date; the CSV files give only the date."""
POURED = re.compile(r"\b(milk|juice|drink|nectar|beverage|soy ?milk|kefir)s?\b", re.I)
NOT_POURED = re.compile(
    r"\b(dry|dried|powder|mix|condensed|concentrate|dehydrated|chocolate, )", re.I
)
DRINK_GROUPS = {"1400", "1410"}
POURED_GROUPS = {"0100", "0900", "1600"}
COMMON_NAME_NOISE = re.compile(r"^(urmis|formerly|includes)\b|#\s*\d+", re.I)
CEREALS = "0800"


@dataclass(slots=True)
class RawFood:
    """A food whose parts are still being collected from several files."""

    dataset: str
    name: str
    row: str
    date: str = ""
    category: str = ""
    ndb_no: str = ""
    food_code: str = ""
    fdc_id: int | None = None
    total_ug: float | None = None
    added_ug: float | None = None
    cholesterol_mg: float | None = None
    kind: KindName = "unknown"
    default_mass_g: float | None = None
    portions: list[tuple[int, PortionRecord]] = field(default_factory=list)
    refused_portions: list[str] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)
    problem: tuple[str, str] | None = None
    has_figures: bool = True

    @property
    def key(self) -> str:
        """The identifier that is stable across releases: the food code or the NDB number."""
        return self.food_code or self.ndb_no or f"fdc-{self.fdc_id}"


def padded_ndb(text: str) -> str:
    """Return an NDB number with the leading zeros that the CSV files drop."""
    return text.strip().zfill(5) if text.strip() else ""


def common_names(text: str, between: str = ";,") -> list[str]:
    """Return the everyday names in a cell, without catalogue numbers."""
    parts = (clean_text(part) for part in re.split(f"[{between}]", text))
    return [p for p in parts if len(p) > 2 and not COMMON_NAME_NOISE.search(p)]


def in_sequence(portions: list[tuple[int, PortionRecord]]) -> list[PortionRecord]:
    """Return the portions in the table's own order."""
    return [portion for _, portion in sorted(portions, key=lambda item: item[0])]


def add_portion(food: RawFood, sequence: str, label: str, grams: str) -> None:
    """Keep a household measure, or the survey's default amount."""
    if not label:
        return
    if is_unspecified(label):
        food.default_mass_g = mass_g(grams)
    elif is_household(label):
        place_in_order = int(sequence) if is_whole(sequence.strip()) else len(food.portions)
        food.portions.append((place_in_order, PortionRecord(label, mass_g(grams))))


def finished(
    raw: RawFood,
    classes: Classes,
    *,
    group: str,
    release: str,
    is_drink: bool,
    diet_basis: DietBasisName = "guessed",
) -> FoodRecord | Rejected:
    """Return the record, or the refusal of a food whose row or B12 value is damaged."""
    if reason := name_problem(raw.name):
        return Rejected(raw.row, reason, raw.dataset, raw.key)
    name = clean_text(raw.name)
    if raw.problem:
        return Rejected(*raw.problem, raw.dataset, raw.key)
    code = f" food code {raw.food_code}" if raw.food_code else ""
    return FoodRecord(
        dataset=raw.dataset,
        key=raw.key,
        name=name,
        b12_ug_per_100g=raw.total_ug,
        b12_added_ug_per_100g=raw.added_ug,
        b12_kind=raw.kind,
        group=group,
        source_class=classes.source_class,
        fortification=classes.fortification,
        diet=classes.diet,
        release=release,
        source_text=f"{TITLES[raw.dataset]} {release}{code}: {name}",
        aliases=tuple(dict.fromkeys(raw.aliases)),
        portions=in_order(in_sequence(raw.portions), raw.default_mass_g),
        refused_portions=tuple(stored_label(label) for label in raw.refused_portions),
        default_mass_g=raw.default_mass_g,
        fdc_id=raw.fdc_id,
        ndb_no=raw.ndb_no,
        food_code=raw.food_code,
        is_drink=is_drink,
        diet_basis=diet_basis,
        has_figures=raw.has_figures,
    )


def grouped_food(
    raw: RawFood, *, group_code: str, group: str, release: str
) -> FoodRecord | Rejected:
    """Return the record of a food in a USDA food group (SR Legacy, Foundation, SR28)."""
    facts = B12Facts(raw.total_ug, raw.added_ug, raw.cholesterol_mg)
    is_cereal = group_code == CEREALS
    classes = classify(raw.name, place(group_code, raw.name), facts, is_cereal=is_cereal)
    is_drink = is_poured(group_code, raw.name)
    return finished(raw, classes, group=group, release=release, is_drink=is_drink)


def survey_food(
    raw: RawFood, *, category: int, group: str, release: str, recipe_diet: DietName | None
) -> FoodRecord | Rejected:
    """Return the record of a survey food (FNDDS)."""
    facts = B12Facts(raw.total_ug, raw.added_ug, raw.cholesterol_mg)
    placement = wweia.place_survey(category, raw.name, recipe_diet)
    classes = classify(raw.name, placement, facts, is_cereal=category in wweia.CEREALS)
    is_drink = wweia.is_drink(category) and not NOT_POURED.search(raw.name)
    return finished(
        raw,
        classes,
        group=group,
        release=release,
        is_drink=is_drink,
        diet_basis="guessed" if recipe_diet is None else "listed",
    )


def is_poured(group_code: str, name: str) -> bool:
    """Return whether amounts in millilitres make sense."""
    if NOT_POURED.search(name):
        return False
    if group_code in DRINK_GROUPS:
        return True
    return group_code in POURED_GROUPS and bool(POURED.search(name.partition(",")[0]))
