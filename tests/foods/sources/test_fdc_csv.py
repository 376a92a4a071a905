import pytest

from foods.sources.archive import TableFiles
from foods.sources.fdc_csv import FdcCsv
from foods.sources.record import PortionRecord, SourceError
from tests.foods.sources.tables import (
    AMOUNT_HEADER,
    PORTION_HEADER,
    csv_text,
    foods_of,
    foundation,
    refusals_of,
    shared,
    sr_legacy,
    survey,
    unpacked,
    without,
    zipped,
)


def reader(tmp_path, tables):
    return FdcCsv(TableFiles(unpacked(tmp_path / "download", tables)))


def test_sr_legacy_is_read_from_a_zip_with_a_top_folder(tmp_path):
    found = FdcCsv(TableFiles(zipped(tmp_path / "x.zip", sr_legacy())))

    milk = foods_of(found)["01077"]

    assert found.datasets == ("sr_legacy",)
    assert (milk.name, milk.b12_ug_per_100g, milk.b12_added_ug_per_100g) == ("Milk, whole", 0.45, 0)
    assert (milk.source_class, milk.fortification, milk.diet) == ("dairy", "natural", "vegetarian")
    assert (milk.fdc_id, milk.ndb_no, milk.b12_kind) == (171265, "01077", "analysed")
    assert milk.is_drink
    assert milk.source_text == "USDA SR Legacy 2018-04: Milk, whole"


def test_added_b12_means_fortified_and_is_never_added_to_the_total(tmp_path):
    cereal = foods_of(reader(tmp_path, sr_legacy()))["08013"]

    assert (cereal.b12_ug_per_100g, cereal.b12_added_ug_per_100g) == (6.77, 6.7)
    assert (cereal.source_class, cereal.fortification) == ("fortified_food", "fortified")


def test_portions_come_in_the_table_s_order_with_readable_labels(tmp_path):
    milk = foods_of(reader(tmp_path, sr_legacy()))["01077"]

    assert milk.portions == (PortionRecord("1 cup", 244.0), PortionRecord("1 tbsp", 15.2))


def test_the_survey_s_nutrient_numbers_are_understood(tmp_path):
    found = reader(tmp_path, survey())

    drink = foods_of(found)["11320100"]

    assert found.datasets == ("fndds",)
    assert (drink.b12_ug_per_100g, drink.b12_added_ug_per_100g) == (0.39, 0.39)
    assert (drink.source_class, drink.diet, drink.is_drink) == ("fortified_food", "vegan", True)
    assert (drink.group, drink.release) == ("Plant-based milk", "2021-2023")
    assert drink.b12_kind == "calculated"


@pytest.mark.parametrize("numbers", [("1178", "1246"), ("418", "578")])
def test_both_numbering_schemes_give_the_same_survey_food(tmp_path, numbers):
    rows = (f"1|2705400|{numbers[0]}|0.39||", f"2|2705400|{numbers[1]}|0.39||")
    tables = survey(**{"food_nutrient.csv": csv_text(AMOUNT_HEADER, *rows)})

    assert foods_of(reader(tmp_path, tables))["11320100"].b12_ug_per_100g == 0.39


def test_internal_survey_notes_are_not_portions_but_the_default_comes_first(tmp_path):
    tables = survey(
        **{
            "food_portion.csv": csv_text(
                PORTION_HEADER,
                "1|2705400|1||9999|1 fl oz|1|30.5",
                "2|2705400|2||9999|1 cup|2|244",
                "3|2705400|3||9999|1 quart|3|976",
                "4|2705400|4||9999|1 cubic inch|4|17",
                "5|2705400|5||9999|Guideline amount per cup|5|63",
                "6|2705400|6||9999|Quantity not specified|6|244",
            )
        }
    )

    drink = foods_of(reader(tmp_path, tables))["11320100"]

    assert drink.default_mass_g == 244
    assert [portion.label for portion in drink.portions] == ["1 cup", "1 fl oz"]


