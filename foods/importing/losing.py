"""Refuse a truncated file that would make known B12 values unknown, unless that is intended."""

from collections.abc import Collection, Mapping, Sequence

from foods.models import Food, Source
from foods.sources.record import FoodRecord, SourceError
from tracker.numbers.counting import so_many

LOST_SHARE = 0.05
LOST_FOODS = 10
"""If more foods than both lose their value, the file holds only part of the values."""
BARE_SHARE = 0.2
BARE_FOODS = 20
"""If more foods than both have no figures at all, the file of figures is truncated."""


def forgotten_foods(
    records: Sequence[FoodRecord], sources: Mapping[str, Source], *, may_shrink: bool
) -> list[str]:
    """Return the foods whose known B12 the file leaves out, by number and name.

    Raises SourceError if they are more than a small share, or if most of the figures are missing.
    """
    forgotten: list[str] = []
    for dataset, source in sources.items():
        told = [record for record in records if record.dataset == dataset]
        known = known_foods(source)
        silent = {record.key for record in told if record.b12_ug_per_100g is None}
        lost = [f"{key} {name}" for key, name in known if key in silent]
        if not may_shrink:
            refuse_bare(told)
            refuse_forgetful(source, lost, count=len(known))
        forgotten += lost
    return forgotten


def known_foods(source: Source) -> list[tuple[str, str]]:
    """Return key and name of the current foods whose B12 is known."""
    foods = Food.objects.filter(source=source, owner=None, retired_at=None)
    foods = foods.exclude(b12_ug_per_100g=None).order_by("source_key")
    return list(foods.values_list("source_key", "name"))


def refuse_bare(records: Sequence[FoodRecord]) -> None:
    """Raise if a file lists foods but then gives no figures for them, not even other nutrients."""
    bare = [record for record in records if not record.has_figures]
    if len(bare) > max(BARE_FOODS, BARE_SHARE * len(records)):
        foods = so_many(len(records), "food")
        raise SourceError(
            f"the file has no figure at all for {len(bare)} of its {foods}, the "
            f"first one: {bare[0].key} {bare[0].name}; it seems cut off; --may-shrink takes it"
        )


def refuse_forgetful(source: Source, lost: Collection[str], *, count: int) -> None:
    """Raise if more than a few of the known values are missing."""
    if len(lost) > max(LOST_FOODS, LOST_SHARE * count):
        foods = so_many(count, "food")
        raise SourceError(
            f"the file would make the B12 of {len(lost)} of {foods} of {source.name} "
            "unknown; with --may-shrink it does"
        )
