from datetime import date, time
from uuid import uuid4

import pytest
from django.db import IntegrityError

from tests.factories import make_food, make_profile
from tracker.diary import writing
from tracker.diary.models import DayMark, Entry
from tracker.diary.quantity import Quantity
from tracker.diary.slots import ORDER, Slot
from tracker.history import steps
from tracker.history.models import Step
from tracker.history.once import AlreadyPosted, is_posted

DAY = date(2026, 3, 2)


def entry_of(profile, food, mass_g=100.0, *, once=None, **kwargs):
    entry = writing.build_entry(profile, DAY, "lunch", food, mass_g, **kwargs)
    writing.log(entry, once=once)
    return entry


def undo_last(profile):
    return steps.undo(profile, steps.latest(profile).moved.pk)


@pytest.mark.parametrize(
    ("kind", "source_class"),
    [({}, ""), ({"is_added": True}, "fortified_food"), ({"is_supplement": True}, "supplement")],
)
def test_a_quick_add_has_the_chosen_class(kind, source_class):
    entry = writing.build_quick_entry(None, DAY, "lunch", 2.5, **kind)

    assert entry.source_class == source_class


def test_an_entry_keeps_the_values_it_was_logged_with(ada, make_food):
    food = make_food(b12_ug_per_100g=2.0)
    entry = entry_of(ada.profile, food, 150)

    food.b12_ug_per_100g, food.name = 9.0, "Renamed"
    food.save()

    entry.refresh_from_db()
    assert (entry.b12_ug, entry.free_ug, entry.name) == (3.0, 3.0, "Soy milk")


def test_unknown_b12_stays_unknown(ada, make_food):
    entry = entry_of(ada.profile, make_food(b12_ug_per_100g=None))

    assert entry.b12_ug is None


def test_an_injection_is_logged_but_not_swallowed(ada, make_food):
    food = make_food(b12_ug_per_100g=100_000.0, is_injection=True, source_class="supplement")
    entry = entry_of(ada.profile, food, 1)

    assert (entry.b12_ug, entry.free_ug, entry.is_injection) == (1000.0, 0.0, True)


def test_the_same_form_posted_twice_logs_once(ada, make_food):
    food, once = make_food(), uuid4()

    entry_of(ada.profile, food, once=once)
    with pytest.raises(AlreadyPosted):
        entry_of(ada.profile, food, once=once)

    assert (Entry.objects.count(), Step.objects.count()) == (1, 1)


def test_reposting_a_form_does_not_restore_what_was_undone(ada, make_food):
    food, once = make_food(), uuid4()
    entry_of(ada.profile, food, once=once)
    undo_last(ada.profile)

    with pytest.raises(AlreadyPosted):
        entry_of(ada.profile, food, once=once)

    assert Entry.objects.count() == 0


@pytest.mark.parametrize("wrong", [{"b12_ug": -1}, {"mass_g": 0}, {"free_ug": -0.1}])
def test_the_database_refuses_an_invalid_entry(ada, make_entry, wrong):
    with pytest.raises(IntegrityError):
        make_entry(ada.profile, **wrong)


def test_undo_removes_a_logged_entry(ada, make_food):
    entry_of(ada.profile, make_food())

    undo_last(ada.profile)

    assert Entry.objects.count() == 0


def test_undo_restores_a_deleted_entry_completely(ada, make_food):
    entry = entry_of(ada.profile, make_food(), 80, clock=time(7, 30), quantity=Quantity(1, "bowl"))
    before = Entry.objects.values().get()

    writing.delete(entry)
    undo_last(ada.profile)

    assert Entry.objects.values().get() == before


def test_undo_restores_an_entry_whose_food_is_deleted(ada, make_food):
    food = make_food()
    entry = entry_of(ada.profile, food)
    writing.delete(entry)
    food.delete()

    undo_last(ada.profile)

    assert Entry.objects.values_list("b12_ug", "food_id").get() == (entry.b12_ug, None)