def test_only_current_foundation_foods_are_kept(tmp_path):
    found = foods_of(reader(tmp_path, foundation()))

    assert list(found) == ["09504"]
    assert found["09504"].name == "Apples, fuji, with skin, raw"
    assert found["09504"].portions == (PortionRecord('1 fruit small (2-1/2" dia)', 147.0),)
    assert found["09504"].release == "2024-10-31"


def test_a_food_without_a_b12_row_is_unknown(tmp_path):
    tables = sr_legacy(**{"food_nutrient.csv": csv_text(AMOUNT_HEADER, "1|173889|1178|6.77|3|1")})

    milk = foods_of(reader(tmp_path, tables))["01077"]

    assert (milk.b12_ug_per_100g, milk.b12_kind, milk.fortification) == (None, "unknown", "unknown")


@pytest.mark.parametrize(
    ("code", "amount", "points", "kind"),
    [
        ("68", "0", "0", "assumed_zero"),
        ("44", "1.2", "0", "label"),
        ("39", "1.2", "0", "estimate"),
        ("54", "1.2", "0", "calculated"),
        ("", "1.2", "4", "analysed"),
        ("", "1.2", "0", "calculated"),
    ],
)
def test_the_derivation_says_how_a_value_was_obtained(tmp_path, code, amount, points, kind):
    row = f"1|171265|1178|{amount}|{points}|{code}"
    tables = sr_legacy(**{"food_nutrient.csv": csv_text(AMOUNT_HEADER, row)})

    assert foods_of(reader(tmp_path, tables))["01077"].b12_kind == kind


@pytest.mark.parametrize(
    ("amount", "reason"),
    [("-0.4", "negative"), ("much", "not a number"), ("45000", "another unit"), ("nan", "not a")],
)
def test_a_damaged_value_refuses_the_food_and_keeps_its_key(tmp_path, amount, reason):
    rows = (f"1|171265|1178|{amount}|1|1", "2|173889|1178|6.77|1|1")
    tables = sr_legacy(**{"food_nutrient.csv": csv_text(AMOUNT_HEADER, *rows)})

    (refusal,) = refusals_of(reader(tmp_path, tables))

    assert (refusal.dataset, refusal.key) == ("sr_legacy", "01077")
    assert refusal.row == "food_nutrient.csv line 2"
    assert reason in refusal.reason


@pytest.mark.parametrize("grams", ["0", "-3", "abc", "", "10001"])
def test_a_portion_of_no_or_too_great_mass_is_refused_and_the_food_kept(tmp_path, grams):
    row = f"1|171265|1|1.0|9999||cup|{grams}"
    tables = sr_legacy(**{"food_portion.csv": csv_text(PORTION_HEADER, row)})

    (refusal,) = refusals_of(reader(tmp_path, tables))

    assert refusal.row == "food_portion.csv line 2"
    assert refusal.key == ""
    (tmp_path / "again").mkdir()
    assert foods_of(reader(tmp_path / "again", tables))["01077"].portions == ()


