"""Recompute the summary of every day."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import ngettext

from tracker.intake.stored import rebuild
from tracker.profiles.models import Profile


class Command(BaseCommand):
    help = "Work out the stored summary of every day anew, for all people."

    def handle(self, *args: Any, **options: Any) -> None:
        days = sum(rebuild(profile) for profile in Profile.objects.iterator())
        text = ngettext("%(count)d day was summarised.", "%(count)d days were summarised.", days)
        self.stdout.write(text % {"count": days})