def test_a_copied_day_keeps_its_original_amounts(ada, make_food):
    food = make_food(b12_ug_per_100g=2.0)
    entry_of(ada.profile, food)
    food.b12_ug_per_100g = 9.0
    food.save()

    writing.copy(ada.profile.entries.on_day(DAY), date(2026, 3, 3))

    assert ada.profile.entries.get(day=date(2026, 3, 3)).b12_ug == 2.0


def test_entries_copied_to_another_meal_are_sorted_with_that_meal(ada, make_food):
    target = date(2026, 3, 3)
    lunch = writing.build_entry(ada.profile, target, "lunch", make_food(), 100)
    writing.log(lunch)
    entry_of(ada.profile, make_food())

    writing.copy(ada.profile.entries.on_day(DAY), target, slot="dinner")

    slots = ada.profile.entries.on_day(target).as_eaten().values_list("slot", "slot_order")
    assert list(slots) == [("lunch", ORDER[Slot.LUNCH]), ("dinner", ORDER[Slot.DINNER])]


def test_a_copy_posted_twice_is_made_once(ada, make_food):
    entry_of(ada.profile, make_food())
    once, target = uuid4(), date(2026, 3, 3)

    writing.copy(ada.profile.entries.on_day(DAY), target, once=once)
    with pytest.raises(AlreadyPosted):
        writing.copy(ada.profile.entries.on_day(DAY), target, once=once)

    assert ada.profile.entries.on_day(target).count() == 1


def test_undo_removes_a_whole_copy(ada, make_food):
    for _n in range(3):
        entry_of(ada.profile, make_food())
    writing.copy(ada.profile.entries.on_day(DAY), date(2026, 3, 3))

    undo_last(ada.profile)

    assert Entry.objects.count() == 3


def test_too_many_entries_are_not_copied_at_once(ada, make_food, monkeypatch):
    assert writing.MOST_COPIED == 200
    monkeypatch.setattr(writing, "MOST_COPIED", 2)
    for _n in range(2):
        entry_of(ada.profile, make_food())
    writing.copy(ada.profile.entries.on_day(DAY), date(2026, 3, 3))
    entry_of(ada.profile, make_food())

    with pytest.raises(writing.TooMany):
        writing.copy(ada.profile.entries.on_day(DAY), date(2026, 3, 3))
    assert ada.profile.entries.on_day(date(2026, 3, 3)).count() == 2


def test_a_changed_entry_keeps_its_id_and_creation_time(ada, make_food):
    entry = entry_of(ada.profile, make_food())
    replacement = writing.build_entry(ada.profile, DAY, "lunch", make_food(), 100)

    writing.change(entry, replacement)

    stored = Entry.objects.get()
    assert (stored.pk, stored.created_at, stored.mass_g) == (entry.pk, entry.created_at, 100)


def test_entries_logged_together_must_fit_the_limit_of_a_day(ada, make_food, monkeypatch):
    assert writing.MOST_ON_A_DAY == 500
    monkeypatch.setattr(writing, "MOST_ON_A_DAY", 4)
    for _n in range(2):
        entry_of(ada.profile, make_food())
    eaten, target = ada.profile.entries.on_day(DAY), date(2026, 3, 3)
    for _again in range(2):
        writing.copy(eaten, target)

    with pytest.raises(writing.TooMany, match="no room for more than 500 entries"):
        writing.copy(eaten, target)
    assert ada.profile.entries.on_day(target).count() == 4


def test_the_time_of_a_meal_can_be_set_and_undone(ada, make_food):
    entry_of(ada.profile, make_food())

    writing.set_clock(ada.profile, DAY, "lunch", time(13, 5))
    assert ada.profile.entries.get().clock == time(13, 5)
    undo_last(ada.profile)

    assert ada.profile.entries.get().clock is None


