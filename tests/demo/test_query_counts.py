"""How many queries it takes to open a demo person's diary, and to open it again."""

import pytest
from django.db import connection
from django.test import Client

from foods.importing.starter import load_starter_foods
from tests.counting_queries import queries_of

OPEN_BY_VENDOR, OPEN_AGAIN = {"sqlite": 32, "postgresql": 20}, 7
"""SQLite takes fewer rows in one insert."""


@pytest.mark.django_db(transaction=True)
def test_opening_a_demo_person_takes_few_queries():
    load_starter_foods()
    tab = Client()

    assert queries_of(tab, "/demo/vegan/") == OPEN_BY_VENDOR[connection.vendor]
    assert queries_of(tab, "/demo/vegan/") == OPEN_AGAIN
