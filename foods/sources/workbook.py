"""Spreadsheets row by row, opened safely: .xlsx through openpyxl, old .xls through xlrd.

Both are pure Python and raise on a damaged file. A native reader that allocates rows x columns
crashes on a sheet of a few kB that claims its last cell at XFD1048576.
"""

import io
import struct
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import BinaryIO
from xml.etree.ElementTree import ParseError

import openpyxl
import xlrd
from openpyxl.utils.exceptions import InvalidFileException

from foods.sources.archive import (
    MIB,
    READ_ERRORS,
    OnRead,
    ignore,
    open_zip,
    readable,
    watched,
)
from foods.sources.cells import cell_text
from foods.sources.damage import in_words
from foods.sources.record import SourceError

MAX_SHEET_BYTES = 256 * MIB
MAX_XLS_BYTES = 32 * MIB
MAX_ROWS = 200_000
MAX_COLUMNS = 2_000
OLE_MAGIC = b"\xd0\xcf\x11\xe0"
DAMAGED = (
    *READ_ERRORS,
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
    AssertionError,
    ParseError,
    InvalidFileException,
    zipfile.LargeZipFile,
    struct.error,
    xlrd.XLRDError,
    xlrd.compdoc.CompDocError,
)
"""What the two libraries raise for files that are not what their names say."""

Row = tuple[str, ...]


def is_xls(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == OLE_MAGIC


def sheet_rows(path: Path, sheet: str = "", on_read: OnRead = ignore) -> Iterator[tuple[int, Row]]:
    """Yield row number and cell texts of the named sheet, or of the first one."""
    try:
        with readable(path.name):
            rows = (xls_rows if is_xls(path) else xlsx_rows)(path, sheet, on_read)
            for line, row in rows:
                if line > MAX_ROWS or len(row) > MAX_COLUMNS:
                    raise SourceError(f"{path.name} row {line}: larger than any food table")
                yield line, row
    except SourceError:
        raise
    except DAMAGED as error:
        raise SourceError(f"{path.name} is a damaged workbook: {in_words(error)}") from error


def sheet_names(path: Path) -> list[str]:
    """Return the names of a workbook's sheets."""
    try:
        if is_xls(path):
            with xlrd.open_workbook(path, on_demand=True, logfile=io.StringIO()) as book:
                return list(book.sheet_names())
        with path.open("rb") as file:
            workbook = open_xlsx(path, file)
            workbook.close()
    except SourceError:
        raise
    except DAMAGED as error:
        raise SourceError(f"{path.name} is a damaged workbook: {in_words(error)}") from error
    return list(workbook.sheetnames)


def open_xlsx(path: Path, file: BinaryIO) -> openpyxl.Workbook:
    """Open a workbook whose unpacked size has been checked."""
    open_zip(path, MAX_SHEET_BYTES).close()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)


def xlsx_rows(path: Path, sheet: str, on_read: OnRead) -> Iterator[tuple[int, Row]]:
    with watched(path, on_read) as file, closing(open_xlsx(path, file)) as workbook:
        found = workbook[sheet] if sheet else workbook.worksheets[0]
        # The size that a sheet claims is not always its real size.
        found.reset_dimensions()
        for line, row in enumerate(found.iter_rows(values_only=True), start=1):
            yield line, tuple(cell_text(value) for value in row)


def xls_rows(path: Path, sheet: str, on_read: OnRead) -> Iterator[tuple[int, Row]]:
    if path.stat().st_size > MAX_XLS_BYTES:
        raise SourceError(f"{path.name} is larger than any food table of its kind")
    with xlrd.open_workbook(path, on_demand=True, ragged_rows=True, logfile=io.StringIO()) as book:
        found = book.sheet_by_name(sheet) if sheet else book.sheet_by_index(0)
        on_read(path.stat().st_size)  # all at once
        for index in range(found.nrows):
            yield index + 1, tuple(cell_text(value) for value in found.row_values(index))


def squeezed(text: str) -> str:
    """Return a header without line breaks and double spaces, in lower case."""
    return " ".join(text.split()).lower()


class Columns:
    """Cells of a row by header name, ignoring line breaks in the header."""

    def __init__(self, name: str, header: Row, *needed: str) -> None:
        self._positions: dict[str, int] = {}
        for position, title in enumerate(header):
            self._positions.setdefault(squeezed(title), position)
        missing = [title for title in needed if squeezed(title) not in self._positions]
        if missing:
            raise SourceError(f"{name} has no column {', '.join(missing)}")

    def cell(self, row: Row, title: str) -> str:
        """Return a cell; empty if the row is shorter or the column does not exist."""
        position = self._positions.get(squeezed(title), -1)
        return row[position] if 0 <= position < len(row) else ""