@pytest.mark.parametrize(
    ("table", "old", "new", "expected"),
    [
        (
            "food.csv",
            '"171265"',
            '"12345678901234567890"',
            [
                ("", None, "12345678901234567890 has 20 digits; at most 9 are read"),
                ("01077", 171265, "fdc_id 171265 is not in food.csv"),
            ],
        ),
        (
            "food.csv",
            '"171265"',
            '"١٧"',
            [
                ("", None, "'١٧' is not a whole number"),
                ("01077", 171265, "fdc_id 171265 is not in food.csv"),
            ],
        ),
        (
            "food.csv",
            "sr_legacy_food",
            "sr_legacy_f",
            [("01077", 171265, "fdc_id 171265 is not in food.csv")],
        ),
        ("sr_legacy_food.csv", '"1077"', '"1O77"', [("", 171265, "NDB number '1O77'")]),
        ("sr_legacy_food.csv", '"1077"', '""', [("", 171265, "no NDB number")]),
        (
            "sr_legacy_food.csv",
            '"171265"',
            '"?"',
            [("01077", None, "fdc_id ? is not in food.csv"), ("", 171265, "no NDB number")],
        ),
    ],
)
def test_a_damaged_line_names_its_food_if_possible(tmp_path, table, old, new, expected):
    text = sr_legacy()[table].replace(old, new, 1)

    refusals = refusals_of(reader(tmp_path, sr_legacy(**{table: text})))

    assert {refusal.dataset for refusal in refusals} == {"sr_legacy"}
    assert [(r.key, r.fdc_id) for r in refusals] == [found[:2] for found in expected]
    for refusal, (_, _, reason) in zip(refusals, expected, strict=True):
        assert refusal.reason.endswith(reason)


@pytest.mark.parametrize("code", ["", "1132010٠", "1" * 20])
def test_a_survey_food_without_a_readable_code_is_known_by_its_id(tmp_path, code):
    foods = survey()["food.csv"] + "2705401,survey_fndds_food,Oat milk,1902,2024-10-31\r\n"
    codes = survey()["survey_fndds_food.csv"].replace("11320100", code)
    codes += "2705401,11350010,1902,,\r\n"
    amounts = survey()["food_nutrient.csv"] + "3,2705401,418,0.4,,\r\n"
    tables = survey(
        **{"food.csv": foods, "survey_fndds_food.csv": codes, "food_nutrient.csv": amounts}
    )

    (refusal,) = refusals_of(reader(tmp_path, tables))

    assert (refusal.dataset, refusal.key, refusal.fdc_id) == ("fndds", "", 2705400)


def test_a_name_with_nul_is_refused_and_a_long_one_cut_in_the_message(tmp_path):
    text = sr_legacy()["food.csv"].replace("Milk, whole", "Milk\0, whole" + "e" * 300)

    (refusal,) = refusals_of(reader(tmp_path, sr_legacy(**{"food.csv": text})))

    assert (refusal.dataset, refusal.key) == ("sr_legacy", "01077")
    assert refusal.reason == f"Milk , whole{'e' * 47}…: a NUL character in the name"


def test_another_unit_of_b12_refuses_the_file(tmp_path):
    nutrient = csv_text("id|name|unit_name|nutrient_nbr", "1178|Vitamin B-12|MG|418")

    with pytest.raises(SourceError, match="1178 in 'MG', not UG"):
        list(reader(tmp_path, sr_legacy(**{"nutrient.csv": nutrient})).read())


def test_a_file_without_any_b12_row_is_refused(tmp_path):
    tables = survey(**{"food_nutrient.csv": csv_text(AMOUNT_HEADER, "1|2705400|1003|3.1||")})

    with pytest.raises(SourceError, match="holds no B12"):
        list(reader(tmp_path, tables).read())


@pytest.mark.parametrize("name", ["food_nutrient.csv", "nutrient.csv", "sr_legacy_food.csv"])
def test_a_download_that_lost_a_file_is_refused(tmp_path, name):
    with pytest.raises(SourceError, match=f"{name} is missing"):
        list(reader(tmp_path, without(sr_legacy(), name)).read())


def test_a_download_that_lost_rows_is_refused(tmp_path):
    counts = csv_text("Table|Number of Records", "food|7793")
    tables = sr_legacy(**{"all_downloaded_table_record_counts.csv": counts})

    with pytest.raises(SourceError, match=r"food.csv holds 2 rows where the download states 7,793"):
        list(reader(tmp_path, tables).read())


