"""A form posted twice is accepted once, even if the rows it made are gone by then."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.utils import timezone

from tracker.history.models import PostedOnce, Step

KEPT = timedelta(days=60)
KEYS_BETWEEN_PURGES = 50


class AlreadyPosted(Exception):
    """This form was accepted before."""


def keep_key(profile_id: int, key: UUID | None, step: Step | None = None) -> None:
    """Store the key of an accepted form, in the same transaction as its writes.

    Raises AlreadyPosted if the form was accepted before: let it roll back the transaction.
    """
    if key is None:
        return
    try:
        kept = PostedOnce.objects.create(profile_id=profile_id, key=key, step=step)
    except IntegrityError:
        raise AlreadyPosted from None
    if kept.pk % KEYS_BETWEEN_PURGES == 0:
        PostedOnce.objects.filter(at__lt=timezone.now() - KEPT).delete()


def step_of(profile: Any, key: UUID | None) -> Step | None:
    """Return the step that an accepted form made, if it is still stored."""
    if key is None:
        return None
    posted = PostedOnce.objects.filter(profile=profile, key=key).select_related("step").first()
    return posted.step if posted else None


def is_posted(profile_id: int, key: UUID | None) -> bool:
    return key is not None and PostedOnce.objects.filter(profile_id=profile_id, key=key).exists()
