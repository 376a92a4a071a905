"""Rows that belong to a person. Whichever way they are written, the person's count goes up.

The count goes up before the row is written: everything locks the profile first, so that no two
writes of a person can wait for each other.
"""

from collections.abc import Iterable
from typing import Any, ClassVar, TypeVar
from uuid import uuid4

from django.db import models, transaction

from tracker.memo.store import touch

Row = TypeVar("Row", bound="Personal", covariant=True)


class PersonalQuerySet(models.QuerySet[Row, Row]):
    """A QuerySet that tells of every write it makes."""

    def update(self, **values: Any) -> int:
        with transaction.atomic(savepoint=False):
            owners = self._owners() | {_pk_of(values.get("profile"))}
            touch(self.model.memo_subject, owners)
            count = super().update(**values)
        return count

    update.alters_data = True  # type: ignore[attr-defined]  # how Django marks it

    def delete(self) -> tuple[int, dict[str, int]]:
        with transaction.atomic(savepoint=False):
            owners = self._owners()
            touch(self.model.memo_subject, owners)
            deleted = super().delete()
        return deleted

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]

    def bulk_create(self, objs: Iterable[Row], *args: Any, **kwargs: Any) -> list[Row]:
        rows = list(objs)
        with transaction.atomic(savepoint=False):
            touch(self.model.memo_subject, (row.profile_id for row in rows))
            created = super().bulk_create(rows, *args, **kwargs)
        return created

    def bulk_update(self, objs: Iterable[Row], *args: Any, **kwargs: Any) -> int:
        rows = list(objs)
        with transaction.atomic(savepoint=False):
            touch(self.model.memo_subject, (row.profile_id for row in rows))
            count = super().bulk_update(rows, *args, **kwargs)
        return count

    def _owners(self) -> set[int | None]:
        return set(self.order_by().values_list("profile_id", flat=True).distinct())


def row_uuid() -> "models.UUIDField[Any, Any]":
    """Return the column that names a row of a person in an export or another installation."""
    text = "Names the row outside this database."
    return models.UUIDField(default=uuid4, unique=True, editable=False, help_text=text)


class Personal(models.Model):
    """A row with a ``profile``; ``memo_subject`` names the count that a write raises."""

    memo_subject: ClassVar[str] = ""
    profile_id: int

    uuid = row_uuid()

    objects = PersonalQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic(savepoint=False):
            touch(self.memo_subject, [self.profile_id])
            super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        with transaction.atomic(savepoint=False):
            touch(self.memo_subject, [self.profile_id])
            deleted = super().delete(*args, **kwargs)
        return deleted


def _pk_of(profile: Any) -> int | None:
    pk: int | None = getattr(profile, "pk", profile)
    return pk
