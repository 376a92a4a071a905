import threading
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.db import connection, transaction
from django.db.models import F

from foods.signals import own_foods_changed
from tests.factories import DAY, make_entry, make_food, make_profile
from tracker.diary import writing
from tracker.diary.models import DayMark, Entry
from tracker.history import steps
from tracker.memo import store
from tracker.memo.counters import SUBJECTS, with_counts
from tracker.memo.models import Counter
from tracker.memo.store import ANSWERS, DIARY, FOODS, begin_request, memo
from tracker.profiles.models import Basis, Condition, Profile
from tracker.recipes.models import Recipe
from tracker.suggestions.models import Hidden

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    profile = make_profile()
    return read_again(profile)


def counts(profile):
    """Return the counters of a person's diary and answers."""
    found = dict(Counter.objects.filter(profile=profile).values_list("subject", "count"))
    return found.get(DIARY, 0), found.get(ANSWERS, 0)


def loaded(profile):
    return with_counts(Profile.objects.filter(pk=profile.pk)).get()


def read_again(profile):
    """Return what the next request sees: the profile loaded anew."""
    begin_request()
    return loaded(profile)


def test_a_value_is_cached_until_something_changes(person):
    readings = iter(range(10))

    def remembered(profile):
        return memo(profile, DIARY, "n", lambda: next(readings))

    assert [remembered(person), remembered(read_again(person))] == [0, 0]
    make_entry(person)
    assert remembered(read_again(person)) == 1
    assert remembered(read_again(person)) == 1


def test_a_request_that_has_written_does_not_use_its_cache(person):
    readings = iter(range(10))
    memo(person, DIARY, "n", lambda: next(readings))

    make_entry(person)

    assert memo(person, DIARY, "n", lambda: next(readings)) == 1


def test_people_have_separate_caches(person):
    other = make_profile()
    begin_request()
    memo(person, DIARY, "n", lambda: "mine")

    assert memo(other, DIARY, "n", lambda: "theirs") == "theirs"


def test_a_value_is_returned_even_if_the_cache_is_cleared_meanwhile(person):
    def read():
        for key in range(store.READINGS_KEPT + 1):
            memo(person, DIARY, key, lambda: "other")
        return "read"

    assert memo(person, DIARY, "n", read) == "read"


def is_cached(profile, key="n"):
    return memo(profile, DIARY, key, lambda: "new") != "new"


def test_the_number_of_cached_values_is_limited(person):
    for key in range(2 * store.READINGS_KEPT):
        assert memo(person, DIARY, key, lambda key=key: key) == key

    assert is_cached(person, 2 * store.READINGS_KEPT - 1)
    assert not is_cached(person, 0)


def test_answers_and_diary_have_separate_counters(person):
    before = counts(person)

    make_entry(person)

    assert counts(person) == (before[0] + 1, before[1])


WRITES = {
    "save": lambda p, e: e.save(),
    "save of one column": lambda p, e: e.save(update_fields=["name"]),
    "delete": lambda p, e: e.delete(),
    "create": lambda p, e: make_entry(p),
    "related create": lambda p, e: p.day_marks.create(day=DAY, status="complete"),
    "update": lambda p, e: Entry.objects.filter(pk=e.pk).update(name="x"),
    "update of a slice of a day": lambda p, e: p.entries.on_day(DAY).update(clock=None),
    "queryset delete": lambda p, e: p.entries.all().delete(),
    "bulk create": lambda p, e: Entry.objects.bulk_create([Entry(**row(p))]),
    "bulk update": lambda p, e: Entry.objects.bulk_update([e], ["name"]),
    "update or create": lambda p, e: DayMark.objects.update_or_create(
        profile=p, day=DAY, defaults={"status": "partial"}
    ),
    "move to another person": lambda p, e: e.__class__.objects.filter(pk=e.pk).update(
        profile=make_profile()
    ),
}


def row(profile):
    return {"profile": profile, "day": DAY, "slot": "lunch", "slot_order": 1, "name": "x"}


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_every_kind_of_diary_write_increments_the_counter(person, write):
    entry = make_entry(person)
    before = counts(person)[0]

    write(person, entry)

    assert counts(person)[0] > before


def test_moving_a_diary_increments_both_counters(person):
    other, entry = make_profile(), make_entry(person)
    before = counts(other)[0]

    Entry.objects.filter(pk=entry.pk).update(profile=other)

    assert counts(other)[0] > before


