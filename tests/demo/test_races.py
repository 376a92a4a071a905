"""A demo diary opened in two tabs at once."""

from datetime import timedelta

import pytest
from django.db.models import Count
from django.utils import timezone

from foods.importing.starter import load_starter_foods
from tests.races import at_once, statuses, tab_of
from tracker.demo.building import make_demo_guest
from tracker.demo.persons import PERSONS
from tracker.diary.models import Entry


@pytest.mark.django_db(transaction=True)
def test_missing_days_are_filled_once():
    load_starter_foods()
    today = timezone.localdate()
    guest = make_demo_guest(PERSONS["vegan"], today)
    planned = Entry.objects.filter(day=today - timedelta(days=1)).count()
    Entry.objects.filter(day__gte=today - timedelta(days=1)).delete()
    tab = tab_of(guest)

    answers = at_once(*[lambda: tab.post("/demo/vegan/")] * 4)

    assert statuses(answers) == [302] * 4
    counted = Entry.objects.values("day").annotate(count=Count("pk"))
    assert counted.get(day=today - timedelta(days=1))["count"] == planned
