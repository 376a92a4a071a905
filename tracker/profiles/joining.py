"""What becomes of a guest's profile when the guest signs in to an account."""

from typing import Any

from django.db.models import Q
from django.dispatch import receiver

from tracker.accounts.models import User
from tracker.accounts.signals import guest_joined
from tracker.history import ownership
from tracker.profiles.answers import settle
from tracker.profiles.models import Profile

ANSWERED_COLUMNS = ("name", "birth_year")


@receiver(guest_joined, dispatch_uid="profile-joins")
def move_profile(guest: User, account: User, **_more: Any) -> None:
    """Give the whole profile to an account that has none yet, else all that belongs to it.

    The answers go to an account that never gave any; else the account's stand.
    """
    source, target = guest.profiles.first(), account.profiles.first()
    if target is None:
        guest.profiles.update(account=account)
        return
    if source is None:
        return
    if source.welcomed_at and not _has_answered(target):
        _replace_answers(source, target)
    ownership.join(source, target)
    settle(target, target.today())  # the guest's day may be ahead of the account's


def _has_answered(profile: Profile) -> bool:
    """Say whether a person said anything of themselves. Who skips the questions did not."""
    is_silent = Q(diet="", life_stage="", own_target_ug=None)
    return bool(
        profile.name
        or profile.birth_year
        or profile.conditions.exists()
        or profile.bases.exclude(is_silent).exists()
    )


def _replace_answers(source: Profile, target: Profile) -> None:
    target.bases.all().delete()
    source.bases.update(profile=target)
    source.conditions.update(profile=target)
    columns = list(ANSWERED_COLUMNS)
    if target.welcomed_at is None:  # else the account has a time zone of its own
        columns += ["time_zone", "welcomed_at"]
    for column in columns:
        setattr(target, column, getattr(source, column))
    target.save(update_fields=columns)
