"""One number that stands for the shared catalogue as it is; each write draws a new one.

What a process reads of the catalogue it caches under the number (``PerVersion``). The number is
drawn in the transaction of the write and not counted up: one that is rolled back brings back the
number of the foods as they were, and no later write draws it again. Own foods are no part of it.
"""

import secrets
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Generic, TypeVar

from django.apps import apps
from django.db import models, transaction

Kept = TypeVar("Kept")
Row = TypeVar("Row", bound="Catalogued", covariant=True)


def catalogue_version() -> int:
    """Return the number of the catalogue as it is now, 0 before any write. One query."""
    if _here.is_writing:
        return _drawn()  # in the middle of a write nothing is cached
    number: int | None = _versions().values_list("number", flat=True).first()
    return number or 0


def renew_version() -> None:
    """Draw a new number, in the transaction of a write. One query."""
    _versions().bulk_create(
        [_versions().model(pk=1, number=_drawn())],
        update_conflicts=True,
        unique_fields=["pk"],
        update_fields=["number"],
    )


@contextmanager
def one_version() -> Iterator[None]:
    """Write much of the catalogue in one transaction, under one number that is drawn at its end.

    The row of the number stays locked from its change on: other writers wait for a moment only.
    """
    with transaction.atomic():
        is_within_another, _here.is_writing = _here.is_writing, True
        try:
            yield
        finally:
            _here.is_writing = is_within_another
        if not is_within_another:
            renew_version()


class _Writing(threading.local):
    is_writing = False


_here = _Writing()


def _drawn() -> int:
    return secrets.randbits(62) + 1


def _versions() -> models.QuerySet[Any]:
    found: models.QuerySet[Any] = apps.get_model("foods", "CatalogueVersion").objects.all()
    return found


class PerVersion(Generic[Kept]):
    """What ``read`` makes of the catalogue, read again as soon as its version is another.

    One query, and those of ``read``.
    """

    def __init__(self, read: Callable[[int], Kept]) -> None:
        self._read, self._lock = read, threading.Lock()
        self._kept: tuple[int, Kept] | None = None

    def __call__(self) -> Kept:
        kept = self._kept
        version = catalogue_version()
        if kept is not None and kept[0] == version:
            return kept[1]
        with self._lock:  # one thread reads, the others wait for what it has read
            if self._kept is None or self._kept[0] != version:
                self._kept = version, self._read(version)
            return self._kept[1]


# --- rows whose writes draw a new number


class CataloguedQuerySet(models.QuerySet[Row, Row]):
    """A QuerySet whose writes renew the version; it asks first whether they touch shared foods."""

    def update(self, **values: Any) -> int:
        with transaction.atomic(savepoint=False):
            is_shared = "owner" in values or "owner_id" in values or self._has_shared()
            count = super().update(**values)
            _renew_if(is_shared)
        return count

    update.alters_data = True  # type: ignore[attr-defined]  # how Django marks it

    def delete(self) -> tuple[int, dict[str, int]]:
        with transaction.atomic(savepoint=False):
            is_shared = self._has_shared()
            deleted = super().delete()
            _renew_if(is_shared)
        return deleted

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]

    def bulk_create(self, objs: Iterable[Row], *args: Any, **kwargs: Any) -> list[Row]:
        rows = list(objs)
        with transaction.atomic(savepoint=False):
            created = super().bulk_create(rows, *args, **kwargs)
            _renew_if(any(row.is_shared for row in rows))
        return created

    def _has_shared(self) -> bool:
        """Whether shared foods are among these; during a longer write it does not matter."""
        return not _here.is_writing and self.model.shared(self).exists()


class Catalogued(models.Model):
    """A row of the catalogue: each write of a shared one renews the version."""

    objects = CataloguedQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic(savepoint=False):
            was_shared = not self.is_shared and self._was_shared(kwargs.get("update_fields"))
            super().save(*args, **kwargs)
            _renew_if(was_shared or self.is_shared)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        with transaction.atomic(savepoint=False):
            is_shared = self.is_shared
            deleted = super().delete(*args, **kwargs)
            _renew_if(is_shared)
        return deleted

    def _was_shared(self, update_fields: Iterable[str] | None) -> bool:
        """Whether the row is shared as it is stored. No query where a save cannot change that."""
        if self._state.adding or not (update_fields is None or "owner" in update_fields):
            return False
        found: bool = self.shared(type(self).objects.filter(pk=self.pk)).exists()
        return found

    @property
    def is_shared(self) -> bool:
        return True

    @classmethod
    def shared(cls, rows: Any) -> Any:
        """Return those rows that everybody sees."""
        return rows


def _renew_if(is_shared: bool) -> None:
    if is_shared and not _here.is_writing:
        renew_version()
