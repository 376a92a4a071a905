"""What becomes of a guest's saved meals and recipes when the guest signs in to an account."""

from typing import Any

from django.dispatch import receiver

from tracker.accounts.models import User
from tracker.accounts.signals import guest_joined
from tracker.recipes.models import Recipe


@receiver(guest_joined, dispatch_uid="recipes-join")
def move_recipes(guest: User, account: User, **_more: Any) -> None:
    source, target = guest.profiles.first(), account.profiles.first()
    if source is not None and target is not None:
        sent_to_both = target.recipes.exclude(client_uuid=None).values("client_uuid")
        source.recipes.filter(client_uuid__in=sent_to_both).update(client_uuid=None)
        Recipe.objects.filter(profile=source).update(profile=target)
