"""How long a range of days is in calendar terms, and how it is split into bars."""

from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
MOST_DAY_BARS = 31
MOST_WEEK_BARS = 53
"""More bars than this are too thin to read, so longer spans replace them."""


class Span(StrEnum):
    """A day, a week from Monday on, a calendar month or year; or any other range."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    RANGE = "range"


def span_of(first: date, last: date) -> Span:
    """Return the span of a range, both ends included; part of a week is any other range."""
    if first == last:
        return Span.DAY
    if first == monday_of(first) and last - first == WEEK - DAY:
        return Span.WEEK
    for span in (Span.MONTH, Span.YEAR):
        if first == start_of(span, first) and last + DAY == start_of_next(span, first):
            return span
    return Span.RANGE


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def start_of(span: Span, day: date) -> date:
    """Return the first day of the week, month or year that a day is in."""
    if span == Span.WEEK:
        return monday_of(day)
    if span == Span.MONTH:
        return day.replace(day=1)
    return day.replace(month=1, day=1) if span == Span.YEAR else day


def start_of_next(span: Span, day: date) -> date:
    """Return the first day after the week, month or year that a day is in."""
    if span == Span.WEEK:
        return monday_of(day) + WEEK
    if span == Span.MONTH:
        return (day.replace(day=28) + 4 * DAY).replace(day=1)
    return date(day.year + 1, 1, 1) if span == Span.YEAR else day + DAY


def bar_span(first: date, last: date) -> Span:
    """Return the span of one bar in a chart of a range, so that each bar is readable."""
    days = (last - first).days + 1
    if days <= MOST_DAY_BARS:
        return Span.DAY
    return Span.WEEK if days <= MOST_WEEK_BARS * 7 else Span.MONTH


def parts(first: date, last: date, span: Span) -> Iterator[tuple[date, date]]:
    """Yield the first and last day of each part; the parts at the ends may be shorter."""
    days = (first + timedelta(n) for n in range((last - first).days + 1))
    for _start, part in groupby(days, key=lambda day: start_of(span, day)):
        found = list(part)
        yield found[0], found[-1]
