"""Foods that a table no longer has: no longer offered, but kept for the diaries that use them."""

from collections.abc import Collection, Sequence

from django.utils import timezone

from foods.models import Food, Source
from foods.sources.record import Rejected, SourceError
from tracker.numbers.counting import so_many

BATCH = 500
SHRUNK_SHARE = 0.5
SHRUNK_ROWS = 50


def keys_of(lost: Sequence[Rejected], source: Source) -> set[str] | None:
    """Return the keys of the refused foods, or None if one of them is unknown."""
    keys = {row.key for row in lost if row.key}
    nameless = [row for row in lost if not row.key]
    ids = {row.fdc_id for row in nameless if row.fdc_id is not None}
    known = Food.objects.filter(source=source, owner=None, fdc_id__in=ids)
    key_of_id = dict(known.values_list("fdc_id", "source_key")) if ids else {}
    if any(row.fdc_id not in key_of_id for row in nameless):
        return None
    return keys | set(key_of_id.values())


def missing_from(source: Source, kept: Collection[str]) -> dict[int, str]:
    """Return the current foods of a source that are not among these, by number and name."""
    current = Food.objects.filter(source=source, owner=None, retired_at=None)
    rows = current.order_by("source_key").values_list("pk", "source_key", "name")
    return {pk: f"{key} {name}" for pk, key, name in rows if key not in kept}


def refuse_shrunk(source: Source, missing: Collection[int]) -> None:
    """Raise if most of a table that was larger before is missing."""
    count = Food.objects.filter(source=source, owner=None, retired_at=None).count()
    if len(missing) > max(SHRUNK_ROWS, SHRUNK_SHARE * count):
        raise SourceError(
            f"the file would retire {len(missing)} of {so_many(count, 'food')} of {source.name}; "
            "with --may-shrink it does"
        )


def retire(foods: Sequence[int]) -> None:
    """Retire these foods from the catalogue; their diary entries stay as they are."""
    for start in range(0, len(foods), BATCH):
        retired = Food.objects.filter(pk__in=foods[start : start + BATCH])
        retired.update(retired_at=timezone.now(), superseded_by=None)
