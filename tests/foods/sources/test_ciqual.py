import pytest

from foods.sources.ciqual import Ciqual
from foods.sources.recognise import recognise
from foods.sources.record import SourceError
from tests.foods.sources.tables import foods_of, refusals_of, shared, workbook

HEADER = (
    "alim_grp_nom_eng",
    "alim_ssgrp_nom_eng",
    "alim_ssssgrp_nom_eng",
    "alim_code",
    "alim_nom_eng",
    "alim_nom_fr",
    "Cholesterol (mg/100g)",
    "Vitamin B12 (µg/100g)",
)
FRUIT = ("fruits, vegetables, legumes and nuts", "fruits", "fresh fruits")
LIVER = ("meat, egg and fish", "cooked meat", "offals")


def table(tmp_path, *rows, header=HEADER):
    return workbook(tmp_path / "ciqual.xlsx", header, *rows)


def food(tmp_path, group, name, amount, cholesterol="-"):
    path = table(tmp_path, (*group, 13000.0, name, "nom", cholesterol, amount))
    return foods_of(recognise(path))["13000"]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("0,34", (0.34, "published")),
        ("-", (None, "unknown")),
        ("< 0,1", (0.0, "below_limit")),
        ("traces", (0.0, "trace")),
    ],
)
def test_unknown_below_limit_and_trace_are_distinguished(tmp_path, cell, expected):
    found = food(tmp_path, LIVER, "Liver, lamb, cooked", cell)

    assert (found.b12_ug_per_100g, found.b12_kind) == expected


def test_group_and_name_give_class_and_diet(tmp_path):
    liver = food(tmp_path, LIVER, "Liver, chicken, cooked", "16,9", cholesterol="563")

    assert (liver.source_class, liver.diet, liver.group) == ("organ_meat", "omnivore", "offals")
    assert liver.aliases == ("nom",)


def test_cholesterol_speaks_against_a_vegan_reading(tmp_path):
    assert food(tmp_path, FRUIT, "Apple, raw", "0", "0").diet == "vegan"
    assert food(tmp_path, FRUIT, "Apple, raw", "0", "4,1").diet == "omnivore"


def test_an_unlisted_group_is_uncertain(tmp_path):
    found = food(tmp_path, ("novelties", "-", "-"), "Thing", "0")

    assert (found.source_class, found.diet) == ("mixed_dish", "omnivore")


def test_a_second_food_with_the_same_code_is_refused(tmp_path):
    row = (*FRUIT, 9621.0, "Wheat bran", "", "-", "0")

    (refusal,) = refusals_of(Ciqual(table(tmp_path, row, row)))

    assert refusal.row == "ciqual.xlsx row 3"
    assert refusal.reason == "Wheat bran: code 9621 is already 'Wheat bran'"


def test_text_in_a_number_refuses_the_food(tmp_path):
    (refusal,) = refusals_of(Ciqual(table(tmp_path, (*FRUIT, 1.0, "Apple", "", "-", "viel"))))

    assert (refusal.key, refusal.reason) == ("1", "Apple: 'viel' is not a number")


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        (tuple(t for t in HEADER if t != "alim_nom_eng"), "no column alim_nom_eng"),
        (HEADER[:-1], "no column Vitamin B12"),
        ((*HEADER[:-1], "Vitamin B12 (mg/100g)"), "another unit"),
    ],
)
def test_a_table_without_its_columns_is_refused(tmp_path, header, reason):
    with pytest.raises(SourceError, match=reason):
        list(Ciqual(table(tmp_path, header=header)).read())


def test_the_published_table_has_the_expected_contents():
    reader = recognise(shared("Table Ciqual 2020_ENG_2020 07 07.xls"))

    foods = foods_of(reader).values()

    kinds = [food.b12_kind for food in foods]
    assert len(foods) == 3185
    assert (kinds.count("below_limit"), kinds.count("trace")) == (35, 6)
    # 1,090 marked "-", 18 empty averages, less the row refused for its code.
    assert kinds.count("unknown") == 1107
    assert reader.kind == "ciqual"
