"""The test tools themselves: factories are valid, the network is shut, the browser works."""

import socket

import pytest

from tests.conftest import axe_lines
from tests.factories import make_food, make_profile
from tracker.diary.models import Entry


def test_ada_is_signed_in_and_welcomed(ada, ada_client):
    assert ada_client.session["_auth_user_id"] == str(ada.pk)
    assert ada.profile.welcomed_at is not None
    assert ada.profile.bases.count() == 1


def test_a_made_food_has_its_portions_in_order(db):
    food = make_food("Egg", portions=[("1 large", 50), ("1 small", 38)])

    assert [(p.label, p.mass_g) for p in food.portions.all()] == [("1 large", 50), ("1 small", 38)]


def test_a_made_entry_belongs_to_the_profile_that_was_named(make_entry, db):
    profile = make_profile()

    entry = make_entry(profile, name="Tea", b12_ug=0.0, free_ug=0.0)

    assert list(Entry.objects.filter(profile=profile)) == [entry]


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("example.org", 443)])
def test_the_network_is_refused(address):
    with socket.socket() as outward, pytest.raises(OSError, match="asked for the network"):
        outward.connect(address)


def test_a_look_up_of_another_host_is_refused():
    with pytest.raises(OSError, match=r"asked for the network: example\.org"):
        socket.getaddrinfo("example.org", 443)


def test_axe_names_what_it_found(page, axe_script):
    page.set_content("<html lang=en><title>t</title><main><h1>h</h1><img src=x></main></html>")

    found = axe_lines(axe_script.run(page).response)

    assert found == ["image-alt: Images must have alternative text at img"]
