"""The choices of a field, if they are known only when its form is created."""

from collections.abc import Iterable

from django import forms


def set_choices(form: forms.Form, name: str, choices: Iterable[tuple[str, str]]) -> None:
    """Set the choices of a form field: values with their labels."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)
