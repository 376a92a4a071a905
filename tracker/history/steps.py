"""Record what a person did; undo it and put it back."""

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
    """The step last done or undone; if it was undone, also the one before it."""

    moved: Step | None
    before: Step | None


def lock(profile_pk: int) -> None:
    """Block this person's other writes until the transaction ends."""
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
    """Store a step. ``before`` holds the rows as they were, ``created`` the new ones."""
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
    if step.pk % STEPS_KEPT == 0:  # from time to time, not on every write
        _forget_old_steps(profile_id)
    return step


def undo(profile: Any, pk: int) -> Step | None:
    """Undo the last step; None if it was already undone or something was done since."""
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
        return None  # the rows it would restore have been recreated in the meantime
    return step


def put_back(profile: Any, pk: int) -> Step | None:
    """Redo the step undone last; None if something was done or undone since."""
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
    """Return the last step that made, changed or deleted a row; None if unknown."""
    known, label = _by_time(profile).defer("before", "after"), row._meta.label_lower
    return next((step for step in known if pk in step.touched.get(label, ())), None)


@transaction.atomic
def forget(profile: Any, row: type[models.Model]) -> int:
    """Delete one kind of row from a person's steps, for example when consent is withdrawn.

    A step that held nothing else is deleted; the rest of any other step can still be undone.
    Returns how many steps held such rows.
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
    touch(DIARY, [profile.pk], set())  # the line about the last step may disappear
    return count


def _move(step: Step, *, is_undone: bool) -> None:
    step.is_undone, step.moved_at = is_undone, timezone.now()
    step.save(update_fields=["is_undone", "moved_at", "after"])
    touch(DIARY, [step.profile_id], set())  # if its rows are gone, no write has done it


def latest(profile: Any) -> Latest:
    """Return the step last done or undone, without its rows. At most two queries."""
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
