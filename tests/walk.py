"""A walk over every page that a signed-in person can open."""

from collections.abc import Iterator
from datetime import timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foods.models import Food
from tracker.demo.building import make_demo_guest
from tracker.demo.persons import DemoPerson
from tracker.diary.models import Entry

PLAIN_PAGES = (
    "today",
    "week",
    "suggestions",
    "foods",
    "food-new",
    "barcode",
    "profile",
    "welcome",
    "methods",
    "account",
    "account_delete",
    "account_logout",
)
PUBLIC_PAGES = ("account_login", "account_signup", "account_reset_password")


def client_of(person: DemoPerson) -> Client:
    client = Client()
    client.force_login(make_demo_guest(person, timezone.localdate()))
    return client


def addresses(client: Client) -> Iterator[str]:
    """Yield the URL of every page, with one food for each kind of “fortified”."""
    yield from (reverse(name) for name in PLAIN_PAGES)
    today = timezone.localdate()
    yield reverse("day", args=[today - timedelta(days=3)])
    yield reverse("week", args=[(today - timedelta(days=today.weekday() + 14)).isoformat()])
    entry = Entry.objects.filter(profile__account=client.session["_auth_user_id"]).latest("pk")
    yield reverse("entry", args=[entry.pk])
    seen = set()
    for food in Food.objects.order_by("pk"):
        if food.fortification not in seen:
            seen.add(food.fortification)
            yield reverse("food", args=[food.pk])


def html_of(client: Client, address: str) -> str:
    response = client.get(address, headers={"accept-language": "en"})
    assert response.status_code == 200, address
    return response.content.decode()
