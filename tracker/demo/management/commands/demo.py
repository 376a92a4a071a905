from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.timezone import localdate

from tracker.accounts.models import User
from tracker.demo.building import FoodsMissing, fill_diary, make_demo_profile
from tracker.demo.persons import PERSONS, DemoPerson


class Command(BaseCommand):
    help = (
        "Make the demo persons' own accounts (demo-vegan ...) or bring their diaries up to today. "
        "Visitors of the sign-in page get copies of their own and need none of these."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            for person in PERSONS.values():
                username, number = self._refresh(person)
                entries = "entry" if number == 1 else "entries"
                self.stdout.write(f"{username}: {number} new {entries}")
        except FoodsMissing as error:
            raise CommandError(f"Load the foods first (manage.py load_foods): {error}") from None

    @transaction.atomic
    def _refresh(self, person: DemoPerson) -> tuple[str, int]:
        account, is_new = User.objects.get_or_create(username=f"demo-{person.slug}")
        if is_new:
            account.set_unusable_password()
            account.save(update_fields=["password"])
        today = localdate()
        profile = account.profiles.first() or make_demo_profile(account, person, today)
        return account.username, fill_diary(profile, person, today)
