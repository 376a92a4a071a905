"""The meals of a day, their order, and the clock time assumed if none was given."""

from datetime import date, datetime, time

from django.db import models
from django.utils.translation import gettext_lazy as _


class Slot(models.TextChoices):
    BREAKFAST = "breakfast", _("Breakfast")
    LUNCH = "lunch", _("Lunch")
    DINNER = "dinner", _("Dinner")
    SNACK = "snack", _("Snacks and supplements")


ORDER = {slot: index for index, slot in enumerate(Slot)}
USUAL_CLOCK = {
    Slot.BREAKFAST: time(8),
    Slot.LUNCH: time(12, 30),
    Slot.DINNER: time(18, 30),
    Slot.SNACK: time(16),
}


def moment(day: date, slot: str, clock: time | None) -> datetime:
    """Return when something counts as eaten, in the person's own time zone."""
    return datetime.combine(day, clock or USUAL_CLOCK[Slot(slot)])


def slot_for(clock: time) -> Slot:
    """Return the meal that a clock time suggests."""
    if time(4) <= clock < time(11):
        return Slot.BREAKFAST
    if time(11) <= clock < time(15):
        return Slot.LUNCH
    if time(17, 30) <= clock < time(22):
        return Slot.DINNER
    return Slot.SNACK
