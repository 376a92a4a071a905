"""Which form changes which entry, and what the entry keeps."""

from datetime import time

import pytest

from tests.factories import DAY
from tracker.diary.editing import entry_form, replacement_of
from tracker.diary.forms import EntryForm, MassEntryForm, QuickEntryForm
from tracker.diary.models import Entry
from tracker.diary.quantity import Quantity
from tracker.diary.slots import ORDER, Slot
from tracker.diary.writing import build_entry, build_quick_entry
from tracker.profiles.models import Profile

ODD_G = 123.456789012345


@pytest.fixture
def milk(make_food):
    return make_food(b12_ug_per_100g=0.5)


def shown_by(entry):
    """Return what a page posts if the person changes nothing."""
    form = entry_form(entry)
    values = {name: form.get_initial_for_field(form.fields[name], name) for name in form.fields}
    return {name: "" if value is None else str(value) for name, value in values.items()}


def changed(entry, **answers):
    form = entry_form(entry, shown_by(entry) | answers)
    assert form.is_valid(), form.errors
    return replacement_of(entry, form)


def quick(b12_ug=2.5, **fields):
    return build_quick_entry(Profile(), DAY, "lunch", b12_ug, **fields)


def test_an_entry_of_a_food_is_changed_in_its_measures(ada, milk):
    assert type(entry_form(build_entry(ada.profile, DAY, "lunch", milk, 100))) is EntryForm


def test_an_entry_whose_food_is_gone_is_changed_by_weight(ada, make_entry):
    form = entry_form(make_entry(ada.profile, mass_g=240))

    assert (type(form), form.initial["amount"]) == (MassEntryForm, "240")


def test_a_quick_add_is_changed_by_its_b12():
    assert type(entry_form(quick())) is QuickEntryForm


@pytest.mark.parametrize(
    ("fields", "kind"),
    [({}, "food"), ({"is_added": True}, "added"), ({"is_supplement": True}, "supplement")],
)
def test_the_form_of_a_quick_add_shows_its_kind(fields, kind):
    assert entry_form(quick(**fields)).initial["kind"] == kind


@pytest.mark.parametrize(("b12_ug", "shown"), [(None, ""), (0, "0"), (2.5, "2.5")])
def test_unknown_b12_is_shown_empty_and_none_as_zero(b12_ug, shown):
    assert entry_form(Entry(slot="lunch", b12_ug=b12_ug)).initial["b12_ug"] == shown


def test_two_forms_on_one_page_have_ids_and_keys_of_their_own(ada, make_entry):
    first, second = (entry_form(make_entry(ada.profile)) for _n in range(2))

    assert first["amount"].auto_id != second["amount"].auto_id
    assert first.initial["client_uuid"] != second.initial["client_uuid"]


@pytest.mark.parametrize("has_food", [True, False])
def test_a_moved_entry_keeps_its_amount_to_the_last_digit(ada, milk, has_food):
    entry = build_entry(ada.profile, DAY, "lunch", milk, ODD_G, quantity=Quantity(ODD_G, "g"))
    entry.food = milk if has_food else None
    before = (entry.mass_g, entry.b12_ug, entry.split, entry.quantity)

    moved = changed(entry, slot="dinner", clock="19:30")

    assert (moved.mass_g, moved.b12_ug, moved.split, moved.quantity) == before
    assert (moved.slot, moved.slot_order, moved.clock) == (
        "dinner",
        ORDER[Slot.DINNER],
        time(19, 30),
    )


def test_a_moved_quick_add_keeps_its_b12_to_the_last_digit():
    moved = changed(quick(b12_ug=2.123456789), slot="dinner")

    assert (moved.b12_ug, moved.food_ug, moved.slot) == (2.123456789, 2.123456789, "dinner")


def test_a_time_that_is_emptied_is_removed(ada, milk):
    entry = build_entry(ada.profile, DAY, "lunch", milk, 100, clock=time(13))

    assert changed(entry, clock="").clock is None


def test_a_changed_amount_has_the_b12_per_gram_of_its_time(ada, milk):
    entry = build_entry(ada.profile, DAY, "lunch", milk, 240, quantity=Quantity(1, "1 cup"))
    milk.b12_ug_per_100g = 9.0

    result = changed(entry, amount="2")

    assert (result.mass_g, result.b12_ug, result.free_ug) == (480, 2.4, 2.4)
    assert result.quantity == Quantity(2, "1 cup")


def test_a_changed_unit_is_weighed_anew(ada, milk):
    entry = build_entry(ada.profile, DAY, "lunch", milk, 240, quantity=Quantity(1, "1 cup"))

    result = changed(entry, amount="120", unit="g")

    assert (result.mass_g, result.b12_ug) == (120, 0.6)
    assert result.quantity == Quantity(120, "g")


def test_a_changed_weight_of_a_food_that_is_gone_scales_every_part(ada, make_entry):
    parts = {"free_ug": 1.0, "food_ug": 2.0, "egg_ug": 3.0, "inactive_ug": 4.0}
    entry = make_entry(ada.profile, mass_g=100, b12_ug=10, **parts)

    result = changed(entry, amount="50")

    assert (result.mass_g, result.b12_ug, result.quantity) == (50, 5, Quantity(50, "g"))
    assert (result.free_ug, result.food_ug, result.egg_ug, result.inactive_ug) == (0.5, 1, 1.5, 2)


def test_unknown_b12_stays_unknown_when_the_amount_changes(ada, make_entry):
    entry = make_entry(ada.profile, mass_g=100, b12_ug=None, free_ug=0)

    assert changed(entry, amount="50").b12_ug is None


def test_a_part_of_a_dish_that_is_weighed_anew_is_no_part_of_it(ada, make_entry):
    entry = make_entry(ada.profile, mass_g=100, amount=1, unit="serving", amount_of=4)

    assert changed(entry, amount="50").amount_of is None


@pytest.mark.parametrize(
    ("kind", "parts"),
    [("food", (0, 3, False)), ("added", (3, 0, False)), ("supplement", (3, 0, True))],
)
def test_a_quick_add_is_split_by_its_kind(kind, parts):
    result = changed(quick(), b12_ug="3", kind=kind)

    assert (result.free_ug, result.food_ug, result.is_supplement) == parts


def test_a_renamed_quick_add_keeps_its_b12_and_time():
    entry = quick(name="Tuna", clock=time(13))

    result = changed(entry, name="Salmon")

    assert (result.name, result.b12_ug, result.clock) == ("Salmon", 2.5, time(13))
