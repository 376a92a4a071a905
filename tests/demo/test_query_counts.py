"""How many queries it takes to open a demo person's diary, and to open it again."""

import pytest
from django.test import Client

from foods.starter import load_starter_foods
from tests.counting_queries import queries_of

OPEN, OPEN_AGAIN = 27, 7


@pytest.mark.django_db(transaction=True)
def test_opening_a_demo_person_takes_few_queries():
    load_starter_foods()
    tab = Client()

    assert queries_of(tab, "/demo/vegan/") == OPEN
    assert queries_of(tab, "/demo/vegan/") == OPEN_AGAIN
