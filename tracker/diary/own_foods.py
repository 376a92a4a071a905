"""An account's own foods: clearing caches when they change, and moving a guest's foods."""

import uuid
from typing import Any

from django.dispatch import receiver

from foods.signals import own_foods_changed
from tracker.accounts.models import User
from tracker.accounts.signals import guest_joined
from tracker.memo.store import touch_account


@receiver(own_foods_changed, dispatch_uid="own-foods-changed")
def forget_own_foods(account_id: int, **_more: Any) -> None:
    """Clear the cached foods of the account's profiles."""
    touch_account(account_id)


@receiver(guest_joined, dispatch_uid="own-foods-join")
def move_own_foods(guest: User, account: User, **_more: Any) -> None:
    """Move foods that a guest entered from labels to the account."""
    for food in guest.own_foods.filter(source_key__in=account.own_foods.values("source_key")):
        food.source_key = str(uuid.uuid4())
        food.save(update_fields=["source_key"])
    guest.own_foods.update(owner=account)
    touch_account(account.pk)
