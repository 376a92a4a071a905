"""The owner of a diary: one person, and what held for them from which day on."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tracker.history.ownership import belongs_to_person
from tracker.memo.models import Personal, row_uuid
from tracker.memo.store import ANSWERS, memo
from tracker.profiles.zones import zone_of


class DietPattern(models.TextChoices):
    UNKNOWN = "", _("not said")
    OMNIVORE = "omnivore", _("I eat everything")
    FLEXITARIAN = "flexitarian", _("Mostly plants, some meat or fish (flexitarian)")
    PESCATARIAN = "pescatarian", _("Fish but no meat (pescatarian)")
    VEGETARIAN = "vegetarian", _("Milk and eggs, no meat or fish (vegetarian)")
    VEGAN = "vegan", _("Plants only (vegan)")


class LifeStage(models.TextChoices):
    NONE = "", _("neither")
    PREGNANT = "pregnant", _("pregnant")
    LACTATING = "lactating", _("breast-feeding")


class Profile(models.Model):
    """A person under an account: the owner of a diary."""

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="profiles"
    )
    uuid = row_uuid()
    name = models.CharField(max_length=80, blank=True)
    birth_year = models.PositiveSmallIntegerField(null=True)
    time_zone = models.CharField(max_length=60, default="UTC")
    welcomed_at = models.DateTimeField(null=True, help_text="First questions answered or skipped.")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name or f"profile {self.pk}"

    @property
    def zone(self) -> ZoneInfo:
        return zone_of(self.time_zone)

    def now(self, at: datetime | None = None) -> datetime:
        """Return a moment (by default now) in this person's time zone."""
        return timezone.localtime(at, self.zone)

    def today(self, at: datetime | None = None) -> date:
        """Return the person's own date at a moment, whatever the server's time zone."""
        return self.now(at).date()

    @property
    def diet_now(self) -> str:
        """The latest diet. At most one query."""
        return memo(self, ANSWERS, "diet", self._diet_said_last)

    def _diet_said_last(self) -> str:
        basis = self.bases.order_by("valid_from").last()
        return basis.diet if basis else DietPattern.UNKNOWN.value


def _with_the_answers(guest: Any, account: Any) -> None:
    """Bases and conditions move with the answers, all or none (``profiles.joining``)."""


@belongs_to_person(join=_with_the_answers)
class Basis(Personal):
    """What a person's days are compared with, from one day until the next such row.

    Old days keep their target: a change adds a row and never edits an older one.
    """

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="bases")
    valid_from = models.DateField()
    diet = models.CharField(max_length=12, choices=DietPattern, blank=True)
    life_stage = models.CharField(max_length=12, choices=LifeStage, blank=True)
    # No choices here: the codes come from science.reference_intakes, and the form checks them.
    authority = models.CharField(max_length=12, default="iom")
    own_target_ug = models.FloatField(null=True, help_text="[µg/d] of intake, if wanted.")

    memo_subject = ANSWERS

    class Meta:
        ordering = ["valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["profile", "valid_from"], name="one_basis_a_day"),
            models.CheckConstraint(
                condition=Q(own_target_ug=None) | Q(own_target_ug__gt=0, own_target_ug__lte=5000),
                name="own_target_in_bounds",
            ),
        ]


class PpiDose(models.TextChoices):
    STANDARD = "standard", _("standard dose")
    DOUBLE = "double", _("double dose")


@belongs_to_person(join=_with_the_answers)
class Condition(Personal):
    """A factor that a person ticked: a medicine, a condition, an operation."""

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="conditions")
    # A value of science.risk_profile.RiskFactor; the form checks it.
    factor = models.CharField(max_length=40)
    since = models.DateField(null=True, help_text="None: for as long as the diary goes back.")
    until = models.DateField(null=True, help_text="Last day on which it held.")
    ppi_dose = models.CharField(max_length=10, choices=PpiDose, blank=True)
    resected_ileum_cm = models.PositiveSmallIntegerField(null=True)

    memo_subject = ANSWERS
    recorded_on = models.DateField(
        default=timezone.localdate, help_text="The person's own day on which it was ticked."
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "factor"],
                condition=Q(until=None),
                name="one_open_condition_per_factor",
            ),
            models.CheckConstraint(
                condition=Q(since=None) | Q(until=None) | Q(until__gte=F("since")),
                name="condition_ends_after_it_began",
            ),
        ]

    def holds_on(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (
            self.until is None or day <= self.until
        )
