"""Change counters: one row for each person and subject."""

import threading

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from tests.factories import make_entry, make_profile
from tracker.accounts.guests import delete_account
from tracker.history.steps import lock
from tracker.memo import counters
from tracker.memo.counters import (
    ANSWERS,
    DIARY,
    FOODS,
    SUBJECTS,
    increment,
    read_counts,
    with_counts,
)
from tracker.memo.models import Counter
from tracker.profiles.models import Profile

pytestmark = pytest.mark.django_db


def uncounted():
    """A person without any changes yet."""
    profile = make_profile()
    Counter.objects.filter(profile=profile).delete()
    return profile


def all_counts():
    rows = Counter.objects.order_by("profile", "subject")
    return list(rows.values_list("profile", "subject", "count"))


def test_every_write_increments_the_counter(django_assert_num_queries):
    ada, grace = uncounted(), uncounted()

    for pks in ([ada.pk], [grace.pk, ada.pk]):
        with django_assert_num_queries(1):
            increment(DIARY, pks)
    increment(ANSWERS, [grace.pk])

    assert all_counts() == [(ada.pk, DIARY, 2), (grace.pk, ANSWERS, 1), (grace.pk, DIARY, 1)]


def test_a_deleted_person_gets_no_counter():
    ada = uncounted()

    increment(DIARY, [ada.pk, ada.pk + 100])

    assert all_counts() == [(ada.pk, DIARY, 1)]


def test_many_people_are_counted_in_batches(monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(counters, "AT_ONCE", 2)
    pks = [uncounted().pk for _n in range(5)]

    with django_assert_num_queries(3):
        increment(DIARY, pks)

    assert all_counts() == [(pk, DIARY, 1) for pk in pks]


def test_a_counter_cannot_exist_twice():
    ada = uncounted()
    increment(DIARY, [ada.pk])

    with pytest.raises(IntegrityError), transaction.atomic():
        Counter.objects.create(profile=ada, subject=DIARY, count=1)


def test_counters_are_loaded_with_the_profile(django_assert_num_queries):
    ada = uncounted()
    increment(FOODS, [ada.pk])
    increment(FOODS, [ada.pk])

    with django_assert_num_queries(1):
        (found,) = with_counts(Profile.objects.filter(pk=ada.pk))

    assert (found.diary_count, found.answers_count, found.foods_count) == (0, 0, 2)
    assert read_counts(ada.pk) == {DIARY: 0, ANSWERS: 0, FOODS: 2}


def test_a_deleted_person_has_no_counts():
    assert read_counts(1) is None


def test_every_subject_fits_its_column():
    longest = Counter._meta.get_field("subject").max_length

    assert max(len(subject) for subject in SUBJECTS) <= longest


# --- concurrency


def at_once(*calls):
    """Run calls in threads with their own connections; return the exceptions they raised."""
    raised = []

    def run(call):
        try:
            call()
        except Exception as error:
            raised.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[call]) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


@pytest.mark.django_db(transaction=True)
def test_concurrent_increments_are_not_lost_and_do_not_deadlock():
    """Each takes the people in a different order."""
    pks = [uncounted().pk for _n in range(4)]

    def count_up(order):
        for _again in range(10):
            with transaction.atomic():
                increment(DIARY, order)
                increment(ANSWERS, order)

    raised = at_once(lambda: count_up(pks), lambda: count_up(pks[::-1]), lambda: count_up(pks))

    assert raised == []
    assert {count for _pk, _subject, count in all_counts()} == {30}


@pytest.mark.django_db(transaction=True)
def test_a_write_and_a_lock_of_the_same_person_do_not_deadlock():
    """One locks first and writes, the other writes first and locks."""
    ada = uncounted()

    def lock_and_write():
        for _again in range(10):
            with transaction.atomic():
                lock(ada.pk)
                make_entry(ada)

    def write_and_lock():
        for _again in range(10):
            with transaction.atomic():
                make_entry(ada)
                lock(ada.pk)

    assert at_once(lock_and_write, write_and_lock, lock_and_write) == []
    assert read_counts(ada.pk)[DIARY] == 30


@pytest.mark.django_db(transaction=True)
def test_a_write_while_the_account_is_deleted_leaves_no_counter():
    ada = uncounted()

    def write():
        for _again in range(20):
            make_entry(ada)

    raised = at_once(write, lambda: delete_account(ada.account))

    assert all(isinstance(error, IntegrityError) for error in raised), raised
    assert Counter.objects.count() == 0


# --- from the columns of the profile


@pytest.mark.django_db(transaction=True)
def test_the_columns_of_the_profile_become_rows():
    ada, grace = uncounted(), uncounted()
    executor = MigrationExecutor(connection)
    before = executor.migrate([("profiles", "0003_uuid"), ("memo", None)]).apps
    profiles = before.get_model("profiles", "Profile").objects
    profiles.filter(pk=ada.pk).update(diary_changes=5, answers_changes=2)

    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())

    assert read_counts(ada.pk) == {DIARY: 5, ANSWERS: 2, FOODS: 0}
    assert read_counts(grace.pk) == {DIARY: 0, ANSWERS: 0, FOODS: 0}
    increment(DIARY, [ada.pk])
    assert read_counts(ada.pk)[DIARY] == 6


@pytest.mark.django_db(transaction=True)
def test_reversing_the_migration_restores_the_columns():
    ada = uncounted()
    for _again in range(3):
        increment(DIARY, [ada.pk])
    increment(FOODS, [ada.pk])

    executor = MigrationExecutor(connection)
    before = executor.migrate([("profiles", "0003_uuid"), ("memo", None)]).apps
    found = before.get_model("profiles", "Profile").objects.get(pk=ada.pk)
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())

    assert (found.diary_changes, found.answers_changes) == (3, 0)
