"""Input of the week page."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tracker.diary.days import EARLIEST_DAY
from tracker.intake.period import has_week, last_day


class GoToWeekForm(forms.Form):
    """A day whose week the person wants to see."""

    day = forms.DateField(
        label=_("Go to the week of"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        limits = {"min": EARLIEST_DAY.isoformat(), "max": last_day(today).isoformat()}
        self.fields["day"].widget.attrs |= limits

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if not has_week(day, self.today):
            text = _("Choose a day from %(first)s to %(last)s.")
            limits = {"first": EARLIEST_DAY, "last": last_day(self.today)}
            raise ValidationError(text, code="bounds", params=limits)
        return day
