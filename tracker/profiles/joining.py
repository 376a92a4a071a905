"""What happens to a guest's profile when the guest signs in to an account."""

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
    """Move the whole profile to an account that has none yet, otherwise its data.

    The answers move to an account that has given none; otherwise the account keeps its own.
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
    settle(target, target.today())  # the guest's date may be ahead of the account's


def _has_answered(profile: Profile) -> bool:
    """Return whether a person answered anything. Skipping the questions does not count."""
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
    if target.welcomed_at is None:  # otherwise the account has its own time zone
        columns += ["time_zone", "welcomed_at"]
    for column in columns:
        setattr(target, column, getattr(source, column))
    target.save(update_fields=columns)
