"""Everything that belongs to a person is registered."""

import pytest
from django.apps import apps
from django.db import models

from tests.factories import make_entry, make_profile
from tracker.history import ownership
from tracker.history.models import Step
from tracker.profiles.models import Profile
from tracker.recipes.models import Item

OF_AN_ACCOUNT = {"profiles.profile", "foods.food", "foods.lookupconsent"}
"""These belong to the account: a profile is moved whole, own foods by ``diary.own_foods``, and
a guest's consent to send barcodes does not apply to the account."""


def owners(model):
    return [
        field
        for field in model._meta.concrete_fields
        if field.is_relation and field.related_model is Profile
    ]


def test_every_model_of_a_person_is_registered():
    ours = [m for m in apps.get_models() if m.__module__.startswith(("tracker.", "foods."))]
    personal = {m._meta.label_lower for m in ours if owners(m)}

    assert personal == {b.model._meta.label_lower for b in ownership.belongings()}
    assert len(personal) == 10


def test_every_row_of_a_person_is_deleted_with_the_person():
    for belonging in ownership.belongings():
        (field,) = owners(belonging.model)
        assert field.remote_field.on_delete is models.CASCADE, belonging.model


def test_every_row_of_a_person_has_a_uuid():
    """Exports and imports identify the row by it. Some tables are never exported."""
    kept_here = {"history.step", "history.postedonce", "intake.storedsummary", "memo.counter"}
    personal = [
        b.model for b in ownership.belongings() if b.model._meta.label_lower not in kept_here
    ]

    for model in (*personal, Profile, Item):
        field = model._meta.get_field("uuid")
        assert (field.unique, field.null, field.editable) == (True, False, False), model


def test_only_registered_models_are_undoable():
    undoable = {b.model.__name__ for b in ownership.belongings() if b.is_undoable}

    assert undoable == {"Entry", "DayMark"}
    with pytest.raises(KeyError):
        ownership.undoable_model(Step._meta.label_lower)


@pytest.mark.django_db
def test_rows_move_unless_their_subject_says_otherwise():
    guest, account = make_profile(), make_profile()
    entry = make_entry(guest)

    ownership.join(guest, account)

    assert list(account.entries.all()) == [entry]
    assert guest.entries.count() == 0
