"""The message for an unusable file: one line in our words, whichever library failed."""

import csv
import gzip
import re
import zipfile
import zlib
from io import BytesIO

import pytest
from django.core.management import CommandError, call_command

from foods.sources.damage import in_words
from tests.foods.sources.tables import csv_text, workbook

RAW = re.compile(
    r"codec|decode|0x|byte|zlib|CRC|Errno|magic|XML|token|Traceback|seek|BadZip|header|stream|Error"
    r"|expected|None|xlrd|openpyxl|delimiter|EOF"
)
TABLE = csv_text("fdc_id|description", *(f"{n}|clam {n}" for n in range(300)))


def a_zip(**changed):
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("food.csv", "food_nutrient.csv", "food_portion.csv", "sr_legacy_food.csv"):
            archive.writestr(name, changed.get(name.partition(".")[0], TABLE))
    return out.getvalue()


def damaged_zip():
    data = bytearray(a_zip())
    data[60:90] = b"\xff" * 30
    return bytes(data)


def locked_zip():
    data = bytearray(a_zip())
    for start, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(start)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(start, at + 1)
    return bytes(data)


def strange_zip():
    data = bytearray(a_zip())
    for start, offset in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        at = data.find(start)
        while at >= 0:
            data[at + offset] = 97
            at = data.find(start, at + 1)
    return bytes(data)


COFID = csv_text("Food Code|Food Name|Description|Group|Retinol|Vitamin B12")
FILES = {
    "latin.csv": b"\xff\xfe" + COFID.encode(),
    "late.csv": COFID.encode() + b"a,\xff\xfe,b,c,d,e\r\n",
    "nul.csv": b"\x00" * 500,
    "quote.csv": b'"' + COFID.encode(),
    "huge.csv": b"x" * 200_000,
    "cut.csv.gz": gzip.compress(COFID.encode() * 90)[:-30],
    "rubbish.csv.gz": b"\x1f\x8b" + b"\xff" * 50,
    "cut.zip": a_zip()[:-40],
    "damaged.zip": damaged_zip(),
    "locked.zip": locked_zip(),
    "strange.zip": strange_zip(),
    "latin.zip": a_zip(food="fdc_id,description\r\n1,Pâté".encode("latin-1")),
    "quote.zip": a_zip(food='fdc_id,description\r\n1,"Pa'),
    "old.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 600,
    "empty": b"",
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_cannot_be_used_is_refused_in_our_words(db, tmp_path, name):
    path = tmp_path / name
    path.write_bytes(FILES[name])

    with pytest.raises(CommandError) as refused:
        call_command("import_foods", path)

    message = str(refused.value)
    assert message.startswith("Nothing changed: ") and "\n" not in message
    assert RAW.search(message.replace(name, "")) is None, message


@pytest.mark.parametrize(
    "name", ["[Content_Types].xml", "xl/worksheets/sheet1.xml", "xl/workbook.xml"]
)
def test_a_workbook_with_a_broken_part_is_refused_in_our_words(db, tmp_path, name):
    path = tmp_path / "broken.xlsx"
    with (
        zipfile.ZipFile(workbook(tmp_path / "x.xlsx", ("a",))) as read,
        zipfile.ZipFile(path, "w") as write,
    ):
        for member in read.namelist():
            write.writestr(member, b"<broken" if member == name else read.read(member))

    with pytest.raises(CommandError) as refused:
        call_command("import_foods", path)

    assert RAW.search(str(refused.value)) is None, str(refused.value)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte"), "it is not UTF-8 text"),
        (csv.Error("field larger than field limit (131072)"), "a cell is longer than"),
        (csv.Error("unexpected end of data"), "a quotation mark is"),
        (RuntimeError("File 'a' is encrypted, password required"), "it is locked with a password"),
        (NotImplementedError("That compression method"), "it is packed in a way"),
        (zlib.error("Error -3 while decompressing"), "it is cut off or damaged"),
        (EOFError(), "it is cut off or damaged"),
    ],
)
def test_damage_is_said_in_words(error, words):
    assert in_words(error).startswith(words)
