"""A form notices if what it shows was changed meanwhile."""

from datetime import date, time

import pytest
from django import forms

from tracker.versions.forms import VersionedForm, version_of


class MealForm(VersionedForm):
    name = forms.CharField(label="Name")
    slot = forms.ChoiceField(choices=[("lunch", "Lunch"), ("dinner", "Dinner")])
    clock = forms.TimeField(required=False)


STORED = {"name": "Dal", "slot": "lunch", "clock": time(12, 30)}
SEEN = MealForm(initial=STORED)["seen"].value()
TYPED = {"name": "Dal", "slot": "dinner", "clock": "12:30", "seen": SEEN}


def posted(stored=STORED, **typed):
    return MealForm(TYPED | typed, initial=stored)


def test_answers_to_what_is_stored_are_accepted():
    form = posted()

    assert form.is_valid()
    assert form.cleaned_data == {"name": "Dal", "slot": "dinner", "clock": time(12, 30)}


@pytest.mark.parametrize(
    ("stored", "said"),
    [
        ({"name": "Soup"}, {"name": "Soup", "slot": "Lunch"}),
        ({"clock": None}, {"clock": "nothing", "slot": "Lunch"}),
        ({"clock": time(18, 5)}, {"clock": "6:05 p.m.", "slot": "Lunch"}),
    ],
)
def test_concurrent_changes_are_shown_next_to_each_differing_answer(stored, said):
    form = posted(STORED | stored)

    assert not form.is_valid()
    assert form.non_field_errors().as_data()[0].code == "meanwhile"
    found = {name: getattr(field, "stored", None) for name, field in form.fields.items()}
    assert {name: text for name, text in found.items() if text} == said
    assert form["name"].value() == "Dal"  # what was typed is still there


def test_saving_once_more_replaces_what_is_stored():
    stored = STORED | {"name": "Soup"}
    refused = posted(stored)
    refused.is_valid()

    again = posted(stored, seen=refused["seen"].value())

    assert again.is_valid()


def test_the_same_answers_sent_twice_are_not_a_conflict():
    assert posted(STORED | {"slot": "dinner"}).is_valid()


def test_a_wrong_answer_is_reported_first():
    form = posted(STORED | {"name": "Soup"}, slot="midnight")

    assert set(form.errors) == {"slot"}
    assert form["seen"].value() == SEEN


def test_a_version_never_counts_as_a_changed_answer():
    form = posted(seen="something else", slot="lunch")

    assert form.has_changed() is False


def test_a_form_for_something_new_has_no_version():
    form = MealForm(TYPED | {"seen": "of another page"})

    assert form.is_valid()


@pytest.mark.parametrize(
    "other", [{"name": "Soup"}, {"clock": None}, {"clock": date(2026, 3, 2)}, {"more": ""}]
)
def test_other_values_have_another_version(other):
    assert version_of(STORED | other) != version_of(STORED)


def test_the_key_of_a_form_is_not_part_of_its_version():
    assert version_of(STORED | {"client_uuid": "1"}) == version_of(STORED | {"client_uuid": "2"})
