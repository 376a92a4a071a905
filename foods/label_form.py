"""The form for adding a food from its package."""

import re
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from foods.barcodes.forms import GtinField
from foods.barcodes.gtin import as_printed
from foods.kinds import Diet, SourceClass
from foods.label import (
    MOST_PIECES,
    MOST_UG_PER_100G,
    MOST_UG_PER_UNIT,
    PERCENT,
    PERCENT_EU,
    PERCENT_US,
    PLAUSIBLE_UG_PER_100G,
    LabelStatement,
    LabelUnit,
    Per,
    ServingUnit,
    read_amount,
)
from foods.own_foods import ADDED, NATURAL, NOT_SAID, Draft
from tracker.fields.names import NameField
from tracker.numbers.amounts import AmountField, plain, two_digits
from tracker.numbers.reading import AmbiguousNumber
from tracker.versions.forms import VersionedForm

MOST_IN_A_SERVING = 2000
_THOUSANDS = re.compile(r"[1-9]\d{0,2}\.\d{2}0(?![\d.,])")
"""1.500 is one thousand five hundred to some and one and a half to others; tablets have both."""


class LabelAmountField(forms.CharField):
    """ "2,5", "0.0025 mg" or "40 %": cleans to (number, unit), or None if empty."""

    def clean(self, value: Any) -> tuple[float, str] | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            if found := _THOUSANDS.match(text):
                raise AmbiguousNumber(found[0])
            number, unit = read_amount(text)
        except AmbiguousNumber as error:
            raise ValidationError(error.advice, code="thousands") from None
        except ValueError:
            raise ValidationError(
                _("Enter an amount such as 2.5 or 2,5. You can add µg, mg, g or %."), code="amount"
            ) from None
        if number < 0:
            raise ValidationError(_("An amount cannot be less than 0."), code="negative")
        return number, unit


NAMED_ALIKE = _(
    "You already have a food with this name. Edit that one, or give this one a different name."
)


HOW_MUCH = _("How much is “%(word)s”, in g or ml?")
NO_INJECTION = _(
    "An injection is not swallowed, so it cannot be a food of your own. To note one, type "
    "“injection” into the food box."
)
_INJECTED = re.compile(
    r"\b(?:injections?|injectables?|injected|ampoules?|ampules?)\b", re.IGNORECASE
)


