"""What happens to rows of a person when something they refer to is deleted: their counter learns.

Django then updates or deletes the rows by itself, past ``PersonalQuerySet``. So a foreign key of a
``Personal`` row to anything but the profile takes one of these.
"""

from typing import Any

from django.db import models

from tracker.memo.models import PersonalQuerySet


def set_null_and_touch(collector: Any, field: Any, rows: Any, using: str) -> None:
    """``SET_NULL`` that increments the counters of the rows' people."""
    _touch(field.model, rows)
    models.SET_NULL(collector, field, rows, using)


def cascade_and_touch(collector: Any, field: Any, rows: Any, using: str) -> None:
    """``CASCADE`` that increments the counters of the rows' people."""
    _touch(field.model, rows)
    models.CASCADE(collector, field, rows, using)


def _touch(model: Any, rows: Any) -> None:
    model.touch(PersonalQuerySet.touched(rows))


# Django hands the rows over unread, as it does to its own SET_NULL.
set_null_and_touch.lazy_sub_objs = True  # type: ignore[attr-defined]
cascade_and_touch.lazy_sub_objs = True  # type: ignore[attr-defined]
