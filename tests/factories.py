"""Plain factories with valid defaults, so that a test sets only what it is about."""

from datetime import date, time
from itertools import count
from typing import Any

from django.utils import timezone

from foods.models import Food, Portion, Source
from tracker.accounts.models import User
from tracker.diary.models import Entry
from tracker.diary.slots import ORDER, Slot
from tracker.profiles.models import Profile

DAY = date(2026, 3, 2)
"""A Monday, far from any clock change."""

_numbers = count(1)


def make_user(username: str = "", **fields: Any) -> User:
    """Return an account without a usable password: sign in with ``client.force_login``."""
    user = User(username=username or f"person{next(_numbers)}", **fields)
    user.set_unusable_password()
    user.save()
    return user


def make_profile(
    account: User | None = None, *, basis: dict | None = None, **fields: Any
) -> Profile:
    """Return a welcomed person with one basis, in force since the year 2000."""
    defaults = {"birth_year": 1990, "welcomed_at": timezone.now()}
    profile = Profile.objects.create(account=account or make_user(), **defaults | fields)
    profile.bases.create(**{"valid_from": date(2000, 1, 1), "authority": "iom"} | (basis or {}))
    return profile


def make_source(**fields: Any) -> Source:
    defaults = {"slug": "table", "name": "A table", "release": "2024"}
    slug = fields.get("slug", defaults["slug"])
    return Source.objects.get_or_create(slug=slug, defaults=defaults | fields)[0]


def make_food(name: str = "Soy milk", *, portions: Any = (("1 cup", 240),), **fields: Any) -> Food:
    """Return a vegan fortified drink in the shared catalogue, with one household portion."""
    defaults = {
        "source": fields.pop("source", None) or make_source(),
        "source_key": str(next(_numbers)),
        "name": name,
        "source_class": "fortified_food",
        "fortification": "fortified",
        "diet": "vegan",
        "diet_basis": "listed",
        "b12_ug_per_100g": 0.5,
        "b12_added_ug_per_100g": 0.5,
    }
    food = Food.objects.create(**defaults | searchable(name) | fields)
    Portion.objects.bulk_create(
        Portion(food=food, position=place, label=label, mass_g=mass_g)
        for place, (label, mass_g) in enumerate(portions)
    )
    return food


def searchable(name: str) -> dict[str, str]:
    """Return the search columns for a plain ASCII name."""
    words = name.lower().replace(",", " ").split()
    return {"search": "".join(f" {word}" for word in words), "head": name.split(",")[0].lower()}


def make_entry(profile: Profile | None = None, **fields: Any) -> Entry:
    """Return a breakfast entry of 1 µg of free B12 without a food."""
    slot = fields.get("slot", Slot.BREAKFAST)
    defaults = {
        "profile": profile or make_profile(),
        "day": DAY,
        "slot": slot,
        "slot_order": ORDER[Slot(slot)],
        "clock": time(8) if slot == Slot.BREAKFAST else None,
        "name": "Soy milk",
        "amount": 1.0,
        "unit": "1 cup",
        "mass_g": 240.0,
        "b12_ug": 1.0,
        "free_ug": 1.0,
        "source_class": "fortified_food",
        "source_text": "A table 2024",
    }
    return Entry.objects.create(**defaults | fields)
