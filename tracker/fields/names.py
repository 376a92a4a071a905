"""The field for names: of a food, a brand, a recipe or a measure."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tracker.fields.naming import tidy, turns_text_round


class TypedField(forms.CharField):
    """A search text, without invisible characters."""

    def to_python(self, value: Any) -> str:
        return tidy(super().to_python(value) or "")


class NameField(forms.CharField):
    """A text on one line without invisible characters; if nothing visible is left, it is empty."""

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
