"""Which stored food a row refers to, where a table gives one code to several foods.

A stored food is in diaries, saved meals and lists of hidden foods, so it must not turn into another
food because a later release gives its code to one food more, or one food fewer.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from foods.models import Food, Source
from foods.sources.cells import clean_text
from foods.sources.record import FoodRecord, Rejected

Row = TypeVar("Row", FoodRecord, Rejected)
Names = Mapping[str, Mapping[str, str]]
"""Of each dataset: the stored foods' names by key."""


def stored_names(rows: Iterable[FoodRecord | Rejected], sources: Mapping[str, Source]) -> Names:
    """Return the names of the stored foods of the tables with shared codes. One query each."""
    datasets = {row.dataset for row in rows if row.code}
    return {
        dataset: dict(
            Food.objects.filter(source=sources[dataset], owner=None).values_list(
                "source_key", "name"
            )
        )
        for dataset in datasets
    }


def identified(rows: Sequence[Row], names: Names) -> list[Row]:
    """Return the rows, each with the key of the stored food that it refers to, else its own key."""
    return [replace(row, key=key_of(row, names[row.dataset])) if row.code else row for row in rows]


def key_of(row: FoodRecord | Rejected, stored: Mapping[str, str]) -> str:
    """Return the key of the stored food with the row's name, else the row's own.

    If only one row has a code, the stored food with that code may have another name: as far as the
    publisher says, it is a new name for the same food.
    """
    if row.named_key in stored:
        return row.named_key
    begins = clean_text(row.named_key.removeprefix(row.code))
    is_same = row.code in stored and stored[row.code][: len(begins)].strip() == begins
    return row.code if is_same else row.key


def renamed(records: Iterable[FoodRecord], names: Names) -> list[str]:
    """Return the stored foods that are renamed, by number, with both names."""
    told = []
    for record in records:
        before = names[record.dataset].get(record.key) if record.code else None
        if before is not None and before != record.name:
            told.append(f"{record.key} {before} → {record.name}")
    return told
