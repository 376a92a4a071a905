"""The computed numbers of days: a cache, which can be cleared at any time."""

from typing import Any

from django.db import models

from tracker.history.ownership import belongs_to_person


def _drop_guests(guest: Any, account: Any) -> None:
    """Drop the summaries of both: they are recomputed once the two diaries are merged."""
    StoredSummary.objects.filter(profile__in=[guest, account]).delete()


@belongs_to_person(join=_drop_guests)
class StoredSummary(models.Model):
    """One day's ``DaySummary``, by the rules and for the answers that it names. [µg]

    It does not store the standing, which follows from the answers of the day.
    """

    profile = models.ForeignKey("profiles.Profile", on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    rules = models.PositiveSmallIntegerField(help_text="The version of the rules.")
    answers = models.CharField(max_length=32, help_text="The key of the standing.")
    status = models.CharField(max_length=10, blank=True)
    known = models.PositiveIntegerField(help_text="How many entries report their B12.")
    total = models.PositiveIntegerField(help_text="How many entries there are.")
    injection_count = models.PositiveIntegerField()
    is_broken_fast = models.BooleanField()
    is_covered = models.BooleanField()
    food_ug = models.FloatField()
    supplement_ug = models.FloatField()
    inactive_ug = models.FloatField()
    absorbed_food_ug = models.FloatField()
    absorbed_supplement_ug = models.FloatField()
    low_ug = models.FloatField(help_text="Absorbed, if the profile's factors act in full.")
    high_ug = models.FloatField(help_text="Absorbed, if they do not act at all.")
    little_acid_ug = models.FloatField(null=True, help_text="Absorbed with little stomach acid.")
    by_class = models.JSONField(help_text="Swallowed, by source class.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["profile", "day"], name="one_summary_a_day"),
        ]

    def __str__(self) -> str:
        return f"summary of {self.day}"
