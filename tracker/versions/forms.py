"""Forms that change what is stored, and notice if somebody else changed it meanwhile."""

import hashlib
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext_lazy as _

SEEN = "seen"
STORED = "stored"
"""The attribute of a field with the stored value, for templates/includes/_stored.html."""
NOT_SHOWN = (SEEN, "client_uuid")
CHANGED_MEANWHILE = _(
    "This has been changed in another window or on another device. The stored value is shown "
    "below each answer that differs. Save again to replace it with yours."
)


def version_of(values: Mapping[str, Any]) -> str:
    """Return a short hash of the values that a form shows."""
    shown = sorted((name, str(value)) for name, value in values.items() if name not in NOT_SHOWN)
    return hashlib.sha256(repr(shown).encode()).hexdigest()[:16]


def focus_first(form: forms.Form) -> None:
    """Focus the first answer that is wrong or differs, else the first one."""
    shown = form.visible_fields()
    faulty = (field for field in shown if field.errors or hasattr(field.field, STORED))
    first = next(faulty, next(iter(shown)))
    first.field.widget.attrs["autofocus"] = True


class SeenField(forms.CharField):
    """The version that a page showed. It is not an answer, so it never counts as changed."""

    widget = forms.HiddenInput

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class VersionedForm(forms.Form):
    """A form whose ``initial`` is what is stored now, read under a lock when it is posted.

    It carries the version that the person saw. If that is out of date and the answers differ from
    what is stored, the form is invalid once and shows both.
    """

    seen = SeenField(required=False, max_length=64)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.version = version_of(self.initial) if self.initial else ""
        self.initial[SEEN] = self.version

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # where Django itself looks after clean()
        seen = self.cleaned_data.pop(SEEN, "")
        if not self.errors and seen and self.version and seen != self.version:
            self._compare()

    def _compare(self) -> None:
        """Refuse answers that would overwrite what the person has not seen."""
        differing = [name for name in self.changed_data if name not in NOT_SHOWN]
        for name in differing:
            setattr(self.fields[name], STORED, self._stored_text(name))
        if differing:
            data: Any = self.data.copy() if isinstance(self.data, QueryDict) else dict(self.data)
            data[self.add_prefix(SEEN)] = self.version
            self.data = data
            self.add_error(None, ValidationError(CHANGED_MEANWHILE, code="meanwhile"))

    def _stored_text(self, name: str) -> str:
        """Return the stored value in readable form."""
        field, value = self.fields[name], self.get_initial_for_field(self.fields[name], name)
        choices = dict(getattr(field, "choices", ()))
        if isinstance(value, bool):
            return str(_("yes") if value else _("no"))
        if hasattr(value, "hour"):
            return time_format(value, "TIME_FORMAT")
        if hasattr(value, "year"):
            return date_format(value, "DATE_FORMAT")
        return str(choices.get(value, value) if value not in (None, "") else _("nothing"))
