from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.intake.spans import Span, bar_span, parts, span_of, start_of, start_of_next

DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


@pytest.mark.parametrize(
    ("first", "last", "span"),
    [
        ("2026-11-28", "2026-11-28", "day"),
        ("2026-11-23", "2026-11-29", "week"),
        ("2026-11-23", "2026-11-28", "range"),
        ("2026-11-24", "2026-11-30", "range"),
        ("2026-11-01", "2026-11-30", "month"),
        ("2026-02-01", "2026-02-28", "month"),
        ("2024-02-01", "2024-02-28", "range"),
        ("2026-12-01", "2026-12-31", "month"),
        ("2026-01-01", "2026-12-31", "year"),
        ("2026-01-01", "2027-12-31", "range"),
        ("2026-01-02", "2026-12-31", "range"),
    ],
)
def test_a_calendar_range_has_its_span(first, last, span):
    assert span_of(date.fromisoformat(first), date.fromisoformat(last)) == span


@pytest.mark.parametrize(
    ("days", "span"), [(1, "day"), (31, "day"), (32, "week"), (371, "week"), (372, "month")]
)
def test_bars_cover_more_days_in_longer_ranges(days, span):
    first = date(2026, 1, 1)

    assert bar_span(first, first + timedelta(days - 1)) == span


@given(first=DAYS, length=st.integers(0, 800), span=st.sampled_from(Span))
def test_the_parts_of_a_range_contain_each_day_once(first, length, span):
    last = first + timedelta(length)
    if span == Span.RANGE:
        return

    found = list(parts(first, last, span))

    assert (found[0][0], found[-1][1]) == (first, last)
    assert all(end + timedelta(1) == start for (_a, end), (start, _b) in pairwise(found))
    for start, end in found:
        assert start_of(span, start) == start_of(span, end)
        assert start == first or start == start_of(span, start)
        assert end == last or end + timedelta(1) == start_of_next(span, start)
