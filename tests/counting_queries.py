"""How many queries a write takes, including those for session, person and response.

It uses real transactions, because what is read again after a write depends on the commit.
"""

from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories import make_entry, make_food, make_profile, make_user
from tests.recipes.builders import make_recipe

HTMX = {"HX-Request": "true"}
STEPS = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")


class Person:
    """A person with a food, an entry of today, a recipe, and a page that was opened before."""

    def __init__(self) -> None:
        self.today = timezone.localdate()
        self.account = make_user("ada")
        self.profile = make_profile(self.account)
        self.food = make_food(slug="soy-milk", group="Plant-based milks")
        self.entry = make_entry(self.profile, day=self.today, food=self.food, slot="lunch")
        self.recipe = make_recipe(self.profile, foods=[self.food, make_food("Oat drink")])
        self.tab = Client()
        self.tab.force_login(self.account)
        self.tab.get("/")

    def queries_of(self, address: str, data: Any = None, **headers: str) -> int:
        return queries_of(self.tab, address, data, **headers)


def queries_of(tab: Client, address: str, data: Any = None, **headers: str) -> int:
    """Return how many queries a POST takes; a refused one is an error."""
    with CaptureQueriesContext(connection) as captured:
        response = tab.post(address, data or {}, headers=headers)
    assert response.status_code == (200 if "HX-Request" in headers else 302), response.status_code
    return sum(query["sql"].split()[0] not in STEPS for query in captured.captured_queries)
