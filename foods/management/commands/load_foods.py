from typing import Any

from django.core.management.base import BaseCommand

from foods.importing.starter import load_starter_foods


class Command(BaseCommand):
    help = "Load the foods that ship with the app. Loading twice changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        counts = load_starter_foods()
        self.stdout.write(
            "Foods: {created} new, {updated} updated, {unchanged} unchanged.".format(**counts)
        )
