"""What becomes of a guest's put-aside foods when the guest signs in to an account."""

from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from tracker.accounts.models import User
from tracker.accounts.signals import guest_joined
from tracker.suggestions.models import Hidden


@receiver(guest_joined, dispatch_uid="suggestions-join")
def move_hidden(guest: User, account: User, **_more: Any) -> None:
    """Put the same foods aside for the account; what the account says of a food still stands."""
    source, target = guest.profiles.first(), account.profiles.first()
    if source is None or target is None:
        return
    mine = Hidden.objects.filter(profile=target)
    mine.filter(until__lt=timezone.localdate()).delete()  # a "later" that is over says nothing
    said = mine.values("food")
    Hidden.objects.filter(profile=source).exclude(food__in=said).update(profile=target)
