"""What each form of the diary accepts, refuses and hands on."""

import uuid
from datetime import date, time

import pytest
from django.http import QueryDict

from tests.factories import DAY, make_profile, make_user
from tracker.diary.forms import (
    ClockForm,
    CopyForm,
    EntryForm,
    LogForm,
    MarkForm,
    MassEntryForm,
    QuickEntryForm,
    SlotForm,
)
from tracker.diary.measures import KEPT, Kept
from tracker.diary.quantity import Quantity

KEY = "12345678-1234-5678-1234-567812345678"
QUICK = {"slot": "lunch", "b12_ug": "2.5", "kind": "food"}


def codes(form, field):
    return [error.code for error in form.errors.as_data().get(field, [])]


def posted(**fields):
    data = QueryDict(mutable=True)
    data.update({name: str(value) for name, value in fields.items()})
    return data


# --- meal and time


@pytest.mark.parametrize("slot", ["breakfast", "lunch", "dinner", "snack"])
def test_every_meal_can_be_chosen(slot):
    assert SlotForm({"slot": slot}).is_valid()


@pytest.mark.parametrize("slot", ["", "brunch", "Lunch"])
def test_any_other_meal_is_refused_in_words(slot):
    assert SlotForm({"slot": slot}).errors["slot"] == ["Choose one of the meals in the list."]


@pytest.mark.parametrize(
    ("text", "clock"),
    [("", None), ("00:00", time(0)), ("23:59", time(23, 59)), ("7:05", time(7, 5))],
)
def test_a_time_may_be_given(text, clock):
    form = SlotForm({"slot": "lunch", "clock": text})

    assert form.is_valid()
    assert form.cleaned_data["clock"] == clock


@pytest.mark.parametrize("text", ["24:00", "12:60", "noon", "-1:00"])
def test_a_time_that_no_clock_shows_is_refused(text):
    assert codes(SlotForm({"slot": "lunch", "clock": text}), "clock") == ["invalid"]


# --- one food


@pytest.fixture
def milk(make_food):
    return make_food(b12_ug_per_100g=0.5)


@pytest.fixture
def log_form(ada):
    def make(**fields):
        return LogForm(posted(**{"slot": "lunch"} | fields), profile=ada.profile, account=ada)

    return make


def test_a_food_with_amount_and_unit_is_weighed(log_form, milk):
    form = log_form(food=milk.pk, amount="1,5", unit="p0")

    assert form.is_valid()
    assert form.cleaned_data["food"] == milk
    assert form.cleaned_data["mass_g"] == 360
    assert form.cleaned_data["quantity"] == Quantity(1.5, "1 cup")


def test_a_food_without_an_amount_is_one_usual_portion(log_form, milk):
    form = log_form(food=milk.pk)

    assert form.is_valid()
    assert (form.cleaned_data["mass_g"], form.cleaned_data["quantity"].amount) == (240, 1)


@pytest.mark.parametrize(("amount", "mass_g"), [("0.01", 0.01), ("5000", 5000)])
def test_the_least_and_most_of_a_food_are_logged(log_form, milk, amount, mass_g):
    form = log_form(food=milk.pk, amount=amount, unit="g")

    assert form.is_valid()
    assert form.cleaned_data["mass_g"] == mass_g


@pytest.mark.parametrize(
    ("amount", "code"),
    [("0", "bounds"), ("0.0099", "bounds"), ("9999.1", "bounds"), ("-1", "bounds"),
     ("two", "number"), ("nan", "number"), ("inf", "number"), ("1e3", "number"),
     ("1,000", "thousands"), ("9" * 21, "max_length")],
)  # fmt: skip
def test_an_amount_that_is_no_amount_is_refused(log_form, milk, amount, code):
    assert codes(log_form(food=milk.pk, amount=amount, unit="g"), "amount") == [code]


def test_more_than_anybody_eats_at_once_is_refused(log_form, milk):
    assert codes(log_form(food=milk.pk, amount="5000.1", unit="g"), "__all__") == ["absurd"]


@pytest.mark.parametrize("unit", ["slice", "p1", "p9999", "p-1", "pp", KEPT])
def test_a_measure_that_the_food_does_not_have_is_refused(log_form, milk, unit):
    assert codes(log_form(food=milk.pk, amount="1", unit=unit), "__all__") == ["unit"]


def test_a_row_without_a_food_is_refused(log_form):
    form = log_form(amount="2", unit="g")

    assert form.non_field_errors() == ["Choose a food from the list first."]