def test_setting_the_same_meal_time_makes_no_step(ada, make_food):
    entry_of(ada.profile, make_food(), clock=time(13, 5))

    assert writing.set_clock(ada.profile, DAY, "lunch", time(13, 5)) is None


def test_only_entries_whose_time_changes_are_part_of_the_step(ada, make_food):
    entry_of(ada.profile, make_food(), clock=time(13, 5))
    changed = entry_of(ada.profile, make_food())

    step = writing.set_clock(ada.profile, DAY, "lunch", time(13, 5))

    assert step.touched == {"diary.entry": [changed.pk]}


def test_the_time_of_an_empty_meal_cannot_be_set(ada):
    with pytest.raises(writing.NothingEaten):
        writing.set_clock(ada.profile, DAY, "dinner", time(19))


def test_copying_nothing_makes_no_step(ada):
    assert writing.copy(ada.profile.entries.on_day(DAY), date(2026, 3, 3)) is None


def test_a_mark_can_be_removed(ada):
    writing.mark_day(ada.profile, DAY, "complete")
    writing.mark_day(ada.profile, DAY, "fasting")
    assert ada.profile.day_marks.get().status == "fasting"

    writing.mark_day(ada.profile, DAY, "")

    assert ada.profile.day_marks.count() == 0


@pytest.mark.parametrize("before", ["", "complete"])
@pytest.mark.parametrize("after", ["", "complete", "fasting"])
def test_a_mark_can_be_undone_and_put_back(ada, before, after):
    writing.mark_day(ada.profile, DAY, before)
    step = writing.mark_day(ada.profile, DAY, after)

    if before == after:
        assert step is None
        return
    steps.undo(ada.profile, step.pk)
    assert mark_of(ada.profile) == before
    steps.put_back(ada.profile, step.pk)

    assert mark_of(ada.profile) == after


def mark_of(profile):
    return DayMark.objects.filter(profile=profile).values_list("status", flat=True).first() or ""


# --- drinks


def test_an_entry_stores_whether_it_was_a_drink(ada):
    coffee = make_food("Coffee", is_drink=True, b12_ug_per_100g=0, b12_added_ug_per_100g=0)
    writing.log(writing.build_entry(ada.profile, DAY, "breakfast", coffee, 200))

    coffee.is_drink = False
    coffee.save()

    assert Entry.objects.get().is_drink
    assert writing.mark_day(ada.profile, DAY, "fasting")


# --- uuids


def test_a_change_keeps_the_uuid_and_a_copy_gets_a_new_one(ada):
    entry = writing.build_quick_entry(ada.profile, DAY, "lunch", 2.5, name="Tuna")
    writing.log(entry)
    replacement = writing.build_quick_entry(ada.profile, DAY, "dinner", 3.5, name="Tuna")

    writing.change(Entry.objects.get(pk=entry.pk), replacement)
    writing.copy(ada.profile.entries.on_day(DAY), date(2026, 3, 3))

    changed, copied = Entry.objects.order_by("day")
    assert (changed.uuid, changed.b12_ug) == (entry.uuid, 3.5)
    assert copied.uuid not in (None, entry.uuid)


def test_undo_restores_the_uuid(ada):
    entry = writing.build_quick_entry(ada.profile, DAY, "lunch", 2.5)
    writing.log(entry)
    step = writing.delete(Entry.objects.get(pk=entry.pk))

    steps.undo(ada.profile, step.pk)

    assert Entry.objects.get().uuid == entry.uuid


# --- another person's entries


NEXT = date(2026, 3, 3)


def test_a_food_that_only_another_person_ate_is_new_to_the_day(ada):
    food = make_food()
    entry_of(make_profile(), food)

    writing.log(writing.build_entry(ada.profile, DAY, "lunch", food, 100), is_new_to_day=True)

    assert ada.profile.entries.count() == 1


def test_a_food_of_another_day_is_new_to_the_day(ada):
    food = make_food()
    entry_of(ada.profile, food)

    writing.log(writing.build_entry(ada.profile, NEXT, "lunch", food, 100), is_new_to_day=True)

    assert ada.profile.entries.count() == 2


