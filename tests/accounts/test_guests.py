from datetime import date, timedelta
from importlib import import_module
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import IntegrityError

from tests import factories
from tracker.accounts.guests import (
    bring_along,
    delete_guest,
    guests_among,
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


def test_purging_a_limited_number_takes_the_oldest():
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


def test_forms_sent_by_the_guest_are_known_to_the_account(ada):
    guest, profile = guest_with_entries(1)
    both, once = uuid4(), uuid4()
    PostedOnce.objects.create(profile=ada.profile, key=both)
    for key in (both, once):
        PostedOnce.objects.create(profile=profile, key=key)

    bring_along(guest, ada)

    known = PostedOnce.objects.values_list("profile", "key")
    assert set(known) == {(ada.profile.pk, both), (ada.profile.pk, once)}
    assert ada.profile.entries.count() == 1


def test_the_account_keeps_its_marks_of_a_day(ada):
    DayMark.objects.create(profile=ada.profile, day=TODAY, status="fasting")
    guest, profile = guest_with_entries(1)
    DayMark.objects.create(profile=profile, day=TODAY, status="complete")

    bring_along(guest, ada)

    assert list(DayMark.objects.values_list("profile", "status")) == [(ada.profile.pk, "fasting")]


def test_the_account_keeps_its_answers(ada):
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


# --- whoever can sign in is no guest


def with_password(guest):
    guest.set_password("correct horse battery")
    guest.save()


def with_passkey(guest):
    Authenticator.objects.create(user=guest, type="webauthn", data={})


def with_address(guest):
    EmailAddress.objects.create(user=guest, email="guest@example.org")


def with_bare_address(guest):
    User.objects.filter(pk=guest.pk).update(email="guest@example.org")


GIVE = (with_password, with_passkey, with_address, with_bare_address)


@pytest.mark.parametrize("give", GIVE)
@pytest.mark.parametrize("demo", ["", "vegan"])
def test_a_purge_never_deletes_an_account_with_a_credential(give, demo):
    guest, profile = guest_with_entries(1, demo=demo)
    give(guest)
    User.objects.filter(pk=guest.pk).update(last_active=days_ago(400))

    assert purge_idle_guests(TODAY) == 0

    guest.refresh_from_db()
    assert (guest.is_guest, guest.demo) == (False, "")
    assert profile.entries.count() == 1


def test_a_purge_makes_an_account_lasting_before_it_is_idle():
    guest = make_guest(TODAY)
    with_password(guest)

    purge_idle_guests(TODAY)

    guest.refresh_from_db()
    assert not guest.is_guest


def test_a_purge_deletes_no_guest_kept_since_it_was_counted(monkeypatch):
    guest, profile = guest_with_entries(1)
    User.objects.filter(pk=guest.pk).update(last_active=days_ago(400))
    monkeypatch.setattr("tracker.accounts.guests.idle_guests", keeping(guest, idle_guests))

    assert purge_idle_guests(TODAY) == 0

    assert profile.entries.count() == 1


def keeping(guest, count):
    """Return a count of idle guests, directly after which the guest is kept in another tab."""

    def counted(*arguments):
        found = count(*arguments)
        pks = [idle.pk for idle in found]
        User.objects.filter(pk=guest.pk).update(is_guest=False)
        return User.objects.filter(pk__in=pks)

    return counted


@pytest.mark.parametrize("give", GIVE)
def test_no_guest_with_a_credential_is_deleted(give):
    guest, profile = guest_with_entries(1)
    give(guest)

    assert not delete_guest(guest)

    guest.refresh_from_db()
    assert not guest.is_guest
    assert profile.entries.count() == 1


def test_a_guest_who_was_kept_in_another_tab_is_not_deleted_from_this_one():
    guest, profile = guest_with_entries(1)
    in_this_tab = User.objects.get(pk=guest.pk)
    keep_guest(guest, "grace", "correct horse battery")

    assert not delete_guest(in_this_tab)
    assert profile.entries.count() == 1


def test_a_guest_who_was_kept_in_another_tab_does_not_move(ada):
    guest, profile = guest_with_entries(1)
    in_this_tab = User.objects.get(pk=guest.pk)
    keep_guest(guest, "grace", "correct horse battery")

    assert not bring_along(in_this_tab, ada)
    assert profile.entries.count() == 1


@pytest.mark.parametrize("give", GIVE)
def test_nobody_with_a_credential_counts_as_a_guest(give):
    guest = make_guest(TODAY)
    give(guest)

    assert not guests_among(User.objects.all())


def test_a_guest_without_a_credential_is_deleted_whole():
    guest, _profile = guest_with_entries(1)

    assert delete_guest(guest)
    assert (User.objects.count(), Entry.objects.count()) == (0, 0)


# --- what a guest owns

MOVED = {
    "diary.Entry",
    "diary.DayMark",
    "foods.Food",
    "history.PostedOnce",
    "recipes.Recipe",
    "suggestions.Hidden",
}
OF_THE_PROFILE = {"profiles.Profile", "profiles.Basis", "profiles.Condition"}
LEFT_BEHIND = {"history.Step", "intake.StoredSummary", "memo.Counter"}
NO_GUEST_HAS_ONE = {
    "account.EmailAddress",
    "accounts.User_groups",
    "accounts.User_user_permissions",
    "mfa.Authenticator",
    "usersessions.UserSession",
}


def test_every_table_of_a_person_is_considered_when_a_guest_joins_an_account():
    """A new table belongs in a joining module, and then in one of these sets."""
    found = {
        model._meta.label
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if field.many_to_one and field.concrete and field.related_model in (User, Profile)
    }

    assert found == MOVED | OF_THE_PROFILE | LEFT_BEHIND | NO_GUEST_HAS_ONE


def test_guests_who_had_a_credential_are_made_lasting_by_the_migration():
    heal = import_module("tracker.accounts.migrations.0002_guests_with_credentials")
    guests = [make_guest(TODAY, demo="vegan") for _give in GIVE]
    for give, guest in zip(GIVE, guests, strict=True):
        give(guest)
    plain = make_guest(TODAY)

    heal.make_lasting(apps, None)

    assert list(User.objects.filter(is_guest=True)) == [plain]
    assert not User.objects.exclude(demo="").exists()