@pytest.mark.parametrize("food", ["0", "-1", str(2**62 + 1), "milk", "1.5"])
def test_a_food_that_is_no_number_of_one_is_refused_in_words(log_form, food):
    assert log_form(food=food).errors["food"] == ["Choose a food from the list first."]


def test_a_food_that_does_not_exist_is_refused(log_form):
    assert log_form(food=2**62).non_field_errors() == [
        "That food is no longer in the catalogue. Choose another one."
    ]


def test_a_retired_food_is_refused(log_form, make_food):
    food = make_food(retired_at="2026-01-01T00:00Z")

    assert codes(log_form(food=food.pk), "__all__") == ["no-food"]


def test_the_own_food_of_another_person_is_refused(log_form, make_food):
    food = make_food(owner=make_user())

    assert codes(log_form(food=food.pk), "__all__") == ["no-food"]


def test_an_own_food_is_logged(log_form, make_food, ada):
    assert log_form(food=make_food(owner=ada).pk).is_valid()


# --- the button of a row


def test_a_button_says_food_amount_and_unit(log_form, milk):
    form = log_form(pick=f"food:{milk.pk}:2:p0")

    assert form.is_valid()
    assert (form.cleaned_data["food"], form.cleaned_data["mass_g"]) == (milk, 480)


def test_a_button_overrides_the_fields_beside_it(log_form, milk, make_food):
    form = log_form(food=make_food().pk, amount="7", unit="g", pick=f"food:{milk.pk}:2:p0")

    assert form.is_valid()
    assert (form.cleaned_data["food"], form.cleaned_data["mass_g"]) == (milk, 480)


@pytest.mark.parametrize("pick", ["nonsense", "food:1", "ask:food:1:2:g", "x" * 121])
def test_a_button_with_another_value_is_refused_in_words(log_form, pick):
    assert log_form(pick=pick).errors["pick"] == ["Choose a food from the list first."]


def test_a_button_of_micrograms_needs_no_food(log_form):
    form = log_form(pick="ug:2.5:added")

    assert form.is_valid()
    assert (form.cleaned_data["quick_ug"], form.cleaned_data["quick_kind"]) == (2.5, "added")
    assert form.cleaned_data["food"] is None


@pytest.mark.parametrize("amount", ["0", "10000"])
def test_the_least_and_most_micrograms_are_logged(log_form, amount):
    assert log_form(quick_ug=amount, quick_kind="food").is_valid()


@pytest.mark.parametrize("amount", ["-0.1", "10000.1"])
def test_micrograms_beyond_the_bounds_are_refused(log_form, amount):
    assert codes(log_form(quick_ug=amount, quick_kind="food"), "quick_ug") == ["bounds"]


def test_another_kind_of_quick_add_is_refused(log_form):
    assert codes(log_form(quick_ug="1", quick_kind="injection"), "quick_kind") == ["invalid_choice"]


def test_a_row_that_shows_what_is_true_is_logged(log_form, milk):
    assert log_form(pick=f"food:{milk.pk}:2:p0:480/2.4").is_valid()


def test_a_row_whose_food_changed_says_what_it_is_now_and_logs_nothing(log_form, milk):
    form = log_form(pick=f"food:{milk.pk}:2:p0:480/1.2")

    assert form.non_field_errors() == [
        "This was changed since the row was shown. It is now 2 cups, B12: 2.4\u00a0µg. "
        "Nothing was logged yet."
    ]
    assert form.pick_now == f"food:{milk.pk}:2:p0:480/2.4"


def test_a_row_whose_b12_is_unknown_by_now_says_so(log_form, make_food):
    food = make_food(b12_ug_per_100g=None, b12_added_ug_per_100g=None)

    form = log_form(pick=f"food:{food.pk}:2:p0:480/1.2")

    assert "B12: not known" in form.non_field_errors()[0]
    assert form.pick_now == f"food:{food.pk}:2:p0:480/"


def test_the_new_value_of_a_changed_row_is_accepted(log_form, milk):
    refused = log_form(pick=f"food:{milk.pk}:2:p0:480/1.2")
    refused.is_valid()

    assert log_form(pick=refused.pick_now).is_valid()


# --- an entry again


