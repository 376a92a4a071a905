import gzip

import pytest

from foods.sources.cofid import Cofid
from foods.sources.recognise import recognise
from foods.sources.record import SourceError
from tests.foods.sources.tables import csv_text, foods_of, refusals_of, shared, workbook

HEADER = "Food Code|Food Name|Description|Group|Retinol (µg)|Vitamin B12 (µg)"
IDENTIFIERS = "||||RET|VITB12"
LONG_NAMES = "||||Retinol|Vitamin B12"


def table(tmp_path, *rows):
    return table_of_kind(tmp_path / "vitamins.csv.gz", *rows)


def table_of_kind(path, *rows):
    """Write the sheet in the format of the suffix: .csv, .gz or .xlsx."""
    lines = (HEADER, IDENTIFIERS, LONG_NAMES, *rows)
    if path.suffix == ".xlsx":
        return workbook(path, *(tuple(line.split("|")) for line in lines), sheet="1.5 Vitamins")
    text = csv_text(*lines).encode()
    path.write_bytes(gzip.compress(text) if path.suffix == ".gz" else text)
    return path


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("0.7", (0.7, "analysed")), ("N", (None, "unknown")), ("Tr", (0.0, "trace"))],
)
def test_present_but_unknown_and_trace_are_distinguished(tmp_path, cell, expected):
    path = table(tmp_path, f"18-001|Chicken, roasted|10 samples|MCA|Tr|{cell}")

    chicken = foods_of(recognise(path))["18-001"]

    assert (chicken.b12_ug_per_100g, chicken.b12_kind) == expected
    assert (chicken.source_class, chicken.diet) == ("poultry", "omnivore")


@pytest.mark.parametrize(
    ("name", "group", "expected"),
    [
        ("Breakfast cereal, bran flakes, fortified", "AI", ("fortified_food", "fortified")),
        ("Breakfast cereal, puffed wheat, unfortified", "AI", ("mixed_dish", "natural")),
        ("Milk, whole, pasteurised", "BAK", ("dairy", "natural")),
    ],
)
def test_the_name_says_whether_b12_was_added(tmp_path, name, group, expected):
    food = foods_of(Cofid(table(tmp_path, f"11-1|{name}||{group}|0|2.3")))["11-1"]

    assert (food.source_class, food.fortification) == expected


def test_retinol_speaks_against_a_vegan_reading(tmp_path):
    rows = ("13-1|Carrots, boiled|||0|0", "13-2|Carrots, glazed|||46|0")
    foods = foods_of(Cofid(table(tmp_path, *(row.replace("|||", "||DG|") for row in rows))))

    assert [food.diet for food in foods.values()] == ["vegan", "omnivore"]


@pytest.mark.parametrize("code", ["", "13_1", "13-١"])
def test_a_food_with_an_unreadable_code_is_refused_and_not_skipped(tmp_path, code):
    path = table(tmp_path, f"{code}|Carrots, boiled||DG|0|0", "|||a note||")

    (refusal,) = refusals_of(Cofid(path))

    assert (refusal.dataset, refusal.key) == ("cofid", "")
    assert refusal.reason == f"Carrots, boiled: food code {code!r}"


def test_a_name_over_two_lines_is_one_name(tmp_path):
    path = table(tmp_path, "13-1|Yam,\nsteamed||DG|0|0")

    assert foods_of(Cofid(path))["13-1"].name == "Yam, steamed"


@pytest.mark.parametrize("turned", [False, True])
def test_two_foods_with_one_code_are_both_kept_in_any_order(tmp_path, turned):
    rows = ["13-669|Aubergine, roasted||DG|0|0", "13-669|Watercress, raw||DG|0|0.1"]
    path = table(tmp_path, *sorted(rows, reverse=turned))

    foods = foods_of(Cofid(path))

    assert refusals_of(Cofid(path)) == []
    assert {key: (food.name, food.b12_ug_per_100g) for key, food in foods.items()} == {
        "13-669 Aubergine, roasted": ("Aubergine, roasted", 0.0),
        "13-669 Watercress, raw": ("Watercress, raw", 0.1),
    }


def test_a_damaged_food_of_a_shared_code_is_refused_under_its_own_key(tmp_path):
    path = table(tmp_path, "13-669|Aubergine||DG|0|0", "13-669|Watercress||DG|0|-1")

    (refusal,) = refusals_of(Cofid(path))

    assert refusal.key == "13-669 Watercress"


def test_one_food_listed_twice_is_read_once(tmp_path):
    path = table(tmp_path, "13-1|Yam||DG|0|0", "13-1|Yam||DG|0|0.2")

    (refusal,) = refusals_of(Cofid(path))

    assert foods_of(Cofid(path))["13-1"].b12_ug_per_100g == 0
    assert refusal.reason == "Yam: code 13-1 is already 'Yam'"


def test_two_long_names_of_one_code_that_begin_alike_are_one_food(tmp_path):
    name = "Yam, " + "very " * 30
    path = table(tmp_path, f"13-1|{name}dry||DG|0|0", f"13-1|{name}wet||DG|0|0")

    assert len(foods_of(Cofid(path))) == 1
    assert len(refusals_of(Cofid(path))) == 1


def test_a_negative_value_refuses_the_food(tmp_path):
    (refusal,) = refusals_of(Cofid(table(tmp_path, "12-1|Cheese||BL|300|-1")))

    assert (refusal.key, refusal.reason) == ("12-1", "Cheese: B12 is negative: -1 µg per 100 g")


def test_a_wrong_encoding_is_refused(tmp_path):
    path = tmp_path / "vitamins.csv"
    path.write_bytes(csv_text(HEADER, "12-1|Pâté||MG|0|3").encode("latin-1"))

    with pytest.raises(SourceError, match=r"vitamins.csv line \d: it is not UTF-8 text"):
        recognise(path)


def test_the_sheet_of_the_workbook_reads_like_the_export(tmp_path):
    rows = [tuple(line.split("|")) for line in (HEADER, IDENTIFIERS, "12-1|Cheese||BL|300|1.1")]
    path = workbook(tmp_path / "cofid.xlsx", *rows, sheet="1.5 Vitamins")

    reader = recognise(path)

    assert reader.kind == "cofid"
    assert foods_of(reader)["12-1"].b12_ug_per_100g == 1.1


def test_the_published_sheet_has_the_expected_contents():
    reader = recognise(shared("cofid_2021_1.5_vitamins.csv.gz"))

    kinds = [food.b12_kind for food in foods_of(reader).values()]

    assert len(kinds) == 2887
    assert (kinds.count("trace"), kinds.count("unknown")) == (309, 126)
