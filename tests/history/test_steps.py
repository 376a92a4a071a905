"""Undo and "Put back": one step at a time, each restoring exactly what it changed."""

from contextlib import suppress
from datetime import date, time, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.factories import make_entry, make_food, make_profile
from tracker.diary import writing
from tracker.diary.models import DayMark, Entry
from tracker.history import steps
from tracker.history.models import Step
from tracker.history.once import is_posted
from tracker.history.snapshots import snapshot
from tracker.memo.models import Counter
from tracker.memo.store import DIARY

DAY = date(2026, 3, 2)


def log(profile, name="Soy milk"):
    entry = writing.build_quick_entry(profile, DAY, "lunch", 2.5, name=name)
    return entry, writing.log(entry)


def state():
    return list(Entry.objects.order_by("pk").values()), list(
        DayMark.objects.order_by("pk").values()
    )


def test_only_the_last_step_can_be_undone_and_only_once(ada):
    _entry, first = log(ada.profile)
    _entry, last = log(ada.profile)

    assert steps.undo(ada.profile, first.pk) is None
    assert steps.undo(ada.profile, last.pk) == last
    assert steps.undo(ada.profile, last.pk) is None
    assert Entry.objects.count() == 1


def test_steps_are_undone_one_after_the_other(ada):
    _entry, first = log(ada.profile)
    _entry, last = log(ada.profile)

    steps.undo(ada.profile, last.pk)
    steps.undo(ada.profile, first.pk)

    assert Entry.objects.count() == 0


def test_an_undone_step_is_put_back_exactly(ada):
    entry, _step = log(ada.profile)
    step = writing.delete(entry)
    after = state()

    steps.undo(ada.profile, step.pk)
    assert Entry.objects.count() == 1
    assert steps.put_back(ada.profile, step.pk) == step

    assert state() == after


def test_only_the_step_undone_last_can_be_put_back(ada):
    _entry, first = log(ada.profile)
    _entry, last = log(ada.profile)
    steps.undo(ada.profile, last.pk)
    steps.undo(ada.profile, first.pk)

    assert steps.put_back(ada.profile, last.pk) is None
    assert steps.put_back(ada.profile, first.pk) == first


def test_nothing_is_put_back_after_something_else_was_done(ada):
    _entry, step = log(ada.profile)
    steps.undo(ada.profile, step.pk)
    log(ada.profile, "Banana")

    assert steps.put_back(ada.profile, step.pk) is None
    assert Entry.objects.get().name == "Banana"


def test_a_step_that_is_not_undone_cannot_be_put_back(ada):
    _entry, step = log(ada.profile)

    assert steps.put_back(ada.profile, step.pk) is None
    assert Entry.objects.count() == 1


def test_a_step_can_be_undone_put_back_and_undone_again(ada):
    _entry, step = log(ada.profile)

    for _again in range(2):
        steps.undo(ada.profile, step.pk)
        assert Entry.objects.count() == 0
        steps.put_back(ada.profile, step.pk)
        assert Entry.objects.count() == 1


@pytest.mark.parametrize("act", [steps.undo, steps.put_back])
def test_another_persons_step_is_inaccessible(ada, act):
    stranger = make_entry().profile
    _entry, step = log(ada.profile)
    if act is steps.put_back:
        steps.undo(ada.profile, step.pk)
    before = state()

    assert act(stranger, step.pk) is None
    assert state() == before


def test_a_snapshot_from_before_a_column_existed_restores_with_its_default(ada):
    entry, _step = log(ada.profile)
    step = writing.delete(entry)
    (row,) = step.before["diary.entry"]
    del row["is_injection"], row["source_text"]
    step.save()

    steps.undo(ada.profile, step.pk)

    restored = Entry.objects.get()
    assert (restored.b12_ug, restored.is_injection, restored.source_text) == (2.5, False, "")


def test_a_snapshot_from_when_the_amount_was_a_text_restores_its_words(ada):
    entry, _step = log(ada.profile)
    step = writing.delete(entry)
    (row,) = step.before["diary.entry"]
    del row["amount"], row["unit"], row["amount_of"]
    row["amount_text"] = "1.3 Scheiben"
    step.save()

    steps.undo(ada.profile, step.pk)

    restored = Entry.objects.get()
    assert restored.quantity == (None, "1.3 Scheiben", None)
    assert restored.amount_text == "1.3 Scheiben"


