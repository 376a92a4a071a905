"""Two tabs on one recipe: deletions are reported, and nothing is half written."""

from uuid import uuid4

import pytest

from tests.factories import make_food, make_profile, make_user
from tests.races import at_once, just_before, statuses, tab_of
from tests.recipes.builders import make_recipe
from tracker.recipes.models import Item, Recipe

pytestmark = pytest.mark.django_db(transaction=True)
HTMX = {"HX-Request": "true"}
ROUNDS = 8


@pytest.fixture
def account():
    account = make_user("ada")
    account.profile = make_profile(account)
    return account


@pytest.fixture
def tab(account):
    return tab_of(account)


@pytest.fixture
def recipe(account):
    return make_recipe(account.profile, foods=[make_food()])


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_food_removed_in_the_meantime_cannot_be_changed(tab, recipe, headers):
    pk = recipe.items.get().pk
    recipe.items.all().delete()

    response = tab.post(
        f"/meals/{recipe.pk}/items/{pk}/", {"amount": "2", "unit": "p0"}, headers=headers
    )

    assert response.status_code == (200 if headers else 302)
    assert not Item.objects.exists()


@pytest.mark.parametrize("is_put_away", [True, False])
def test_a_recipe_deleted_in_the_meantime_keeps_its_name(tab, recipe, is_put_away):
    if is_put_away:
        tab.post(f"/meals/{recipe.pk}/delete/")
    else:
        recipe.delete()

    response = tab.post(f"/meals/{recipe.pk}/", {"name": "Soup", "kind": "recipe", "servings": "2"})

    assert response.status_code == (302 if is_put_away else 404)
    assert not Recipe.objects.filter(name="Soup").exists()


def test_a_food_is_not_added_to_a_deleted_recipe(monkeypatch, tab, recipe):
    food = make_food("Oat drink")
    just_before(
        monkeypatch,
        "tracker.recipes.editing.add_item",
        lambda: tab.post(f"/meals/{recipe.pk}/delete/"),
    )

    response = tab.post(f"/meals/{recipe.pk}/items/", {"pick": f"food:{food.pk}:1:p0"})

    assert response.status_code == 302
    assert recipe.items.count() == 1


@pytest.mark.parametrize("is_gone", [True, False])
def test_a_recipe_deleted_in_the_meantime_is_not_partly_logged(
    monkeypatch, account, tab, recipe, is_gone
):
    mine = Recipe.objects.filter(pk=recipe.pk)
    just_before(
        monkeypatch,
        "tracker.recipes.views.posted_key",
        mine.delete if is_gone else lambda: tab.post(f"/meals/{recipe.pk}/delete/"),
    )
    today = recipe.created_at.date()
    said = {"amount": "1", "measure": "servings", "day": today, "slot": "lunch"}

    response = tab.post(f"/meals/{recipe.pk}/log/", said)

    assert response.status_code == (404 if is_gone else 302)
    assert not account.profile.entries.exists()
    assert mine.filter(retired_at=None).count() == 0


def test_of_many_concurrent_logs_one_is_kept_and_the_others_get_a_question(account, tab):
    for _round in range(ROUNDS):
        recipe = make_recipe(account.profile, foods=[make_food()])
        said = {"amount": "1", "measure": "servings", "day": "2026-03-02", "slot": "lunch"}

        answers = at_once(
            *[
                lambda: tab.post(f"/meals/{recipe.pk}/log/", said | {"client_uuid": str(uuid4())})  # noqa: B023
                for _press in range(3)
            ]
        )

        assert sorted(statuses(answers)) == [200, 200, 302]
        asked = [answer.text for answer in answers if answer.status_code == 200]
        assert all("That is already in this meal." in text for text in asked)
    assert account.profile.entries.count() == ROUNDS


def test_many_concurrent_pairs_of_requests_do_not_fail(account, tab):
    """Changing and removing, adding twice, deleting and logging."""
    food = make_food("Oat drink")
    for _round in range(ROUNDS):
        recipe = make_recipe(account.profile, foods=[food])
        page, item = f"/meals/{recipe.pk}/", recipe.items.get()
        pick = {"pick": f"food:{food.pk}:1:p0", "client_uuid": str(uuid4())}
        said = {"amount": "1", "measure": "servings", "day": "2026-03-02", "slot": "lunch"}

        answers = at_once(
            lambda: tab.post(f"{page}items/{item.pk}/", {"amount": "2", "unit": "p0"}),  # noqa: B023
            lambda: tab.post(f"{page}items/{item.pk}/remove/"),  # noqa: B023
            lambda: tab.post(f"{page}items/", pick),  # noqa: B023
            lambda: tab.post(f"{page}items/", pick),  # noqa: B023
            lambda: tab.post(f"{page}log/", said),  # noqa: B023
            lambda: tab.post(f"{page}delete/"),  # noqa: B023
            lambda: tab.post(page, {"name": "Soup", "kind": "recipe", "servings": "2"}),  # noqa: B023
        )

        assert {status for status in statuses(answers) if status not in (200, 302, 404)} == set()
        assert recipe.items.exclude(pk=item.pk).count() <= 1
