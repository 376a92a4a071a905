"""The foods that ship with the app: fixtures/foods.csv, each row traced to a published table."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import transaction

from foods.models import Food, Fortification, Portion, Source, SourceClass, ValueKind
from foods.search import index_food

STARTER_FILE = Path(settings.BASE_DIR) / "fixtures" / "foods.csv"
STARTER_SOURCE = {
    "name": "Cobalog starter table",
    "release": "2026-11",
    "publisher": "Cobalog",
    "licence": "facts from the tables that each row names",
    "trust": 90,
}
DRINK_GROUPS = {"Milk and milk drinks", "Plant-based milks", "Energy and enhanced drinks"}
_DRINK_PORTION = re.compile(r"\b(fl oz|\d+ ml)\b")
_FOOD_CODE = re.compile(r"^USDA FNDDS [\d-]+ food code (\d+)")
_LABEL_SOURCES = ("Label strength", "USDA Branded", "Open Food Facts")
_NOT_DRUNK = {"milk-powder-skim", "whey-protein", "meal-powder"}


@transaction.atomic
def load_starter_foods(path: Path = STARTER_FILE) -> dict[str, int]:
    """Create or update the starter foods; loading twice changes nothing.

    Returns the number of foods created, updated and unchanged.
    """
    source, _ = Source.objects.update_or_create(slug="cobalog", defaults=STARTER_SOURCE)
    known = {f.slug: f for f in source.foods.prefetch_related("portions")}
    counts = {"created": 0, "updated": 0, "unchanged": 0}
    for row in read_starter_rows(path):
        counts[_save(source, known.get(row["slug"]), row)] += 1
    return counts


def read_starter_rows(path: Path = STARTER_FILE) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _save(source: Source, food: Food | None, row: dict[str, str]) -> str:
    wanted, portions = food_values(row), portion_values(row)
    if food is None:
        food = Food(source=source, source_key=row["slug"], slug=row["slug"])
        outcome = "created"
    else:
        had = [(p.label, p.mass_g) for p in food.portions.all()]
        if had == portions and all(getattr(food, k) == v for k, v in wanted.items()):
            return "unchanged"
        outcome = "updated"
    for name, value in wanted.items():
        setattr(food, name, value)
    food.save()
    food.portions.all().delete()
    Portion.objects.bulk_create(
        Portion(food=food, position=i, label=label, mass_g=mass_g)
        for i, (label, mass_g) in enumerate(portions)
    )
    return outcome


def food_values(row: dict[str, str]) -> dict[str, object]:
    """Return the columns of a Food that a row of the starter table gives."""
    code = _FOOD_CODE.match(row["source"])
    values: dict[str, object] = {
        "source_text": row["source"],
        "fdc_id": int(row["fdc_id"]) if row["fdc_id"] else None,
        "ndb_no": row["ndb_no"],
        "food_code": code[1] if code else "",
        "name": row["name"],
        "aliases": row["aliases"].replace("|", "\n"),
        "group": row["group"],
        "source_class": SourceClass(row["source_class"]).value,
        "fortification": Fortification(row["fortification"]).value,
        "diet": row["diet"],
        "b12_ug_per_100g": _number(row["b12_ug_per_100g"]),
        "b12_added_ug_per_100g": _number(row["b12_added_ug_per_100g"]),
        "b12_kind": _kind(row["source"]),
        "is_unit_food": row["source_class"] == SourceClass.SUPPLEMENT,
        "is_injection": row["portion_1_label"] == "1 injection",
        "is_drink": is_drink(row),
        "notes": row["notes"],
        "retired_at": None,
    }
    search, head, rank = index_food(
        str(values["name"]), aliases=str(values["aliases"]), is_starter=True
    )
    return values | {"search": search, "head": head, "rank": rank}


def portion_values(row: dict[str, str]) -> list[tuple[str, float]]:
    pairs = ((row[f"portion_{i}_label"], row[f"portion_{i}_g"]) for i in (1, 2, 3))
    return [(label, float(mass)) for label, mass in pairs if label]


def is_drink(row: dict[str, str]) -> bool:
    if row["slug"] in _NOT_DRUNK or row["source_class"] == SourceClass.SUPPLEMENT:
        return False
    labels = [label for label, _mass in portion_values(row)]
    return row["group"] in DRINK_GROUPS or any(_DRINK_PORTION.search(label) for label in labels)


def _kind(source: str) -> str:
    if source.startswith(_LABEL_SOURCES):
        return ValueKind.LABEL
    return ValueKind.CALCULATED if "FNDDS" in source else ValueKind.PUBLISHED


def _number(text: str) -> float | None:
    return float(text) if text else None
