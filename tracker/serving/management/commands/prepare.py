"""Bring the database, the food catalogue and the static files up to date."""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError

from tracker.serving.faults import line_of
from tracker.serving.preparing import prepare
from tracker.serving.sqlite import Unusable


class Command(BaseCommand):
    help = "Bring the database, the food catalogue and the static files up to date."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            prepare(self.say)
        except (Unusable, DatabaseError, OSError) as error:
            sys.exit(line_of(error))

    def say(self, text: str) -> None:
        self.stdout.write(f"Cobalog: {text}")
        self.stdout.flush()
