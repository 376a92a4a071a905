"""A count typed into the food box: pieces, or a usual portion with the reason."""

import pytest
from django.urls import reverse
from django.utils import timezone

pytestmark = pytest.mark.django_db


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def log_url(today):
    return reverse("log", args=[today])


@pytest.mark.parametrize("portion", [("3 oz", 85), ("1 serving", 40), ("1 can", 92)])
def test_a_count_is_never_multiplied_by_a_weight(
    ada, ada_client, today, log_url, make_food, portion
):
    make_food("Mussels", portions=[portion])

    (offer,) = ada_client.get(reverse("find", args=[today]), {"q": "12 mussels"}).context["offers"]
    ada_client.post(log_url, {"pick": offer.pick, "slot": "lunch"})

    assert offer.amount_text == portion[0]
    assert "12 does not fit" in offer.detail
    assert ada.profile.entries.get().mass_g == portion[1]


def test_a_count_uses_the_portion_that_is_one_piece(ada, ada_client, today, log_url, make_food):
    make_food("Sardines", portions=[("1 can", 92), ("2 sardines", 24)])

    (offer,) = ada_client.get(reverse("find", args=[today]), {"q": "3 sardines"}).context["offers"]
    ada_client.post(log_url, {"pick": offer.pick, "slot": "lunch"})

    entry = ada.profile.entries.get()
    assert (entry.amount_text, entry.mass_g) == ("3 sardines", 36)
