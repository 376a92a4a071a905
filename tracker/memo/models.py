"""Rows that belong to a person. Every write of one increments the person's counter.

The counter is incremented before the row is written: every write locks the profile first, so two
writes of a person cannot deadlock.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar, NamedTuple, TypeVar
from uuid import uuid4

from django.db import models, transaction

from tracker.memo.store import Days, touch

Row = TypeVar("Row", bound="Personal", covariant=True)


class Counter(models.Model):
    """How often a subject of a person has changed (``tracker.memo.counters``)."""

    profile = models.ForeignKey("profiles.Profile", on_delete=models.CASCADE, related_name="+")
    subject = models.CharField(max_length=20)
    count = models.PositiveBigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["profile", "subject"], name="one_counter_a_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} of profile {self.profile_id}: {self.count}"


class Touched(NamedTuple):
    """The profiles and days that a write touches; None means all days."""

    owners: set[int | None]
    days: Days

    def __or__(self, other: "Touched") -> "Touched":
        is_all = self.days is None or other.days is None
        days = None if is_all else (self.days or set()) | (other.days or set())
        return Touched(self.owners | other.owners, days)


class PersonalQuerySet(models.QuerySet[Row, Row]):
    """A QuerySet that reports every write it makes."""

    def update(self, **values: Any) -> int:
        with transaction.atomic(savepoint=False):
            self.model.touch(self.touched() | self.model.touched_by_values(values))
            count = super().update(**values)
        return count

    update.alters_data = True  # type: ignore[attr-defined]  # how Django marks it

    def delete(self) -> tuple[int, dict[str, int]]:
        with transaction.atomic(savepoint=False):
            self.model.touch(self.touched())
            deleted = super().delete()
        return deleted

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]

    def bulk_create(self, objs: Iterable[Row], *args: Any, **kwargs: Any) -> list[Row]:
        rows = list(objs)
        with transaction.atomic(savepoint=False):
            is_there = bool(kwargs.get("update_conflicts"))
            self.model.touch(self.model.touched_by_rows(rows, is_there=is_there))
            created = super().bulk_create(rows, *args, **kwargs)
        return created

    def bulk_update(self, objs: Iterable[Row], *args: Any, **kwargs: Any) -> int:
        rows = list(objs)
        with transaction.atomic(savepoint=False):
            self.model.touch(self.model.touched_by_rows(rows, is_there=True))
            # Django implements it with updates, each of which would be reported again.
            untold = models.QuerySet[Row](self.model, self.query.chain(), using=self.db)
            count = untold.bulk_update(rows, *args, **kwargs)
        return count

    def touched(self) -> Touched:
        """Return the profiles and days of these rows. One query."""
        columns = ("profile_id", "day") if self.model.has_day() else ("profile_id",)
        rows = set(self.order_by().values_list(*columns).distinct())
        days = {row[1] for row in rows} if self.model.has_day() else None
        return Touched({row[0] for row in rows}, days)


def row_uuid() -> "models.UUIDField[Any, Any]":
    """Return the column that identifies a row in an export or another installation."""
    text = "Names the row outside this database."
    return models.UUIDField(default=uuid4, unique=True, editable=False, help_text=text)


class Personal(models.Model):
    """A row with a ``profile``; every write increments the counter ``memo_subject``."""

    memo_subject: ClassVar[str] = ""
    profile_id: int

    uuid = row_uuid()

    objects = PersonalQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        columns = kwargs.get("update_fields")
        may_move = columns is None or not {"profile", "profile_id"}.isdisjoint(columns)
        is_there = self.pk is not None and not kwargs.get("force_insert")
        with transaction.atomic(savepoint=False):
            self.touch(self._touched(is_there=is_there and (may_move or self.has_day())))
            super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        with transaction.atomic(savepoint=False):
            self.touch(self._touched(is_there=self.has_day()))
            deleted = super().delete(*args, **kwargs)
        return deleted

    def _touched(self, *, is_there: bool) -> Touched:
        return self.touched_by_rows([self], is_there=is_there)

    @classmethod
    def touch(cls, touched: Touched) -> None:
        touch(cls.memo_subject, touched.owners, touched.days)

    @classmethod
    def has_day(cls) -> bool:
        return any(field.name == "day" for field in cls._meta.concrete_fields)

    @classmethod
    def touched_by_values(cls, values: Mapping[str, Any]) -> Touched:
        """Return what an update touches besides the stored rows."""
        owners = {_pk_of(values[name]) for name in ("profile", "profile_id") if name in values}
        if "day" not in values:
            return Touched(owners, set() if cls.has_day() else None)
        is_known = not hasattr(values["day"], "resolve_expression")
        return Touched(owners, {cls._as_day(values["day"])} if is_known else None)

    @classmethod
    def touched_by_rows(cls, rows: Iterable["Personal"], *, is_there: bool) -> Touched:
        """Return what storing these rows touches; a query if they may exist already."""
        rows = list(rows)
        days = {cls._as_day(row.day) for row in rows} if cls.has_day() else None  # type: ignore[attr-defined]
        touched = Touched({row.profile_id for row in rows}, days)
        pks = [row.pk for row in rows if row.pk is not None] if is_there else []
        if pks:
            touched |= cls.objects.filter(pk__in=pks).touched()
        return touched

    @classmethod
    def _as_day(cls, day: Any) -> date:
        field: Any = cls._meta.get_field("day")
        found: date = field.to_python(day)
        return found


def _pk_of(profile: Any) -> int | None:
    pk: int | None = getattr(profile, "pk", profile)
    return pk
