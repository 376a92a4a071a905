import pytest

from tests.factories import make_profile
from tests.suggestions.builders import DAY
from tracker.accounts.signals import guest_joined
from tracker.suggestions.models import Hidden, hide, some_days_from

pytestmark = pytest.mark.django_db


def test_a_guest_brings_along_what_was_put_aside(make_food):
    guest, keeper = make_profile(), make_profile()
    only_guest, both = make_food("a"), make_food("b")
    hide(guest, only_guest, until=None)
    hide(guest, both, until=None)
    hide(keeper, both, until=some_days_from(DAY))

    guest_joined.send(sender=None, guest=guest.account, account=keeper.account)

    mine = Hidden.objects.filter(profile=keeper).order_by("food__name")
    assert list(mine.values_list("food", "until")) == [
        (only_guest.pk, None),
        (both.pk, some_days_from(DAY)),
    ]
