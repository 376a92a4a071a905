"""Values far from those of similar foods, flagged for review."""

from collections import defaultdict
from collections.abc import Iterable
from statistics import median
from typing import Any

from foods.models import Food

Category = tuple[int, str, str]
"""A table, a group and a class."""
TIMES_MEDIAN = 5
SMALLEST_UG_PER_100G = 0.5
SMALLEST_CATEGORY = 8
ADDED_TOLERANCE = 1.05
"""Totals and added amounts are rounded separately."""
BATCH = 500


def flag_outliers(source_ids: Iterable[int]) -> int:
    """Set or clear the review note of the sources' foods; return how many notes changed."""
    rows = list(
        Food.objects.filter(source__in=source_ids, owner=None, retired_at=None)
        .exclude(b12_ug_per_100g=None)
        .values_list(
            "pk",
            "source_id",
            "group",
            "source_class",
            "b12_ug_per_100g",
            "b12_added_ug_per_100g",
            "review",
        )
    )
    medians = category_medians(rows)
    changed = []
    for pk, source_id, group, source_class, total, added, review in rows:
        assert total is not None  # as asked for above
        note = review_note(total, added, medians.get((source_id, group, source_class)))
        if note != review:
            changed.append(Food(pk=pk, review=note))
    Food.objects.bulk_update(changed, ["review"], batch_size=BATCH)
    return len(changed)


def category_medians(rows: Iterable[tuple[Any, ...]]) -> dict[Category, float]:
    """Return the median of the values above 0 by table, group and class, if there are enough."""
    values: dict[Category, list[float]] = defaultdict(list)
    for _, source_id, group, source_class, total, _, _ in rows:
        if total > 0:
            values[source_id, group, source_class].append(total)
    return {key: median(v) for key, v in values.items() if len(v) >= SMALLEST_CATEGORY}


def review_note(total_ug: float, added_ug: float | None, usual_ug: float | None) -> str:
    """Return why a value needs review; empty if it does not."""
    if added_ug is not None and added_ug > ADDED_TOLERANCE * total_ug:
        return f"added B12 ({added_ug:g} µg) is more than the total ({total_ug:g} µg)"
    if usual_ug is None or total_ug < SMALLEST_UG_PER_100G:
        return ""
    if total_ug > TIMES_MEDIAN * usual_ug:
        times = total_ug / usual_ug
        return f"{times:.0f} times the median of its category ({usual_ug:g} µg per 100 g)"
    return ""
