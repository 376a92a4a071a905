"""Everything swallowed in a range, as one stream of rows."""

from datetime import time

import pytest

from tests.factories import make_entry, make_profile
from tests.insights.people import MONDAY, row
from tracker.intake.events import events


@pytest.mark.django_db
def test_entries_come_in_the_order_eaten():
    profile = make_profile()
    make_entry(profile, name="supper", slot="dinner")
    make_entry(profile, name="late breakfast", clock=time(10))
    make_entry(profile, name="early breakfast", clock=time(7))

    names = [r.name for r in events(profile, MONDAY, MONDAY)]

    assert names == ["early breakfast", "late breakfast", "supper"]


@pytest.mark.django_db
def test_a_row_has_a_kind_and_a_unique_key():
    entry = make_entry(make_profile())

    (found,) = events(entry.profile, MONDAY, MONDAY)

    assert (found.kind, found.pk, found.key) == ("entry", entry.pk, f"entry-{entry.pk}")


def test_rows_of_two_tables_with_one_id_have_different_keys():
    assert row(pk=1).key != row(kind="dose", pk=1).key


def test_a_supplement_never_counts_as_food():
    found = [
        row(source_class="fish", is_supplement=True),
        row(source_class="fish"),
        row(source_class=""),
    ]

    assert [each.counted_as for each in found] == ["supplement", "fish", "other"]
