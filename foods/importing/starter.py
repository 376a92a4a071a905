"""The foods that ship with the app: fixtures/foods.csv, each row traced to a published table.

Its ``notes`` are shown on a food's page; its ``remarks`` are for the maintainer of the file.
"""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from foods.catalogue.search import index_food
from foods.catalogue.version import one_version
from foods.kinds import DietBasis, Fortification, SourceClass, ValueKind
from foods.models import Food, Portion, Source

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


@one_version()
def load_starter_foods(path: Path = STARTER_FILE) -> dict[str, int]:
    """Create or update the starter foods; loading twice changes nothing.

    Returns the number of foods created, updated and unchanged.
    """
    source, _ = Source.objects.update_or_create(slug="cobalog", defaults=STARTER_SOURCE)
    known = {f.slug: f for f in source.foods.prefetch_related("portions")}
    rows, new, changed = list(read_starter_rows(path)), [], []
    for row in rows:
        food = known.get(row["slug"])
        if food is None:
            new.append((_new_food(source, row), row))
        elif _differs(food, row):
            changed.append((food, row))
    Food.objects.bulk_create(food for food, _row in new)
    for food, row in changed:
        _update(food, row)
    _write_portions(new + changed)
    counts = {"created": len(new), "updated": len(changed)}
    return counts | {"unchanged": len(rows) - len(new) - len(changed)}


def read_starter_rows(path: Path = STARTER_FILE) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _new_food(source: Source, row: dict[str, str]) -> Food:
    return Food(source=source, source_key=row["slug"], slug=row["slug"], **food_values(row))


def _differs(food: Food, row: dict[str, str]) -> bool:
    had = [(portion.label, portion.mass_g) for portion in food.portions.all()]
    wanted = food_values(row).items()
    return had != portion_values(row) or any(getattr(food, k) != v for k, v in wanted)


def _update(food: Food, row: dict[str, str]) -> None:
    for name, value in food_values(row).items():
        setattr(food, name, value)
    food.save()


def _write_portions(foods: list[tuple[Food, dict[str, str]]]) -> None:
    Portion.objects.filter(food__in=[food for food, _row in foods]).delete()
    Portion.objects.bulk_create(
        Portion(food=food, position=i, label=label, mass_g=mass_g)
        for food, row in foods
        for i, (label, mass_g) in enumerate(portion_values(row))
    )


def food_values(row: dict[str, str]) -> dict[str, object]:
    """Return the columns of a Food from a row of the starter table."""
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
        "diet_basis": DietBasis.STATED.value,
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
