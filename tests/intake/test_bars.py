from datetime import date, timedelta

import pytest

from tests.insights.people import day, fish, row, tablet, unknown
from tracker.intake.bars import bars
from tracker.intake.period import Period

FIRST = date(2026, 3, 2)
TODAY = date(2026, 12, 31)


def period(*days, today=TODAY, first=FIRST):
    """Return a period from (rows, status) pairs, starting on a Monday."""
    found = []
    for n, (rows, status) in enumerate(days):
        on = first + timedelta(n)
        found.append(day([r._replace(day=on) for r in rows], status, on))
    return Period(tuple(found), today)


def test_each_bar_of_a_short_period_is_a_day():
    found = bars(period(([fish(3.0)], "complete"), ([fish(1.0)], "complete")))

    assert [bar.span for bar in found] == ["day", "day"]
    assert [bar.food_by_class for bar in found] == [{"fish": 3.0}, {"fish": 1.0}]


def test_a_week_is_the_mean_of_its_complete_days():
    found = bars(
        period(
            ([fish(3.0), tablet(10.0)], "complete"),
            ([row(free_ug=1.0)], "complete"),
            ([fish(50.0)], ""),
            *[([], "")] * 4,
            ([fish(2.0)], "complete"),
        ),
        "week",
    )

    assert [(bar.period.first, bar.period.last) for bar in found] == [
        (date(2026, 3, 2), date(2026, 3, 8)),
        (date(2026, 3, 9), date(2026, 3, 9)),
    ]
    assert found[0].food_by_class == {"fish": 1.5, "fortified_food": 0.5}
    assert (found[0].food_ug, found[0].supplement_ug) == (2.0, 5.0)
    assert found[0].absorbed_ug == found[0].period.mean_absorbed_ug
    assert not found[0].is_open


def test_a_bar_without_complete_days_is_open_and_shows_what_is_logged():
    (bar,) = bars(period(([fish(3.0)], ""), ([], ""), ([fish(1.0)], "partial")), "month")

    assert (bar.is_open, bar.food_ug) == (True, 2.0)
    assert bar.absorbed_ug == pytest.approx(sum(d.absorbed_ug for d in bar.period.days) / 2)


def test_an_empty_bar_is_neither_open_nor_zero():
    (bar,) = bars(period(([], ""), ([], "")), "week")

    assert (bar.is_open, bar.absorbed_ug, bar.food_by_class) == (False, None, {})


def test_a_complete_day_without_entries_counts_as_zero():
    (bar,) = bars(period(([fish(3.0)], "complete"), ([], "complete")), "week")

    assert (bar.food_ug, bar.is_open) == (1.5, False)


def test_unknown_is_never_zero():
    (nothing,) = bars(period(([unknown()], "complete")), "week")
    (some,) = bars(period(([unknown(), fish(2.0)], "complete")), "week")

    assert (nothing.absorbed_ug, nothing.coverage.is_full) == (None, False)
    assert some.absorbed_ug is not None
    assert (some.coverage.known, some.coverage.total) == (1, 2)


def test_a_year_has_twelve_bars():
    found = bars(period(*[([], "")] * 365, first=date(2026, 1, 1)), "month")

    assert [bar.span for bar in found] == ["month"] * 12
    assert [bar.period.called for bar in found] == ["this month"] * 12
    assert sum(len(bar.period.days) for bar in found) == 365
