"""How a person can respond to a suggestion."""

from datetime import date, timedelta
from typing import Any

from django import forms

from tracker.diary.days import DAYS_AHEAD, is_loggable
from tracker.diary.forms import NO_FOOD, NOT_A_FOOD
from tracker.suggestions.models import some_days_from

BIGGEST_PK = 2**62


class FoodForm(forms.Form):
    """A food, and the day page that shows the answer; without a day, the list shows it."""

    food = forms.IntegerField(
        min_value=1, max_value=BIGGEST_PK, error_messages=NOT_A_FOOD | {"required": NO_FOOD}
    )
    day = forms.DateField(required=False, input_formats=["%Y-%m-%d"])

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_day(self) -> date | None:
        day: date | None = self.cleaned_data["day"]
        if day is not None and not is_loggable(day, self.today):
            raise forms.ValidationError("out of the diary's range", code="day")
        return day


class HideForm(FoodForm):
    until = forms.ChoiceField(choices=[("later", "later"), ("restored", "restored")])


class RestoreForm(FoodForm):
    """Undo restores the previous state: "not for me", or "later" with its last day."""

    was_hidden = forms.BooleanField(required=False)
    before = forms.DateField(required=False, input_formats=["%Y-%m-%d"])

    def clean_before(self) -> date | None:
        last: date | None = self.cleaned_data["before"]
        latest = some_days_from(self.today + timedelta(days=DAYS_AHEAD))
        if last is not None and not self.today <= last <= latest:
            raise forms.ValidationError("no last day of a later", code="before")
        return last
