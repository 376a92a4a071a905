from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError

from tests import factories
from tracker.accounts.guests import (
    bring_along,
    idle_guests,
    keep_guest,
    make_guest,
    note_activity,
    purge_idle_guests,
)
from tracker.accounts.models import User
from tracker.diary.models import DayMark, Entry
from tracker.history.models import PostedOnce, Step
from tracker.profiles.models import Profile

TODAY = date(2026, 3, 2)
pytestmark = pytest.mark.django_db


def days_ago(number):
    return TODAY - timedelta(days=number)


def guest_with_entries(count, **fields):
    guest = make_guest(TODAY, **fields)
    profile = factories.make_profile(guest)
    for _number in range(count):
        factories.make_entry(profile)
    return guest, profile


def test_a_guest_has_no_password_and_a_name_of_its_own():
    first, second = make_guest(TODAY), make_guest(TODAY)

    assert (first.is_guest, first.has_usable_password()) == (True, False)
    assert first.username != second.username


def test_only_a_guest_can_be_a_demo_person():
    with pytest.raises(IntegrityError):
        factories.make_user("ada", demo="vegan")


def test_activity_is_written_once_a_day(django_assert_num_queries):
    guest = make_guest(days_ago(2))

    with django_assert_num_queries(1):
        note_activity(guest, TODAY)
        note_activity(guest, TODAY)

    guest.refresh_from_db()
    assert guest.last_active == TODAY


def test_activity_of_an_account_is_not_recorded(ada, django_assert_num_queries):
    with django_assert_num_queries(0):
        note_activity(ada, TODAY)


@pytest.mark.parametrize(
    ("demo", "days", "is_idle"),
    [("", 30, False), ("", 31, True), ("vegan", 3, False), ("vegan", 4, True)],
)
def test_guests_are_idle_after_thirty_days_and_demo_copies_after_three(demo, days, is_idle):
    guest = make_guest(days_ago(days), demo=demo)

    assert list(idle_guests(TODAY)) == ([guest] if is_idle else [])


def test_purging_deletes_the_diary_of_idle_guests_and_nothing_else(ada):
    factories.make_entry(ada.profile)
    old, _profile = guest_with_entries(2)
    User.objects.filter(pk=old.pk).update(last_active=days_ago(40))
    fresh, _profile = guest_with_entries(1)

    number = purge_idle_guests(TODAY)

    assert number == 1
    assert set(User.objects.all()) == {ada, fresh}
    assert Entry.objects.count() == 2


def test_purging_at_most_some_takes_the_oldest():
    older, old = make_guest(days_ago(90)), make_guest(days_ago(60))

    assert purge_idle_guests(TODAY, most=1) == 1
    assert list(User.objects.filter(pk__in=[older.pk, old.pk])) == [old]


def test_a_kept_guest_is_the_same_row_with_the_same_diary():
    guest, profile = guest_with_entries(2)

    keep_guest(guest, "grace", "correct horse battery", "grace@example.org")

    account = User.objects.get(username="grace")
    assert account.pk == guest.pk
    assert (account.is_guest, account.email) == (False, "grace@example.org")
    assert account.check_password("correct horse battery")
    assert Entry.objects.filter(profile=profile, profile__account=account).count() == 2


def test_a_kept_guest_is_never_purged():
    guest, _profile = guest_with_entries(1)
    keep_guest(guest, "grace", "correct horse battery")
    User.objects.filter(pk=guest.pk).update(last_active=days_ago(400))

    assert purge_idle_guests(TODAY) == 0


def test_a_taken_name_leaves_the_guest_as_it_was(ada):
    guest, _profile = guest_with_entries(1)

    with pytest.raises(IntegrityError):
        keep_guest(guest, "ada", "correct horse battery")

    guest.refresh_from_db()
    assert guest.is_guest


def test_a_guest_diary_joins_the_diary_of_the_account(ada):
    factories.make_entry(ada.profile, name="Egg")
    guest, profile = guest_with_entries(2)
    DayMark.objects.create(profile=profile, day=TODAY, status="complete")
    Step.objects.create(profile=profile, kind="logged", day=TODAY)

    bring_along(guest, ada)

    assert ada.profile.entries.count() == 3
    assert list(ada.profile.day_marks.values_list("day", "status")) == [(TODAY, "complete")]
    assert not User.objects.filter(pk=guest.pk).exists()
    assert list(Profile.objects.all()) == [ada.profile]
    assert Step.objects.count() == 0


def test_forms_that_the_guest_sent_are_known_in_the_account(ada):
    guest, profile = guest_with_entries(1)
    both, once = uuid4(), uuid4()
    PostedOnce.objects.create(profile=ada.profile, key=both)
    for key in (both, once):
        PostedOnce.objects.create(profile=profile, key=key)

    bring_along(guest, ada)

    known = PostedOnce.objects.values_list("profile", "key")
    assert set(known) == {(ada.profile.pk, both), (ada.profile.pk, once)}
    assert ada.profile.entries.count() == 1


def test_what_the_account_said_of_a_day_stands(ada):
    DayMark.objects.create(profile=ada.profile, day=TODAY, status="fasting")
    guest, profile = guest_with_entries(1)
    DayMark.objects.create(profile=profile, day=TODAY, status="complete")

    bring_along(guest, ada)

    assert list(DayMark.objects.values_list("profile", "status")) == [(ada.profile.pk, "fasting")]


def test_answers_of_the_account_stand(ada):
    guest = make_guest(TODAY)
    factories.make_profile(guest, basis={"diet": "vegan"}, birth_year=2000)

    bring_along(guest, ada)

    profile = ada.profiles.get()
    assert (profile.birth_year, profile.bases.get().diet) == (1990, "")


def test_an_account_without_a_profile_takes_over_the_guest_profile():
    account = factories.make_user("grace")
    guest, profile = guest_with_entries(2)

    bring_along(guest, account)

    assert account.profiles.get() == profile
    assert profile.entries.count() == 2