def test_a_food_that_is_on_the_day_already_is_not_new_to_it(ada):
    food = make_food()
    entry_of(ada.profile, food)

    with pytest.raises(writing.EatenAlready):
        writing.log(writing.build_entry(ada.profile, DAY, "dinner", food, 100), is_new_to_day=True)
    assert ada.profile.entries.count() == 1


def test_a_form_sent_twice_is_told_from_a_food_eaten_already(ada):
    food, once = make_food(), uuid4()
    entry_of(ada.profile, food, once=once)

    with pytest.raises(AlreadyPosted):
        writing.log(
            writing.build_entry(ada.profile, DAY, "lunch", food, 100),
            once=once,
            is_new_to_day=True,
        )


def test_the_time_of_a_meal_is_set_for_one_person_only(ada):
    mine, other = entry_of(ada.profile, make_food()), entry_of(make_profile(), make_food())

    writing.set_clock(ada.profile, DAY, "lunch", time(13, 5))

    mine.refresh_from_db()
    other.refresh_from_db()
    assert (mine.clock, other.clock) == (time(13, 5), None)


def test_a_day_is_a_fasting_day_whatever_another_person_ate(ada):
    entry_of(make_profile(), make_food())

    assert writing.mark_day(ada.profile, DAY, "fasting")


def test_a_copy_of_a_day_holds_nothing_of_another_person(ada):
    entry_of(make_profile(), make_food())

    assert writing.copy_day(ada.profile, DAY, NEXT) is None


# --- a form sent twice


@pytest.mark.parametrize("mass_g", [100, 200], ids=["nothing changed", "changed"])
def test_a_change_keeps_its_key(ada, mass_g):
    food, once = make_food(), uuid4()
    entry = entry_of(ada.profile, food)
    replacement = writing.build_entry(ada.profile, DAY, "lunch", food, mass_g)

    writing.change(entry, replacement, once=once)

    assert is_posted(ada.profile.pk, once)


def test_a_change_to_the_same_values_is_no_step(ada):
    entry = entry_of(ada.profile, make_food())

    assert writing.change(entry, Entry.objects.get()) is None


def test_a_deletion_keeps_its_key(ada):
    once = uuid4()
    writing.delete(entry_of(ada.profile, make_food()), once=once)

    assert is_posted(ada.profile.pk, once)


@pytest.mark.parametrize("clock", [None, time(13)], ids=["nothing changed", "changed"])
def test_a_time_sent_twice_is_set_once(ada, clock):
    once = uuid4()
    entry_of(ada.profile, make_food())
    writing.set_clock(ada.profile, DAY, "lunch", clock, once=once)

    with pytest.raises(AlreadyPosted):
        writing.set_clock(ada.profile, DAY, "lunch", time(14), once=once)


@pytest.mark.parametrize("status", ["", "complete"], ids=["nothing changed", "changed"])
def test_a_mark_sent_twice_is_made_once(ada, status):
    once = uuid4()
    writing.mark_day(ada.profile, DAY, status, once=once)

    with pytest.raises(AlreadyPosted):
        writing.mark_day(ada.profile, DAY, "partial", once=once)


# --- copies


def test_a_day_is_not_copied_onto_entries(ada):
    entry_of(ada.profile, make_food())
    writing.log(writing.build_entry(ada.profile, NEXT, "dinner", make_food(), 100))

    with pytest.raises(writing.NotEmpty):
        writing.copy_day(ada.profile, DAY, NEXT)
    assert ada.profile.entries.on_day(NEXT).count() == 1


