"""Recognise a food table by its contents, never by its file name."""

import os
import zipfile
from pathlib import Path

from foods.sources import ciqual, cofid, fndds_xlsx
from foods.sources.archive import OnRead, TableFiles, ignore, name_of, open_zip, readable
from foods.sources.fdc_csv import FdcCsv
from foods.sources.record import Reader, SourceError
from foods.sources.sr28 import Sr28
from foods.sources.workbook import is_xls

KINDS = ("fdc", "sr28", "fndds", "ciqual", "cofid")
FDC_FILES = {"food.csv", "food_nutrient.csv", "nutrient.csv"}
SR28_FILES = {"food_des.txt", "nut_data.txt", "nutr_def.txt"}
WORKBOOK_MEMBER = "xl/workbook.xml"


def recognise(path: Path, kind: str = "", on_read: OnRead = ignore) -> Reader:
    """Return the reader for this file or folder; if a kind is given, it must be of that kind."""
    name = name_of(path)
    with readable(name):
        refuse_hopeless(path, name)
        reader = _of_folder(path, on_read) if path.is_dir() else _of_file(path, on_read)
    if reader is None:
        raise SourceError(f"{name} is none of the food tables known here: {', '.join(KINDS)}")
    if kind and reader.kind != kind:
        raise SourceError(f"{name} is a table of the kind {reader.kind}, not {kind}")
    return reader


def refuse_hopeless(path: Path, name: str) -> None:
    """Raise for anything that cannot be a table; opening a pipe would wait for ever."""
    if not path.exists():
        raise SourceError(f"{path} does not exist")
    if path.is_dir():
        with os.scandir(path) as entries:  # a glob finds nothing in a folder that we may not read
            if next(entries, None) is None:
                raise SourceError(f"{name} is an empty folder")
    elif not path.is_file():
        raise SourceError(f"{name} is neither a file nor a folder")
    elif not path.stat().st_size:
        raise SourceError(f"{name} is empty")


def _of_folder(path: Path, on_read: OnRead) -> Reader | None:
    workbooks = sorted(path.glob("*.xlsx"))
    return _of_tables(path, on_read) or _of_workbooks(workbooks, on_read=on_read)


def _of_tables(path: Path, on_read: OnRead) -> Reader | None:
    """Return the reader of a zip or folder of text files."""
    files = TableFiles(path, on_read)
    if set(files.names) >= FDC_FILES:
        return FdcCsv(files)
    if set(files.names) >= SR28_FILES:
        return Sr28(files)
    files.close()
    return None


def _of_file(path: Path, on_read: OnRead) -> Reader | None:
    if is_xls(path):
        return _ciqual(path, on_read)
    if not zipfile.is_zipfile(path):
        with path.open("rb") as file:
            if file.read(2) == b"PK":
                raise SourceError(f"{path.name} is a zip file whose end is missing")
        return _cofid(path, on_read)
    with open_zip(path) as archive:
        is_workbook = WORKBOOK_MEMBER in archive.namelist()
    if not is_workbook:
        return _of_tables(path, on_read)
    part, _ = fndds_xlsx.part_of(path)
    if part:
        return _of_workbooks(sorted(path.parent.glob("*.xlsx")), path, on_read)
    return _ciqual(path, on_read) or _cofid(path, on_read)


def _of_workbooks(
    paths: list[Path], chosen: Path | None = None, on_read: OnRead = ignore
) -> Reader | None:
    """Return the reader for the FNDDS workbooks of the same cycle as the chosen one."""
    parts: dict[str, dict[str, Path]] = {}
    cycle_of_chosen = ""
    for path in paths:
        try:
            part, cycle = fndds_xlsx.part_of(path)
        except SourceError:
            if path == chosen:
                raise
            continue  # a damaged neighbour is not the file that was asked for
        if part:
            parts.setdefault(cycle, {})[part] = path
        if path == chosen:
            cycle_of_chosen = cycle
    if not parts:
        return None
    cycle = cycle_of_chosen or max(parts)
    if chosen:
        part, _ = fndds_xlsx.part_of(chosen)
        parts[cycle][part] = chosen
    return fndds_xlsx.FnddsXlsx(parts[cycle], cycle, on_read)


def _ciqual(path: Path, on_read: OnRead) -> Reader | None:
    return ciqual.Ciqual(path, on_read) if ciqual.is_ciqual(ciqual.header_of(path)) else None


def _cofid(path: Path, on_read: OnRead) -> Reader | None:
    try:
        return cofid.Cofid(path, on_read) if cofid.is_cofid(path) else None
    except SourceError as error:
        if "no sheet" in str(error):
            return None
        raise
