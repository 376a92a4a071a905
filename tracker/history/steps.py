"""Remember what a person did; undo it, put it back."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from tracker.history.models import Step
from tracker.history.snapshots import State, bring_about, snapshot_of
from tracker.memo.store import DIARY, distrust, memo, touch

STEPS_KEPT = 30


class Latest(NamedTuple):
    """The step that was last done or undone; where it is undone, the one before it, too."""

    moved: Step | None
    before: Step | None


def lock(profile_pk: int) -> None:
    """Let this person's other writes wait until the transaction ends."""
    people = apps.get_model("profiles", "Profile").objects.select_for_update(no_key=True)
    list(people.filter(pk=profile_pk).values_list("pk"))
    distrust(profile_pk)


def remember(
    profile_id: int,
    kind: str,
    day: date,
    *,
    about: Mapping[str, Any] | None = None,
    before: State | None = None,
    created: Sequence[models.Model] = (),
) -> Step:
    """Keep a step. ``before`` holds the rows as they were, ``created`` those that came to be."""
    before = before or {}
    touched = {label: [row["id"] for row in rows] for label, rows in before.items()}
    for row in created:
        touched.setdefault(row._meta.label_lower, []).append(row.pk)
    step = Step.objects.create(
        profile_id=profile_id,
        kind=kind,
        day=day,
        about=dict(about or {}),
        touched=touched,
        before=before,
    )
    if step.pk % STEPS_KEPT == 0:  # now and then, not on every write
        _forget_old_steps(profile_id)
    return step


def undo(profile: Any, pk: int) -> Step | None:
    """Undo the last step; None where it was undone before or something was done since."""
    try:
        with transaction.atomic():
            lock(profile.pk)
            step = _live(profile).order_by("-pk").first()
            if step is None or step.pk != pk:
                return None
            step.after = snapshot_of(step.touched)
            bring_about(profile.pk, step.touched, step.before)
            _move(step, is_undone=True)
    except IntegrityError:
        return None  # what it would restore has been made anew meanwhile
    return step


def put_back(profile: Any, pk: int) -> Step | None:
    """Do again what was undone last; None where something was done or undone since."""
    try:
        with transaction.atomic():
            lock(profile.pk)
            step = _by_time(profile).first()
            if step is None or step.pk != pk or not step.is_undone:
                return None
            bring_about(profile.pk, step.touched, step.after or {})
            _move(step, is_undone=False)
    except IntegrityError:
        return None
    return step


def last_touching(profile: Any, row: type[models.Model], pk: int) -> Step | None:
    """Return the last step that made, changed or deleted a row; None where none is known."""
    known, label = _by_time(profile).defer("before", "after"), row._meta.label_lower
    return next((step for step in known if pk in step.touched.get(label, ())), None)


@transaction.atomic
def forget(profile: Any, row: type[models.Model]) -> int:
    """Delete what a person's steps hold of one kind of row, as when a consent is withdrawn.

    A step that held nothing else goes; of another one the rest can still be undone. Return how many
    steps held some.
    """
    lock(profile.pk)
    label, count = row._meta.label_lower, 0
    for step in Step.objects.filter(profile=profile, touched__has_key=label):
        count += 1
        if set(step.touched) == {label}:
            step.delete()
            continue
        for state in filter(None, (step.touched, step.before, step.after)):
            state.pop(label, None)
        step.save(update_fields=["touched", "before", "after"])
    touch(DIARY, [profile.pk], set())  # the line about the last step may be gone
    return count


def _move(step: Step, *, is_undone: bool) -> None:
    step.is_undone, step.moved_at = is_undone, timezone.now()
    step.save(update_fields=["is_undone", "moved_at", "after"])
    touch(DIARY, [step.profile_id], set())  # its rows may be gone: no write of theirs says it


def latest(profile: Any) -> Latest:
    """Return what was done or undone last, without the rows. At most two queries."""
    return memo(profile, DIARY, "steps", lambda: _read_latest(profile))


def _read_latest(profile: Any) -> Latest:
    words_only = ("touched", "before", "after")
    moved = _by_time(profile).defer(*words_only).first()
    if moved is None or not moved.is_undone:
        return Latest(moved, None)
    return Latest(moved, _live(profile).order_by("-pk").defer(*words_only).first())


def _live(profile: Any) -> models.QuerySet[Step]:
    return Step.objects.filter(profile=profile, is_undone=False)


def _by_time(profile: Any) -> models.QuerySet[Step]:
    return Step.objects.filter(profile=profile).order_by("-moved_at", "-pk")


def _forget_old_steps(profile_id: int) -> None:
    mine = Step.objects.filter(profile_id=profile_id).order_by("-pk")
    kept = list(mine.values_list("pk", flat=True)[:STEPS_KEPT])
    mine.exclude(pk__in=kept).delete()
