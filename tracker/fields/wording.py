"""Form errors in this project's words, including those of allauth's forms.

A field that knows more (its unit, its list) has its own ``error_messages``.
"""

from typing import Any

from django import forms
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core import validators
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

DAMAGED = _("Part of this form is damaged. Reload the page and try again.")
NOT_A_WHOLE_NUMBER = _("Enter a whole number, without a point or comma.")
NOT_A_DATE = _("Enter a date as year-month-day, like 2026-03-02.")
NOT_IN_THE_LIST = _("Choose one from the list.")
TOO_LONG = ngettext_lazy(
    "Use at most %(limit_value)d character. This has %(show_value)d.",
    "Use at most %(limit_value)d characters. This has %(show_value)d.",
    "limit_value",
)
TOO_SHORT = ngettext_lazy(
    "Use at least %(limit_value)d character. This has %(show_value)d.",
    "Use at least %(limit_value)d characters. This has %(show_value)d.",
    "limit_value",
)
TOO_SMALL = _("Enter %(limit_value)s or more.")
TOO_LARGE = _("Enter %(limit_value)s or less.")
NOT_A_NAME = _("Use only letters, digits and the characters @ . + - _, without spaces.")

MESSAGES: dict[type[forms.Field], dict[str, Any]] = {
    forms.Field: {
        "required": _("Fill this in. It cannot be empty."),
        "max_length": TOO_LONG,
        "min_length": TOO_SHORT,
        "min_value": TOO_SMALL,
        "max_value": TOO_LARGE,
        "step_size": _("Enter a multiple of %(limit_value)s."),
        "null_characters_not_allowed": _("This contains an invisible character. Type it again."),
    },
    forms.IntegerField: {"invalid": NOT_A_WHOLE_NUMBER},
    forms.FloatField: {"invalid": _("Enter a number, like 1.5 or 1,5.")},
    forms.DecimalField: {"invalid": _("Enter a number, like 1.5 or 1,5.")},
    forms.DateField: {"required": NOT_A_DATE, "invalid": NOT_A_DATE},
    forms.TimeField: {"invalid": _("Enter a time, like 8:30 or 20:15.")},
    forms.DateTimeField: {"invalid": _("Enter a day and a time, like 2026-03-02 20:15.")},
    forms.EmailField: {"invalid": _("Enter an e-mail address, like ada@example.org.")},
    forms.BooleanField: {"required": _("Tick the box to continue.")},
    forms.ChoiceField: {"required": NOT_IN_THE_LIST, "invalid_choice": NOT_IN_THE_LIST},
    forms.MultipleChoiceField: {
        "invalid_choice": NOT_IN_THE_LIST,
        "invalid_list": NOT_IN_THE_LIST,
    },
    forms.ModelChoiceField: {"invalid_choice": NOT_IN_THE_LIST},
    forms.UUIDField: {"required": DAMAGED, "invalid": DAMAGED},
    forms.JSONField: {"invalid": DAMAGED},
}
VALIDATORS: dict[type[Any], Any] = {
    validators.MaxLengthValidator: TOO_LONG,
    validators.MinLengthValidator: TOO_SHORT,
    validators.MinValueValidator: TOO_SMALL,
    validators.MaxValueValidator: TOO_LARGE,
    validators.EmailValidator: MESSAGES[forms.EmailField]["invalid"],
    UnicodeUsernameValidator: NOT_A_NAME,
}


def speak_plainly() -> None:
    """Replace Django's messages where they are defined: a base form would not affect allauth's.

    Fields copy their messages when created, so this must run before any form is imported.
    """
    for field, messages in MESSAGES.items():
        field.default_error_messages = {**vars(field).get("default_error_messages", {}), **messages}
    for validator, message in VALIDATORS.items():
        validator.message = message
