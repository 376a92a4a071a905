import builtins
import io
import os
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from foods.importing.importer import ImportReport
from foods.management.commands.import_foods import Command
from foods.models import Food, Portion
from tests.foods.sources import test_fndds_xlsx
from tests.foods.sources.tables import (
    AMOUNT_HEADER,
    csv_text,
    sr_legacy,
    survey,
    unpacked,
    without,
    zipped,
)

pytestmark = pytest.mark.django_db


def test_the_command_reports_what_it_did_with_each_file(tmp_path, capsys):
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


def deny(monkeypatch, path):
    """Make the system refuse this path; root could open everything."""

    def refusing(call):
        def refuse(target, *args, **options):
            if isinstance(target, str | Path) and Path(target) == path:
                raise PermissionError(13, "Permission denied", str(target))
            return call(target, *args, **options)

        return refuse

    for module, name in ((io, "open"), (builtins, "open"), (os, "scandir")):
        monkeypatch.setattr(module, name, refusing(getattr(module, name)))


def refusal_of(*files):
    with pytest.raises(CommandError) as error:
        call_command("import_foods", *files)
    assert error.value.returncode == 1
    assert not Food.objects.exists()
    return str(error.value)


@pytest.mark.parametrize("name", ["sr.zip", "sr.csv", "sr.xls", "sr.xlsx"])
def test_a_file_that_may_not_be_read_is_one_line(tmp_path, monkeypatch, name):
    path = zipped(tmp_path / name, sr_legacy())
    deny(monkeypatch, path)

    assert refusal_of(path) == f"Nothing changed: {name} cannot be read: Permission denied."


def test_a_folder_that_may_not_be_read_is_one_line(tmp_path, monkeypatch):
    path = unpacked(tmp_path / "download", sr_legacy())
    deny(monkeypatch, path)

    assert refusal_of(path) == "Nothing changed: download cannot be read: Permission denied."


def test_a_file_inside_a_folder_that_may_not_be_read_is_named(tmp_path, monkeypatch):
    path = unpacked(tmp_path / "download", sr_legacy())
    deny(monkeypatch, path / "food_nutrient.csv")

    expected = "Nothing changed: food_nutrient.csv cannot be read: Permission denied."
    assert refusal_of(path) == expected


def test_a_path_behind_a_closed_folder_is_one_line(tmp_path, monkeypatch):
    def refuse(path, **_):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "stat", refuse)

    path = tmp_path / "sr.zip"
    assert refusal_of(path) == "Nothing changed: sr.zip cannot be read: Permission denied."


def test_a_disk_that_fails_in_the_middle_is_one_line(tmp_path, monkeypatch):
    path = zipped(tmp_path / "sr.zip", sr_legacy())

    def fail(*_):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("zipfile.ZipExtFile.read", fail)

    expected = r"Nothing changed: [a-z_]+\.csv cannot be read: Input/output error\."
    with pytest.raises(CommandError, match=expected):
        call_command("import_foods", path)


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda path: path.write_bytes(b""), "x is empty."),
        (lambda path: path.mkdir(), "x is an empty folder."),
        (os.mkfifo, "x is neither a file nor a folder."),
        (lambda path: path.with_name("x").symlink_to("gone"), "x does not exist."),
    ],
)
def test_a_missing_or_empty_file_is_reported_as_such(tmp_path, make, reason):
    path = tmp_path / "x"
    make(path)

    assert refusal_of(path).endswith(reason)


def test_a_name_longer_than_any_file_has_is_one_line(tmp_path):
    assert refusal_of(tmp_path / ("x" * 300)).endswith("cannot be read: File name too long.")


def test_a_zip_whose_list_of_files_is_damaged_is_one_line(tmp_path):
    path = zipped(tmp_path / "sr.zip", sr_legacy())
    path.write_bytes(path.read_bytes().replace(b"PK\x01\x02", b"PK\x07\x07"))

    assert refusal_of(path).startswith("Nothing changed: sr.zip is not a whole zip file: ")


def test_a_folder_given_as_a_dot_is_reported_by_its_name(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(unpacked(tmp_path / "download", sr_legacy()))

    call_command("import_foods", Path())

    assert capsys.readouterr().out.startswith("download: 2 created, ")


def test_a_damaged_file_among_several_reports_what_was_imported_before_it(tmp_path):
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


def test_a_retired_food_is_named(tmp_path, capsys):
    call_command("import_foods", zipped(tmp_path / "sr.zip", sr_legacy()))
    capsys.readouterr()
    fewer = {
        name: "".join(line for line in text.splitlines(True) if "173889" not in line)
        for name, text in sr_legacy().items()
    }

    call_command("import_foods", zipped(tmp_path / "fewer.zip", fewer))

    assert capsys.readouterr().out.splitlines() == [
        "fewer.zip: 0 created, 0 updated, 1 unchanged, 1 retired, 0 rejected; 0 linked, 0 flagged.",
        "  Retired, for the table no longer has it: 08013 Cereals ready-to-eat, O's",
    ]


def test_a_workbook_of_values_alone_retires_no_food_and_names_what_it_lacks(tmp_path, capsys):
    values = test_fndds_xlsx.values(tmp_path)
    names = test_fndds_xlsx.names(tmp_path)
    call_command("import_foods", tmp_path)
    assert Food.objects.count() == 3
    capsys.readouterr()

    names.unlink()
    call_command("import_foods", values)

    assert capsys.readouterr().out.splitlines()[1:] == [
        "  Not in this file and kept as they were: other names of 1 food.",
        "  Kept, though this file does not hold it (nor the whole table): 11000000 Milk, human",
    ]
    assert not Food.objects.exclude(retired_at=None).exists()


def test_some_of_many_retired_foods_are_named_and_all_are_counted(capsys):
    report = ImportReport(gone=[f"{n:05} Food" for n in range(30)])

    Command()._tell("x.zip", report)

    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 22
    assert lines[1] == "  Retired, for the table no longer has it: 00000 Food"
    assert lines[-1] == "  … and 10 more"


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


def test_the_kind_can_be_required(tmp_path):
    with pytest.raises(CommandError, match="of the kind fdc, not ciqual"):
        call_command("import_foods", zipped(tmp_path / "x.zip", sr_legacy()), kind="ciqual")


@pytest.mark.parametrize("arguments", [(), ("x.zip", "--download", "fdc")])
def test_either_files_or_a_download_must_be_given(arguments):
    with pytest.raises(CommandError, match="Give files to import, or --download fdc"):
        call_command("import_foods", *arguments)


def test_without_a_network_the_download_says_so_in_one_line():
    with pytest.raises(CommandError) as error:
        call_command("import_foods", download="fdc")

    message = str(error.value)
    assert message == "Nothing changed: fdc.nal.usda.gov cannot be reached; try again later."
