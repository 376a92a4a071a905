from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localdate

from tracker.accounts.guests import IDLE_DAYS, purge_idle_guests
from tracker.numbers.counting import so_many


class Command(BaseCommand):
    help = "Delete guests who have not come by for a while, with all they logged."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--days", type=int, default=IDLE_DAYS, help="idle for longer than that")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["days"] < 1:
            raise CommandError(f"--days must be at least 1, got {options['days']}")
        number = purge_idle_guests(localdate(), options["days"])
        self.stdout.write(f"{so_many(number, 'idle guest')} deleted.")
