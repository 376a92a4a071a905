"""How many queries it takes to save an own food or a barcode."""

import pytest

from foods.models import LookupConsent
from tests.counting_queries import Person

pytestmark = pytest.mark.django_db(transaction=True)

NEW, EDIT, RETIRE, FIND, STOP = 18, 15, 9, 4, 5
GTIN = "4006381333931"
LABEL = {
    "name": "Oat drink",
    "source_class": "fortified_food",
    "origin": "added",
    "diet": "vegan",
    "amount": "0.4",
    "unit": "ug",
    "per": "100g",
    "serving_size": "30",
    "serving_unit": "g",
    "gtin": GTIN,
}


def test_the_writes_of_an_own_food_take_few_queries():
    person = Person()

    assert person.queries_of("/foods/new/", LABEL) == NEW
    page = f"/foods/{person.account.own_foods.get().pk}/"
    assert person.queries_of(f"{page}edit/", LABEL) == EDIT
    assert person.queries_of("/barcode/", {"code": GTIN}) == FIND
    assert person.queries_of(f"{page}retire/") == RETIRE


def test_withdrawing_the_consent_to_look_ups_takes_few_queries():
    person = Person()
    LookupConsent.objects.create(account=person.account)

    assert person.queries_of("/barcode/stop-asking/") == STOP
