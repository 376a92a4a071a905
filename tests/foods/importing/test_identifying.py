"""A stored food stays the same, whichever foods share its code in a release."""

import pytest

from foods.importing.importer import import_foods
from foods.models import Food
from foods.sources.cofid import Cofid
from tests.foods.sources.test_cofid import table

pytestmark = pytest.mark.django_db

CHICKEN = "18-001|Chicken, roasted||MCA|Tr|0.7"
LIVER = "18-001|Beef, liver||MG|Tr|70"
OTHERS = [f"12-{n}|Milk {n}||BA|10|0.{n}" for n in range(1, 4)]


def take(tmp_path, *rows):
    return import_foods(Cofid(table(tmp_path, *rows, *OTHERS)))


def values():
    foods = Food.objects.filter(source__slug="cofid", source_key__startswith="18-001")
    rows = foods.order_by("pk").values_list("name", "b12_ug_per_100g", "retired_at")
    return {name: (ug, retired is None) for name, ug, retired in rows}


@pytest.mark.parametrize("rows", [(CHICKEN, LIVER), (LIVER, CHICKEN)])
@pytest.mark.parametrize("first", [CHICKEN, LIVER])
def test_a_food_stays_itself_when_another_gets_its_code(tmp_path, first, rows):
    take(tmp_path, first)
    food = Food.objects.get(source_key="18-001")
    name, ug = food.name, food.b12_ug_per_100g

    report = take(tmp_path, *rows)

    food.refresh_from_db()
    assert (food.name, food.b12_ug_per_100g, food.retired_at) == (name, ug, None)
    assert (report.created, report.retired, report.renamed) == (1, 0, [])
    assert values() == {"Chicken, roasted": (0.7, True), "Beef, liver": (70, True)}


@pytest.mark.parametrize(("left", "gone"), [(CHICKEN, "Beef, liver"), (LIVER, "Chicken, roasted")])
def test_a_food_stays_itself_when_the_other_with_its_code_leaves(tmp_path, left, gone):
    take(tmp_path, CHICKEN, LIVER)
    before = dict(Food.objects.values_list("pk", "name"))

    report = take(tmp_path, left)

    assert dict(Food.objects.values_list("pk", "name")) == before
    assert report.gone == [f"18-001 {gone} {gone}"]
    assert (report.created, report.renamed) == (0, [])


def test_each_food_returns_as_itself(tmp_path):
    for rows in ([CHICKEN], [CHICKEN, LIVER], [CHICKEN], [LIVER, CHICKEN]):
        take(tmp_path, *rows)

    assert values() == {"Chicken, roasted": (0.7, True), "Beef, liver": (70, True)}
    assert Food.objects.filter(source__slug="cofid").count() == 2 + len(OTHERS)


def test_a_code_with_a_new_name_is_reported(tmp_path):
    take(tmp_path, CHICKEN)

    report = take(tmp_path, "18-001|Chicken, roast, meat only||MCA|Tr|0.7")

    assert report.renamed == ["18-001 Chicken, roasted → Chicken, roast, meat only"]
    assert report.updated == 1


def test_a_damaged_row_keeps_the_food_it_refers_to(tmp_path):
    take(tmp_path, CHICKEN)

    report = take(tmp_path, CHICKEN.replace("0.7", "-1"), LIVER)

    assert (report.created, report.gone) == (1, [])
    assert values() == {"Chicken, roasted": (0.7, True), "Beef, liver": (70, True)}


def test_a_long_name_is_recognised_again(tmp_path):
    long = f"18-001|Chicken, {'very ' * 20}dry||MCA|Tr|0.7"
    take(tmp_path, long)

    report = take(tmp_path, long, LIVER)

    assert (report.created, report.updated, report.retired) == (1, 0, 0)