class LabelForm(VersionedForm):
    """A food as its package describes it. Returns a Draft and saves nothing."""

    name = NameField(
        label=_("Name"),
        max_length=250,
        error_messages={"required": _("Give the food a name.")},
    )
    brand = NameField(label=_("Brand, if any"), required=False, max_length=120)
    source_class = forms.ChoiceField(label=_("What is it?"), choices=SourceClass)
    origin = forms.ChoiceField(
        label=_("Was the B12 added?"),
        choices=[
            (NOT_SAID, _("The label does not say")),
            (ADDED, _("Yes, the food is fortified")),
            (NATURAL, _("No, it occurs naturally in the food")),
        ],
        help_text=_(
            "Added B12 is in the list of ingredients, as vitamin B12 or cyanocobalamin. The B12 "
            "that occurs naturally in plants, seaweed and fermented foods is unproven or "
            "inactive, so it is shown but not counted."
        ),
    )
    # No default: otherwise a food could be called vegan, or meat, without anybody having said so.
    diet = forms.ChoiceField(
        label=_("Diet"),
        choices=[("", _("Choose")), *Diet.choices],
        error_messages={
            "required": _(
                "Choose the diet it fits. If you do not know, choose “contains meat, or not known”."
            )
        },
    )
    amount = LabelAmountField(
        label=_("B12 on the label"),
        required=False,
        max_length=30,
        help_text=_("Leave it empty if B12 is not mentioned: that is “not known”, not 0."),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    unit = forms.ChoiceField(label=_("Stated in"), choices=LabelUnit, initial=LabelUnit.UG)
    per = forms.ChoiceField(label=_("For how much"), choices=Per, initial=Per.G100)
    serving_size = AmountField(
        label=_("Serving"),
        required=False,
        minimum=0.1,
        maximum=MOST_IN_A_SERVING,
    )
    serving_unit = forms.ChoiceField(label=_("Unit"), choices=ServingUnit, initial=ServingUnit.G)
    serving_word = NameField(
        label=_("Also called"),
        required=False,
        max_length=60,
        help_text=_("In your own words: glass, slice, 2 biscuits."),
    )
    gtin = GtinField(
        label=_("Barcode (optional)"),
        required=False,
        help_text=_("So that you can find the food by its number next time."),
    )
    confirm = forms.BooleanField(required=False, label=_("The label really says that"))
    again = forms.BooleanField(required=False, label=_("I want a second food with this name"))
    client_uuid = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asks_to_confirm = self.asks_about_name = False

    def ask_about_name(self) -> None:
        """Ask before saving a second food with this name, as Back and Save may do by mistake."""
        self.asks_about_name = True
        self.add_error("name", NAMED_ALIKE)

    def problems(self) -> list[tuple[str, str, str]]:
        """Return id, question and error of each wrong answer, for the summary at the top."""
        questions = {"confirm": self.fields["amount"].label}
        return [
            (field.auto_id, str(questions.get(field.name, field.label)), str(error))
            for field in self
            for error in field.errors
        ]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        is_supplement = values.get("source_class") == SourceClass.SUPPLEMENT
        if is_supplement and _INJECTED.search(values.get("name", "")):
            self.add_error("name", NO_INJECTION)
        if not {"source_class", "origin"} & set(self.errors):
            self._check_origin(values)
        if not self.errors:
            self._check_serving(values)
        if not self.errors:
            values["statement"] = self._statement(values)
        if not self.errors:
            self._check_plausible(values)
        return values

    def _check_origin(self, values: dict[str, Any]) -> None:
        if values["source_class"] == SourceClass.FORTIFIED_FOOD and values["origin"] == NATURAL:
            self.add_error(
                "origin",
                _("A fortified food has its B12 added. Choose that, or another kind of food."),
            )

    def _check_serving(self, values: dict[str, Any]) -> None:
        is_supplement = values["source_class"] == SourceClass.SUPPLEMENT
        in_pieces = values["serving_unit"] == ServingUnit.PIECE
        if in_pieces and not (is_supplement and values["per"] == Per.SERVING):
            self.add_error(
                "serving_unit",
                _(
                    "Only supplements are counted in pieces, and only per serving. Enter g or ml "
                    "instead."
                ),
            )
        elif in_pieces and (values["serving_size"] or 1) > MOST_PIECES:
            self.add_error("serving_size", _("That is more than anyone takes at once."))
        elif in_pieces and values["serving_size"] is None:
            values["serving_size"] = 1.0
        elif values["per"] == Per.SERVING and values["serving_size"] is None:
            self.add_error("serving_size", _("How much is one serving, in g or ml?"))
        elif values["serving_word"] and values["serving_size"] is None:
            error = ValidationError(HOW_MUCH, code="size", params={"word": values["serving_word"]})
            self.add_error("serving_size", error)

    def _statement(self, values: dict[str, Any]) -> LabelStatement | None:
        number, typed_unit = values["amount"] or (None, "")
        unit = values["unit"]
        # The unit typed beside the number takes precedence.
        if typed_unit == "µg":
            unit = LabelUnit.UG
        elif typed_unit == PERCENT_EU:
            unit = LabelUnit.PERCENT_EU
        elif typed_unit == PERCENT_US and unit == LabelUnit.PERCENT_EU:
            self.add_error("unit", _("“DV” is used on US labels. Choose % of 2.4 µg or % of 6 µg."))
        elif typed_unit in (PERCENT, PERCENT_US) and unit == LabelUnit.UG:
            self.add_error("unit", _("Of how many µg is it a percentage? Choose it here."))
        return LabelStatement(
            number,
            unit,
            values["per"],
            values["serving_size"],
            values["serving_unit"],
            values["serving_word"],
        )

    def _check_plausible(self, values: dict[str, Any]) -> None:
        """Refuse what is impossible, and query what is implausible: usually mg instead of µg."""
        statement = values["statement"]
        per_100g = statement.b12_ug_per_100g
        if per_100g is None:
            return
        if statement.is_in_pieces:
            if per_100g / 100 > MOST_UG_PER_UNIT:
                self.add_error("amount", _("No single piece contains that much. Check the unit."))
        elif values["source_class"] == SourceClass.SUPPLEMENT and statement.per == Per.SERVING:
            # Drops and powders are nearly all B12: 5000 µg in 1 ml, 1000 µg in 0.2 g.
            if (statement.amount_ug or 0) > MOST_UG_PER_UNIT:
                self.add_error("amount", _("No serving contains that much. Check the unit."))
        elif per_100g > MOST_UG_PER_100G:
            self.add_error("amount", _("No food contains that much. Check the unit."))
        elif per_100g > PLAUSIBLE_UG_PER_100G and not values["confirm"]:
            self.asks_to_confirm = True
            self.add_error(
                "confirm",
                _(
                    "That is %(amount)s µg in 100 g or 100 ml: more than any food in the "
                    "published tables. Check the unit again: 1 mg is 1000 µg."
                )
                % {"amount": two_digits(per_100g)},
            )

    def draft(self) -> Draft:
        """Return the described food. Call it only after ``is_valid()``."""
        values = self.cleaned_data
        return Draft(
            name=values["name"],
            statement=values["statement"],
            brand=values["brand"],
            gtin=values["gtin"],
            source_class=values["source_class"],
            origin=values["origin"],
            diet=values["diet"],
        )


def initial_of(draft: Draft) -> dict[str, Any]:
    """Return a described food as initial values for the form."""
    said = draft.statement
    return {
        "name": draft.name,
        "brand": draft.brand,
        "source_class": draft.source_class,
        "origin": draft.origin,
        "diet": draft.diet,
        "amount": "" if said.amount is None else plain(said.amount),
        "unit": said.unit,
        "per": said.per,
        "serving_size": "" if said.serving_size is None else plain(said.serving_size),
        "serving_unit": said.serving_unit,
        "serving_word": said.serving_word,
        "gtin": as_printed(draft.gtin) if draft.gtin else "",
    }


def fresh_initial(*, name: str = "", gtin: str = "") -> dict[str, Any]:
    return {
        "name": name,
        "gtin": as_printed(gtin) if gtin else "",
        "source_class": SourceClass.FORTIFIED_FOOD,
        "client_uuid": uuid4(),
    }
