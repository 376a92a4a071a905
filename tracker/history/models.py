"""A person's last steps, for undo, and the forms that were already posted."""

from typing import Any

from django.db import models
from django.utils import timezone

from tracker.history.ownership import belongs_to_person
from tracker.memo.models import Counter


def _forget_steps(guest: Any, account: Any) -> None:
    """Steps are not moved: their snapshots belong to the guest's profile."""
    Step.objects.filter(profile=guest).delete()


def _move_keys(guest: Any, account: Any) -> None:
    known = PostedOnce.objects.filter(profile=account).values("key")
    PostedOnce.objects.filter(profile=guest).exclude(key__in=known).update(profile=account)


def _stay(guest: Any, account: Any) -> None:
    """Each profile has its own counters, which moving the rows increments."""


belongs_to_person(join=_stay)(Counter)


@belongs_to_person(join=_forget_steps)
class Step(models.Model):
    """One thing that a person did: the rows it touched, before and after.

    ``touched`` holds the ids by model label, ``before`` and ``after`` the existing rows with all
    columns. ``after`` is saved when the step is undone, for "Put back".
    """

    profile = models.ForeignKey("profiles.Profile", on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=20, help_text="Decides the words, which are never stored.")
    about = models.JSONField(default=dict, help_text="What the words need: a name, a count.")
    day = models.DateField()
    touched = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    after = models.JSONField(null=True)
    is_undone = models.BooleanField(default=False)
    moved_at = models.DateTimeField(
        default=timezone.now, help_text="When it was last done, undone or put back."
    )

    class Meta:
        indexes = [models.Index(fields=["profile", "-moved_at"], name="step_profile_latest")]

    def __str__(self) -> str:
        return f"step {self.pk}: {self.kind}"


@belongs_to_person(join=_move_keys)
class PostedOnce(models.Model):
    """An accepted form. Its key outlives the rows it made: posted again, it does nothing."""

    profile = models.ForeignKey("profiles.Profile", on_delete=models.CASCADE, related_name="+")
    key = models.UUIDField()
    step = models.ForeignKey(Step, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["profile", "key"], name="posted_once"),
        ]

    def __str__(self) -> str:
        return f"form {self.key}"
