"""What a field offers, where that is known only once its form is made."""

from collections.abc import Iterable

from django import forms


def set_choices(form: forms.Form, name: str, choices: Iterable[tuple[str, str]]) -> None:
    """Let a field of a form offer these values, each with its label."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)
