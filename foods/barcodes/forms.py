"""Input of the barcode pages."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from foods.barcodes.gtin import looks_like_gtin


class GtinField(forms.CharField):
    """A typed, pasted or scanned number; cleans to 14 digits with leading zeros."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 40)
        super().__init__(**kwargs)
        self.widget.attrs |= {"inputmode": "numeric", "autocomplete": "off"}

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        gtin = looks_like_gtin(typed) if typed else ""
        if gtin is None:
            raise ValidationError(
                _(
                    "That is not a barcode number. A barcode has 8, 12, 13 or 14 digits, and the "
                    "last one is a check digit. Look for a wrong digit."
                ),
                code="gtin",
            )
        return gtin


class BarcodeForm(forms.Form):
    code = GtinField(
        label=_("Number under the barcode"),
        error_messages={"required": _("Type the number printed under the barcode.")},
    )
