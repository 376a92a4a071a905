import uuid

import pytest

from tests.factories import make_food, make_profile, make_user
from tests.recipes.builders import make_meal
from tracker.accounts.signals import guest_joined

pytestmark = pytest.mark.django_db


def test_a_guests_recipes_move_to_the_account(ada):
    guest = make_user(is_guest=True)
    meal = make_meal(make_profile(guest), foods=[make_food()])

    guest_joined.send(sender=type(guest), guest=guest, account=ada)
    guest.delete()

    assert list(ada.profile.recipes.all()) == [meal]
    assert meal.items.count() == 1


def test_a_new_account_takes_the_whole_profile_over():
    guest, account = make_user(is_guest=True), make_user()
    meal = make_meal(make_profile(guest), foods=[make_food()])

    guest_joined.send(sender=type(guest), guest=guest, account=account)

    assert list(account.profiles.get().recipes.all()) == [meal]


def test_two_recipes_with_the_same_form_key_are_both_kept(ada):
    guest = make_user(is_guest=True)
    key = uuid.uuid4()
    mine = make_meal(ada.profile, foods=[make_food()], client_uuid=key)
    brought = make_meal(make_profile(guest), foods=[make_food()], client_uuid=key)

    guest_joined.send(sender=type(guest), guest=guest, account=ada)

    assert dict(ada.profile.recipes.values_list("pk", "client_uuid")) == {
        mine.pk: key,
        brought.pk: None,
    }
    assert brought.items.count() == 1
