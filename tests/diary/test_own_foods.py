"""Nothing that a guest logged is lost when it moves to an account."""

import uuid

import pytest

from tests import factories
from tracker.accounts.guests import bring_along, make_guest
from tracker.diary import writing
from tracker.history import once

pytestmark = pytest.mark.django_db


@pytest.fixture
def guest():
    account = make_guest(factories.DAY)
    account.profile = factories.make_profile(account)
    return account


def test_two_entries_with_the_same_form_key_are_both_kept(guest, ada):
    key = uuid.uuid4()
    for account in (ada, guest):
        entry = writing.build_quick_entry(account.profile, factories.DAY, "lunch", 2.5)
        writing.log(entry, once=key)

    bring_along(guest, ada)

    assert ada.profile.entries.count() == 2
    assert once.is_posted(ada.profile.pk, key)


def test_two_own_foods_with_the_same_form_key_are_both_kept(guest, ada):
    source = factories.make_source(slug="own")
    for owner, name in ((ada, "Ada’s drink"), (guest, "The guest’s drink")):
        factories.make_food(name, source=source, source_key="one-form", owner=owner)
    food = guest.own_foods.get()
    entry = factories.make_entry(guest.profile, food=food)

    bring_along(guest, ada)

    assert {food.name for food in ada.own_foods.all()} == {"Ada’s drink", "The guest’s drink"}
    assert ada.own_foods.get(name="Ada’s drink").source_key == "one-form"
    entry.refresh_from_db()
    assert entry.food == food


def test_an_own_food_keeps_its_key_if_only_the_guest_has_it(guest, ada):
    source = factories.make_source(slug="own")
    factories.make_food("Oat drink", source=source, source_key="of the guest", owner=guest)
    factories.make_food("Soy drink", source=source, source_key="of ada", owner=ada)

    bring_along(guest, ada)

    assert set(ada.own_foods.values_list("source_key", flat=True)) == {"of the guest", "of ada"}
