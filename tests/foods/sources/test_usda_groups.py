import csv
import re

import pytest

from foods.sources.archive import TableFiles
from foods.sources.fdc_csv import FdcCsv
from foods.sources.recognise import recognise
from foods.sources.usda_groups import Placement, place
from foods.sources.words import DIETS
from tests.foods.sources.tables import foods_of, shared


@pytest.mark.parametrize(
    ("group", "name", "expected"),
    [
        ("0100", "Milk, goat, fluid", ("dairy", "vegetarian")),
        ("0100", "Egg, duck, whole, fresh, raw", ("egg", "vegetarian")),
        ("0500", "Chicken, liver, all classes, raw", ("organ_meat", "omnivore")),
        ("0700", "Turkey breast, sliced", ("poultry", "omnivore")),
        ("0700", "Frankfurter, beef", ("meat", "omnivore")),
        ("1100", "Seaweed, wakame, raw", ("algae_ferment", "vegan")),
        ("1300", "Beef, variety meats and by-products, tongue", ("organ_meat", "omnivore")),
        ("1500", "Mollusks, clam, mixed species, raw", ("shellfish", "pescatarian")),
        ("1500", "Frog legs, raw", ("meat", "omnivore")),
        ("1600", "Chicken, meatless", ("plant_food", "vegetarian")),
        ("1600", "Beans, baked, canned, with franks", ("mixed_dish", "omnivore")),
        ("1900", "Ice creams, vanilla", ("dairy", "vegetarian")),
        ("2200", "Beef stew, canned", ("mixed_dish", "omnivore")),
        ("0900", "Apples, raw, with skin", ("plant_food", "vegan")),
    ],
)
def test_group_and_name_give_class_and_diet(group, name, expected):
    assert place(group, name) == Placement(*expected)


def test_an_unknown_group_is_never_called_vegan():
    assert place("9900", "Apples").diet == "omnivore"


def more_permissive(found: str, curated: str) -> bool:
    return DIETS.index(found) < DIETS.index(curated)


def curated_rows(pattern):
    """Rows of the curated starter table that a regular expression finds in a published table."""
    with shared("seed_foods.csv").open(encoding="utf-8") as file:
        rows = [(re.search(pattern, row["source"]), row) for row in csv.DictReader(file)]
    return [(match, row) for match, row in rows if match]


def test_no_food_of_sr_legacy_is_more_permissive_than_the_curated_table():
    foods = foods_of(FdcCsv(TableFiles(shared("fdc_sr_legacy_csv_2018-04_b12_rebuilt.zip"))))
    rows = [row for _, row in curated_rows("^USDA SR Legacy")]

    wrong = [r["name"] for r in rows if more_permissive(foods[r["ndb_no"]].diet, r["diet"])]
    classes = [r["name"] for r in rows if foods[r["ndb_no"]].source_class != r["source_class"]]

    assert len(rows) == 143
    assert wrong == []
    assert classes == []


def test_few_survey_foods_differ_from_the_curated_table():
    foods = foods_of(recognise(shared("2021-2023 FNDDS At A Glance - FNDDS Nutrient Values.xlsx")))
    rows = [(foods[m[1]], r) for m, r in curated_rows(r"^USDA FNDDS 2021-2023 food code (\d+)")]

    wrong = [row["name"] for food, row in rows if more_permissive(food.diet, row["diet"])]
    classes = [row["name"] for food, row in rows if food.source_class != row["source_class"]]

    assert len(rows) == 71
    assert wrong == []
    assert len(classes) <= 3, classes
