"""Deleting what a person's rows refer to increments the person's counter.

Django then updates or deletes the rows itself and bypasses ``PersonalQuerySet``. So every foreign
key of a ``Personal`` row, except the one to the profile, uses one of these.
"""

from typing import Any

from django.db import models

from tracker.memo.models import PersonalQuerySet


def set_null_and_touch(collector: Any, field: Any, rows: Any, using: str) -> None:
    """``SET_NULL`` that also increments the counters of the rows' profiles."""
    _touch(field.model, rows)
    models.SET_NULL(collector, field, rows, using)


def cascade_and_touch(collector: Any, field: Any, rows: Any, using: str) -> None:
    """``CASCADE`` that also increments the counters of the rows' profiles."""
    _touch(field.model, rows)
    models.CASCADE(collector, field, rows, using)


def _touch(model: Any, rows: Any) -> None:
    model.touch(PersonalQuerySet.touched(rows))


# Django passes the rows unevaluated, as it does to its own SET_NULL.
set_null_and_touch.lazy_sub_objs = True  # type: ignore[attr-defined]
cascade_and_touch.lazy_sub_objs = True  # type: ignore[attr-defined]
