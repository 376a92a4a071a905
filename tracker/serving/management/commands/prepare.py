"""Bring the database, the food catalogue and the static files up to date."""

import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import DatabaseError

from tracker.serving.preparing import prepare


class Command(BaseCommand):
    help = "Bring the database, the food catalogue and the static files up to date."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            prepare(self.say)
        except DatabaseError as error:
            sys.exit(f"Cobalog: the database cannot be used: {error}")
        except OSError as error:
            sys.exit(
                f"Cobalog: {error.filename or settings.VAR_DIR} cannot be used: {error.strerror}. "
                "Make it writable, or set COBALOG_VAR to a folder that is."
            )

    def say(self, text: str) -> None:
        self.stdout.write(f"Cobalog: {text}")
        self.stdout.flush()