def test_an_entry_is_repeated_with_its_amount(log_form, milk, make_entry, ada):
    entry = make_entry(ada.profile, food=milk, mass_g=120, amount=0.5, unit="1 cup")

    form = log_form(pick=f"again:{entry.pk}")

    assert form.is_valid()
    assert form.cleaned_data["food"] == milk
    assert form.cleaned_data["mass_g"] == 120
    assert form.cleaned_data["quantity"] == Quantity(0.5, "1 cup")


def test_an_entry_of_another_person_is_not_repeated(log_form, milk, make_entry):
    entry = make_entry(make_profile(), food=milk)

    assert codes(log_form(pick=f"again:{entry.pk}"), "__all__") == ["row-gone"]


def test_an_entry_that_was_deleted_is_not_repeated(log_form):
    assert codes(log_form(pick="again:4711"), "__all__") == ["row-gone"]


def test_an_entry_without_a_weight_is_not_repeated(log_form, make_entry, ada):
    entry = make_entry(ada.profile, mass_g=None)

    assert codes(log_form(pick=f"again:{entry.pk}"), "__all__") == ["row-gone"]


def test_an_entry_whose_food_was_deleted_is_not_repeated(log_form, make_entry, ada):
    entry = make_entry(ada.profile, food=None)

    assert codes(log_form(pick=f"again:{entry.pk}"), "__all__") == ["no-food"]


def test_an_entry_that_changed_since_it_was_shown_is_offered_anew(log_form, milk, make_entry, ada):
    entry = make_entry(ada.profile, food=milk, mass_g=120)

    form = log_form(pick=f"again:{entry.pk}:240/1.2")

    assert codes(form, "__all__") == ["row-changed"]
    assert form.pick_now == f"again:{entry.pk}:120/0.6"


# --- changing an entry


def entry_form(food, kept=None, **fields):
    return EntryForm({"slot": "lunch", "amount": "2", "unit": "p0"} | fields, food=food, kept=kept)


def test_a_changed_amount_is_weighed_and_named(milk):
    form = entry_form(milk)

    assert form.is_valid()
    assert form.cleaned_data["mass_g"] == 480
    assert form.cleaned_data["quantity"] == Quantity(2, "1 cup")


def test_another_unit_of_the_food_may_be_chosen(milk):
    form = entry_form(milk, amount="0,5", unit="g")

    assert form.is_valid()
    assert (form.cleaned_data["mass_g"], form.cleaned_data["quantity"]) == (
        0.5,
        Quantity(0.5, "g"),
    )


@pytest.mark.parametrize("unit", ["", "ml", "cup", "p1", KEPT])
def test_a_measure_that_is_not_offered_is_refused_in_words(milk, unit):
    form = entry_form(milk, unit=unit)

    assert form.errors["unit"] == ["Choose one of the measures in the list."]


def test_the_kept_measure_is_offered_first(milk):
    form = entry_form(milk, Kept("mug", 300))

    assert [unit for unit, _label in form.fields["unit"].choices] == [KEPT, "p0", "g"]


def test_an_amount_in_the_kept_measure_is_weighed_by_it(milk):
    form = entry_form(milk, Kept("mug", 300), unit=KEPT)

    assert form.is_valid()
    assert form.cleaned_data["mass_g"] == 600
    assert form.cleaned_data["quantity"] == Quantity(2, "mug")


def test_another_measure_may_replace_the_kept_one(milk):
    form = entry_form(milk, Kept("mug", 300), unit="p0")

    assert form.is_valid()
    assert form.cleaned_data["mass_g"] == 480


@pytest.mark.parametrize(
    ("amount", "unit"), [("17", KEPT), ("21", "p0"), ("5000.1", "g")], ids=["kept", "cups", "g"]
)
def test_too_much_in_any_measure_is_an_error_of_the_amount(milk, amount, unit):
    form = entry_form(milk, Kept("mug", 300), amount=amount, unit=unit)

    assert codes(form, "amount") == ["absurd"]


@pytest.mark.parametrize(
    ("amount", "code"),
    [("", "required"), ("0.009", "bounds"), ("10000", "bounds"), ("x", "number")],
)
def test_an_entry_needs_an_amount_within_the_bounds(milk, amount, code):
    assert codes(entry_form(milk, amount=amount), "amount") == [code]


@pytest.mark.parametrize(
    ("amount", "code"),
    [("0.01", None), ("0.009", "bounds"), ("5000", None), ("5000.1", "bounds"), ("", "required")],
)
def test_the_weight_of_a_deleted_food_has_bounds(amount, code):
    form = MassEntryForm({"slot": "lunch", "amount": amount})

    assert codes(form, "amount") == ([code] if code else [])


