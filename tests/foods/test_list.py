"""The Foods page: what it lists, and what it says about the search."""

import pytest
from django.urls import reverse

from tests.pages import on_one_line

pytestmark = pytest.mark.django_db


def test_other_forms_are_linked_below_their_food(ada_client, make_food):
    make_food("Lentils, cooked")
    raw = make_food("Lentils, raw")

    page = ada_client.get(reverse("foods"), {"q": "lentils"}).text

    assert "Other forms (1)" in on_one_line(page)
    assert f'<a href="{reverse("food", args=[raw.pk])}">Lentils, raw</a>' in page


def test_a_barcode_is_not_also_called_unknown(ada_client):
    page = ada_client.get(reverse("foods"), {"q": "5411188112778"}).text

    assert "That is a barcode." in page
    assert "No food matches" not in page


def test_a_corrected_word_is_shown(ada_client, starter_foods):
    page = ada_client.get(reverse("foods"), {"q": "chese"}).text

    assert "Showing results for “cheese”." in page


def test_an_overlong_search_lists_nothing_and_says_so(ada_client, make_food):
    make_food("Oat drink")

    response = ada_client.get(reverse("foods"), {"q": "x" * 10_000})

    assert response.context["foods"] == []
    assert "at most 200 characters" in response.text
