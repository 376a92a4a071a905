"""Everything a person swallowed, as one stream of rows from all tables."""

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
"""The class of entries without one: a quick add."""
SUPPLEMENT = SourceClass.SUPPLEMENT.value
DAYS_REMEMBERED = 31


class Event(NamedTuple):
    """One thing swallowed or injected, with only what a range of days needs of it."""

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
        """B12 that counts as swallowed: no injections (they bypass the gut), no inactive forms."""
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
        """The amount as a person would say it."""
        quantity = Quantity(self.amount, self.unit, self.amount_of)
        return quantity.said or typed_by_hand(self.b12_ug if self.mass_g is None else None)

    @property
    def origin_said(self) -> str:
        """Where the B12 of an entry without a food comes from: absorption depends on it."""
        if self.mass_g is not None or self.is_injection:
            return ""
        if self.is_supplement:
            return _("from a supplement")
        if self.free_ug:
            return _("from fortified food")
        return _("from animal food") if self.food_ug else ""

    @property
    def key(self) -> str:
        """A key that is unique among the rows of all tables and valid in an HTML id."""
        return f"{self.kind}-{self.pk}"

    @property
    def counted_as(self) -> str:
        """The class it is summed in: a supplement never counts as food."""
        return SUPPLEMENT if self.is_supplement else self.source_class or OTHER


def events(profile: Profile, first: date, last: date) -> list[Event]:
    """Return what was swallowed in a range, in order of time. At most one query."""
    if (last - first).days > DAYS_REMEMBERED:
        return _read_rows(profile, first, last)
    key = "rows", first, last
    return memo(profile, DIARY, key, lambda: _read_rows(profile, first, last))


def events_on(profile: Profile, days: Collection[date]) -> list[Event]:
    """Return what was swallowed on some days, in order of time. One query."""
    return _slim(Entry.objects.filter(profile=profile, day__in=days))


def _read_rows(profile: Profile, first: date, last: date) -> list[Event]:
    return _slim(Entry.objects.filter(profile=profile).between(first, last))


def _slim(entries: EntryQuerySet) -> list[Event]:
    columns = entries.as_eaten().values_list(Value(ENTRY), *Event._fields[1:])
    return [Event(*row) for row in columns]


def day_marks(profile: Profile, first: date, last: date) -> dict[date, str]:
    """Return how the person marked each day of a range. At most one query."""
    if (last - first).days > DAYS_REMEMBERED:
        return _read_marks(profile, first, last)
    key = "marks", first, last
    return memo(profile, DIARY, key, lambda: _read_marks(profile, first, last))


def _read_marks(profile: Profile, first: date, last: date) -> dict[date, str]:
    marks = DayMark.objects.filter(profile=profile, day__gte=first, day__lte=last)
    return dict(marks.values_list("day", "status"))