def test_a_snapshot_with_a_removed_column_restores_the_rest(ada):
    entry, _step = log(ada.profile)
    step = writing.delete(entry)
    step.before["diary.entry"][0]["colour"] = "red"
    step.save()

    steps.undo(ada.profile, step.pk)

    assert Entry.objects.get().b12_ug == 2.5


def test_a_snapshot_never_moves_a_row_to_another_person(ada):
    stranger = make_profile()
    entry, _step = log(ada.profile)
    step = writing.delete(entry)
    step.before["diary.entry"][0]["profile_id"] = stranger.pk
    step.save()

    steps.undo(ada.profile, step.pk)

    assert Entry.objects.get().profile == ada.profile


@pytest.mark.parametrize("act", [steps.undo, steps.put_back])
def test_other_workers_notice_a_step_whose_rows_are_deleted(ada, act):
    entry, step = log(ada.profile)
    if act is steps.put_back:
        steps.undo(ada.profile, step.pk)
        Step.objects.filter(pk=step.pk).update(after={})
    else:
        entry.delete()
    counter = Counter.objects.get(profile=ada.profile, subject=DIARY)

    act(ada.profile, step.pk)

    assert Counter.objects.get(pk=counter.pk).count > counter.count


def test_an_undo_never_deletes_a_row_of_another_person(ada):
    theirs = make_entry()
    _entry, step = log(ada.profile)
    step.touched = {"diary.entry": [theirs.pk]}
    step.save()

    steps.undo(ada.profile, step.pk)

    assert Entry.objects.filter(pk=theirs.pk).exists()


def test_an_impossible_undo_returns_none_and_changes_nothing(ada):
    writing.mark_day(ada.profile, DAY, "complete")
    step = writing.mark_day(ada.profile, DAY, "")
    DayMark.objects.create(profile=ada.profile, day=DAY, status="partial")

    assert steps.undo(ada.profile, step.pk) is None
    assert DayMark.objects.get().status == "partial"
    assert Step.objects.get(pk=step.pk).is_undone is False


def test_undo_keeps_the_time_of_an_entry_to_the_microsecond(ada):
    entry, _step = log(ada.profile)
    moment = timezone.now().replace(microsecond=123_457)
    Entry.objects.filter(pk=entry.pk).update(created_at=moment, clock=time(7, 30, 15))
    entry.refresh_from_db()
    before = state()

    steps.undo(ada.profile, writing.delete(entry).pk)

    assert state() == before


def test_an_entry_is_restored_without_its_deleted_food(ada):
    food = make_food()
    entry = writing.build_entry(ada.profile, DAY, "lunch", food, 240)
    writing.log(entry)
    step = writing.delete(entry)
    food.delete()

    steps.undo(ada.profile, step.pk)

    connection.check_constraints()
    restored = Entry.objects.get()
    assert (restored.food, restored.name) == (None, "Soy milk")


@pytest.mark.parametrize("act", [steps.undo, steps.put_back])
def test_other_writes_wait_until_the_step_is_done(ada, act, monkeypatch):
    _entry, step = log(ada.profile)
    if act is steps.put_back:
        steps.undo(ada.profile, step.pk)
    locked = []
    monkeypatch.setattr(steps, "lock", locked.append)

    act(ada.profile, step.pk)

    assert locked == [ada.profile.pk]


def test_the_latest_is_the_step_moved_last_and_the_one_before_it(ada):
    assert steps.latest(ada.profile) == (None, None)
    _entry, first = log(ada.profile)
    assert steps.latest(ada.profile) == (first, None)
    _entry, last = log(ada.profile)

    steps.undo(ada.profile, last.pk)

    assert steps.latest(ada.profile) == (last, first)


def test_only_the_last_steps_are_kept(ada, monkeypatch):
    monkeypatch.setattr(steps, "STEPS_KEPT", 3)
    made = [log(ada.profile)[1] for _n in range(9)]

    last_purge = max(n for n, step in enumerate(made) if step.pk % 3 == 0)
    assert list(Step.objects.order_by("pk")) == made[last_purge - 2 :]


def test_forgetting_keeps_the_steps_of_others(ada, monkeypatch):
    other = make_profile()
    _entry, theirs = log(other)
    monkeypatch.setattr(steps, "STEPS_KEPT", 1)
    for _n in range(3):
        log(ada.profile)

    assert steps.latest(other).moved == theirs


def test_a_failed_write_leaves_no_step(ada, monkeypatch):
    entry = writing.build_quick_entry(ada.profile, DAY, "lunch", 2.5)
    entry.b12_ug = -1

    with pytest.raises(IntegrityError):
        writing.log(entry)

    assert Step.objects.count() == 0