def test_one_meal_is_copied_to_a_day_with_another_meal(ada):
    entry_of(ada.profile, make_food())
    writing.log(writing.build_entry(ada.profile, DAY, "snack", make_food(), 100))
    writing.log(writing.build_entry(ada.profile, NEXT, "dinner", make_food(), 100))

    writing.copy_day(ada.profile, DAY, NEXT, slot="lunch")

    slots = ada.profile.entries.on_day(NEXT).as_eaten().values_list("slot", flat=True)
    assert list(slots) == ["lunch", "dinner"]


def test_copies_are_in_the_order_they_were_eaten_in(ada):
    for hour in (14, 12, 13):
        entry_of(ada.profile, make_food(str(hour)), clock=time(hour))

    writing.copy(ada.profile.entries.on_day(DAY), NEXT)

    copies = ada.profile.entries.on_day(NEXT).order_by("pk").values_list("name", flat=True)
    assert list(copies) == ["12", "13", "14"]


def test_a_copy_was_logged_when_it_was_copied(ada):
    original = entry_of(ada.profile, make_food())

    writing.copy(ada.profile.entries.on_day(DAY), NEXT)

    assert ada.profile.entries.get(day=NEXT).created_at > original.created_at


def test_the_step_of_a_copy_remembers_its_day_and_how_many(ada):
    for _n in range(2):
        entry_of(ada.profile, make_food())

    step = writing.copy_day(ada.profile, DAY, NEXT)

    assert (step.kind, step.day, step.about) == ("copied", NEXT, {"count": 2})


# --- what the page showed


@pytest.mark.parametrize(
    ("clocks", "text"),
    [
        ([], ""),
        ([None], ""),
        ([time(9, 5)], "09:05"),
        ([time(13, 5), time(12), time(13, 5)], "12:00,13:05"),
        ([time(13, 5), None], ",13:05"),
    ],
)
def test_the_times_of_a_meal_are_written_in_order_and_once(clocks, text):
    assert writing.clocks_text(clocks) == text


def test_a_time_that_was_changed_meanwhile_is_not_replaced(ada):
    entry_of(ada.profile, make_food(), clock=time(13, 5))

    with pytest.raises(writing.ChangedMeanwhile) as refused:
        writing.set_clock(ada.profile, DAY, "lunch", time(14), seen="")
    assert refused.value.stored == "13:05"
    assert Entry.objects.get().clock == time(13, 5)


def test_a_time_that_is_as_the_page_showed_it_is_replaced(ada):
    entry_of(ada.profile, make_food(), clock=time(13, 5))

    assert writing.set_clock(ada.profile, DAY, "lunch", time(14), seen="13:05")


def test_a_mark_that_was_changed_meanwhile_is_not_replaced(ada):
    writing.mark_day(ada.profile, DAY, "complete")

    with pytest.raises(writing.ChangedMeanwhile) as refused:
        writing.mark_day(ada.profile, DAY, "partial", seen="")
    assert (refused.value.stored, mark_of(ada.profile)) == ("complete", "complete")


def test_a_day_with_food_is_no_fasting_day(ada):
    for source_class in ("fortified_food", "fortified_food", "supplement"):
        entry_of(ada.profile, make_food(source_class=source_class))

    with pytest.raises(writing.NotFasting) as refused:
        writing.mark_day(ada.profile, DAY, "fasting")
    assert (refused.value.count, mark_of(ada.profile)) == (2, "")


# --- quick adds


@pytest.mark.parametrize(
    ("kind", "free_ug", "food_ug"),
    [({}, 0, 2.5), ({"is_added": True}, 2.5, 0), ({"is_supplement": True}, 2.5, 0)],
)
def test_only_added_b12_is_free(kind, free_ug, food_ug):
    entry = writing.build_quick_entry(None, DAY, "lunch", 2.5, **kind)

    assert (entry.free_ug, entry.food_ug) == (free_ug, food_ug)


def test_a_quick_add_keeps_its_meal_and_time():
    entry = writing.build_quick_entry(None, DAY, "dinner", 2.5, clock=time(19))

    assert (entry.slot_order, entry.clock) == (ORDER[Slot.DINNER], time(19))
