import openpyxl
import pytest

from foods.sources.archive import TableFiles
from foods.sources.fdc_csv import FdcCsv
from foods.sources.fndds_xlsx import FnddsXlsx, part_of
from foods.sources.recognise import recognise
from foods.sources.record import PortionRecord, SourceError
from tests.foods.sources.tables import foods_of, refusals_of, shared, workbook

TITLE = ("FNDDS\n2021-2023 Food and Nutrient Database for Dietary Studies - At A Glance",)
NAMED = ("Food code", "Main food description")
CATEGORY = ("WWEIA Category number", "WWEIA Category description")
MILK = (11111000, "Milk, whole")


def values(tmp_path, amount=0.54, added=0):
    header = (
        *NAMED,
        *CATEGORY,
        "Cholesterol (mg)",
        "Vitamin B-12 (mcg)",
        "Vitamin B-12, added\n(mcg)",
    )
    row = (*MILK, 1002, "Milk, whole", 12, amount, added)
    other = (91000000, "Salt", 8802, "Sugars and honey", 0, 0, 0)
    return workbook(tmp_path / "values.xlsx", TITLE, header, row, other)


def portions(tmp_path):
    header = (*NAMED, *CATEGORY, "Seq num", "Portion description", "Portion weight\n(g)")
    return workbook(
        tmp_path / "portions.xlsx",
        TITLE,
        header,
        (*MILK, 1002, "Milk, whole", 2, "1 cup", 244),
        (*MILK, 1002, "Milk, whole", 1, "1 fl oz", 30.5),
        (*MILK, 1002, "Milk, whole", 3, "Quantity not specified", 244),
        (*MILK, 1002, "Milk, whole", 4, "1 drop", 0),
    )


def names(tmp_path):
    header = (*NAMED, "Additional food description", *CATEGORY)
    return workbook(
        tmp_path / "names.xlsx",
        TITLE,
        header,
        (*MILK, "leche fresca; full-fat, plain", 1002, "Milk, whole"),
        (91000000, "Salt", None, 8802, "Sugars and honey"),
        (11000000, "Milk, human", None, 9602, "Human milk"),
    )


def ingredients(tmp_path):
    header = (*NAMED, *CATEGORY, "Seq num", "Ingredient code", "Ingredient description")
    row = (*MILK, 1002, "Milk, whole", 1, 19177, "Gelatins, dry powder, unsweetened")
    return workbook(tmp_path / "ingredients.xlsx", TITLE, header, row)


def test_each_workbook_is_recognised_by_its_headers(tmp_path):
    makers = (values, portions, names, ingredients)

    found = [part_of(make(tmp_path)) for make in makers]

    cycle = "2021-2023"
    assert found == [(p, cycle) for p in ("values", "portions", "foods", "ingredients")]


def test_the_value_workbook_alone_gives_foods_without_portions(tmp_path):
    milk = foods_of(FnddsXlsx({"values": values(tmp_path)}, "2021-2023"))["11111000"]

    assert (milk.b12_ug_per_100g, milk.b12_added_ug_per_100g) == (0.54, 0)
    assert (milk.source_class, milk.diet, milk.portions) == ("dairy", "vegetarian", ())


def test_the_other_workbooks_add_portions_names_and_the_diet(tmp_path):
    for make in (values, portions, names, ingredients):
        make(tmp_path)

    foods = foods_of(recognise(tmp_path))

    milk = foods["11111000"]
    assert milk.portions == (PortionRecord("1 cup", 244.0), PortionRecord("1 fl oz", 30.5))
    assert milk.aliases == ("leche fresca", "full-fat, plain")
    assert milk.diet == "omnivore"
    assert foods["11000000"].b12_ug_per_100g is None


@pytest.mark.parametrize(
    ("makers", "whole"),
    [
        ((values,), ()),
        ((values, portions, ingredients), ()),
        ((values, names), ("fndds",)),
    ],
)
def test_only_with_the_list_of_foods_the_workbooks_hold_the_whole_table(tmp_path, makers, whole):
    for make in makers:
        make(tmp_path)
    reader = recognise(tmp_path)

    list(reader.read())

    assert (reader.datasets, reader.whole) == (("fndds",), whole)


def test_a_list_of_foods_that_lacks_one_with_values_is_not_the_whole(tmp_path):
    values(tmp_path)
    book = openpyxl.load_workbook(names(tmp_path))
    book.active.delete_rows(3)
    book.save(tmp_path / "names.xlsx")
    reader = recognise(tmp_path)

    list(reader.read())

    assert reader.whole == ()


def test_a_weightless_portion_and_a_bad_value_are_reported(tmp_path):
    parts = {"values": values(tmp_path, amount="n/a"), "portions": portions(tmp_path)}

    refusals = refusals_of(FnddsXlsx(parts | {"foods": names(tmp_path)}, "2021-2023"))

    reasons = [(r.key, r.reason.partition(": ")[2]) for r in refusals]
    assert reasons == [("11111000", "'n/a' is not a number"), ("", "portion of 0 g")]


def test_a_row_with_an_unreadable_code_is_refused_and_not_skipped(tmp_path):
    path = values(tmp_path)
    book = openpyxl.load_workbook(path)
    book.active["A3"] = "1111100O"
    book.save(path)

    (refusal,) = refusals_of(FnddsXlsx({"values": path}, "2021-2023"))

    assert (refusal.dataset, refusal.key) == ("fndds", "")
    assert refusal.reason == "Milk, whole: food code '1111100O' is not a whole number"


def test_a_missing_value_workbook_is_refused(tmp_path):
    path = portions(tmp_path)

    with pytest.raises(SourceError, match="FNDDS Nutrient Values"):
        recognise(path)


def test_a_value_workbook_without_b12_column_is_refused(tmp_path):
    path = workbook(tmp_path / "x.xlsx", TITLE, (*NAMED, "Vitamin B-12 (mcg)"), (*MILK, 0.5))

    with pytest.raises(SourceError, match="no column Vitamin B-12, added"):
        list(FnddsXlsx({"values": path}, "2021-2023").read())


def test_the_workbooks_and_the_survey_download_agree():
    reader = recognise(shared("2021-2023 FNDDS At A Glance - FNDDS Nutrient Values.xlsx"))
    book = foods_of(reader)
    download = foods_of(FdcCsv(TableFiles(shared("fdc_survey_csv_2024-10-31_b12_rebuilt.zip"))))

    assert len(book) == 5432
    assert reader.whole == ("fndds",)
    differing = [
        key
        for key, food in book.items()
        if (food.name, food.b12_ug_per_100g, food.portions)
        != (download[key].name, download[key].b12_ug_per_100g, download[key].portions)
    ]
    assert differing == []
