import gzip
import zipfile

import pytest

from foods.sources.archive import CountedBytes, TableFiles, check_zip, open_gzip, open_zip
from foods.sources.record import SourceError
from tests.foods.sources.tables import csv_text, unpacked, zipped

TABLE = csv_text("id|name", "1|clam", '2|pat (1" sq)')


def rows(path, *columns, name="a.csv"):
    return list(TableFiles(path).rows(name, *columns))


def test_a_zip_with_a_top_folder_reads_like_a_folder(tmp_path):
    expected = [(2, ("clam", "1")), (3, ('pat (1" sq)', "2"))]

    assert rows(zipped(tmp_path / "x.zip", {"a.csv": TABLE}), "name", "id") == expected
    assert rows(unpacked(tmp_path / "x", {"a.csv": TABLE}), "name", "id") == expected


def test_columns_are_found_by_name_and_may_be_optional(tmp_path):
    path = unpacked(tmp_path / "x", {"a.csv": "\ufeff" + TABLE})

    assert rows(path, "loq?", "ID")[0] == (2, ("", "1"))


def test_a_single_column_comes_twice_and_three_come_once(tmp_path):
    path = unpacked(tmp_path / "x", {"a.csv": TABLE})

    assert rows(path, "id")[0][1] == ("1", "1")
    assert rows(path, "id", "name", "x?")[0][1] == ("1", "clam", "")


def test_a_missing_column_is_named(tmp_path):
    with pytest.raises(SourceError, match=r"a.csv has no column fdc_id, amount"):
        rows(unpacked(tmp_path / "x", {"a.csv": TABLE}), "fdc_id", "name", "amount")


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(SourceError, match=r"b.csv is missing from x.zip"):
        rows(zipped(tmp_path / "x.zip", {"a.csv": TABLE}), "id", name="b.csv")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (TABLE + '"3"', "line 4: 1 field where 2 are named"),
        (TABLE + '"3","mus', "line 4: a quotation mark is misplaced or missing"),
        (TABLE + '"3","mus"sel"\r\n', "line 4: a quotation mark is misplaced or missing"),
    ],
)
def test_a_cut_or_broken_line_is_refused(tmp_path, text, reason):
    with pytest.raises(SourceError, match=reason):
        rows(unpacked(tmp_path / "x", {"a.csv": text}), "id", "name")


def test_a_wrong_encoding_is_refused(tmp_path):
    path = unpacked(tmp_path / "x", {"a.csv": ""})
    (path / "a.csv").write_bytes(csv_text("id|name", "1|Pâté").encode("latin-1"))

    with pytest.raises(SourceError, match=r"a.csv cannot be read: it is not UTF-8 text"):
        rows(path, "id", "name")


def test_a_truncated_zip_is_refused(tmp_path):
    path = zipped(tmp_path / "x.zip", {"a.csv": TABLE * 100})
    path.write_bytes(path.read_bytes()[:-40])

    with pytest.raises(SourceError, match="not a whole zip file"):
        TableFiles(path)


def test_a_zip_with_a_damaged_member_is_refused(tmp_path):
    path = zipped(tmp_path / "x.zip", {"a.csv": TABLE * 100})
    data = bytearray(path.read_bytes())
    data[60:70] = b"\xff" * 10
    path.write_bytes(data)

    with pytest.raises(SourceError, match="damaged"):
        rows(path, "id", "name")


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path):
    path = zipped(tmp_path / "x.zip", {"a.csv": "0" * 3_000_000})

    with pytest.raises(SourceError, match="more than 100:1"):
        TableFiles(path)


def claiming(path, size_bytes):
    """Write another length into every entry of the zip's directory."""
    data = bytearray(path.read_bytes())
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 24 : at + 28] = size_bytes.to_bytes(4, "little")
        at = data.find(b"PK\x01\x02", at + 1)
    path.write_bytes(data)
    return path


def test_a_zip_that_claims_ten_gigabytes_is_refused(tmp_path):
    path = zipped(tmp_path / "x.zip", {f"{n}.csv": TABLE for n in range(3)})

    with pytest.raises(SourceError, match=r"claims 12,\d{3},\d{3},\d{3} bytes"):
        TableFiles(claiming(path, 2**32 - 2))


def test_a_zip_that_claims_less_than_it_holds_is_refused(tmp_path):
    path = claiming(zipped(tmp_path / "x.zip", {"a.csv": TABLE * 100}), 50)

    with pytest.raises(SourceError, match="damaged"):
        rows(path, "id", "name")


def test_members_that_share_their_bytes_are_refused(tmp_path):
    path = zipped(tmp_path / "x.zip", {"a.csv": TABLE * 100})
    with zipfile.ZipFile(path) as archive:
        archive.filelist.extend(archive.filelist * 50)

        with pytest.raises(SourceError, match="overlap"):
            check_zip(archive, path.stat().st_size, 10**9)


def test_a_file_that_is_not_a_zip_is_refused(tmp_path):
    path = tmp_path / "x.zip"
    path.write_bytes(b"not a zip")

    with pytest.raises(SourceError, match="not a whole zip file"):
        open_zip(path)


def test_reading_stops_where_more_comes_out_than_was_claimed(tmp_path):
    (tmp_path / "x").write_bytes(b"0" * 100)

    with (tmp_path / "x").open("rb") as raw, pytest.raises(SourceError, match="more than it may"):
        CountedBytes(raw, "x", 99).read(100)


def test_a_gzip_bomb_is_stopped_while_it_unpacks(tmp_path):
    path = tmp_path / "x.csv.gz"
    path.write_bytes(gzip.compress(b"0" * 1_000_000))

    with open_gzip(path, 999_999) as raw, pytest.raises(SourceError, match="more than it may"):
        raw.read()


def test_the_shallower_file_wins_and_mac_metadata_is_ignored(tmp_path):
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("top/old/a.csv", "id\r\n9\r\n")
        archive.writestr("top/a.csv", TABLE)
        archive.writestr("__MACOSX/a.csv", "\x00")
        archive.writestr("top/._a.csv", "\x00")

    assert TableFiles(path).names == ["a.csv"]
    assert rows(path, "id", "name")[0][1] == ("1", "clam")


def test_every_byte_read_is_reported(tmp_path):
    path = zipped(tmp_path / "x.zip", {"a.csv": TABLE})
    counts = []

    list(TableFiles(path, counts.append).rows("a.csv", "id"))

    assert sum(counts) == len(TABLE)
