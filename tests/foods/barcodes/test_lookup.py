from datetime import timedelta

import httpx
import pytest
from django.core.cache import cache
from django.utils import timezone

from foods.barcodes import client
from foods.barcodes.client import NoAnswer
from foods.barcodes.lookup import (
    ASKED_A_MINUTE,
    ASKED_OFTEN,
    address_of,
    is_fresh,
    local_food,
    look_up,
    take_turn,
)
from foods.models import Food
from tests.factories import make_entry, make_food, make_user
from tests.foods.barcodes.products import GTIN, constructed, found, newest

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def answering(monkeypatch):
    asked = []

    def answer_with(answer):
        def handle(request):
            asked.append(request)
            return answer

        monkeypatch.setattr(client, "TRANSPORT", httpx.MockTransport(handle))
        return asked

    return answer_with


def made_days_ago(food, days):
    Food.objects.filter(pk=food.pk).update(updated_at=timezone.now() - timedelta(days=days))
    food.refresh_from_db()
    return food


# --- kept


def test_a_found_product_is_stored_under_its_own_source_and_licence(answering):
    answering(found())

    food = look_up(GTIN)

    assert (food.name, food.brand, food.gtin, food.owner) == ("Barley drink", "Hafer", GTIN, None)
    assert (food.b12_ug_per_100g, food.b12_kind, food.diet) == (0.38, "label", "vegan")
    assert (food.source.slug, food.source.trust) == ("openfoodfacts", 40)
    assert "ODbL" in food.source.licence
    assert [(p.label, p.mass_g) for p in food.portions.all()] == [("1 glass of 250 ml", 250)]
    assert address_of(food) == "https://world.openfoodfacts.org/product/5411188112778"


def test_a_product_looked_up_twice_is_one_food_with_the_newest_values(ada, answering):
    answering(found())
    first = look_up(GTIN)
    entry = make_entry(ada.profile, food=first, b12_ug=0.95)

    answering(found(nutrition=newest(5e-07)))
    second = look_up(GTIN)

    entry.refresh_from_db()
    assert first == second
    assert (second.b12_ug_per_100g, entry.b12_ug) == (0.5, 0.95)


def test_a_stated_diet_stays_when_it_becomes_uncertain(answering):
    answering(found())
    look_up(GTIN)

    answering(found(product_name="Oat drink", ingredients_analysis_tags=[]))
    food = look_up(GTIN)

    assert (food.name, food.diet, food.diet_basis) == ("Oat drink", "vegan", "listed")


def test_an_uncertain_diet_is_replaced(answering):
    answering(found(ingredients_analysis_tags=[]))
    assert look_up(GTIN).diet == "omnivore"

    answering(found())

    assert look_up(GTIN).diet == "vegan"


def test_a_doubtful_value_is_stored_for_the_form_and_not_counted(answering):
    answering(found(nutriments={"vitamin-b12_100g": 6e-05}))

    food = look_up(GTIN)

    assert (food.b12_ug_per_100g, food.b12_kind) == (None, "unknown")
    assert food.label.amount == 60
    assert "60 µg per 100 g" in food.review


def test_all_constructed_products_can_be_kept(answering):
    for answer in constructed()["v3_5"]:
        cache.clear()  # turns
        answering(httpx.Response(200, json=answer))
        look_up(answer["code"].zfill(14))

    assert Food.objects.filter(source__slug="openfoodfacts").count() == 40
    assert not Food.objects.filter(b12_ug_per_100g=None).exists()


# --- not asked


def test_misses_are_cached_for_a_day(answering):
    asked = answering(httpx.Response(404))

    assert look_up(GTIN) is None
    assert look_up(GTIN) is None

    assert len(asked) == 1


def test_a_failure_is_not_cached(answering):
    answering(httpx.Response(500))
    with pytest.raises(NoAnswer):
        look_up(GTIN)

    answering(found())
    assert look_up(GTIN).name == "Barley drink"


def test_a_busy_answer_pauses_the_whole_site(answering):
    asked = answering(httpx.Response(503))
    with pytest.raises(NoAnswer):
        look_up(GTIN)

    with pytest.raises(NoAnswer) as caught:
        look_up("07622210288257")

    assert caught.value.said == ASKED_OFTEN
    assert len(asked) == 1


def test_eight_digits_that_fit_both_ways_are_looked_up_both_ways(monkeypatch):
    asked = []

    def handle(request):
        asked.append(request.url.path.rpartition("/")[2])
        return found(code="0012345000065") if len(asked) == 2 else httpx.Response(404)

    monkeypatch.setattr(client, "TRANSPORT", httpx.MockTransport(handle))

    food = look_up("00000001234565")

    assert asked == ["01234565", "0012345000065"]
    assert food.gtin == "00012345000065"


def test_a_number_that_fits_one_way_is_looked_up_once(answering):
    asked = answering(httpx.Response(404))

    assert look_up("00012345000065") is None
    assert len(asked) == 1


def test_an_answer_under_the_short_number_is_about_the_same_product(answering):
    answering(found(code="01234565"))

    assert look_up("00012345000065").gtin == "00012345000065"


def test_no_more_than_fifteen_look_ups_a_minute(answering):
    assert [take_turn() for _ in range(ASKED_A_MINUTE + 2)] == [True] * 15 + [False] * 2
    asked = answering(found())

    with pytest.raises(NoAnswer):
        look_up(GTIN)

    assert asked == []


def test_an_answer_about_another_product_is_refused_and_not_stored(answering):
    answering(found(code="7622210288257"))

    with pytest.raises(NoAnswer) as caught:
        look_up(GTIN)

    assert caught.value.said == client.UNREADABLE
    assert not Food.objects.exists()


# --- the own catalogue


def test_an_own_food_comes_before_the_catalogue(ada):
    make_food("Theirs", gtin=GTIN, b12_ug_per_100g=9)
    mine = make_food("Mine", gtin=GTIN, owner=ada, b12_ug_per_100g=None)

    assert local_food(GTIN, ada) == mine
    assert local_food(GTIN, make_user()).name == "Theirs"


def test_a_short_upc_finds_the_food_of_the_number_it_stands_for(ada):
    food = make_food(gtin="00012345000065")

    assert local_food("00000001234565", ada) == food


def test_eight_digits_that_fit_both_ways_find_the_ean_8_first(ada):
    make_food("UPC-A", gtin="00012345000065")
    make_food("EAN-8", gtin="00000001234565", b12_ug_per_100g=None)

    assert local_food("00000001234565", ada).name == "EAN-8"


def test_another_persons_or_a_deleted_food_is_not_found(ada):
    make_food(gtin=GTIN, owner=make_user())
    make_food(gtin=GTIN, retired_at=timezone.now())

    assert local_food(GTIN, ada) is None


@pytest.mark.parametrize(
    ("answer", "days", "fresh"),
    [
        ({}, 89, True),
        ({}, 91, False),
        ({"nutriments": {}}, 0, True),
        ({"nutriments": {}}, 2, False),
    ],
)
def test_a_product_is_looked_up_again_after_some_time(answering, answer, days, fresh):
    answering(found(**answer))

    assert is_fresh(made_days_ago(look_up(GTIN), days)) is fresh


def test_a_food_of_a_table_is_never_looked_up():
    assert is_fresh(made_days_ago(make_food(), 4000))
