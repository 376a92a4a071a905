"""A quick add that has no name is called "Quick add" wherever it is shown."""

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.recipes.builders import make_recipe

NAME = "Quick add"


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def entry(ada, ada_client, today):
    ada_client.post(reverse("log", args=[today]), {"quick_ug": "2", "slot": "lunch"})
    return ada.profile.entries.get()


def test_no_name_is_stored(entry):
    assert (entry.name, entry.b12_ug) == ("", 2.0)


def test_the_day_shows_it_and_says_what_was_logged(entry, ada_client):
    text = ada_client.get("/").text

    assert f'<span class="entry__food">{NAME}</span>' in text
    assert f"Logged {NAME}" in text


def test_the_week_lists_it(entry, ada_client):
    foods = ada_client.get(reverse("week")).context["contributions"].foods

    assert [food.name for food in foods] == [NAME]


def test_its_page_is_headed_by_it_and_leaves_the_name_open(entry, ada_client):
    response = ada_client.get(reverse("entry", args=[entry.pk]))

    assert f"Change {NAME}" in response.text
    assert response.context["form"].initial["name"] == ""


def test_a_new_name_replaces_it(entry, ada, ada_client):
    form = ada_client.get(reverse("entry", args=[entry.pk])).context["form"]
    answers = {name: value for name, value in form.initial.items() if value is not None}

    ada_client.post(reverse("entry", args=[entry.pk]), answers | {"name": "Nan's pie"})

    assert ada.profile.entries.get().called == "Nan's pie"
    assert "Nan&#x27;s pie" in ada_client.get("/").text


def test_an_undo_names_it(entry, ada_client):
    ada_client.post(reverse("entry-delete", args=[entry.pk]))

    assert f"Deleted {NAME}" in ada_client.get("/").text


def test_a_recipe_lists_it(ada, ada_client):
    recipe = make_recipe(ada.profile)
    recipe.items.create(position=0, name="", own_b12_ug=1, own_food_ug=1)

    assert NAME in ada_client.get(reverse("recipe", args=[recipe.pk])).text