@pytest.mark.parametrize(
    ("subject", "write"),
    [
        (ANSWERS, lambda p: p.bases.create(valid_from=date(2020, 1, 1))),
        (ANSWERS, lambda p: p.bases.update(diet="vegan")),
        (ANSWERS, lambda p: p.conditions.create(factor="ppi")),
        (FOODS, lambda p: Hidden.objects.create(profile=p, food=make_food())),
        (FOODS, lambda p: Recipe.objects.create(profile=p, name="Soup")),
    ],
)
def test_every_answer_increments_the_counter_of_its_subject(person, subject, write):
    make_food()
    counters = Counter.objects.filter(profile=person).order_by("subject")
    before = dict(counters.values_list("subject", "count"))

    write(person)

    after = dict(counters.values_list("subject", "count"))
    assert after == before | {subject: before.get(subject, 0) + 1}


def test_every_model_of_a_person_has_a_counter():
    assert {m.memo_subject for m in (Entry, DayMark)} == {DIARY}
    assert {m.memo_subject for m in (Basis, Condition)} == {ANSWERS}
    assert {m.memo_subject for m in (Hidden, Recipe)} == {FOODS}


def test_a_rolled_back_write_leaves_no_count(person):
    before = counts(person)
    with pytest.raises(RuntimeError), transaction.atomic():
        make_entry(person)
        raise RuntimeError

    assert counts(person) == before


def test_the_number_of_cached_people_is_limited():
    most = len(SUBJECTS) * store.PEOPLE_KEPT
    people = [SimpleNamespace(pk=pk, diary_count=0) for pk in range(most + 1)]

    for person in people:
        memo(person, DIARY, "n", lambda: "old")

    assert [is_cached(person) for person in (people[1], people[-1], people[0])] == [
        True,
        True,
        False,
    ]


def test_pages_show_at_once_what_another_worker_wrote(ada, ada_client):
    """Load each page twice to cache it, then write without telling this worker."""
    from django.utils import timezone

    today = timezone.localdate()
    for _again in range(2):
        assert "Oat drink" not in ada_client.get("/").text
        assert "Oat drink" not in ada_client.get("/week/").text

    make_entry(ada.profile, day=today, name="Oat drink", food=make_food("Oat drink"))
    begin_request()

    assert "Oat drink" in ada_client.get("/").text
    assert "Oat drink" in ada_client.get("/week/").text
    ada.profile.conditions.create(factor="ppi", since=today - timedelta(400))
    begin_request()
    held = ada_client.get("/").context["page"].standing
    assert [c.factor for c in held.conditions] == ["ppi"]


# --- after a write in the same request: only committed data is cached


@pytest.fixture
def written(transactional_db):
    """A person whose data this request has just committed a write to."""
    profile = read_again(make_profile())
    make_entry(profile)
    return profile


def in_another_thread(call):
    """Run what another worker does, with its own connection."""

    def run():
        try:
            call()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()


def test_data_is_read_once_after_a_committed_write_and_then_cached(
    written, django_assert_num_queries
):
    readings = iter(range(10))

    with django_assert_num_queries(1):
        found = [memo(written, DIARY, "n", lambda: next(readings)) for _again in range(3)]
        found.append(memo(written, ANSWERS, "n", lambda: next(readings)))

    assert found == [0, 0, 0, 1]


def test_the_next_request_uses_what_was_read_after_the_write(written):
    memo(written, DIARY, "n", lambda: "after the write")

    assert memo(read_again(written), DIARY, "n", lambda: "again") == "after the write"


def test_another_object_of_the_same_person_is_as_up_to_date(written):
    stale = loaded(written)
    stale.diary_count -= 1
    memo(written, DIARY, "n", lambda: "after the write")

    assert memo(stale, DIARY, "n", lambda: "again") == "after the write"


def test_a_second_write_invalidates_what_was_read_after_the_first(written):
    memo(written, DIARY, "n", lambda: "after one")

    make_entry(written)

    assert memo(written, DIARY, "n", lambda: "after two") == "after two"


def test_an_uncommitted_write_is_not_cached(written):
    with transaction.atomic():
        make_entry(written)
        memo(written, DIARY, "n", lambda: "in the middle")

    assert memo(written, DIARY, "n", lambda: "at the end") == "at the end"


def test_a_rolled_back_write_is_not_cached(written):
    before = counts(written)[0]
    with pytest.raises(RuntimeError), transaction.atomic():
        make_entry(written)
        inside = loaded(written)
        assert memo(inside, DIARY, "n", lambda: "never was") == "never was"
        raise RuntimeError

    # The object still has the count that was rolled back, which the next write will use again.
    assert inside.diary_count == before + 1
    assert memo(inside, DIARY, "n", lambda: "as it is") == "as it is"
    in_another_thread(lambda: make_entry(Profile.objects.get(pk=written.pk)))
    assert memo(read_again(written), DIARY, "n", lambda: "as it is now") == "as it is now"


