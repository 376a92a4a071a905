"""What a food's page says about its B12, above all about none and traces."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


@pytest.fixture
def said(ada_client, make_food):
    def page_of(**fields):
        food = make_food(**{"b12_added_ug_per_100g": None} | fields)
        return ada_client.get(reverse("food", args=[food.pk])).text

    return page_of


BACON = {"source_class": "meat", "fortification": "none", "b12_ug_per_100g": 0.0}
PLANTS = "Plants make no B12."


@pytest.mark.parametrize(
    ("kind", "chip", "words"),
    [
        ("trace", "a trace of B12", '<td class="number">trace</td>'),
        (
            "below_limit",
            "less B12 than can be measured",
            '<td class="number">less than can be measured</td>',
        ),
    ],
)
def test_a_trace_is_neither_none_nor_zero(said, kind, chip, words):
    page = said(**BACON, b12_kind=kind)

    assert f'<span class="chip">{chip}</span>' in page
    assert words in page
    assert "It adds 0 to a day&#x27;s total." in " ".join(page.split())
    assert "0\u00a0µg" not in page
    assert "no B12" not in page


@pytest.mark.parametrize("source_class", ["meat", "dairy", "mixed_dish", "fortified_food"])
def test_only_a_plant_is_called_a_plant(said, source_class):
    page = said(**BACON | {"source_class": source_class}, b12_kind="analysed")

    assert PLANTS not in page
    assert "The source states that this food contains no B12." in page
    assert "0\u00a0µg" in page


def test_a_plant_without_b12_is_said_to_make_none(said):
    page = said(**BACON | {"source_class": "plant_food"}, b12_kind="assumed_zero")

    assert PLANTS in page
    assert "no B12</span>" in page


def test_the_b12_of_a_mushroom_is_not_called_none(said):
    page = said(source_class="plant_food", fortification="none", b12_ug_per_100g=0.04)

    assert "unproven or inactive forms</span>" in page
    assert "Cobalog shows it but does not count it." in page
    assert PLANTS in page


def test_unknown_b12_of_a_plant_is_not_called_none(said):
    page = said(source_class="plant_food", fortification="none", b12_ug_per_100g=None)

    assert ">no B12<" not in page
    assert "not known whether natural or added</span>" in page
    assert "Not a reliable source." not in page


@pytest.mark.parametrize(("name", "args"), [("foods", []), ("find", ["2026-03-02"])])
def test_a_trace_is_shown_in_the_results(ada_client, make_food, name, args):
    make_food("Bacon rashers", **BACON, b12_kind="trace", b12_added_ug_per_100g=None)

    page = ada_client.get(reverse(name, args=args), {"q": "bacon"}, headers={"HX-Request": "true"})
    page = page.text

    assert "trace" in page
    assert "0\u00a0µg" not in page
