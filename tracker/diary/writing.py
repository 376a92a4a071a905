"""Writing the diary: log, change, move, delete, copy and mark, each with its undo step."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from foods.binding import split_of
from foods.kinds import SourceClass
from foods.models import Food
from tracker.diary.fasting import breaks_fast
from tracker.diary.models import DayMark, DayStatus, Entry, EntryQuerySet
from tracker.diary.origin import TYPED_IN, source_of
from tracker.diary.quantity import UNSAID, Quantity
from tracker.diary.saying import StepKind
from tracker.diary.slots import ORDER, Slot
from tracker.history.models import Step
from tracker.history.once import AlreadyPosted, is_posted, keep_key
from tracker.history.snapshots import row_of, snapshot
from tracker.history.steps import lock, remember

MOST_COPIED = 200
MOST_ON_A_DAY = 500
"""Limit for entries logged together: each day is read and shown whole."""


class TooMany(ValueError):
    """More entries in one step than a day can reasonably hold."""


def build_entry(
    profile: Any,
    day: date,
    slot: str,
    food: Food,
    mass_g: float,
    *,
    quantity: Quantity = UNSAID,
    clock: time | None = None,
) -> Entry:
    """Return an unsaved entry that copies the food's current values."""
    return Entry(
        profile=profile,
        day=day,
        slot=slot,
        slot_order=ORDER[Slot(slot)],
        clock=clock,
        food=food,
        name=food.name,
        **quantity.columns(),
        mass_g=mass_g,
        b12_ug=food.b12_ug(mass_g),
        **split_of(food, mass_g).amounts(),
        source_class=food.source_class,
        is_supplement=food.is_supplement,
        is_injection=food.is_injection,
        is_drink=food.is_drink,
        **source_of(food).columns(),
    )


def build_quick_entry(
    profile: Any,
    day: date,
    slot: str,
    b12_ug: float,
    *,
    name: str = "",
    is_added: bool = False,
    is_supplement: bool = False,
    clock: time | None = None,
) -> Entry:
    """Return an unsaved entry for an amount of B12 without a food.

    ``is_added`` means that the B12 is free (fortified food or supplement), else it is food-bound.
    """
    is_free = is_added or is_supplement
    by_hand = SourceClass.FORTIFIED_FOOD if is_added else ""
    return Entry(
        profile=profile,
        day=day,
        slot=slot,
        slot_order=ORDER[Slot(slot)],
        clock=clock,
        name=name,
        b12_ug=b12_ug,
        free_ug=b12_ug if is_free else 0.0,
        food_ug=0.0 if is_free else b12_ug,
        source_class=SourceClass.SUPPLEMENT if is_supplement else by_hand,
        is_supplement=is_supplement,
        **TYPED_IN.columns(),
    )


class EatenAlready(Exception):
    """The day already has an entry of this food."""


@transaction.atomic
def log(entry: Entry, *, once: UUID | None = None, is_new_to_day: bool = False) -> Step:
    """Save a new entry and return its undo step.

    Raises AlreadyPosted if a form with the key ``once`` was accepted before. ``is_new_to_day``
    means that the food was not on the day when it was offered: raises EatenAlready if it is now.
    """
    if is_new_to_day:
        lock(entry.profile_id)
        _refuse_answered(entry.profile_id, once)
        day = Entry.objects.filter(profile=entry.profile_id, day=entry.day)
        if day.filter(food=entry.food_id).exists():
            raise EatenAlready
    entry.save(force_insert=True)
    step = remember(
        entry.profile_id, StepKind.LOGGED, entry.day, about={"name": entry.name}, created=[entry]
    )
    keep_key(entry.profile_id, once, step)
    return step


class NothingEaten(Exception):
    """The meal has no entries whose time could be set."""


class ChangedMeanwhile(Exception):
    """The stored value is not what the page showed; ``stored`` is the current one."""

    def __init__(self, stored: str) -> None:
        super().__init__(stored)
        self.stored = stored


@transaction.atomic
def change(entry: Entry, replacement: Entry, *, once: UUID | None = None) -> Step | None:
    """Replace an entry by a re-weighed or moved version with the same id. Lock the row first.

    Returns None if the two are the same.
    """
    before = snapshot(Entry, [entry.pk])
    replacement.pk, replacement.uuid = entry.pk, entry.uuid
    replacement.created_at = entry.created_at
    if [row_of(replacement)] == before[Entry._meta.label_lower]:
        keep_key(entry.profile_id, once)
        return None
    replacement.save(force_update=True)
    about = {"name": replacement.name}
    step = remember(entry.profile_id, StepKind.CHANGED, entry.day, about=about, before=before)
    keep_key(entry.profile_id, once, step)
    return step


@transaction.atomic
def delete(entry: Entry, *, once: UUID | None = None) -> Step:
    """Delete an entry. Lock the row first."""
    before = snapshot(Entry, [entry.pk])
    about = {"name": entry.name}
    step = remember(entry.profile_id, StepKind.DELETED, entry.day, about=about, before=before)
    entry.delete()
    keep_key(step.profile_id, once, step)
    return step


class NotEmpty(Exception):
    """The target of a copy already has entries."""


@transaction.atomic
def copy_day(
    profile: Any, from_day: date, to_day: date, *, slot: str = "", once: UUID | None = None
) -> Step | None:
    """Copy a day, or one of its meals, to an empty place; None if there is nothing to copy.

    Raises AlreadyPosted if a form with the key ``once`` was accepted before, NotEmpty and TooMany.
    """
    lock(profile.pk)
    _refuse_answered(profile.pk, once)
    meal = {"slot": slot} if slot else {}
    if Entry.objects.filter(profile=profile, day=to_day, **meal).exists():
        raise NotEmpty
    return copy(Entry.objects.filter(profile=profile, day=from_day, **meal), to_day, once=once)