ACTS = st.lists(st.sampled_from(("log", "delete", "change", "clock", "mark", "copy")), max_size=8)


class WholeHistory(TestCase):
    @given(ACTS)
    def test_undoing_everything_and_putting_back_passes_through_the_same_states(self, acts):
        profile = make_profile()
        states, done = [state()], []
        for number, act in enumerate(acts):
            step = self.do(act, profile, number)
            if step is not None:
                done.append(step)
                states.append(state())

        for place in reversed(range(len(done))):
            assert steps.undo(profile, done[place].pk) == done[place]
            assert state() == states[place]
            steps.put_back(profile, done[place].pk)
            assert state() == states[place + 1]
            steps.undo(profile, done[place].pk)

        assert state() == states[0]

    def do(self, act, profile, number):
        entry = Entry.objects.filter(profile=profile).order_by("pk").first()
        if act == "log":
            return log(profile, f"Food {number}")[1]
        if act == "mark":
            return writing.mark_day(profile, DAY, ("complete", "partial", "")[number % 3])
        if act == "clock":
            with suppress(writing.NothingEaten):
                return writing.set_clock(profile, DAY, "lunch", time(12, number))
            return None
        if act == "copy":
            there = Entry.objects.filter(profile=profile, day=DAY)
            return writing.copy(there, DAY + timedelta(days=1))
        if entry is None:
            return None
        if act == "delete":
            return writing.delete(entry)
        twin = Entry.objects.get(pk=entry.pk)
        twin.name = f"Changed {number}"
        return writing.change(entry, twin)


# --- forgetting what a person no longer wants stored


def mixed_step(profile):
    """Return a step that touched an entry and a mark."""
    entry, _step = log(profile, "Tuna")
    mark = DayMark.objects.create(profile=profile, day=DAY, status="complete")
    before = snapshot(Entry, [entry.pk]) | snapshot(DayMark, [mark.pk])
    step = steps.remember(profile.pk, "changed", DAY, about={"name": "Tuna"}, before=before)
    Entry.objects.filter(pk=entry.pk).update(name="Salmon")
    DayMark.objects.filter(pk=mark.pk).update(status="partial")
    return step


def test_what_steps_hold_of_one_kind_of_row_can_be_forgotten(ada):
    writing.mark_day(ada.profile, DAY, "partial")
    writing.delete(log(ada.profile, "Banana")[0])
    DayMark.objects.all().delete()
    step = mixed_step(ada.profile)
    others = make_profile()
    log(others)

    count = steps.forget(ada.profile, Entry)

    assert count == 4
    left = Step.objects.filter(profile=ada.profile)
    assert {tuple(step.touched) for step in left} == {("diary.daymark",)}
    assert "Banana" not in str([step.before for step in left])
    assert Step.objects.filter(profile=others).count() == 1
    assert steps.undo(ada.profile, step.pk) is not None
    assert DayMark.objects.get().status == "complete"
    assert Entry.objects.filter(profile=ada.profile).get().name == "Salmon"


def test_undone_steps_are_forgotten_too(ada):
    step = mixed_step(ada.profile)
    steps.undo(ada.profile, step.pk)

    steps.forget(ada.profile, Entry)

    step.refresh_from_db()
    assert list(step.after) == ["diary.daymark"]


def test_the_line_of_a_forgotten_step_disappears(ada):
    log(ada.profile)
    assert steps.latest(ada.profile).moved is not None

    steps.forget(ada.profile, Entry)

    ada.profile.refresh_from_db()
    assert steps.latest(ada.profile).moved is None


def test_a_form_whose_step_is_forgotten_is_not_done_again(ada):
    once = uuid4()
    entry = writing.build_quick_entry(ada.profile, DAY, "lunch", 2.5)
    writing.log(entry, once=once)

    steps.forget(ada.profile, Entry)

    assert is_posted(ada.profile.pk, once)


def test_a_column_newer_than_the_snapshot_keeps_its_value(ada):
    entry, _step = log(ada.profile)
    twin = Entry.objects.get(pk=entry.pk)
    twin.name = "Changed"
    step = writing.change(Entry.objects.get(pk=entry.pk), twin)
    for row in step.before["diary.entry"]:
        del row["uuid"]
    step.save()

    steps.undo(ada.profile, step.pk)

    assert (Entry.objects.get().name, Entry.objects.get().uuid) == (entry.name, entry.uuid)
