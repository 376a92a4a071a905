"""Cached day summaries for long ranges: read if stored, else computed.

Computing a week from its rows is as fast as reading it, but ten years are not. For long ranges
each day's numbers are stored when they are first needed. Every write to a day drops its summary
in the same transaction. A summary made by other rules, or for other answers of the person, is
ignored and replaced.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple
from datetime import date, timedelta
from hashlib import sha256
from itertools import islice
from typing import Any

from django.db import transaction

from tracker.diary.models import DayMark, Entry
from tracker.intake.bands import Band
from tracker.intake.coverage import Coverage
from tracker.intake.day import day_intake, day_intakes
from tracker.intake.events import DAYS_REMEMBERED, Event, day_marks, events_on
from tracker.intake.models import StoredSummary
from tracker.intake.summary import DaySummary, summarised
from tracker.memo.store import ANSWERS, DIARY, Counts, Days, counts_of, is_unchanged
from tracker.profiles.models import Profile
from tracker.profiles.standing import Standing, standings

RULES = 1
"""Increase it whenever the same rows would give other numbers; a test checks this."""
RESTS_ON = (DIARY, ANSWERS)
DAYS_AT_ONCE = 200
_NUMBERS = (
    *("status", "injection_count", "is_broken_fast", "is_covered", "food_ug", "supplement_ug"),
    *("inactive_ug", "absorbed_food_ug", "absorbed_supplement_ug", "little_acid_ug", "by_class"),
)
"""The columns that are fields of a summary under the same name."""
_OTHERS = ("day", "answers", "known", "total", "low_ug", "high_ug")
_STORED = ("rules", *_OTHERS[1:], *_NUMBERS)


def day_summaries(profile: Profile, first: date, last: date) -> list[DaySummary]:
    """Return the summary of every day of a range, logged or not."""
    if (last - first).days <= DAYS_REMEMBERED:
        return [summarised(intake) for intake in day_intakes(profile, first, last)]
    stored = dict(_read(profile, first, last))
    missing = sorted(_days_with_anything(profile, first, last) - stored.keys())
    stored |= {summary.day: summary for summary in _work_out(profile, missing)}
    days = (first + timedelta(n) for n in range((last - first).days + 1))
    standing_on = standings(profile)
    return [stored.get(day) or DaySummary(day, standing_on(day)) for day in days]


def rebuild(profile: Profile) -> int:
    """Drop all of a person's summaries and recompute them. Return how many there are now."""
    StoredSummary.objects.filter(profile=profile).delete()
    missing = sorted(_days_with_anything(profile, date.min, date.max))
    return sum(1 for _summary in _work_out(profile, missing))


def drop(subject: str, profile_pks: set[int], days: Days) -> None:
    """Drop the summaries of days about to change, in the write's transaction. One query.

    Changed answers need no query: a summary names the answers that it was made for.
    """
    if subject == DIARY:
        stored = StoredSummary.objects.filter(profile__in=profile_pks)
        (stored if days is None else stored.filter(day__in=days)).delete()


def answers_key(standing: Standing) -> str:
    """Return a short key for every part of a standing that a summary depends on."""
    known: str | None = standing.__dict__.get("_answers_key")
    if known is None:
        rests_on = (
            astuple(standing.factors),
            sorted(standing.risk_factors),
            standing.absorbed_target_ug,
            standing.requirement_ug,
        )
        known = sha256(repr(rests_on).encode()).hexdigest()[:32]
        standing.__dict__["_answers_key"] = known  # thousands of days share one standing
    return known


def _read(profile: Profile, first: date, last: date) -> Iterator[tuple[date, DaySummary]]:
    """Yield the summaries that are still valid. One query."""
    standing_on = standings(profile)
    rows = StoredSummary.objects.filter(
        profile=profile, rules=RULES, day__gte=first, day__lte=last
    ).values_list(*_OTHERS, *_NUMBERS)
    for day, answers, known, total, low_ug, high_ug, *numbers in rows.iterator(chunk_size=2000):
        standing = standing_on(day)
        if answers == answers_key(standing):
            yield (
                day,
                DaySummary(
                    day,
                    standing,
                    coverage=Coverage(known, total),
                    absorbed=Band(low_ug, high_ug),
                    **dict(zip(_NUMBERS, numbers, strict=True)),
                ),
            )


def _days_with_anything(profile: Profile, first: date, last: date) -> set[date]:
    """Return the days with an entry or a mark. Two queries."""
    entries = Entry.objects.filter(profile=profile).between(first, last)
    marks = DayMark.objects.filter(profile=profile, day__gte=first, day__lte=last)
    return {
        *entries.order_by().values_list("day", flat=True).distinct(),
        *marks.values_list("day", flat=True),
    }


def _work_out(profile: Profile, days: Sequence[date]) -> Iterator[DaySummary]:
    """Compute, store and yield the summaries of days. A few queries per 200 days."""
    remaining = iter(days)
    while part := list(islice(remaining, DAYS_AT_ONCE)):
        counts = counts_of(profile, RESTS_ON)
        found = _worked_out(profile, part)
        _store(profile, found, counts)
        yield from found


def _worked_out(profile: Profile, days: Sequence[date]) -> list[DaySummary]:
    rows: dict[date, list[Event]] = defaultdict(list)
    for row in events_on(profile, days):
        rows[row.day].append(row)
    marks, standing_on = day_marks(profile, days[0], days[-1]), standings(profile)
    return [
        summarised(day_intake(day, rows[day], marks.get(day, ""), standing_on(day))) for day in days
    ]


def _store(profile: Profile, found: Iterable[DaySummary], counts: Counts | None) -> None:
    """Store the computed summaries, unless something was written since they were read."""
    if counts is None:
        return
    with transaction.atomic():
        if is_unchanged(profile.pk, RESTS_ON, counts):
            StoredSummary.objects.bulk_create(
                [StoredSummary(profile=profile, rules=RULES, **_columns(s)) for s in found],
                update_conflicts=True,
                unique_fields=["profile", "day"],
                update_fields=_STORED,
            )


def _columns(summary: DaySummary) -> dict[str, Any]:
    return {name: getattr(summary, name) for name in _NUMBERS} | {
        "day": summary.day,
        "answers": answers_key(summary.standing),
        "known": summary.coverage.known,
        "total": summary.coverage.total,
        "low_ug": summary.absorbed.low_ug,
        "high_ug": summary.absorbed.high_ug,
    }
