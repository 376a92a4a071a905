from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import make_profile
from tracker.accounts.signals import guest_joined
from tracker.suggestions.models import Hidden, hide, some_days_from

pytestmark = pytest.mark.django_db


def test_a_guests_hidden_foods_move_to_the_account(make_food):
    guest, keeper = make_profile(), make_profile()
    only_guest, both = make_food("a"), make_food("b")
    hide(guest, only_guest, until=None)
    hide(guest, both, until=None)
    hide(keeper, both, until=some_days_from(timezone.localdate()))

    guest_joined.send(sender=None, guest=guest.account, account=keeper.account)

    mine = Hidden.objects.filter(profile=keeper).order_by("food__name")
    assert list(mine.values_list("food", "until")) == [
        (only_guest.pk, None),
        (both.pk, some_days_from(timezone.localdate())),
    ]


def test_an_expired_later_does_not_override_the_guests_choice(make_food):
    guest, keeper, food = make_profile(), make_profile(), make_food()
    hide(guest, food, until=None)
    hide(keeper, food, until=timezone.localdate() - timedelta(days=1))

    guest_joined.send(sender=None, guest=guest.account, account=keeper.account)

    assert Hidden.objects.get(profile=keeper).until is None
