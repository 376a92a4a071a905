from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tracker.accounts.guests import make_guest
from tracker.accounts.models import User

pytestmark = pytest.mark.django_db


def test_the_command_says_how_many_were_deleted():
    make_guest(date(2020, 1, 1))
    out = StringIO()

    call_command("purge_guests", stdout=out)

    assert out.getvalue() == "1 idle guest deleted.\n"
    assert User.objects.count() == 0


def test_less_than_a_day_is_refused():
    with pytest.raises(CommandError, match="--days must be at least 1, got 0"):
        call_command("purge_guests", "--days", "0")
