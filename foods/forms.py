"""Input of the catalogue's pages."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tracker.fields.names import NameField, TypedField

MEALS = (
    ("breakfast", _("Breakfast")),
    ("lunch", _("Lunch")),
    ("dinner", _("Dinner")),
    ("snack", _("Snacks and supplements")),
)
"""The names that diaries use; a food may be logged at any of them."""


class SearchForm(forms.Form):
    q = TypedField(required=False, max_length=200, label=_("Food"))
    fits = forms.BooleanField(required=False, label=_("Fits my diet"))
    fortified = forms.BooleanField(required=False, label=_("Fortified"))
    mine = forms.BooleanField(required=False, label=_("Mine"))


class LogFromForm(forms.Form):
    """Where "Log it" on a food's page logs to; invalid values fall back to today and no meal."""

    day = forms.DateField(required=False, input_formats=["%Y-%m-%d"])
    slot = forms.ChoiceField(required=False, choices=[("", ""), *MEALS])


class BeginForm(forms.Form):
    """What the form for an own food may be pre-filled with."""

    name = NameField(required=False, max_length=250)
    code = forms.CharField(required=False, max_length=40)
    like = forms.IntegerField(required=False, min_value=1, max_value=2**62)
