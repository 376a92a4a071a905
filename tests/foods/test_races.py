"""One form for an own food, sent from two tabs at once."""

from uuid import uuid4

import pytest
from django.utils import timezone

from foods.models import Food, LookupConsent, Portion
from tests.factories import make_profile, make_user
from tests.races import at_once, statuses, tab_of

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 6
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
    "gtin": "4006381333931",
}


def test_entering_changing_and_retiring_at_once_end_in_no_failure():
    account = make_user("ada")
    make_profile(account)
    tab = tab_of(account)
    for _round in range(ROUNDS):
        said = LABEL | {"client_uuid": str(uuid4())}

        answers = at_once(*[lambda: tab.post("/foods/new/", said)] * 3)  # noqa: B023

        assert statuses(answers) == [302, 302, 302]
        food = Food.objects.latest("pk")
        answers = at_once(
            lambda: tab.post(f"/foods/{food.pk}/edit/", LABEL),  # noqa: B023
            lambda: tab.post(f"/foods/{food.pk}/edit/", LABEL | {"serving_size": "40"}),  # noqa: B023
            lambda: tab.post(f"/foods/{food.pk}/retire/"),  # noqa: B023
            lambda: tab.post("/barcode/", {"code": LABEL["gtin"], "agree": "1"}),
        )
        assert {status for status in statuses(answers) if status not in (200, 302)} == set()
        assert Portion.objects.filter(food=food).count() == 1
        food.refresh_from_db()
        assert food.retired_at is not None
    assert not LookupConsent.objects.exists()


def test_changing_a_food_while_it_is_logged_makes_neither_wait_for_the_other():
    account = make_user("ada")
    profile = make_profile(account)
    tab, other = tab_of(account), tab_of(account)
    tab.post("/foods/new/", LABEL | {"client_uuid": str(uuid4())})
    food, today = Food.objects.get(), timezone.localdate()
    for _round in range(2 * ROUNDS):
        answers = at_once(
            lambda: tab.post(f"/foods/{food.pk}/edit/", LABEL),
            lambda: other.post(
                f"/day/{today}/log/", {"pick": f"food:{food.pk}:1:p0", "slot": "lunch"}
            ),
            lambda: other.post("/suggestions/hide/", {"food": food.pk, "until": "later"}),
        )

        assert statuses(answers) == [302, 302, 302]
    assert profile.entries.count() == 2 * ROUNDS
