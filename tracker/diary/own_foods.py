"""What a change of an account's own foods means to its people."""

from typing import Any

from django.dispatch import receiver

from foods.signals import own_foods_changed
from tracker.memo.store import touch_account


@receiver(own_foods_changed, dispatch_uid="own-foods-changed")
def forget_own_foods(account_id: int, **_more: Any) -> None:
    """End what workers have kept of the foods that these people see."""
    touch_account(account_id)
