"""What a worker caches of a person between two requests, until something of theirs changes.

A counter for each profile and subject (``tracker.memo.counters``) is read with the profile in every
request, so that a worker sees at once what another has written; what was read under a count stands
for as long as the count does. Writes increment the counters by themselves
(``tracker.memo.models``), in the same transaction.

What is cached under a count must have been committed no earlier than the count itself. So after a
write the counters are read again before anything is cached, and only outside a transaction: inside
one it is not known yet whether the write stays, nor which count it will have.
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
"""The days of a diary that a write touches, as they were and as they will be; None: all of them."""
Listener = Callable[[str, set[int], Days], object]
Subjects = str | tuple[str, ...]
Counts = tuple[int, ...]

Value = TypeVar("Value")
_kept: OrderedDict[tuple[int, Subjects], tuple[Counts, dict[Hashable, Any]]] = OrderedDict()
_MISSING: Any = object()
_listeners: list[Listener] = []


class _Here(threading.local):
    """What this thread has written since its request began, and the counts read again since."""

    def __init__(self) -> None:
        self.touched: set[tuple[int, str]] = set()
        self.renewed: dict[int, dict[str, int]] = {}

    def clear(self) -> None:
        self.touched.clear()
        self.renewed.clear()


_here = _Here()


def memo(profile: Any, subjects: Subjects, key: Hashable, read: Callable[[], Value]) -> Value:
    """Return what ``read`` returned the last time, or read it now if a subject has changed since.

    What is cached is shared by requests: treat it as unchangeable. What ``read`` takes from
    elsewhere belongs in the key, because it may have been read before a write of the same request.
    """
    counts = counts_of(profile, (subjects,) if isinstance(subjects, str) else subjects)
    if counts is None:
        return read()
    readings = _readings(profile.pk, subjects, counts)
    value = readings.get(key, _MISSING)
    if value is _MISSING:
        value = read()
        if len(readings) >= READINGS_KEPT:
            readings.clear()  # another thread may do so too: nothing is looked up again below
        readings[key] = value
    found: Value = value
    return found


def counts_of(profile: Any, subjects: tuple[str, ...]) -> Counts | None:
    """Return a person's counts; None where nothing may be cached under them.

    No query where the profile was loaded ``with_counts``, but one after a write of this request.
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
    """Read the counters of a person again once this thread's write is committed or rolled back."""
    if _is_in_transaction():
        return False
    counts = read_counts(profile_pk)
    if counts is None:
        return False  # the person is gone
    _here.renewed[profile_pk] = counts
    _here.touched.difference_update((profile_pk, subject) for subject in SUBJECTS)
    return True


def _is_in_transaction() -> bool:
    """Say whether this thread may still roll back; a test's own transaction does not count.

    Django asks in the same way whether a durable block is the outermost one.
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
    """Say, before a write and in its transaction, that something of these people changes.

    One query, and those of the listeners.
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

    The people are locked by then. Of a write that touches no day nothing is told.
    """
    if listener not in _listeners:
        _listeners.append(listener)
    return listener


def off_touch(listener: Listener) -> None:
    """Take back ``on_touch``."""
    _listeners.remove(listener)


def is_unchanged(profile_pk: int, subjects: tuple[str, ...], counts: Counts) -> bool:
    """Say whether a person's counts are still these, and keep them so until the transaction ends.

    For storing what was worked out of what was read under them. Two queries.
    """
    locked = apps.get_model("profiles", "Profile").objects.select_for_update(no_key=True)
    if not locked.filter(pk=profile_pk).exists():
        return False
    now = read_counts(profile_pk) or {}
    return tuple(now.get(subject) for subject in subjects) == counts


def distrust(profile_pk: int) -> None:
    """Let a person's counts be read again: while one waited for a lock, others may have written.

    No query.
    """
    _here.touched.update((profile_pk, subject) for subject in SUBJECTS)


def touch_account(account_pk: int) -> None:
    """Say that something of an account has changed that its people share: its own foods."""
    profiles = apps.get_model("profiles", "Profile").objects.filter(account_id=account_pk)
    touch(FOODS, profiles.values_list("pk", flat=True))


def begin_request() -> None:
    """Trust the counts again: the profile of a new request is read anew."""
    _here.clear()


def forget_everything() -> None:
    _kept.clear()
    _here.clear()
