"""What a worker keeps of a person between two requests, until something of theirs changes.

Each profile counts the changes to its diary and to its answers. The counts are read with the
profile in every request, so that a worker sees at once what another has written; what was read
under a count stands for as long as the count does. Writes raise the counts by themselves
(``tracker.recall.models``), in the same transaction.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from typing import Any, TypeVar

from django.apps import apps
from django.db.models import F

DIARY, ANSWERS = "diary", "answers"
PEOPLE_KEPT = 200
READINGS_KEPT = 40

Value = TypeVar("Value")
_kept: OrderedDict[tuple[int, str], tuple[int, dict[Hashable, Any]]] = OrderedDict()
_this_thread = threading.local()
_MISSING: Any = object()


def recall(profile, subject: str, key: Hashable, read: Callable[[], Value]) -> Value:
    """Return what ``read`` returned the last time, or read it now if anything has changed since.

    What is kept is shared by requests: treat it as unchangeable.
    """
    if (profile.pk, subject) in touched():
        return read()  # this very request has written: its own count is out of date
    readings = _readings(profile.pk, subject, getattr(profile, f"{subject}_changes"))
    value = readings.get(key, _MISSING)
    if value is _MISSING:
        value = read()
        if len(readings) >= READINGS_KEPT:
            readings.clear()  # another thread may do so too: nothing is looked up again below
        readings[key] = value
    return value


def _readings(profile_pk: int, subject: str, count: int) -> dict[Hashable, Any]:
    found = _kept.get((profile_pk, subject))
    if found is None or found[0] != count:
        found = _kept[profile_pk, subject] = (count, {})
        while len(_kept) > 2 * PEOPLE_KEPT:
            _kept.popitem(last=False)
    return found[1]


def touch(subject: str, profile_pks: Iterable[int | None]) -> None:
    """Say that something of these people has changed. One query."""
    pks = {pk for pk in profile_pks if pk is not None}
    if not pks:
        return
    name = f"{subject}_changes"
    profiles = apps.get_model("profiles", "Profile").objects
    profiles.filter(pk__in=pks).update(**{name: F(name) + 1})
    touched().update((pk, subject) for pk in pks)


def touch_account(account_pk: int) -> None:
    """Say that something of an account has changed that its people share: its own foods."""
    profiles = apps.get_model("profiles", "Profile").objects.filter(account_id=account_pk)
    touch(ANSWERS, profiles.values_list("pk", flat=True))


def begin_request() -> None:
    """Trust the counts again: the profile of a new request is read anew."""
    touched().clear()


def forget_everything() -> None:
    _kept.clear()
    touched().clear()


def touched() -> set[tuple[int, str]]:
    """Return whose what this thread has written since its request began."""
    if not hasattr(_this_thread, "touched"):
        _this_thread.touched = set()
    return _this_thread.touched
