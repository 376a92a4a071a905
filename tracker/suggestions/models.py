"""Foods that a person does not want suggested."""

from datetime import date, timedelta
from typing import Any

from django.db import models
from django.db.models import Q

from foods.models import Food
from tracker.history.ownership import belongs_to_person
from tracker.memo.cascades import cascade_and_touch
from tracker.memo.models import Personal, PersonalQuerySet
from tracker.memo.store import FOODS

LATER_DAYS = 3


class HiddenQuerySet(PersonalQuerySet["Hidden"]):
    def in_force(self, day: date) -> "HiddenQuerySet":
        return self.filter(Q(until=None) | Q(until__gte=day))


def _move_hidden(guest: Any, account: Any) -> None:
    """Hide the same foods for the account; its own choices for a food take precedence."""
    mine = Hidden.objects.filter(profile=account)
    mine.filter(until__lt=account.today()).delete()  # an expired "later" has no effect
    said = mine.values("food")
    Hidden.objects.filter(profile=guest).exclude(food__in=said).update(profile=account)


@belongs_to_person(join=_move_hidden)
class Hidden(Personal):
    """A food hidden from a person's suggestions: for some days, or until they restore it."""

    profile = models.ForeignKey(
        "profiles.Profile", on_delete=models.CASCADE, related_name="hidden_foods"
    )
    food = models.ForeignKey("foods.Food", on_delete=cascade_and_touch, related_name="+")
    until = models.DateField(null=True, help_text="Last day of it; None: until taken back.")

    memo_subject = FOODS

    objects = HiddenQuerySet.as_manager()  # type: ignore[misc]  # a wider one

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["profile", "food"], name="food_hidden_once"),
        ]

    def __str__(self) -> str:
        return f"{self.food_id} hidden from {self.profile_id}"


def hide(profile: Any, food: Food, *, until: date | None) -> Hidden:
    """Hide a food; the last call wins. One statement, so concurrent writes are safe."""
    said = Hidden(profile=profile, food=food, until=until)
    Hidden.objects.bulk_create(
        [said],
        update_conflicts=True,
        unique_fields=["profile", "food"],
        update_fields=["until"],
    )
    return said


def some_days_from(day: date) -> date:
    """Return the last day of "later": the food is suggested again on the next day."""
    return day + timedelta(days=LATER_DAYS - 1)