def test_the_newest_version_of_a_survey_food_is_kept(tmp_path):
    tables = survey(
        **{
            "food.csv": csv_text(
                "fdc_id|data_type|description|food_category_id|publication_date",
                "1097512|survey_fndds_food|Soy milk|1902|2020-10-30",
                "2705400|survey_fndds_food|Soy milk, unsweetened|1902|2024-10-31",
            ),
            "survey_fndds_food.csv": csv_text(
                "fdc_id|food_code|wweia_category_number",
                "1097512|11320100|1902",
                "2705400|11320100|1902",
            ),
        }
    )

    assert foods_of(reader(tmp_path, tables))["11320100"].fdc_id == 2705400


def test_the_ingredient_list_decides_the_diet_of_a_survey_food(tmp_path):
    tables = survey(
        **{
            "input_food.csv": csv_text(
                "id|fdc_id|ingredient_code|ingredient_description",
                "1|2705400|16222|Soy milk, unsweetened, plain, shelf stable",
                "2|2705400|1123|Egg, whole, raw, fresh",
            )
        }
    )

    drink = foods_of(reader(tmp_path, tables))["11320100"]
    assert (drink.diet, drink.diet_basis) == ("vegetarian", "listed")


@pytest.mark.parametrize(("tables", "key"), [(survey(), "11320100"), (sr_legacy(), "01077")])
def test_without_ingredients_the_diet_is_a_guess(tmp_path, tables, key):
    assert foods_of(reader(tmp_path, tables))[key].diet_basis == "guessed"


def test_common_names_become_aliases_without_catalogue_numbers(tmp_path):
    tables = sr_legacy(
        **{
            "food_attribute_type.csv": csv_text("id|name", "1000|Common Name", "998|Update Log"),
            "food_attribute.csv": csv_text(
                "id|fdc_id|food_attribute_type_id|value",
                "1|171265|1000|URMIS #2368, full-fat milk",
                "2|171265|998|changed",
            ),
        }
    )

    assert foods_of(reader(tmp_path, tables))["01077"].aliases == ("full-fat milk",)


def test_the_full_download_gives_all_three_tables(tmp_path):
    parts = (sr_legacy(), survey(), foundation())
    whole = {name: text for part in parts for name, text in part.items()}
    for name in ("food.csv", "food_nutrient.csv", "food_portion.csv", "food_category.csv"):
        texts = [part[name].split("\r\n", 1) for part in parts if name in part]
        whole[name] = texts[0][0] + "\r\n" + "".join(body for _, body in texts)

    found = reader(tmp_path, whole)

    assert found.datasets == ("fndds", "foundation", "sr_legacy")
    assert sorted(foods_of(found)) == ["01077", "08013", "09504", "11320100"]


@pytest.mark.parametrize(
    ("name", "foods", "with_value", "above_zero"),
    [
        ("fdc_sr_legacy_csv_2018-04_b12_rebuilt.zip", 7793, 7097, 4326),
        ("fdc_survey_csv_2024-10-31_b12_rebuilt.zip", 5432, 5431, 3400),
        ("fdc_foundation_food_csv_2024-10-31.zip", 316, 51, 48),
    ],
)
def test_the_published_tables_have_the_expected_contents(name, foods, with_value, above_zero):
    values = [f.b12_ug_per_100g for f in foods_of(FdcCsv(TableFiles(shared(name)))).values()]

    assert len(values) == foods
    assert len([v for v in values if v is not None]) == with_value
    assert len([v for v in values if v]) == above_zero


def test_known_values_arrive_unchanged():
    foods = foods_of(FdcCsv(TableFiles(shared("fdc_sr_legacy_csv_2018-04_b12_rebuilt.zip"))))

    liver, clams, egg = foods["13327"], foods["15159"], foods["01123"]

    assert (liver.b12_ug_per_100g, liver.source_class) == (83.13, "organ_meat")
    assert (clams.b12_ug_per_100g, clams.source_class) == (98.89, "shellfish")
    assert (egg.b12_ug_per_100g, egg.source_class) == (0.89, "egg")
