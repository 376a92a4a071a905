"""Convert rows of older snapshots to today's columns."""

from typing import Any

from tracker.diary.older_sources import name_of_older, parts_of
from tracker.diary.origin import EntrySource
from tracker.diary.quantity import Quantity


def of_older(row: dict[str, Any]) -> dict[str, Any]:
    """Convert an entry's row from when amount and source were kept as sentences."""
    if "amount_text" in row:
        row = Quantity(None, row["amount_text"]).columns() | row
    if "source_text" in row and "source_kind" not in row:
        row = (
            row
            | EntrySource(*parts_of(row["source_text"])).columns()
            | {"name": name_of_older(row)}
        )
    return row
