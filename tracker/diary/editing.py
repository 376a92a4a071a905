"""Changing an entry: the form that suits it, and the entry that results."""

from typing import Any
from uuid import uuid4

from django import forms

from tracker.diary import writing
from tracker.diary.forms import EntryForm, MassEntryForm, QuickEntryForm
from tracker.diary.measures import reopened
from tracker.diary.models import Entry
from tracker.diary.quantity import Quantity
from tracker.diary.slots import ORDER, Slot
from tracker.numbers.amounts import plain

EATEN = frozenset({"amount", "unit", "name", "b12_ug", "kind"})
"""The fields about what was eaten; the others say when."""


def entry_form(entry: Entry, data: Any = None) -> forms.Form:
    """Return the form for an entry: measures, weight (food deleted) or µg (quick add)."""
    auto_id = f"entry-{entry.pk}-%s"  # several forms may be open on one page
    initial = {"slot": entry.slot, "clock": entry.clock, "client_uuid": uuid4()}
    if entry.mass_g is None:
        kind = "supplement" if entry.is_supplement else "added" if entry.free_ug else "food"
        known = "" if entry.b12_ug is None else plain(entry.b12_ug)
        initial |= {"name": entry.name, "b12_ug": known, "kind": kind}
        return QuickEntryForm(data, initial=initial, auto_id=auto_id)
    if entry.food is None:
        initial["amount"] = f"{entry.mass_g:.6g}"
        return MassEntryForm(data, initial=initial, auto_id=auto_id)
    before = reopened(entry.food, entry.mass_g, entry.quantity)
    initial |= {"amount": before.amount, "unit": before.unit}
    return EntryForm(data, initial=initial, auto_id=auto_id, food=entry.food, kept=before.kept)


def replacement_of(entry: Entry, form: forms.Form) -> Entry:
    """Return the entry with the form's values. It keeps the B12 per gram it was logged with.

    A form shows rounded numbers. A field that was not changed keeps its exact value.
    """
    values = form.cleaned_data
    is_changed = not EATEN.isdisjoint(form.changed_data)
    if is_changed and isinstance(form, QuickEntryForm):
        return writing.build_quick_entry(
            entry.profile,
            entry.day,
            values["slot"],
            values["b12_ug"],
            name=values["name"],
            is_added=values["kind"] == "added",
            is_supplement=values["kind"] == "supplement",
            clock=values["clock"],
        )
    if is_changed:
        mass_g = values.get("mass_g", values["amount"])
        _scale(entry, mass_g)
        quantity = values.get("quantity", Quantity(mass_g, "g"))
        entry.amount, entry.unit, entry.amount_of = quantity
    entry.slot, entry.slot_order = values["slot"], ORDER[Slot(values["slot"])]
    entry.clock = values["clock"]
    return entry


def _scale(entry: Entry, mass_g: float) -> None:
    """Change an entry's mass, and scale its B12 by the value it was logged with."""
    assert entry.mass_g is not None
    ratio = mass_g / entry.mass_g
    if entry.b12_ug is not None:
        entry.b12_ug *= ratio
    for column, amount_ug in entry.split.scaled(ratio).amounts().items():
        setattr(entry, column, amount_ug)
    entry.mass_g = mass_g
