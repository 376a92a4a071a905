"""All input of the diary. A form returns domain types and saves nothing."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from foods.models import Food
from tracker.accounts.models import User
from tracker.diary.measures import (
    KEPT,
    MAX_AMOUNT,
    MAX_MASS_G,
    MAX_QUICK_UG,
    MIN_AMOUNT,
    Kept,
    quantity_of,
    unit_choices,
    weigh,
)
from tracker.diary.models import DayStatus, Entry
from tracker.diary.picks import is_as_shown, pick_again, pick_food, unpack
from tracker.diary.quantity import Quantity
from tracker.diary.slots import Slot
from tracker.fields.choices import set_choices
from tracker.fields.names import NameField
from tracker.numbers.amounts import AmountField, micrograms
from tracker.versions.forms import VersionedForm
from tracker.versions.keys import KeyForm

QUICK_KINDS = ("food", "added", "supplement")

NO_FOOD = _("Choose a food from the list first.")
ROW_GONE = _("The entry that this row repeats was deleted, so nothing was logged.")
ROW_CHANGED = _(
    "This was changed since the row was shown. It is now %(amount)s, B12: %(b12)s. "
    "Nothing was logged yet."
)
NOT_A_FOOD = dict.fromkeys(("invalid", "min_value", "max_value", "max_length"), NO_FOOD)
NOT_A_MEAL = dict.fromkeys(
    ("required", "invalid_choice"), _("Choose one of the meals in the list.")
)
NOT_A_MEASURE = dict.fromkeys(
    ("required", "invalid_choice"), _("Choose one of the measures in the list.")
)


class SlotForm(forms.Form):
    """Which meal, and its time if the person gives one."""

    slot = forms.ChoiceField(label=_("Meal"), choices=Slot.choices, error_messages=NOT_A_MEAL)
    clock = forms.TimeField(
        label=_("Time"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )


class LogForm(SlotForm):
    """One food to log: from a suggestion row (``pick``), or by food, amount and unit.

    ``pick_now`` is the row's current value if its entry was changed after it was shown.
    """

    pick_now = ""

    food = forms.IntegerField(
        required=False, min_value=1, max_value=2**62, error_messages=NOT_A_FOOD
    )
    again = forms.IntegerField(
        required=False, min_value=1, max_value=2**62, error_messages=NOT_A_FOOD
    )
    shown = forms.CharField(required=False, max_length=60, error_messages=NOT_A_FOOD)
    amount = AmountField(label=_("Amount"), required=False, minimum=MIN_AMOUNT, maximum=MAX_AMOUNT)
    unit = forms.CharField(required=False, max_length=20)
    quick_ug = AmountField(
        label=_("B12"), required=False, minimum=0, maximum=MAX_QUICK_UG, unit="µg"
    )
    quick_kind = forms.ChoiceField(required=False, choices=[(kind, kind) for kind in QUICK_KINDS])
    client_uuid = forms.UUIDField(required=False)
    pick = forms.CharField(required=False, max_length=120, error_messages=NOT_A_FOOD)
    q = forms.CharField(required=False, max_length=10_000)

    def __init__(self, data: QueryDict, *, profile: Any, account: User) -> None:
        data = data.copy()
        data.update(unpack(data.get("pick", "")))
        super().__init__(data)
        self.profile, self.account = profile, account

    def clean_pick(self) -> str:
        pick: str = self.cleaned_data["pick"]
        if pick and not unpack(pick):
            raise ValidationError(NO_FOOD, code="no-food")
        return pick

    def clean(self) -> dict[str, Any]:
        super().clean()
        values = self.cleaned_data
        if self.errors:
            return values
        if values["quick_ug"] is not None:
            return values
        found = self._again() if values["again"] else self._food()
        self._check_shown(**found)
        return values | found

    def _food(self) -> dict[str, Any]:
        values = self.cleaned_data
        food = self._visible(values["food"])
        amount = 1.0 if values["amount"] is None else values["amount"]
        return {
            "food": food,
            "mass_g": weigh(food, amount, values["unit"]),
            "quantity": quantity_of(food, amount, values["unit"]),
        }

    def _again(self) -> dict[str, Any]:
        """Return the food and amount of one of this person's entries, with today's values."""
        entry = Entry.objects.filter(profile=self.profile, pk=self.cleaned_data["again"]).first()
        if entry is None or entry.mass_g is None:
            raise ValidationError(ROW_GONE, code="row-gone")
        food = self._visible(entry.food_id)
        return {"food": food, "mass_g": entry.mass_g, "quantity": entry.quantity}

    def _check_shown(self, food: Food, mass_g: float, quantity: Quantity) -> None:
        """Refuse to log anything but what the row showed: a label or entry may have changed."""
        values, b12_ug = self.cleaned_data, food.b12_ug(mass_g)
        if is_as_shown(values["shown"], mass_g, b12_ug):
            return
        if values["again"]:
            self.pick_now = pick_again(values["again"], mass_g, b12_ug)
        else:
            self.pick_now = pick_food(food.pk, values["amount"], values["unit"], mass_g, b12_ug)
        said = {
            "amount": quantity.said,
            "b12": _("not counted") if food.is_unreliable else micrograms(b12_ug),
        }
        raise ValidationError(ROW_CHANGED, code="row-changed", params=said)

    def _visible(self, pk: int | None) -> Food:
        foods = Food.objects.visible_to(self.account).filter(retired_at=None)
        known = foods.select_related("source").prefetch_related("portions")
        food = known.filter(pk=pk).first() if pk is not None else None
        if food is None:
            message = NO_FOOD
            if pk is not None:
                message = _("That food is no longer in the catalogue. Choose another one.")
            raise ValidationError(message, code="no-food")
        return food


class MeasuredForm(VersionedForm):
    """How much of a food: in its measures, or in the one it was logged in (``kept``)."""

    amount = AmountField(label=_("Amount"), minimum=MIN_AMOUNT, maximum=MAX_AMOUNT)
    unit = forms.ChoiceField(label=_("Measure"), error_messages=NOT_A_MEASURE)

    def __init__(self, *args: Any, food: Food, kept: Kept | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.food, self.kept = food, kept
        set_choices(self, "unit", [*([kept.choice(food)] if kept else []), *unit_choices(food)])

    def clean(self) -> dict[str, Any]:
        super().clean()
        values = self.cleaned_data
        if "amount" in values and "unit" in values:
            try:
                values |= self._measured(values["amount"], values["unit"])
            except ValidationError as error:
                self.add_error("amount", error)  # this also removes the amount from cleaned_data
        return values

    def _measured(self, amount: float, unit: str) -> dict[str, Any]:
        if self.kept and unit == KEPT:
            mass_g = self.kept.weigh(self.food, amount)
            return {"mass_g": mass_g, "quantity": Quantity(amount, self.kept.unit)}
        mass_g = weigh(self.food, amount, unit)
        return {"mass_g": mass_g, "quantity": quantity_of(self.food, amount, unit)}


class EntryForm(MeasuredForm, KeyForm, SlotForm):
    """Change an entry's amount, time and meal."""

    field_order = ["amount", "unit", "slot", "clock"]