@transaction.atomic
def copy(
    entries: EntryQuerySet, to_day: date, *, slot: str | None = None, once: UUID | None = None
) -> Step | None:
    """Log entries of another day again with the values they had: at most 200. None if empty."""
    originals = list(entries.as_eaten()[: MOST_COPIED + 1])
    if len(originals) > MOST_COPIED:
        raise TooMany(_("More than 200 entries cannot be copied at once."))
    copies = [_copy_of(original, to_day, slot) for original in originals]
    return log_together(copies, StepKind.COPIED, {"count": len(copies)}, once=once)


@transaction.atomic
def log_together(
    entries: Sequence[Entry], kind: StepKind, about: Mapping[str, Any], *, once: UUID | None = None
) -> Step | None:
    """Save new entries of one person and day as one step with one undo; None if there are none.

    Raises AlreadyPosted if a form with the key ``once`` was accepted before, and TooMany if the
    day would hold too many.
    """
    if not entries:
        return None
    _refuse_answered(entries[0].profile_id, once)
    there = Entry.objects.filter(profile_id=entries[0].profile_id, day=entries[0].day)
    if there.count() + len(entries) > MOST_ON_A_DAY:
        raise TooMany(_("A day has no room for more than 500 entries."))
    saved = Entry.objects.bulk_create(entries)
    step = remember(saved[0].profile_id, kind, saved[0].day, about=about, created=saved)
    keep_key(saved[0].profile_id, once, step)
    return step


def _copy_of(original: Entry, to_day: date, slot: str | None) -> Entry:
    columns = (field.attname for field in Entry._meta.concrete_fields)
    values = {name: getattr(original, name) for name in columns}
    for name in ("id", "uuid", "created_at"):
        del values[name]
    twin = Entry(**values)
    twin.day = to_day
    if slot is not None:
        twin.slot, twin.slot_order = slot, ORDER[Slot(slot)]
    return twin


@transaction.atomic
def set_clock(
    profile: Any,
    day: date,
    slot: str,
    clock: time | None,
    *,
    once: UUID | None = None,
    seen: str | None = None,
) -> Step | None:
    """Set when a meal was eaten; None if it already has that time.

    Raises NothingEaten if there is no meal, AlreadyPosted if a form with the key ``once`` was
    answered before, and ChangedMeanwhile if the meal's times are not those ``seen``.
    """
    lock(profile.pk)
    _refuse_answered(profile.pk, once)
    meal = Entry.objects.filter(profile=profile, day=day, slot=slot)
    clocks = dict(meal.values_list("pk", "clock"))
    if not clocks:
        raise NothingEaten
    others = [pk for pk, there in clocks.items() if there != clock]
    if not others:
        keep_key(profile.pk, once)
        return None
    stored = clocks_text(clocks.values())
    if seen is not None and seen != stored:
        raise ChangedMeanwhile(stored)
    before = snapshot(Entry, others)
    meal.update(clock=clock)
    step = remember(profile.pk, StepKind.TIMED, day, about={"slot": slot}, before=before)
    keep_key(profile.pk, once, step)
    return step


def clocks_text(clocks: Iterable[time | None]) -> str:
    """Return the times of a meal as text: "13:05", "12:00,13:05", empty if it has none.

    If only some entries have a time, the others give an empty part: ",13:05".
    """
    return ",".join(sorted({f"{clock:%H:%M}" if clock else "" for clock in clocks}))


def _refuse_answered(profile_id: int, once: UUID | None) -> None:
    """Raise AlreadyPosted for a form that was answered before, even if it changed nothing."""
    if is_posted(profile_id, once):
        raise AlreadyPosted


class NotFasting(Exception):
    """A day cannot be marked as fasting: ``count`` foods are logged on it."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count


def _foods_on(profile: Any, day: date) -> int:
    columns = ("b12_ug", "is_drink", "is_supplement", "is_injection")
    rows = Entry.objects.filter(profile=profile, day=day).values_list(*columns)
    return sum(
        breaks_fast(
            b12_ug=b12_ug, is_drink=is_drink, is_supplement=is_supplement, is_injection=is_injection
        )
        for b12_ug, is_drink, is_supplement, is_injection in rows
    )


@transaction.atomic
def mark_day(
    profile: Any, day: date, status: str, *, once: UUID | None = None, seen: str | None = None
) -> Step | None:
    """Mark a whole day, or unmark it (empty status); None if nothing changes.

    Raises AlreadyPosted if a form with the key ``once`` was answered before, ChangedMeanwhile
    if the day's mark is not the one ``seen``, and NotFasting if food is logged.
    """
    lock(profile.pk)
    _refuse_answered(profile.pk, once)
    mark = DayMark.objects.filter(profile=profile, day=day).first()
    stored = mark.status if mark else DayStatus.OPEN.value
    if status == stored:
        keep_key(profile.pk, once)
        return None
    if seen is not None and seen != stored:
        raise ChangedMeanwhile(stored)
    if status == DayStatus.FASTING and (count := _foods_on(profile, day)):
        raise NotFasting(count)
    before = snapshot(DayMark, [mark.pk] if mark else [])
    created: list[DayMark] = []
    if mark is None:
        created = [DayMark.objects.create(profile=profile, day=day, status=status)]
    elif status == DayStatus.OPEN:
        mark.delete()
    else:
        mark.status = status
        mark.save(update_fields=["status"])
    about = {"status": status}
    step = remember(profile.pk, StepKind.MARKED, day, about=about, before=before, created=created)
    keep_key(profile.pk, once, step)
    return step
