"""The test tools themselves: factories are valid, the network is blocked, the browser works."""

import socket

import pytest
from django.contrib.contenttypes.models import ContentType
from django.test import TransactionTestCase

from foods.importing.starter import load_starter_foods
from foods.models import Food, Source
from tests import restoring
from tests.factories import make_food, make_profile, make_user
from tests.looking import faults_of, faults_to_eyes
from tests.races import in_another_tab
from tracker.accounts.models import User
from tracker.diary.models import Entry


def test_ada_is_signed_in_and_welcomed(ada, ada_client):
    assert ada_client.session["_auth_user_id"] == str(ada.pk)
    assert ada.profile.welcomed_at is not None
    assert ada.profile.bases.count() == 1


def test_make_food_keeps_the_order_of_portions(db):
    food = make_food("Egg", portions=[("1 large", 50), ("1 small", 38)])

    assert [(p.label, p.mass_g) for p in food.portions.all()] == [("1 large", 50), ("1 small", 38)]


def test_make_entry_uses_the_given_profile(make_entry, db):
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


def test_axe_reports_what_it_found(page):
    page.set_content("<html lang=en><title>t</title><main><h1>h</h1><img src=x></main></html>")

    assert faults_to_eyes(page) == ["light: image-alt: Images must have alternative text at img"]


BAD = """<html lang=en><title>t</title><main><h1>heading</h1><details><summary>more</summary>
<button type=button></button><p class=wide>w</p></details></main>
<style>
  @media print { button, details::details-content { content-visibility: visible; } }
  .wide { width: 800px } main { width: 330px }
  @media (prefers-color-scheme: dark) { h1 { color: #333; background: #222 } }
</style></html>"""


def test_one_visit_reports_faults_of_axe_print_phone_and_wide_screen(page):
    page.set_content(BAD)

    found = faults_of(page)

    assert {line.partition(": ")[0] for line in found} == {
        *("paper", "phone", "wide screen", "light", "dark")
    }


KEPT = "() => [document.cookie, localStorage.length, sessionStorage.length, navigator.onLine]"


def test_a_window_is_cleared_of_what_a_test_has_left_in_it(window):
    page = window.context.new_page()
    page.goto("/healthz")
    page.evaluate("() => { document.cookie = 'a=1'; localStorage.a = sessionStorage.a = 1; }")
    window.context.route("**/healthz", lambda route: route.abort())
    window.context.set_offline(True)
    assert page.evaluate(KEPT) == ["a=1", 1, 1, False]

    window.clear()

    assert page.is_closed()
    assert window.context.pages == [window.first]
    page = window.context.new_page()
    page.goto("/healthz")
    assert page.evaluate(KEPT) == ["", 0, 0, True]
    window.clear()


@pytest.mark.django_db(transaction=True)
def test_committed_rows_are_deleted_before_the_next_test():
    in_another_tab(make_user)
    assert User.objects.count() == 1

    TransactionTestCase()._fixture_teardown()

    assert in_another_tab(User.objects.count) == 0
    assert ContentType.objects.exists()  # written by the migrations


OF_ONE_LOAD = {"id", "source_id", "created_at", "updated_at"}


def starter_rows():
    """Return the starter foods without the columns that differ from one load to the next."""
    foods = Food.objects.order_by("slug")
    rows = [{k: v for k, v in row.items() if k not in OF_ONE_LOAD} for row in foods.values()]
    return rows, [list(food.portions.values_list("position", "label", "mass_g")) for food in foods]


def test_copied_starter_foods_equal_loaded_ones(db):
    found = []
    for load in (restoring.load_starter_foods, restoring.load_starter_foods, load_starter_foods):
        load()
        found.append(starter_rows())
        Food.objects.all().delete()
        Source.objects.all().delete()

    assert found[0] == found[1] == found[2]
    assert len(found[0][0]) == 254
