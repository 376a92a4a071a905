"""What a person ate, and when. An entry keeps what it was logged with."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tracker.diary.older_rows import of_older
from tracker.diary.origin import LONGEST_SOURCE, QUICK_ADD, EntrySource, source_kind
from tracker.diary.quantity import LONGEST_UNIT, Quantity, typed_by_hand
from tracker.diary.slots import Slot
from tracker.history.ownership import belongs_to_person
from tracker.memo.cascades import set_null_and_touch
from tracker.memo.models import Personal, PersonalQuerySet
from tracker.memo.store import DIARY
from tracker.science.absorption import B12Split


class DayStatus(models.TextChoices):
    OPEN = "", _("not marked")
    COMPLETE = "complete", _("complete")
    PARTIAL = "partial", _("partly logged")
    FASTING = "fasting", _("fasting: nothing eaten")


def _move_marks(guest: Any, account: Any) -> None:
    """Move a guest's marks to days that the account has not marked."""
    marked = DayMark.objects.filter(profile=account).values("day")
    DayMark.objects.filter(profile=guest).exclude(day__in=marked).update(profile=account)


@belongs_to_person(join=_move_marks, is_undoable=True)
class DayMark(Personal):
    """How a person marked a whole day. Only complete and fasting days count in averages."""

    profile = models.ForeignKey(
        "profiles.Profile", on_delete=models.CASCADE, related_name="day_marks"
    )
    day = models.DateField()
    status = models.CharField(max_length=10, choices=DayStatus)

    memo_subject = DIARY

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["profile", "day"], name="one_mark_a_day"),
        ]


class EntryQuerySet(PersonalQuerySet["Entry"]):
    def on_day(self, day: date) -> "EntryQuerySet":
        return self.filter(day=day)

    def between(self, first: date, last: date) -> "EntryQuerySet":
        return self.filter(day__gte=first, day__lte=last)

    def as_eaten(self) -> "EntryQuerySet":
        return self.order_by("day", "slot_order", "clock", "pk")


class Measured(models.Model):
    """A row with an amount of something."""

    amount = models.FloatField(null=True, help_text="How many of the unit; None: only words.")
    unit = models.CharField(
        max_length=LONGEST_UNIT, blank=True, help_text="g, ml, a word, or a portion’s label."
    )
    amount_of = models.FloatField(null=True, help_text="Servings of the whole dish, for a part.")

    class Meta:
        abstract = True

    @property
    def quantity(self) -> Quantity:
        return Quantity(self.amount, self.unit, self.amount_of)


@belongs_to_person(is_undoable=True, of_older=of_older)
class Entry(Measured, Personal):
    """One thing eaten or swallowed, with the B12 it was logged with.

    The four amounts are the split that absorption works on. They are 0 if b12_ug is None or the
    B12 bypassed the gut (an injection).
    """

    profile = models.ForeignKey(
        "profiles.Profile", on_delete=models.CASCADE, related_name="entries"
    )
    day = models.DateField()
    slot = models.CharField(max_length=10, choices=Slot)
    slot_order = models.PositiveSmallIntegerField()
    clock = models.TimeField(null=True, help_text="When it was eaten, if the person said so.")

    food = models.ForeignKey(
        "foods.Food", null=True, on_delete=set_null_and_touch, related_name="+"
    )
    name = models.CharField(max_length=250, blank=True)
    mass_g = models.FloatField(null=True, help_text="None for a quick add.")
    b12_ug = models.FloatField(null=True, help_text="None: the source does not report it.")
    free_ug = models.FloatField(default=0)
    food_ug = models.FloatField(default=0)
    egg_ug = models.FloatField(default=0)
    inactive_ug = models.FloatField(default=0)
    source_class = models.CharField(max_length=20, blank=True)
    is_supplement = models.BooleanField(default=False)
    is_injection = models.BooleanField(default=False)
    is_drink = models.BooleanField(default=False, help_text="Without B12, it does not end a fast.")
    source_kind = source_kind()
    source_text = models.CharField(max_length=LONGEST_SOURCE, blank=True)
    source_count = models.PositiveSmallIntegerField(null=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    memo_subject = DIARY

    objects = EntryQuerySet.as_manager()  # type: ignore[misc]  # a wider one

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(b12_ug=None) | Q(b12_ug__gte=0), name="entry_b12_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(mass_g=None) | Q(mass_g__gt=0), name="entry_weighs_something"
            ),
            models.CheckConstraint(
                condition=Q(free_ug__gte=0, food_ug__gte=0, egg_ug__gte=0, inactive_ug__gte=0),
                name="entry_split_not_negative",
            ),
        ]
        indexes = [
            models.Index(fields=["profile", "day"], name="entry_profile_day"),
            models.Index(fields=["profile", "slot", "day"], name="entry_profile_slot_day"),
        ]

    def __str__(self) -> str:
        return f"{self.called} on {self.day:%Y-%m-%d}"

    @property
    def called(self) -> str:
        return self.name or str(QUICK_ADD)

    @property
    def source(self) -> EntrySource:
        return EntrySource(self.source_kind, self.source_text, self.source_count)

    @property
    def amount_text(self) -> str:
        return self.quantity.said or typed_by_hand(self.b12_ug if self.mass_g is None else None)

    @property
    def split(self) -> B12Split:
        return B12Split(self.free_ug, self.food_ug, self.egg_ug, self.inactive_ug)
