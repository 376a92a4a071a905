"""Read the tables of ``data/``: the first line is version and date, unknown cells are empty."""

import csv
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"


@cache
def csv_rows(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of a CSV table as dicts of text, in file order."""
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        next(lines)
        return tuple(csv.DictReader(lines, strict=True))


@cache
def toml_table(name: str) -> dict[str, Any]:
    """Return a TOML table; its entries keep their order."""
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


@cache
def version(name: str) -> str:
    """Return the first line of a table without its comment mark: ``version 1, 2026-11-20``."""
    with (DATA / name).open(encoding="utf-8") as lines:
        return next(lines).removeprefix("#").strip()


def number_or_none(cell: str) -> float | None:
    """Return the number in a cell; an empty cell is unknown, never 0."""
    return float(cell) if cell else None
