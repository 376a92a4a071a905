"""Whose answers are kept when a guest signs in to an account."""

from datetime import timedelta

import pytest

from tests import factories
from tracker.accounts.guests import bring_along, make_guest
from tracker.profiles.models import Profile

pytestmark = pytest.mark.django_db


@pytest.fixture
def guest():
    account = make_guest(factories.DAY)
    profile = factories.make_profile(
        account, basis={"diet": "vegan"}, birth_year=2000, time_zone="Europe/Berlin"
    )
    profile.conditions.create(factor="metformin")
    return account


def unasked(account, **fields):
    """Give an account the profile of its first visit, without answers."""
    return factories.make_profile(account, birth_year=None, welcomed_at=None, **fields)


def test_the_account_keeps_its_answers(guest, ada):
    bring_along(guest, ada)

    profile = ada.profiles.get()
    assert (profile.birth_year, profile.bases.get().diet) == (1990, "")
    assert profile.conditions.count() == 0


def test_an_account_that_was_never_asked_takes_over_the_answers_of_the_guest(guest):
    grace = factories.make_user("grace")
    profile = unasked(grace)
    factories.make_entry(profile)

    bring_along(guest, grace)

    profile = Profile.objects.get()
    assert profile.account == grace
    assert (profile.birth_year, profile.time_zone) == (2000, "Europe/Berlin")
    assert profile.welcomed_at is not None
    assert profile.bases.get().diet == "vegan"
    assert profile.conditions.get().factor == "metformin"
    assert profile.entries.count() == 1


def test_answers_of_a_guest_in_the_east_hold_from_today_in_the_west(guest):
    tomorrow = guest.profiles.get().today() + timedelta(1)
    guest.profiles.get().bases.update(valid_from=tomorrow + timedelta(1))
    grace = factories.make_user("grace")
    factories.make_profile(grace, birth_year=None, time_zone="Pacific/Pago_Pago")

    bring_along(guest, grace)

    profile = grace.profiles.get()
    assert profile.bases.get().valid_from == profile.today()


def test_an_account_that_skipped_the_questions_takes_over_the_answers_of_the_guest(guest):
    grace = factories.make_user("grace")
    profile = factories.make_profile(grace, birth_year=None, time_zone="Asia/Tokyo")

    bring_along(guest, grace)

    profile = grace.profiles.get()
    assert (profile.birth_year, profile.bases.get().diet) == (2000, "vegan")
    assert profile.conditions.get().factor == "metformin"
    assert profile.time_zone == "Asia/Tokyo"


@pytest.mark.parametrize("said", ["diet", "life_stage", "own_target_ug", "condition", "year"])
def test_one_answer_of_the_account_is_enough_to_keep_all(guest, said):
    grace = factories.make_user("grace")
    bases = {"diet": "omnivore", "life_stage": "pregnant", "own_target_ug": 5.0}
    profile = unasked(grace, basis={said: bases[said]} if said in bases else {})
    if said == "condition":
        profile.conditions.create(factor="ileum")
    if said == "year":
        Profile.objects.filter(pk=profile.pk).update(birth_year=1950)

    bring_along(guest, grace)

    profile = grace.profiles.get()
    assert profile.bases.get().diet == (bases["diet"] if said == "diet" else "")
    assert not profile.conditions.filter(factor="metformin").exists()


def test_a_guest_who_was_never_asked_brings_no_answers():
    guest, grace = make_guest(factories.DAY), factories.make_user("grace")
    unasked(guest)
    unasked(grace, basis={"authority": "efsa"})

    bring_along(guest, grace)

    assert grace.profiles.get().bases.get().authority == "efsa"
