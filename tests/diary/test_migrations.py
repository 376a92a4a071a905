"""Rows that were there before a column was."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests.factories import make_entry, make_food, make_profile
from tracker.diary.models import Entry


@pytest.mark.django_db(transaction=True)
def test_earlier_entries_learn_whether_they_were_a_drink():
    profile = make_profile()
    make_entry(profile, name="Coffee", food=make_food("Coffee", is_drink=True))
    make_entry(profile, name="Bread", food=make_food("Bread", is_drink=False))
    make_entry(profile, name="Quick add")
    MigrationExecutor(connection).migrate([("diary", "0003_uuid")])

    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())

    assert dict(Entry.objects.values_list("name", "is_drink")) == {
        "Coffee": True,
        "Bread": False,
        "Quick add": False,
    }
