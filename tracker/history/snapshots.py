"""Convert rows to JSON and back, for undo and "Put back"."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db import models

from tracker.history.ownership import as_kept_today, undoable_model

State = dict[str, list[dict[str, Any]]]
"""Rows by the label of their model, each with all its columns."""


def snapshot(model: type[models.Model], pks: Iterable[int]) -> State:
    """Return the rows that exist now."""
    columns = [field.attname for field in model._meta.concrete_fields]
    rows = model._default_manager.filter(pk__in=list(pks)).values(*columns)
    return {
        model._meta.label_lower: [{name: _plain(row[name]) for name in columns} for row in rows]
    }


def row_of(instance: models.Model) -> dict[str, Any]:
    """Return the columns of a row as a snapshot will hold them once it is saved."""
    columns = [field.attname for field in instance._meta.concrete_fields]
    return {name: _plain(getattr(instance, name)) for name in columns}


def snapshot_of(touched: Mapping[str, Iterable[int]]) -> State:
    state: State = {}
    for label, pks in touched.items():
        state |= snapshot(undoable_model(label), pks)
    return state


def bring_about(profile_id: int, touched: Mapping[str, Iterable[int]], state: State) -> None:
    """Restore the touched rows of a person to a state; delete a row that the state lacks."""
    for label, pks in touched.items():
        there = {row["id"] for row in state.get(label, ())}
        surplus = set(pks) - there
        if surplus:
            mine = undoable_model(label)._default_manager.filter(profile_id=profile_id)
            mine.filter(pk__in=surplus).delete()
    for label, rows in state.items():
        _restore(undoable_model(label), profile_id, rows)


def _restore(model: type[models.Model], profile_id: int, rows: Iterable[dict[str, Any]]) -> None:
    """Write rows from a snapshot, whether they still exist or not."""
    rows = [as_kept_today(model, row) for row in rows]
    restored = [model(**_columns(model, row) | {"profile_id": profile_id}) for row in rows]
    if not restored:
        return
    for field in model._meta.concrete_fields:
        if field.is_relation and field.null:
            _let_go(field, restored)
    # A column that is newer than the snapshot keeps its value in rows that still exist.
    known = {name for row in rows for name in row}
    columns = (field for field in model._meta.concrete_fields if field.attname in known)
    names = [field.name for field in columns if not field.primary_key]
    model._default_manager.bulk_create(
        restored, update_conflicts=True, unique_fields=["id"], update_fields=names
    )


def _columns(model: type[models.Model], row: dict[str, Any]) -> dict[str, Any]:
    """Convert a row of JSON to values; columns newer than the snapshot get their default."""
    values = {}
    for field in model._meta.concrete_fields:
        if field.attname in row:
            stored = row[field.attname]
            values[field.attname] = stored if field.is_relation else field.to_python(stored)
    return values


def _let_go(field: Any, rows: Iterable[models.Model]) -> None:
    """Clear references to deleted rows: an entry stays in the diary without its food."""
    wanted = {getattr(row, field.attname) for row in rows} - {None}
    others = field.related_model._default_manager
    there = set(others.filter(pk__in=wanted).values_list("pk", flat=True)) if wanted else set()
    for row in rows:
        if getattr(row, field.attname) not in there:
            setattr(row, field.attname, None)


def _plain(value: Any) -> Any:
    """Return a value that JSON stores exactly: Django's encoder truncates microseconds."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value
