import pytest

from foods.sources.recognise import recognise
from foods.sources.record import SourceError
from tests.foods.sources.tables import shared, sr_legacy, unpacked, workbook, zipped


def test_a_download_is_recognised_by_its_files_and_not_by_its_name(tmp_path):
    assert recognise(zipped(tmp_path / "holiday.pictures", sr_legacy())).kind == "fdc"
    assert recognise(unpacked(tmp_path / "folder", sr_legacy())).kind == "fdc"


@pytest.mark.parametrize("content", [b"", b"PK", b"hello\n", b"\x1f\x8b\x08", b"\xff\xfe\x00"])
def test_a_file_that_is_not_a_food_table_is_refused(tmp_path, content):
    path = tmp_path / "food.csv"
    path.write_bytes(content)

    with pytest.raises(SourceError):
        recognise(path)


def test_a_workbook_that_is_not_a_food_table_is_refused(tmp_path):
    with pytest.raises(SourceError, match="none of the food tables"):
        recognise(workbook(tmp_path / "x.xlsx", ("Name", "Price")))


def test_a_missing_path_is_named(tmp_path):
    with pytest.raises(SourceError, match="does not exist"):
        recognise(tmp_path / "nothing.zip")


def test_a_requested_kind_must_be_the_one_found(tmp_path):
    path = zipped(tmp_path / "x.zip", sr_legacy())

    assert recognise(path, "fdc").kind == "fdc"
    with pytest.raises(SourceError, match="of the kind fdc, not ciqual"):
        recognise(path, "ciqual")


def test_a_zip_without_its_end_is_reported_as_such(tmp_path):
    path = zipped(tmp_path / "x.zip", sr_legacy())
    path.write_bytes(path.read_bytes()[:300])

    with pytest.raises(SourceError, match="whose end is missing"):
        recognise(path)


@pytest.mark.parametrize(
    "name", ["seed_foods.csv", "japan_stfc_2020_main_table.xlsx", "swiss_fcdb_v5.3_generic.tsv.gz"]
)
def test_other_tables_are_not_mistaken_for_known_ones(name):
    with pytest.raises(SourceError, match="none of the food tables"):
        recognise(shared(name))
