import zipfile

import pytest

from foods.sources.record import SourceError
from foods.sources.workbook import Columns, sheet_rows, squeezed
from tests.foods.sources.tables import workbook


def rewritten(source, target, old, new):
    """Copy a workbook with some bytes of its first sheet changed."""
    with zipfile.ZipFile(source) as read, zipfile.ZipFile(target, "w") as write:
        for member in read.infolist():
            data = read.read(member)
            if member.filename.endswith("sheet1.xml"):
                assert old in data
                data = data.replace(old, new)
            write.writestr(member.filename, data)
    return target


def test_rows_come_as_text_with_their_numbers(tmp_path):
    path = workbook(tmp_path / "x.xlsx", ("a", 1.0), (None, 0.5))

    assert list(sheet_rows(path)) == [(1, ("a", "1")), (2, ("", "0.5"))]


def test_a_sheet_that_claims_its_last_cell_far_away_is_refused_in_little_memory(tmp_path):
    path = rewritten(
        workbook(tmp_path / "x.xlsx", ("a",)),
        tmp_path / "far.xlsx",
        b"</row></sheetData>",
        b'</row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>',
    )

    with pytest.raises(SourceError, match="larger than any food table"):
        list(sheet_rows(path))


def test_a_sheet_with_broken_xml_is_refused(tmp_path):
    path = rewritten(
        workbook(tmp_path / "x.xlsx", ("a",)), tmp_path / "bad.xlsx", b"</sheetData>", b"</she"
    )

    with pytest.raises(SourceError, match="damaged workbook"):
        list(sheet_rows(path))


def test_a_false_old_workbook_is_refused(tmp_path):
    path = tmp_path / "x.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0" + b"\x00" * 600)

    with pytest.raises(SourceError, match="damaged workbook"):
        list(sheet_rows(path))


def test_headers_are_compared_without_line_breaks():
    columns = Columns("x", ("Portion weight\n(g)", "Food  code"), "Portion weight (g)")

    assert squeezed("Iron\n(mg)") == "iron (mg)"
    assert columns.cell(("244", "1"), "food code") == "1"
    assert columns.cell(("244",), "Food code") == ""
    assert columns.cell(("244",), "no such column") == ""
