"""Everything a person swallowed, as one stream of rows, whichever table keeps it."""

from collections.abc import Collection
from datetime import date, time
from typing import NamedTuple

from django.db.models import Value
from django.utils.translation import gettext as _

from foods.kinds import SourceClass
from tracker.diary.fasting import breaks_fast
from tracker.diary.models import DayMark, Entry, EntryQuerySet
from tracker.diary.origin import QUICK_ADD
from tracker.diary.quantity import Quantity, typed_by_hand
from tracker.memo.store import DIARY, memo
from tracker.profiles.models import Profile
from tracker.science.absorption import B12Split

ENTRY = "entry"
OTHER = "other"
"""The class of what has none: a quick add."""
SUPPLEMENT = SourceClass.SUPPLEMENT.value
DAYS_REMEMBERED = 31


class Event(NamedTuple):
    """One thing swallowed (or injected): what a range of days needs of it, and no more."""

    kind: str

    pk: int
    day: date
    slot: str
    clock: time | None
    name: str
    amount: float | None
    unit: str
    amount_of: float | None
    mass_g: float | None
    food_id: int | None
    b12_ug: float | None
    free_ug: float
    food_ug: float
    egg_ug: float
    inactive_ug: float
    source_class: str
    is_supplement: bool
    is_injection: bool
    is_drink: bool

    @property
    def called(self) -> str:
        return self.name or str(QUICK_ADD)

    @property
    def split(self) -> B12Split:
        return B12Split(self.free_ug, self.food_ug, self.egg_ug, self.inactive_ug)

    @property
    def active_ug(self) -> float:
        """B12 that counts as swallowed: injections by-pass the gut, inactive forms do not act."""
        return self.free_ug + self.food_ug + self.egg_ug

    @property
    def breaks_fast(self) -> bool:
        return breaks_fast(
            b12_ug=self.b12_ug,
            is_drink=self.is_drink,
            is_supplement=self.is_supplement,
            is_injection=self.is_injection,
        )

    @property
    def amount_text(self) -> str:
        """How much it was, as a person would say it."""
        quantity = Quantity(self.amount, self.unit, self.amount_of)
        return quantity.said or typed_by_hand(self.b12_ug if self.mass_g is None else None)

    @property
    def origin_said(self) -> str:
        """What the B12 of an amount without a food is from: it decides how much is absorbed."""
        if self.mass_g is not None or self.is_injection:
            return ""
        if self.is_supplement:
            return _("from a supplement")
        if self.free_ug:
            return _("from fortified food")
        return _("from animal food") if self.food_ug else ""

    @property
    def key(self) -> str:
        """Unique among the rows of all tables, and fit for an HTML id."""
        return f"{self.kind}-{self.pk}"

    @property
    def counted_as(self) -> str:
        """The class whose sum it enters: a supplement is never among the foods."""
        return SUPPLEMENT if self.is_supplement else self.source_class or OTHER


def events(profile: Profile, first: date, last: date) -> list[Event]:
    """Return what was swallowed in a range, in the order eaten. At most one query."""
    if (last - first).days > DAYS_REMEMBERED:
        return _read_rows(profile, first, last)
    key = "rows", first, last
    return memo(profile, DIARY, key, lambda: _read_rows(profile, first, last))


def events_on(profile: Profile, days: Collection[date]) -> list[Event]:
    """Return what was swallowed on some days, in the order eaten. One query."""
    return _slim(Entry.objects.filter(profile=profile, day__in=days))


def _read_rows(profile: Profile, first: date, last: date) -> list[Event]:
    return _slim(Entry.objects.filter(profile=profile).between(first, last))


def _slim(entries: EntryQuerySet) -> list[Event]:
    columns = entries.as_eaten().values_list(Value(ENTRY), *Event._fields[1:])
    return [Event(*row) for row in columns]


def day_marks(profile: Profile, first: date, last: date) -> dict[date, str]:
    """Return what the person said about each day of a range. At most one query."""
    if (last - first).days > DAYS_REMEMBERED:
        return _read_marks(profile, first, last)
    key = "marks", first, last
    return memo(profile, DIARY, key, lambda: _read_marks(profile, first, last))


def _read_marks(profile: Profile, first: date, last: date) -> dict[date, str]:
    marks = DayMark.objects.filter(profile=profile, day__gte=first, day__lte=last)
    return dict(marks.values_list("day", "status"))