def test_the_bounds_of_a_weight_are_said_with_the_unit():
    form = MassEntryForm({"slot": "lunch", "amount": "6000"})

    assert form.errors["amount"] == ["Enter a number from 0.01 to 5,000\u00a0g."]


@pytest.mark.parametrize(
    ("b12_ug", "code"),
    [("0", None), ("-0.01", "bounds"), ("10 000", None), ("10000.1", "bounds"), ("", "required"),
     ("unknown", "number")],
)  # fmt: skip
def test_b12_entered_by_hand_has_bounds(b12_ug, code):
    form = QuickEntryForm(QUICK | {"b12_ug": b12_ug})

    assert codes(form, "b12_ug") == ([code] if code else [])


@pytest.mark.parametrize("kind", ["", "injection"])
def test_b12_entered_by_hand_needs_a_known_kind(kind):
    assert "kind" in QuickEntryForm(QUICK | {"kind": kind}).errors


@pytest.mark.parametrize(("length", "is_valid"), [(0, True), (120, True), (121, False)])
def test_the_name_of_a_quick_add_may_be_left_out_and_has_a_longest_length(length, is_valid):
    assert QuickEntryForm(QUICK | {"name": "x" * length}).is_valid() == is_valid


def test_a_name_that_turns_the_text_round_is_refused():
    assert codes(QuickEntryForm(QUICK | {"name": "milk\u202e5"}), "name") == ["turned"]


def test_a_form_about_an_older_version_is_refused_once():
    stored = {"slot": "lunch", "b12_ug": "4", "kind": "food", "name": ""}
    form = QuickEntryForm(QUICK | {"seen": "another"}, initial=dict(stored))

    assert codes(form, "__all__") == ["meanwhile"]
    again = QuickEntryForm(form.data, initial=dict(stored))
    assert again.is_valid()


@pytest.mark.parametrize("form", [MassEntryForm, QuickEntryForm, MarkForm, ClockForm])
def test_the_key_of_a_form_is_read(form):
    bound = form(
        {"slot": "lunch", "amount": "5", "b12_ug": "5", "kind": "food"} | {"client_uuid": KEY}
    )

    assert bound.is_valid()
    assert bound.cleaned_data["client_uuid"] == uuid.UUID(KEY)


# --- copying, marking and timing


def test_a_whole_day_is_copied_if_no_meal_is_named():
    form = CopyForm({"from_day": "2026-03-02"})

    assert form.is_valid()
    assert (form.cleaned_data["from_day"], form.cleaned_data["slot"]) == (DAY, "")


@pytest.mark.parametrize("day", ["", "2026-02-30", "02.03.2026", "03/02/2026", "2026-03-02T00:00"])
def test_a_day_to_copy_is_written_one_way_only(day):
    assert "from_day" in CopyForm({"from_day": day}).errors


def test_a_leap_day_is_copied():
    form = CopyForm({"from_day": "2024-02-29"})

    assert form.is_valid()
    assert form.cleaned_data["from_day"] == date(2024, 2, 29)


def test_a_meal_that_does_not_exist_is_not_copied():
    assert "slot" in CopyForm({"from_day": "2026-03-02", "slot": "brunch"}).errors


@pytest.mark.parametrize(
    ("seen", "understood"),
    [("", None), ("open", ""), ("complete", "complete"), ("fasting", "fasting")],
)
def test_the_mark_that_a_page_showed_is_told_from_none_shown(seen, understood):
    form = MarkForm({"status": "partial", "seen": seen})

    assert form.is_valid()
    assert form.cleaned_data["seen"] == understood


@pytest.mark.parametrize("field", ["status", "seen"])
def test_an_unknown_mark_is_refused(field):
    assert field in MarkForm({field: "feasting"}).errors


def test_the_times_that_a_page_showed_are_those_of_the_meal():
    form = ClockForm({"slot": "lunch", "seen_lunch": ",13:05", "seen_dinner": "19:00"})

    assert form.is_valid()
    assert form.seen() == ",13:05"


def test_a_page_that_showed_no_times_is_told_from_one_that_sent_none():
    shown, not_sent = ClockForm({"slot": "lunch", "seen_lunch": ""}), ClockForm({"slot": "lunch"})
    assert shown.is_valid() and not_sent.is_valid()

    assert (shown.seen(), not_sent.seen()) == ("", None)