class MassEntryForm(VersionedForm, KeyForm, SlotForm):
    """Change the weight of an entry whose food is no longer in the catalogue."""

    amount = AmountField(label=_("Weight in g"), minimum=0.01, maximum=MAX_MASS_G, unit="g")
    field_order = ["amount", "slot", "clock"]


class QuickEntryForm(VersionedForm, KeyForm, SlotForm):
    """Change an amount of B12 that was entered by hand."""

    name = NameField(label=_("What was it?"), required=False, max_length=120)
    b12_ug = AmountField(label=_("B12 in µg"), minimum=0, maximum=MAX_QUICK_UG, unit="µg")
    kind = forms.ChoiceField(
        label=_("Where was it from?"),
        choices=[
            ("food", _("Animal food (bound to protein)")),
            ("added", _("Fortified food (added B12)")),
            ("supplement", _("Supplement")),
        ],
    )
    field_order = ["name", "b12_ug", "kind", "slot", "clock"]


class CopyForm(forms.Form):
    from_day = forms.DateField(input_formats=["%Y-%m-%d"])
    slot = forms.ChoiceField(
        required=False, choices=[("", ""), *Slot.choices], error_messages=NOT_A_MEAL
    )
    client_uuid = forms.UUIDField(required=False)


NOT_MARKED = "open"
"""The value with which a page says that the day was not marked."""


class MarkForm(KeyForm):
    """How a person marks a whole day; ``seen`` is the mark that the page showed."""

    status = forms.ChoiceField(required=False, choices=DayStatus.choices)
    seen = forms.ChoiceField(
        required=False,
        choices=[(NOT_MARKED, NOT_MARKED), *((status, status) for status in DayStatus.values)],
    )

    def clean_seen(self) -> str | None:
        seen = self.cleaned_data["seen"]
        return {"": None, NOT_MARKED: DayStatus.OPEN.value}.get(seen, seen)


class ClockForm(KeyForm, SlotForm):
    """When a meal was eaten; ``seen_lunch`` etc. are the times that the page showed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for slot in Slot.values:
            self.fields[f"seen_{slot}"] = forms.CharField(required=False, max_length=2000)

    def seen(self) -> str | None:
        """Return the times that the page showed for the meal, as text; None if not sent."""
        name = f"seen_{self.cleaned_data['slot']}"
        return self.cleaned_data[name] if name in self.data else None
