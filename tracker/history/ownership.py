"""What belongs to a person: one list, used for joining and undoing.

A model with a ``profile`` registers here. It also says how its rows move when a guest signs in to
an account, since only its own subject knows what must stay unique.
"""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, TypeVar

from django.db import models

Join = Callable[[Any, Any], object]
"""Takes the guest's profile and the account's, which both exist, in one transaction."""
Columns = dict[str, Any]
OfOlder = Callable[[Columns], Columns]
Row = TypeVar("Row", bound=type[models.Model])


class Belonging(NamedTuple):
    """A model whose rows belong to a person."""

    model: type[models.Model]
    join: Join
    is_undoable: bool
    """Whether steps may delete and restore its rows."""
    of_older: OfOlder
    """Converts a row of an older snapshot to today's columns."""


_belongings: dict[str, Belonging] = {}


def belongs_to_person(
    *,
    join: Join | None = None,
    is_undoable: bool = False,
    of_older: OfOlder = lambda row: row,
) -> Callable[[Row], Row]:
    """Register a model; without ``join`` all of a guest's rows move to the account."""

    def sign_in(model: Row) -> Row:
        def move_all(guest: Any, account: Any) -> int:
            rows = _belongings[model._meta.label_lower].model._default_manager
            return rows.filter(profile=guest).update(profile=account)

        label = model._meta.label_lower
        _belongings[label] = Belonging(model, join or move_all, is_undoable, of_older)
        return model

    return sign_in


def belongings() -> Iterator[Belonging]:
    yield from _belongings.values()


def as_kept_today(model: type[models.Model], row: Columns) -> Columns:
    """Return a row of a snapshot, however old, with today's columns."""
    return _belongings[model._meta.label_lower].of_older(row)


def undoable_model(label: str) -> type[models.Model]:
    """Return the model with a label. Raises KeyError if its rows are not undoable."""
    found = _belongings[label]
    if not found.is_undoable:
        raise KeyError(label)
    return found.model


def join(guest: Any, account: Any) -> None:
    """Move the rows of a guest's profile to an account's."""
    for belonging in belongings():
        belonging.join(guest, account)
