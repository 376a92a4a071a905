"""What becomes of a guest's diary when the guest signs in to an account."""

import uuid
from typing import Any

from django.dispatch import receiver

from tracker.accounts.models import User
from tracker.accounts.signals import guest_joined
from tracker.diary.models import DayMark, Entry
from tracker.history.models import PostedOnce, Step
from tracker.memo.store import touch_account


@receiver(guest_joined, dispatch_uid="diary-joins")
def move_diary(guest: User, account: User, **_more: Any) -> None:
    """Move entries into the account's own diary; what the account said about a day stands.

    Undo steps are not moved: their snapshots belong to the guest's profile.
    """
    source, target = guest.profiles.first(), account.profiles.first()
    if source is None or target is None:
        return
    Step.objects.filter(profile=source).delete()
    known = PostedOnce.objects.filter(profile=target).values("key")
    PostedOnce.objects.filter(profile=source).exclude(key__in=known).update(profile=target)
    Entry.objects.filter(profile=source).update(profile=target)
    marked = DayMark.objects.filter(profile=target).values("day")
    DayMark.objects.filter(profile=source).exclude(day__in=marked).update(profile=target)


@receiver(guest_joined, dispatch_uid="own-foods-join")
def move_own_foods(guest: User, account: User, **_more: Any) -> None:
    """Bring along the foods that a guest entered from labels (the catalogue knows no guests)."""
    for food in guest.own_foods.filter(source_key__in=account.own_foods.values("source_key")):
        food.source_key = str(uuid.uuid4())
        food.save(update_fields=["source_key"])
    guest.own_foods.update(owner=account)
    touch_account(account.pk)
