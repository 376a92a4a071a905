"""Diary rows for the tests of insights, with valid defaults."""

from datetime import date, time, timedelta

from tests.factories import DAY, make_entry
from tracker.diary.models import DayMark
from tracker.intake.day import day_intake
from tracker.intake.events import Event
from tracker.intake.period import Period
from tracker.intake.summary import DaySummary, summarised
from tracker.profiles.models import Basis, Condition
from tracker.profiles.standing import Standing, standing_from

MONDAY = DAY
SUNDAY = MONDAY + timedelta(6)


def row(**fields):
    """Return a breakfast of 1 µg of free B12 from a fortified food."""
    defaults = {
        "kind": "entry",
        "pk": 1,
        "day": MONDAY,
        "slot": "breakfast",
        "clock": time(8),
        "name": "Soy milk",
        "amount": 1.0,
        "unit": "1 cup",
        "amount_of": None,
        "mass_g": 240.0,
        "food_id": None,
        "b12_ug": 1.0,
        "free_ug": 1.0,
        "food_ug": 0.0,
        "egg_ug": 0.0,
        "inactive_ug": 0.0,
        "source_class": "fortified_food",
        "is_supplement": False,
        "is_injection": False,
        "is_drink": False,
    }
    return Event(**defaults | fields)


def fish(ug=3.0, **fields):
    return row(name="Salmon", b12_ug=ug, free_ug=0.0, food_ug=ug, source_class="fish", **fields)


def tablet(ug=1000.0, **fields):
    fields = {"name": "Tablet", "slot": "snack", "clock": None} | fields
    return row(b12_ug=ug, free_ug=ug, source_class="supplement", is_supplement=True, **fields)


def unknown(**fields):
    return row(name="Market pastry", b12_ug=None, free_ug=0.0, source_class="mixed_dish", **fields)


def standing(authority="iom", conditions=(), age_years=30, **fields) -> Standing:
    basis = Basis(valid_from=date(2000, 1, 1), authority=authority, **fields)
    held = tuple(Condition(factor=factor) for factor in conditions)
    return standing_from(basis, held, age_years)


def day(rows=(), status="complete", on=MONDAY, **fields) -> DaySummary:
    return summarised(day_intake(on, rows, status, standing(**fields)))


def week(*days_rows, complete=7, today=SUNDAY, **fields) -> Period:
    """Return a week with these rows per day, the first ``complete`` days complete."""
    rows = [*days_rows, *[()] * 7][:7]
    return Period(
        tuple(
            day(
                [r._replace(day=MONDAY + timedelta(n)) for r in rows[n]],
                "complete" if n < complete else "",
                MONDAY + timedelta(n),
                **fields,
            )
            for n in range(7)
        ),
        today,
    )


def log_days(profile, *, days=7, complete=7, entries=1, first=MONDAY, **fields):
    """Store entries on consecutive days, and mark the first ``complete`` ones complete."""
    for n in range(days):
        for _ in range(entries):
            make_entry(profile, day=first + timedelta(n), **fields)
        if n < complete:
            DayMark.objects.create(profile=profile, day=first + timedelta(n), status="complete")
