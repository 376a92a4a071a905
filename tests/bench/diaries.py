"""Seeded diaries: ten years of eight entries a day, and an empty one."""

import random
from datetime import date, timedelta

from django.test import Client
from django.utils import timezone

from foods.models import Food
from foods.portions import usual_portion
from tests.factories import make_user
from tracker.diary.models import DayMark, DayStatus, Entry
from tracker.diary.quantity import Quantity
from tracker.diary.slots import Slot
from tracker.diary.writing import build_entry
from tracker.profiles.models import Profile

DAYS = 3650
SLOTS = [Slot.BREAKFAST] * 3 + [Slot.LUNCH] * 2 + [Slot.DINNER] * 2 + [Slot.SNACK]
COMPLETE_SHARE = 0.8


def make_person(name: str, today: date) -> Profile:
    """Return a vegetarian on omeprazole, whose basis is as old as the diary."""
    profile = Profile.objects.create(
        account=make_user(name), birth_year=1955, welcomed_at=timezone.now()
    )
    first = today - timedelta(days=DAYS)
    profile.bases.create(valid_from=first, diet="vegetarian", authority="efsa")
    profile.conditions.create(factor="ppi", since=first, recorded_on=first, ppi_dose="standard")
    return profile


def fill(profile: Profile, today: date, seed: int = 12) -> int:
    """Log ten years up to today, drawn with a fixed seed; return the number of entries."""
    draw = random.Random(seed)
    servings = usual_servings()
    days = [today - timedelta(days=n) for n in range(DAYS)]
    entries = [
        build_entry(profile, day, slot, *draw.choice(servings), quantity=Quantity(1, "1 portion"))
        for day in days
        for slot in SLOTS
    ]
    Entry.objects.bulk_create(entries, batch_size=2000)
    DayMark.objects.bulk_create(
        DayMark(profile=profile, day=day, status=DayStatus.COMPLETE)
        for day in days[1:]
        if draw.random() < COMPLETE_SHARE
    )
    return len(entries)


def usual_servings() -> list[tuple[Food, float]]:
    """Return the foods of the starter table that a vegetarian eats, with their usual mass. [g]"""
    foods = Food.objects.filter(diet__in=("vegan", "vegetarian"), is_injection=False)
    foods = foods.select_related("source").prefetch_related("portions").order_by("pk")
    return [(food, portion.mass_g) for food in foods if (portion := usual_portion(food))]


def session_of(profile: Profile) -> str:
    client = Client()
    client.force_login(profile.account)
    return client.cookies["sessionid"].value
