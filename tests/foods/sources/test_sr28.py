import pytest

from foods.sources.archive import TableFiles
from foods.sources.record import PortionRecord, SourceError
from foods.sources.sr28 import Sr28
from tests.foods.sources.tables import foods_of, refusals_of, shared

TABLES = {
    "FD_GROUP.txt": "~1500~^~Finfish and Shellfish Products~\r\n",
    "NUTR_DEF.txt": "~418~^~\u00b5g~^~VITB12~^~Vitamin B-12~^~2~^~7300~\r\n",
    "FOOD_DES.txt": "~15157~^~1500~^~Mollusks, clam, mixed species, raw~^~CLAM~^~Vongole~^~~"
    "^~Y~^~~^0^~~^6.25^4.27^9.02^4.11\r\n",
    "NUT_DATA.txt": "~15157~^~418~^11.28^4^1.28^~1~^~A~^^^1^8.3^14.7^3^^^^08/2010^\r\n"
    "~15157~^~578~^0.00^0^^~7~^~Z~^^^^^^^^^^08/2010^\r\n",
    "WEIGHT.txt": "~15157~^1^3^~oz~^85^^\r\n~15157~^2^1^~large~^0^^\r\n",
}


def reader(tmp_path, **changed):
    folder = tmp_path / "sr28"
    folder.mkdir()
    for name, text in (TABLES | {f"{name}.txt": text for name, text in changed.items()}).items():
        (folder / name).write_bytes(text.encode("latin-1"))
    return Sr28(TableFiles(folder))


def test_a_food_is_read_with_its_kind_portions_and_common_name(tmp_path):
    clam = foods_of(reader(tmp_path))["15157"]

    assert (clam.b12_ug_per_100g, clam.b12_added_ug_per_100g) == (11.28, 0)
    assert (clam.b12_kind, clam.source_class, clam.diet) == ("analysed", "shellfish", "pescatarian")
    assert clam.portions == (PortionRecord("3 oz", 85.0),)
    assert clam.aliases == ("Vongole",)


def test_a_portion_of_zero_grams_is_reported(tmp_path):
    (refusal,) = refusals_of(reader(tmp_path))

    assert refusal.row == "WEIGHT.txt line 2"
    assert refusal.reason == "Mollusks, clam, mixed species, raw: portion of 0 g"


def test_a_negative_value_refuses_the_food(tmp_path):
    data = TABLES["NUT_DATA.txt"].replace("^11.28^", "^-11.28^")

    refusal = refusals_of(reader(tmp_path, NUT_DATA=data))[0]

    assert (refusal.key, refusal.row) == ("15157", "NUT_DATA.txt line 1")


def test_a_food_whose_number_cannot_be_read_is_refused(tmp_path):
    line = TABLES["FOOD_DES.txt"]
    foods = line + line.replace("15157", "1515l")

    refusal = refusals_of(reader(tmp_path, FOOD_DES=foods))[0]

    assert (refusal.dataset, refusal.key, refusal.row) == ("sr28", "", "FOOD_DES.txt line 2")
    assert refusal.reason.endswith("raw: NDB number '1515l' is not a whole number")


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"NUT_DATA": TABLES["NUT_DATA.txt"][:40]}, "line 1: 11 fields where 18 belong"),
        ({"NUT_DATA": ""}, "holds no B12"),
        ({"NUTR_DEF": TABLES["NUTR_DEF.txt"].replace("\u00b5g", "mg")}, "in 'mg', not µg"),
    ],
)
def test_a_damaged_file_is_refused(tmp_path, changed, reason):
    with pytest.raises(SourceError, match=reason):
        list(reader(tmp_path, **changed).read())


def test_the_release_has_the_counts_given_in_its_manual():
    foods = foods_of(Sr28(TableFiles(shared("sr28_ascii_2016.zip")))).values()

    assert len(foods) == 8789
    assert len([f for f in foods if f.b12_ug_per_100g is not None]) == 7596
    assert len([f for f in foods if f.b12_added_ug_per_100g is not None]) == 4931
