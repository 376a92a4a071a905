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
"""As diaries call them; a food may be logged at any."""


class SearchForm(forms.Form):
    q = TypedField(required=False, max_length=200, label=_("Food"))
    fits = forms.BooleanField(required=False, label=_("Fits my diet"))
    fortified = forms.BooleanField(required=False, label=_("Fortified"))
    mine = forms.BooleanField(required=False, label=_("Mine"))


class LogFromForm(forms.Form):
    """Where a food page's "log it" goes; anything odd falls back to today and no meal."""

    day = forms.DateField(required=False, input_formats=["%Y-%m-%d"])
    slot = forms.ChoiceField(required=False, choices=[("", ""), *MEALS])


class BeginForm(forms.Form):
    """What the form for a food of one's own may begin with."""

    name = NameField(required=False, max_length=250)
    code = forms.CharField(required=False, max_length=40)
    like = forms.IntegerField(required=False, min_value=1, max_value=2**62)
