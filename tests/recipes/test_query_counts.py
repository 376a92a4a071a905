"""How many queries each write of a recipe takes: (plain, under htmx)."""

import pytest

from tests.counting_queries import HTMX, Person

pytestmark = pytest.mark.django_db(transaction=True)

NEW, CHANGE, ADD, CHANGE_ITEM, REMOVE_ITEM = 6, 11, (13, 16), (10, 13), (11, 14)
LOG, FROM_MEAL, RETIRE, RESTORE = 15, 11, 10, 9
ABOUT = {"name": "Soup", "kind": "recipe", "servings": "2"}


@pytest.fixture(autouse=True)
def no_clearing_up(monkeypatch):
    """Disable the occasional deletion of old undo steps, which is not part of a write."""
    monkeypatch.setattr("tracker.history.steps.STEPS_KEPT", 10**9)


@pytest.fixture
def person():
    return Person()


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_a_change_of_a_recipes_items_takes_few_queries(person, headers):
    page, item = f"/meals/{person.recipe.pk}/items/", person.recipe.items.earliest("pk")
    pick = {"pick": f"food:{person.food.pk}:1:p0"}

    adding = person.queries_of(page, pick, **headers)
    changing = person.queries_of(f"{page}{item.pk}/", {"amount": "2", "unit": "g"}, **headers)
    removing = person.queries_of(f"{page}{item.pk}/remove/", **headers)

    counts = ADD, CHANGE_ITEM, REMOVE_ITEM
    assert (adding, changing, removing) == tuple(count[bool(headers)] for count in counts)


def test_a_write_of_a_recipe_takes_few_queries(person):
    page, day = f"/meals/{person.recipe.pk}/", f"/day/{person.today}/"
    share = {"amount": "1", "measure": "servings", "day": str(person.today), "slot": "lunch"}

    assert person.queries_of("/meals/new/", ABOUT) == NEW
    assert person.queries_of(page, ABOUT) == CHANGE
    assert person.queries_of(f"{page}log/", share) == LOG
    assert person.queries_of(f"{day}save-meal/", {"slot": "lunch"}) == FROM_MEAL
    assert person.queries_of(f"{page}delete/") == RETIRE
    assert person.queries_of(f"{page}restore/") == RESTORE
