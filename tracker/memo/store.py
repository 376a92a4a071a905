"""A worker's cache of a person's data, valid until that data changes.

Each request reads a counter for each profile and subject (``tracker.memo.counters``) together with
the profile, so a worker sees at once what another has written. A cached value is valid as long as
its count. Writes increment the counters by themselves (``tracker.memo.models``), in the same
transaction.

A value cached under a count must have been committed no earlier than the count. So after a write
the counters are read again before anything is cached, and only outside a transaction: inside one,
the write may still roll back, and its final count is unknown.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from datetime import date
from typing import Any, TypeVar

from django.apps import apps
from django.db import connection
from django.db.transaction import TransactionManagementError

from tracker.memo.counters import (
    ANSWERS,
    DIARY,
    FOODS,
    SUBJECTS,
    attribute_of,
    increment,
    read_counts,
)

__all__ = ["ANSWERS", "DIARY", "FOODS"]

OUTSIDE = "A write of a person's rows must be in the transaction of its counter: use atomic()."
PEOPLE_KEPT = 200
READINGS_KEPT = 40

Days = set[date] | None
"""The days whose diary a write touches, before and after it; None: all of them."""
Listener = Callable[[str, set[int], Days], object]
Subjects = str | tuple[str, ...]
Counts = tuple[int, ...]

Value = TypeVar("Value")
_kept: OrderedDict[tuple[int, Subjects], tuple[Counts, dict[Hashable, Any]]] = OrderedDict()
_MISSING: Any = object()
_listeners: list[Listener] = []


class _Here(threading.local):
    """What this thread has written during its request, and the counts it has read since."""

    def __init__(self) -> None:
        self.touched: set[tuple[int, str]] = set()
        self.renewed: dict[int, dict[str, int]] = {}

    def clear(self) -> None:
        self.touched.clear()
        self.renewed.clear()


_here = _Here()


def memo(profile: Any, subjects: Subjects, key: Hashable, read: Callable[[], Value]) -> Value:
    """Return the cached result of ``read``, or call it if a subject has changed since.

    Requests share the cached value: do not modify it. Put what ``read`` uses from elsewhere into
    the key, because it may have been read before a write of the same request.
    """
    counts = counts_of(profile, (subjects,) if isinstance(subjects, str) else subjects)
    if counts is None:
        return read()
    readings = _readings(profile.pk, subjects, counts)
    value = readings.get(key, _MISSING)
    if value is _MISSING:
        value = read()
        if len(readings) >= READINGS_KEPT:
            readings.clear()  # other threads may do so too: do not read from it below
        readings[key] = value
    found: Value = value
    return found


def counts_of(profile: Any, subjects: tuple[str, ...]) -> Counts | None:
    """Return a person's counts; None if nothing may be cached under them.

    No query if the profile was loaded ``with_counts``, but one after a write of this request.
    """
    pk = profile.pk
    if any((pk, subject) in _here.touched for subject in subjects) and not _renew(pk):
        return None
    if (renewed := _here.renewed.get(pk)) is None:
        if not hasattr(profile, attribute_of(subjects[0])) and not _load_counts(profile):
            return None
        return tuple(getattr(profile, attribute_of(subject)) for subject in subjects)
    return tuple(renewed[subject] for subject in subjects)


def _load_counts(profile: Any) -> bool:
    counts = read_counts(profile.pk)
    for subject, count in (counts or {}).items():
        setattr(profile, attribute_of(subject), count)
    return counts is not None


def _renew(profile_pk: int) -> bool:
    """Read a person's counters again once this thread's write is committed or rolled back."""
    if _is_in_transaction():
        return False
    counts = read_counts(profile_pk)
    if counts is None:
        return False  # the profile is deleted
    _here.renewed[profile_pk] = counts
    _here.touched.difference_update((profile_pk, subject) for subject in SUBJECTS)
    return True


def _is_in_transaction() -> bool:
    """Whether this thread may still roll back; a test's own transaction does not count.

    Django uses the same check for the outermost durable block.
    """
    blocks: list[Any] = connection.atomic_blocks
    return any(not block._from_testcase for block in blocks)


def _readings(profile_pk: int, subjects: Subjects, counts: Counts) -> dict[Hashable, Any]:
    found = _kept.get((profile_pk, subjects))
    if found is None or found[0] != counts:
        found = _kept[profile_pk, subjects] = (counts, {})
        while len(_kept) > len(SUBJECTS) * PEOPLE_KEPT:
            _kept.popitem(last=False)
    return found[1]


def touch(subject: str, profile_pks: Iterable[int | None], days: Days = None) -> None:
    """Announce a change to these people's data, before the write and in its transaction.

    One query, plus those of the listeners.
    """
    pks = {pk for pk in profile_pks if pk is not None}
    if not pks:
        return
    if not connection.in_atomic_block:
        raise TransactionManagementError(OUTSIDE)
    increment(subject, pks)
    _here.touched.update((pk, subject) for pk in pks)
    if days is None or days:
        for listener in _listeners:
            listener(subject, pks, days)


def on_touch(listener: Listener) -> Listener:
    """Call ``listener(subject, profile pks, days)`` before each write, in its transaction.

    The profiles are locked by then. Writes that touch no day are not announced.
    """
    if listener not in _listeners:
        _listeners.append(listener)
    return listener


def off_touch(listener: Listener) -> None:
    """Undo ``on_touch``."""
    _listeners.remove(listener)


def is_unchanged(profile_pk: int, subjects: tuple[str, ...], counts: Counts) -> bool:
    """Whether a person's counts are still these; locks them until the transaction ends.

    Use it to store results computed from data read under them. Two queries.
    """
    locked = apps.get_model("profiles", "Profile").objects.select_for_update(no_key=True)
    if not locked.filter(pk=profile_pk).exists():
        return False
    now = read_counts(profile_pk) or {}
    return tuple(now.get(subject) for subject in subjects) == counts


def distrust(profile_pk: int) -> None:
    """Make a person's counts be read again: others may have written while this waited for a lock.

    No query.
    """
    _here.touched.update((profile_pk, subject) for subject in SUBJECTS)


def touch_account(account_pk: int) -> None:
    """Announce a change to an account that all its profiles share: its own foods."""
    profiles = apps.get_model("profiles", "Profile").objects.filter(account_id=account_pk)
    touch(FOODS, profiles.values_list("pk", flat=True))


def begin_request() -> None:
    """Trust the counts again: a new request reads the profile anew."""
    _here.clear()


def forget_everything() -> None:
    _kept.clear()
    _here.clear()