def test_the_next_request_sees_what_another_worker_commits_after_the_write(written):
    memo(written, DIARY, "n", lambda: "after the write")

    in_another_thread(lambda: make_entry(Profile.objects.get(pk=written.pk)))

    assert memo(read_again(written), DIARY, "n", lambda: "after both") == "after both"


def test_a_slow_read_from_before_a_write_is_not_used_after_it(written):
    """It has the old count, and what it read is cached under that alone."""
    old = loaded(written)
    old.diary_count -= 1
    memo(written, DIARY, "n", lambda: "after the write")

    def slow():
        begin_request()
        memo(old, DIARY, "n", lambda: "before the write")

    in_another_thread(slow)

    assert memo(read_again(written), DIARY, "n", lambda: "read again") != "before the write"


def test_data_of_a_deleted_person_is_not_cached(written):
    Profile.objects.filter(pk=written.pk).delete()
    readings = iter(range(10))

    assert [memo(written, DIARY, "n", lambda: next(readings)) for _again in range(2)] == [0, 1]


def test_many_concurrent_writers_leave_no_stale_value(written):
    """Each writes and reads like a request; the cache must end up with the stored data."""

    def request():
        for _again in range(5):
            begin_request()
            profile = Profile.objects.get(pk=written.pk)
            make_entry(profile)
            memo(profile, DIARY, "n", profile.entries.count)

    def worker():
        try:
            request()
        finally:
            connection.close()

    threads = [threading.Thread(target=worker) for _n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert memo(read_again(written), DIARY, "n", lambda: 21) == 21


# --- listeners and the days that a write touches

LATER = DAY + timedelta(1)


@pytest.fixture
def told():
    """What a listener was called with, oldest first."""
    calls = []

    def listener(*call):
        calls.append(call)

    store.on_touch(listener)
    yield calls
    store.off_touch(listener)


def move_by_a_twin(profile, entry):
    """As a form does: save another object of the same row in its place."""
    twin = Entry(**row(profile) | {"day": LATER})
    twin.pk, twin.uuid = entry.pk, entry.uuid
    twin.save(force_update=True)


def upsert(profile, entry):
    twin = Entry(pk=entry.pk, uuid=entry.uuid, **row(profile) | {"day": LATER})
    Entry.objects.bulk_create(
        [twin], update_conflicts=True, unique_fields=["id"], update_fields=["day"]
    )


def bulk_move(profile, entry):
    entry.day = LATER
    Entry.objects.bulk_update([entry], ["day"])


TOUCHED_DAYS = {
    "create": (lambda p, e: p.entries.create(**row(p) | {"day": LATER}), {LATER}),
    "save": (lambda p, e: e.save(), {DAY}),
    "save of one column": (lambda p, e: e.save(update_fields=["name"]), {DAY}),
    "save elsewhere": (move_by_a_twin, {DAY, LATER}),
    "delete": (lambda p, e: e.delete(), {DAY}),
    "bulk create": (lambda p, e: Entry.objects.bulk_create([Entry(**row(p))]), {DAY}),
    "upsert": (upsert, {DAY, LATER}),
    "bulk update": (bulk_move, {DAY, LATER}),
    "update": (lambda p, e: p.entries.update(name="x"), {DAY}),
    "move by update": (lambda p, e: p.entries.update(day=LATER), {DAY, LATER}),
    "day as text": (lambda p, e: p.entries.update(day=LATER.isoformat()), {DAY, LATER}),
    "a day only the database knows": (lambda p, e: p.entries.update(day=F("day")), None),
    "queryset delete": (lambda p, e: p.entries.all().delete(), {DAY}),
}


@pytest.mark.parametrize(("write", "days"), TOUCHED_DAYS.values(), ids=TOUCHED_DAYS)
def test_each_write_of_a_diary_reports_its_days(person, told, write, days):
    entry = make_entry(person, name="x")
    told.clear()

    write(person, entry)

    assert told == [(DIARY, {person.pk}, days)]


def test_a_move_by_save_reports_both_people(person, told):
    entry, other = make_entry(person), make_profile()
    told.clear()

    entry.profile = other
    entry.save()

    assert told == [(DIARY, {person.pk, other.pk}, {DAY})]


def test_a_move_by_update_reports_both_people(person, told):
    entry, other = make_entry(person), make_profile()
    told.clear()

    Entry.objects.filter(pk=entry.pk).update(profile_id=other.pk)

    assert told == [(DIARY, {person.pk, other.pk}, {DAY})]


def test_a_changed_answer_touches_all_days(person, told):
    person.bases.create(valid_from=date(2020, 1, 1))

    assert told == [(ANSWERS, {person.pk}, None)]


def test_moving_an_answer_by_save_increments_both_counters(person):
    basis, other = person.bases.create(valid_from=date(2020, 1, 1)), make_profile()
    before = counts(person)[1], counts(other)[1]

    basis.profile = other
    basis.save()

    assert (counts(person)[1], counts(other)[1]) == (before[0] + 1, before[1] + 1)


def test_listeners_are_called_before_the_write_and_in_its_transaction(person):
    seen = []

    def look(subject, pks, days):
        seen.append((connection.in_atomic_block, person.entries.count(), counts(person)[0]))

    before = counts(person)[0]
    store.on_touch(look)
    make_entry(person)
    store.off_touch(look)

    assert seen == [(True, 0, before + 1)]


def test_a_write_that_touches_no_day_is_not_reported(person, told):
    store.touch(DIARY, [person.pk], set())
    Entry.objects.none().update(name="x")

    assert told == []
    assert counts(person)[0] == 1


def test_a_listener_registered_twice_is_called_once(person):
    calls = []
    listener = calls.append

    def once(*call):
        listener(call)

    store.on_touch(once)
    store.on_touch(once)
    make_entry(person)
    store.off_touch(once)
    make_entry(person)

    assert len(calls) == 1


# --- several subjects for one key


@pytest.mark.parametrize(
    ("write", "is_read_again"),
    [
        (make_entry, True),
        (lambda p: p.conditions.create(factor="ppi"), True),
        (lambda p: Hidden.objects.create(profile=p, food=make_food()), False),
    ],
)
def test_a_change_of_any_subject_invalidates_a_cached_value(person, write, is_read_again):
    readings = iter(range(10))

    def remembered(profile):
        return memo(profile, (DIARY, ANSWERS), "n", lambda: next(readings))

    assert [remembered(person), remembered(read_again(person))] == [0, 0]
    write(person)
    assert remembered(read_again(person)) == int(is_read_again)
    assert remembered(read_again(person)) == int(is_read_again)


def test_after_a_write_of_one_of_its_subjects_nothing_is_cached_in_the_transaction(person):
    readings = iter(range(10))

    with transaction.atomic():
        make_entry(person)
        for subjects in [(DIARY, ANSWERS), (ANSWERS, DIARY), DIARY, (ANSWERS, FOODS)]:
            for _again in range(2):
                memo(person, subjects, "n", lambda: next(readings))

    assert next(readings) == 7


def test_a_committed_write_is_cached_for_several_subjects(written, django_assert_num_queries):
    readings = iter(range(10))

    with django_assert_num_queries(1):
        found = [memo(written, (ANSWERS, DIARY), "n", lambda: next(readings)) for _ in range(3)]

    assert found == [0, 0, 0]


def test_values_for_one_subject_and_for_two_are_cached_separately(person):
    assert memo(person, DIARY, "n", lambda: "one") == "one"
    assert memo(person, (DIARY, ANSWERS), "n", lambda: "two") == "two"


def test_a_profile_loaded_without_its_counters_reads_them_once(person, django_assert_num_queries):
    plain = Profile.objects.get(pk=person.pk)
    readings = iter(range(10))

    with django_assert_num_queries(1):
        found = [memo(plain, subject, "n", lambda: next(readings)) for subject in (DIARY, ANSWERS)]

    assert found == [0, 1]
    assert memo(loaded(person), DIARY, "n", lambda: next(readings)) == 0


def test_a_request_reads_the_counters_with_the_profile(ada, ada_client, django_assert_num_queries):
    ada_client.get("/week/")

    with django_assert_num_queries(3):  # session, account, and the profile with its counters
        ada_client.get("/week/")


def test_a_stale_row_tells_of_the_day_that_it_is_on_by_now(person, told):
    stale = make_entry(person)
    Entry.objects.filter(pk=stale.pk).update(day=LATER)
    told.clear()

    stale.save(update_fields=["name"])
    stale.delete()

    assert told == [(DIARY, {person.pk}, {DAY, LATER})] * 2


def test_an_undo_tells_of_the_days_of_its_rows_alone(person, told):
    step = writing.log(Entry(**row(person)))
    told.clear()

    steps.undo(person, step.pk)
    steps.put_back(person, step.pk)

    assert told == [(DIARY, {person.pk}, {DAY})] * 2


def test_after_a_lock_nothing_from_before_it_is_trusted(written):
    """While one waited for it, another may have written."""
    seen = read_again(written)
    memo(seen, DIARY, "n", lambda: "before")

    with transaction.atomic():
        steps.lock(seen.pk)
        assert memo(seen, DIARY, "n", lambda: "under the lock") == "under the lock"

    assert memo(seen, DIARY, "n", lambda: "again") == "before"  # nobody has written


def test_own_foods_count_for_all_people_of_their_account(person, told):
    stranger = make_profile()
    told.clear()

    own_foods_changed.send(sender=None, account_id=person.account_id)

    assert told == [(FOODS, {person.pk}, None)]
    assert stranger.pk != person.pk
