import pytest
from django.core.management import CommandError, call_command

from foods.models import Food, Portion
from tests.foods.sources.tables import AMOUNT_HEADER, csv_text, sr_legacy, survey, without, zipped

pytestmark = pytest.mark.django_db


def test_the_command_tells_what_it_did_with_each_file(tmp_path, capsys):
    first = zipped(tmp_path / "sr.zip", sr_legacy())
    second = zipped(tmp_path / "survey.zip", survey())

    call_command("import_foods", first, second)

    rest = "0 updated, 0 unchanged, 0 retired, 0 rejected; 0 linked, 0 flagged."
    assert capsys.readouterr().out.splitlines() == [
        f"sr.zip: 2 created, {rest}",
        f"survey.zip: 1 created, {rest}",
    ]
    assert Food.objects.count() == 3


def test_a_refused_row_is_named_with_its_reason(tmp_path, capsys):
    rows = ("1|171265|1178|-0.4|1|1", "2|173889|1178|6.77|1|1")
    tables = sr_legacy(**{"food_nutrient.csv": csv_text(AMOUNT_HEADER, *rows)})

    call_command("import_foods", zipped(tmp_path / "sr.zip", tables))

    assert capsys.readouterr().out.splitlines()[1] == (
        "  food_nutrient.csv line 2: Milk, whole: B12 is negative: -0.4 µg per 100 g"
    )


def test_a_damaged_file_is_one_line_and_changes_nothing(tmp_path):
    path = zipped(tmp_path / "sr.zip", sr_legacy())
    path.write_bytes(path.read_bytes()[:200])

    with pytest.raises(CommandError) as error:
        call_command("import_foods", path)

    assert str(error.value) == "Nothing changed: sr.zip is a zip file whose end is missing."
    assert not Food.objects.exists()


def test_a_damaged_file_among_several_tells_what_came_in_before_it(tmp_path):
    first = zipped(tmp_path / "sr.zip", sr_legacy())
    broken = zipped(tmp_path / "survey.zip", survey())
    broken.write_bytes(broken.read_bytes()[:200])

    with pytest.raises(CommandError) as error:
        call_command("import_foods", first, broken, tmp_path / "third.zip")

    assert str(error.value) == (
        "Nothing of survey.zip was imported: survey.zip is a zip file whose end is missing. "
        "Imported before it: sr.zip (2 created, 0 updated, 0 unchanged, 0 retired). "
        "Not read: third.zip."
    )
    assert Food.objects.count() == 2


def test_a_file_without_portions_says_in_a_line_that_they_stay(tmp_path, capsys):
    call_command("import_foods", zipped(tmp_path / "sr.zip", sr_legacy()))
    capsys.readouterr()

    poor = zipped(tmp_path / "poor.zip", without(sr_legacy(), "food_portion.csv"))
    call_command("import_foods", poor)

    assert capsys.readouterr().out.splitlines() == [
        "poor.zip: 0 created, 0 updated, 2 unchanged, 0 retired, 0 rejected; 0 linked, 0 flagged.",
        "  Not in this file and kept as they were: portions of 1 food.",
    ]
    assert Portion.objects.count() == 2


def test_one_damaged_line_of_food_csv_retires_no_food(tmp_path, capsys):
    call_command("import_foods", zipped(tmp_path / "sr.zip", sr_legacy()))
    capsys.readouterr()
    text = sr_legacy()["food.csv"].replace('"171265"', '"17126x"')

    call_command("import_foods", zipped(tmp_path / "bad.zip", sr_legacy(**{"food.csv": text})))

    assert capsys.readouterr().out.splitlines() == [
        "bad.zip: 0 created, 0 updated, 1 unchanged, 0 retired, 2 rejected; 0 linked, 0 flagged.",
        "  No food of USDA SR Legacy was retired: which one a refused row means is not known.",
        "  food.csv line 2: Milk, whole: fdc_id '17126x' is not a whole number",
        "  sr_legacy_food.csv line 2: fdc_id 171265 is not in food.csv",
    ]
    assert not Food.objects.exclude(retired_at=None).exists()


def test_the_kind_can_be_insisted_on(tmp_path):
    with pytest.raises(CommandError, match="of the kind fdc, not ciqual"):
        call_command("import_foods", zipped(tmp_path / "x.zip", sr_legacy()), kind="ciqual")


@pytest.mark.parametrize("arguments", [(), ("x.zip", "--download", "fdc")])
def test_files_or_a_download_but_not_both_nor_neither(arguments):
    with pytest.raises(CommandError, match="Give files to import, or --download fdc"):
        call_command("import_foods", *arguments)


def test_without_a_network_the_download_says_so_in_one_line():
    with pytest.raises(CommandError) as error:
        call_command("import_foods", download="fdc")

    message = str(error.value)
    assert message.startswith("Nothing changed: fdc.nal.usda.gov cannot be reached: ")
    assert "\n" not in message
