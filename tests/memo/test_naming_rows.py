"""Older rows get their own uuid."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests.factories import make_entry, make_profile
from tracker.diary.models import Entry
from tracker.memo import naming_rows

BEFORE = [("diary", "0002_steps_moved")]


@pytest.mark.django_db(transaction=True)
def test_each_row_gets_its_own_uuid_and_is_otherwise_unchanged(monkeypatch):
    monkeypatch.setattr(naming_rows, "AT_ONCE", 2)
    profile = make_profile()
    for n in range(5):
        make_entry(profile, name=f"Food {n}")
    before = list(Entry.objects.order_by("pk").values_list("pk", "name", "b12_ug"))
    MigrationExecutor(connection).migrate(BEFORE)

    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())

    assert list(Entry.objects.order_by("pk").values_list("pk", "name", "b12_ug")) == before
    assert len({entry.uuid for entry in Entry.objects.all()} - {None}) == 5
