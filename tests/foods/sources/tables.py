"""Small food tables in the format of the real ones, changed in one place per test."""

import csv
import io
import os
import zipfile
from pathlib import Path

import openpyxl
import pytest

from foods.sources.record import FoodRecord, Rejected

REPOSITORY = Path(__file__).resolve().parents[3]
DATA = Path(os.environ.get("COBALOG_DATA", REPOSITORY.parent / "shared" / "data"))


def shared(name: str) -> Path:
    """Return a published table, or skip the test without the tables."""
    path = DATA / name
    if not path.exists():
        pytest.skip(f"the food tables are not here (COBALOG_DATA): {name}")
    return path


def csv_text(header: str, *rows: str) -> str:
    """Quote every field as the downloads do; cells are apart by "|"."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerows(row.split("|") for row in (header, *rows))
    return out.getvalue()


NUTRIENT = csv_text(
    "id|name|unit_name|nutrient_nbr|rank",
    "1178|Vitamin B-12|UG|418|7300.0",
    "1246|Vitamin B-12, added|UG|578|7340.0",
    "1253|Cholesterol|MG|601|15700.0",
)
AMOUNT_HEADER = "id|fdc_id|nutrient_id|amount|data_points|derivation_id"
PORTION_HEADER = "id|fdc_id|seq_num|amount|measure_unit_id|portion_description|modifier|gram_weight"
UNITS = csv_text("id|name", "1000|cup", "1028|fruit", "9999|undetermined")
GROUPS = csv_text(
    "id|code|description", "1|0100|Dairy and Egg Products", "8|0800|Breakfast Cereals"
)


def sr_legacy(**changed: str) -> dict[str, str]:
    """SR Legacy with whole milk and a fortified cereal."""
    return {
        "food.csv": csv_text(
            "fdc_id|data_type|description|food_category_id|publication_date",
            "171265|sr_legacy_food|Milk, whole|1|2019-04-01",
            "173889|sr_legacy_food|Cereals ready-to-eat, O's|8|2019-04-01",
        ),
        "sr_legacy_food.csv": csv_text("fdc_id|NDB_number", "171265|1077", "173889|8013"),
        "food_category.csv": GROUPS,
        "nutrient.csv": NUTRIENT,
        "food_nutrient.csv": csv_text(
            AMOUNT_HEADER,
            "1|171265|1178|0.45|10|1",
            "2|171265|1246|0|0|68",
            "3|173889|1178|6.77|3|1",
            "4|173889|1246|6.7|0|40",
        ),
        "measure_unit.csv": UNITS,
        "food_portion.csv": csv_text(
            PORTION_HEADER,
            "1|171265|2|1.0|9999||tbsp|15.2",
            "2|171265|1|1.0|9999||cup|244",
        ),
        **changed,
    }


def survey(**changed: str) -> dict[str, str]:
    """FNDDS with a soy drink, its nutrient_id being the old nutrient number."""
    return {
        "food.csv": csv_text(
            "fdc_id|data_type|description|food_category_id|publication_date",
            "2705400|survey_fndds_food|Soy milk, unsweetened|1902|2024-10-31",
        ),
        "survey_fndds_food.csv": csv_text(
            "fdc_id|food_code|wweia_category_code|start_date|end_date", "2705400|11320100|1902||"
        ),
        "wweia_food_category.csv": csv_text(
            "wweia_food_category|wweia_food_category_description", "1902|Plant-based milk"
        ),
        "nutrient.csv": NUTRIENT,
        "food_nutrient.csv": csv_text(
            AMOUNT_HEADER, "1|2705400|418|0.39||", "2|2705400|578|0.39||"
        ),
        "food_portion.csv": csv_text(
            PORTION_HEADER,
            "1|2705400|1||9999|1 cup|10205|244",
            "2|2705400|2||9999|Quantity not specified|90000|244",
            "3|2705400|3||9999|Guideline amount per cup of hot cereal|63000|63",
        ),
        **changed,
    }


def foundation(**changed: str) -> dict[str, str]:
    """Foundation with one apple, an old version of it, and a laboratory sample."""
    return {
        "food.csv": csv_text(
            "fdc_id|data_type|description|food_category_id|publication_date",
            "1750340|foundation_food|Apples, fuji, raw|9|2020-10-30",
            "2709215|foundation_food|Apples, fuji, with skin, raw|9|2024-10-31",
            "319874|sample_food|HUMMUS, SABRA CLASSIC|16|2019-04-01",
        ),
        "foundation_food.csv": csv_text("fdc_id|NDB_number|footnote", "2709215|9504|"),
        "food_category.csv": csv_text("id|code|description", "9|0900|Fruits and Fruit Juices"),
        "nutrient.csv": NUTRIENT,
        "food_nutrient.csv": csv_text(
            AMOUNT_HEADER, "1|1750340|1178|9|1|1", "2|2709215|1178|0|1|1"
        ),
        "measure_unit.csv": UNITS,
        "food_portion.csv": csv_text(
            PORTION_HEADER, '1|2709215||1.0|1028||small (2-1/2" dia)|147.0'
        ),
        **changed,
    }


def without(tables: dict[str, str], name: str) -> dict[str, str]:
    return {key: text for key, text in tables.items() if key != name}


def zipped(path: Path, tables: dict[str, str], folder: str = "download_2018-04/") -> Path:
    """Write a download's files into one zip, as people download it."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in tables.items():
            archive.writestr(folder + name, text)
    return path


def unpacked(path: Path, tables: dict[str, str]) -> Path:
    """Write a download's files into a folder."""
    path.mkdir()
    for name, text in tables.items():
        (path / name).write_text(text, encoding="utf-8")
    return path


def workbook(path: Path, *rows: tuple[object, ...], sheet: str = "Sheet1") -> Path:
    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def foods_of(reader) -> dict[str, FoodRecord]:
    return {found.key: found for found in reader.read() if isinstance(found, FoodRecord)}


def refusals_of(reader) -> list[Rejected]:
    return [found for found in reader.read() if isinstance(found, Rejected)]
