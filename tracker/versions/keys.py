"""Idempotency keys: a form takes effect once, however often it is sent."""

from uuid import UUID, uuid5

from django import forms
from django.http import HttpRequest

NOT_CONTENT = ("csrfmiddlewaretoken", "client_uuid", "q")


def key_of(request: HttpRequest, client_uuid: UUID | None) -> UUID | None:
    """Return the key of a posted form: that of its page, combined with the content.

    Without scripts a page has one key for all its buttons, so the content distinguishes them.
    """
    if client_uuid is None:
        return None
    content = sorted(
        (name, value)
        for name, values in request.POST.lists()
        if name not in NOT_CONTENT
        for value in values
    )
    return uuid5(client_uuid, repr((request.path, content)))


class KeyForm(forms.Form):
    """A form that takes effect once, however often it is sent."""

    client_uuid = forms.UUIDField(required=False, widget=forms.HiddenInput)


def posted_key(request: HttpRequest) -> UUID | None:
    """Return the key of a form that has no other field, or is read later."""
    form = KeyForm(request.POST)
    return key_of(request, form.cleaned_data["client_uuid"]) if form.is_valid() else None
