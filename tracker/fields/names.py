"""The field for whatever a person calls a thing: a food, a brand, a recipe, a measure."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tracker.fields.naming import tidy, turns_text_round


class TypedField(forms.CharField):
    """A text to be looked for: what nobody sees in it is no part of it."""

    def to_python(self, value: Any) -> str:
        return tidy(super().to_python(value) or "")


class NameField(forms.CharField):
    """A text on one line without unseen characters; what nobody could see counts as empty."""

    default_error_messages = {
        "required": _("Give it a name."),
        "turned": _(
            "This contains a character that reverses the direction of the text. Type it again by "
            "hand."
        ),
    }

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        if turns_text_round(text):
            raise ValidationError(self.error_messages["turned"], code="turned")
        return tidy(text)
