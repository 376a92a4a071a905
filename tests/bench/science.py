"""How much faster whole columns are than a loop over the scalar form: ten years, 8 a day.

Part of ``make bench``; alone: ``python -m tests.bench.science``. The loop gets prepared datetimes
and doses, and only grouping and absorption are timed; for the columns, everything is.
"""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import groupby

import numpy as np

from tests.bench.table import at_most, show
from tracker.science import arrays
from tracker.science.absorption import B12Split, absorbed_ug, group_sittings

DAYS, ENTRIES_A_DAY, REPEATS = 3650, 8, 15
START = datetime(2016, 1, 1)
Columns = dict[str, np.ndarray]


def make_entries() -> Columns:
    """Return 29,200 entries in the order of their clocks, drawn with a fixed seed."""
    draw = np.random.default_rng(12)
    count = DAYS * ENTRIES_A_DAY
    minute = np.sort(draw.integers(6 * 60, 23 * 60, (DAYS, ENTRIES_A_DAY)), axis=1).ravel()
    food, free = draw.lognormal(-1.0, 1.0, (2, count)) * (draw.random((2, count)) < 0.5)
    return {
        "day": np.repeat(np.arange(DAYS) + START.toordinal(), ENTRIES_A_DAY),
        "minute": minute.astype(float),
        "free_ug": free,
        "food_ug": food,
        "egg_ug": np.zeros(count),
        "inactive_ug": np.zeros(count),
    }


def timed_doses(columns: Columns) -> list[list[tuple[datetime, B12Split]]]:
    """Return the same entries as objects, a list for each day."""
    rows = zip(*(column.tolist() for column in columns.values()), strict=True)
    entries = [
        (datetime.fromordinal(day) + timedelta(minutes=minute), B12Split(*amounts))
        for day, minute, *amounts in rows
    ]
    return [list(group) for _, group in groupby(entries, key=lambda entry: entry[0].date())]


def by_loop(days: list[list[tuple[datetime, B12Split]]]) -> list[float]:
    return [sum(absorbed_ug(s.split) for s in group_sittings(entries)) for entries in days]


def by_columns(columns: Columns) -> np.ndarray:
    return arrays.absorbed_by_day(arrays.sittings(**columns))[1]


def best_s(action: Callable[[], object]) -> float:
    """Return the shortest of several runs, the one with the least disturbance. [s]"""
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return min(times)


def measure_columns() -> None:
    columns = make_entries()
    days = timed_doses(columns)
    difference_ug = float(np.max(np.abs(np.array(by_loop(days)) - by_columns(columns))))
    loop_s, columns_s = best_s(lambda: by_loop(days)), best_s(lambda: by_columns(columns))
    note = f"({1e3 * loop_s:.0f} / {1e3 * columns_s:.2f} ms)"
    show("absorption of 10 years: loop / columns", loop_s / columns_s, note=note)
    show("absorption of 10 years: largest difference", difference_ug, at_most(1e-9, " µg"))


if __name__ == "__main__":
    measure_columns()
