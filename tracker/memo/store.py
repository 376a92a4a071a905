"""What a worker keeps of a person between two requests, until something of theirs changes.

Each profile counts the changes to its diary and to its answers. The counts are read with the
profile in every request, so that a worker sees at once what another has written; what was read
under a count stands for as long as the count does. Writes raise the counts by themselves
(``tracker.memo.models``), in the same transaction.

What is kept under a count must have been committed no earlier than the count itself. So after a
write the count is read again before anything is kept, and only outside a transaction: inside one it
is not known yet whether the write stays, nor which count it will have.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping
from datetime import date
from typing import Any, TypeVar

from django.apps import apps
from django.db import connection
from django.db.models import F

DIARY, ANSWERS = SUBJECTS = "diary", "answers"
PEOPLE_KEPT = 200
READINGS_KEPT = 40

Days = set[date] | None
"""The days of a diary that a write touches, as they were and as they will be; None: all of them."""
Listener = Callable[[str, set[int], Days], object]

Value = TypeVar("Value")
_kept: OrderedDict[tuple[int, str], tuple[int, dict[Hashable, Any]]] = OrderedDict()
_MISSING: Any = object()
_listeners: list[Listener] = []


class _Here(threading.local):
    """What this thread has written since its request began, and the counts read again since."""

    def __init__(self) -> None:
        self.touched: set[tuple[int, str]] = set()
        self.renewed: dict[tuple[int, str], int] = {}

    def clear(self) -> None:
        self.touched.clear()
        self.renewed.clear()


_here = _Here()


def memo(profile: Any, subject: str, key: Hashable, read: Callable[[], Value]) -> Value:
    """Return what ``read`` returned the last time, or read it now if anything has changed since.

    What is kept is shared by requests: treat it as unchangeable. What ``read`` takes from elsewhere
    belongs in the key, because it may have been read before a write of the same request.
    """
    count = changes(profile, subject)
    if count is None:
        return read()
    readings = _readings(profile.pk, subject, count)
    value = readings.get(key, _MISSING)
    if value is _MISSING:
        value = read()
        if len(readings) >= READINGS_KEPT:
            readings.clear()  # another thread may do so too: nothing is looked up again below
        readings[key] = value
    found: Value = value
    return found


def changes(profile: Any, subject: str) -> int | None:
    """Return a person's count of changes; None where nothing may be kept under it.

    No query, but one after a write of this request.
    """
    if (profile.pk, subject) in _here.touched and not _renew(profile.pk):
        return None
    count = _here.renewed.get((profile.pk, subject))
    if count is None:
        count = int(getattr(profile, f"{subject}_changes"))
    return count


def _renew(profile_pk: int) -> bool:
    """Read the counts of a person anew, once what this thread wrote is committed or taken back."""
    if connection.in_atomic_block:
        return False
    profiles = apps.get_model("profiles", "Profile").objects.filter(pk=profile_pk)
    counts = profiles.values_list(*(f"{subject}_changes" for subject in SUBJECTS)).first()
    if counts is None:
        return False  # the person is gone
    for subject, count in zip(SUBJECTS, counts, strict=True):
        _here.renewed[profile_pk, subject] = count
        _here.touched.discard((profile_pk, subject))
    return True


def _readings(profile_pk: int, subject: str, count: int) -> dict[Hashable, Any]:
    found = _kept.get((profile_pk, subject))
    if found is None or found[0] != count:
        found = _kept[profile_pk, subject] = (count, {})
        while len(_kept) > 2 * PEOPLE_KEPT:
            _kept.popitem(last=False)
    return found[1]


def touch(subject: str, profile_pks: Iterable[int | None], days: Days = None) -> None:
    """Say, before a write and in its transaction, that something of these people changes.

    One query, and those of the listeners.
    """
    pks = {pk for pk in profile_pks if pk is not None}
    if not pks:
        return
    name = f"{subject}_changes"
    profiles = apps.get_model("profiles", "Profile").objects
    profiles.filter(pk__in=pks).update(**{name: F(name) + 1})
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


def is_unchanged(profile_pk: int, counts: Mapping[str, int | None]) -> bool:
    """Say whether a person's counts are still these, and keep them so until the transaction ends.

    For what is stored of what was read under them. One query.
    """
    profiles = apps.get_model("profiles", "Profile").objects.filter(pk=profile_pk)
    found = profiles.select_for_update().values(*(f"{subject}_changes" for subject in counts))
    return bool(found.first() == {f"{subject}_changes": n for subject, n in counts.items()})


def distrust(profile_pk: int) -> None:
    """Let a person's counts be read anew: while one waited for a lock, others may have written.

    No query.
    """
    _here.touched.update((profile_pk, subject) for subject in SUBJECTS)


def touch_account(account_pk: int) -> None:
    """Say that something of an account has changed that its people share: its own foods."""
    profiles = apps.get_model("profiles", "Profile").objects.filter(account_id=account_pk)
    touch(ANSWERS, profiles.values_list("pk", flat=True))


def begin_request() -> None:
    """Trust the counts again: the profile of a new request is read anew."""
    _here.clear()


def forget_everything() -> None:
    _kept.clear()
    _here.clear()
