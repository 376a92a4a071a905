"""What becomes of a guest's profile when the guest signs in to an account."""

from typing import Any

from django.dispatch import receiver

from tracker.accounts.models import User
from tracker.accounts.signals import guest_joined


@receiver(guest_joined, dispatch_uid="profile-joins")
def move_profile(guest: User, account: User, **_more: Any) -> None:
    """Give the whole profile to an account that has none yet; else the account's answers stand."""
    if not account.profiles.exists():
        guest.profiles.update(account=account)
