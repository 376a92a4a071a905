import httpx
import pytest
from django.core.cache import cache

from foods.barcodes import client
from foods.models import Food, LookupConsent
from tests.factories import make_food, make_user
from tests.foods.barcodes.products import CODE, GTIN, found

pytestmark = pytest.mark.django_db
PAGE = "/barcode/"
BY_HAND = f"/foods/new/?code={CODE}"


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def asked(monkeypatch):
    """The requests that reached Open Food Facts; set ``asked.answer`` to change what it says."""

    class Asked(list):
        answer = None

    asked = Asked()

    def handle(request):
        asked.append(request)
        if isinstance(asked.answer, Exception):
            raise asked.answer
        return asked.answer or found()

    monkeypatch.setattr(client, "TRANSPORT", httpx.MockTransport(handle))
    return asked


@pytest.fixture
def is_on(settings):
    settings.OPENFOODFACTS = True


@pytest.fixture
def said_yes(ada, is_on):
    LookupConsent.objects.create(account=ada)


# --- the own catalogue


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_number_of_the_catalogue_leads_to_its_food(ada_client, method):
    food = make_food(gtin=GTIN)

    response = getattr(ada_client, method)(
        PAGE, {"code": CODE, "day": "2026-03-02", "slot": "lunch"}
    )

    assert response.url == f"/foods/{food.pk}/?day=2026-03-02&slot=lunch"


@pytest.mark.parametrize("code", ["", "12", "5411188112779", "two eggs", "\x00", "9" * 500])
def test_an_invalid_number_is_reported_next_to_the_field(ada_client, asked, said_yes, code):
    for response in (ada_client.get(PAGE, {"code": code}), ada_client.post(PAGE, {"code": code})):
        assert response.status_code == 200
        assert list(response.context["form"].errors) == ["code"]
    assert asked == []


def test_a_food_entered_from_its_label_takes_the_number_day_and_meal_along(ada_client):
    page = ada_client.get(PAGE, {"code": CODE, "day": "2026-03-02", "slot": "lunch"}).text

    assert f'href="{BY_HAND}&amp;day=2026-03-02&amp;slot=lunch"' in page


def test_another_persons_food_is_not_found(ada_client):
    make_food(gtin=GTIN, owner=make_user())

    response = ada_client.get(PAGE, {"code": CODE})

    assert f"No food here has the number {CODE}" in response.text


# --- off, and not yet allowed


def test_a_site_without_look_ups_offers_the_label(ada_client, ada, asked):
    LookupConsent.objects.create(account=ada)

    response = ada_client.post(PAGE, {"code": CODE, "agree": "1"})

    assert asked == []
    assert BY_HAND in response.text
    assert "COBALOG_OPENFOODFACTS" in response.text
    assert "Ask Open Food Facts" not in response.text


def test_look_ups_are_off_unless_the_site_says_so(settings):
    assert settings.OPENFOODFACTS is False


def test_before_the_first_look_up_a_page_names_what_is_sent(ada_client, asked, is_on, settings):
    settings.OPENFOODFACTS_CONTACT = "me@example.org"

    text = ada_client.post(PAGE, {"code": CODE}).text

    assert asked == []
    assert not LookupConsent.objects.exists()
    for named in (CODE, "network address of this server", "Cobalog 0.1", "me@example.org"):
        assert named in text
    assert "world.openfoodfacts.org" in text and "Yes, ask Open Food Facts" in text


def test_consent_once_given_holds_for_the_next_number(ada, ada_client, asked, is_on):
    first = ada_client.post(PAGE, {"code": CODE, "agree": "1"})
    asked.answer = httpx.Response(404)
    ada_client.post(PAGE, {"code": "7622210288257"})

    assert first.url == f"/foods/{Food.objects.get().pk}/"
    assert LookupConsent.objects.get().account == ada
    assert len(asked) == 2


def test_consent_belongs_to_one_person(client, asked, said_yes):
    client.force_login(make_user())

    client.post(PAGE, {"code": CODE})

    assert asked == []


def test_consent_can_be_withdrawn(ada_client, asked, said_yes):
    ada_client.post("/barcode/stop-asking/")
    ada_client.post(PAGE, {"code": CODE})

    assert not LookupConsent.objects.exists()
    assert asked == []


def test_opening_an_address_looks_nothing_up(ada_client, asked, said_yes):
    text = ada_client.get(PAGE, {"code": CODE, "agree": "1"}).text

    assert asked == []
    assert "Ask Open Food Facts" in text and BY_HAND in text


# --- asked


def test_a_found_product_is_shown_with_its_licence(ada_client, asked, said_yes):
    text = ada_client.post(PAGE, {"code": CODE, "slot": "lunch"}, follow=True).text

    assert "Barley drink" in text
    assert "Open Database License (ODbL) 1.0" in text
    assert f'href="https://world.openfoodfacts.org/product/{CODE}"' in text
    assert "Open Food Facts, ODbL" in ada_client.get("/foods/?q=barley").text


def test_a_product_without_b12_opens_the_label_form_filled_in(ada_client, asked, said_yes):
    asked.answer = found(nutriments={})

    response = ada_client.post(PAGE, {"code": CODE, "slot": "lunch"}, follow=True)

    form = response.context["form"]
    assert response.redirect_chain[0][0].endswith("&slot=lunch")
    assert [form[name].value() for name in ("name", "brand", "gtin", "amount", "diet")] == [
        "Barley drink",
        "Hafer",
        CODE,
        "",
        "vegan",
    ]
    assert "Open Food Facts has this food but not its B12" in response.text


def test_a_doubtful_value_is_shown_for_comparison_with_the_label(ada_client, asked, said_yes):
    asked.answer = found(nutriments={"vitamin-b12_100g": 6e-05})

    response = ada_client.post(PAGE, {"code": CODE}, follow=True)

    assert response.context["form"]["amount"].value() == "60"
    assert "Compare it with the label." in response.text


def test_a_manually_completed_food_is_found_by_its_number_next_time(
    ada, ada_client, asked, said_yes
):
    asked.answer = found(nutriments={})
    form = ada_client.post(PAGE, {"code": CODE}, follow=True).context["form"]
    filled = {name: form[name].value() or "" for name in form.fields} | {"amount": "0,4"}
    del filled["confirm"]

    ada_client.post("/foods/new/", filled)

    mine = Food.objects.get(owner=ada)
    assert (mine.b12_ug_per_100g, mine.gtin) == (0.4, GTIN)
    assert ada_client.post(PAGE, {"code": CODE}).url == f"/foods/{mine.pk}/"
    assert len(asked) == 1


def test_an_unknown_product_leads_to_the_label_form_with_its_number(ada_client, asked, said_yes):
    asked.answer = httpx.Response(404)

    response = ada_client.post(PAGE, {"code": CODE})

    assert "Open Food Facts does not have" in response.text and BY_HAND in response.text


@pytest.mark.parametrize(
    "answer",
    [
        httpx.ConnectError("no network"),
        httpx.ReadTimeout("slow"),
        httpx.Response(429),
        httpx.Response(503),
        httpx.Response(500),
        httpx.Response(302, headers={"Location": "https://example.org"}),
        httpx.Response(200, text="<html>"),
        httpx.Response(200, content=b" " * 2_000_000),
    ],
)
def test_every_failure_is_one_line_and_offers_manual_entry(ada_client, asked, said_yes, answer):
    asked.answer = answer

    response = ada_client.post(PAGE, {"code": CODE})

    assert response.status_code == 200
    assert response.text.count('role="alert"') == 1
    assert BY_HAND in response.text and "Try again" in response.text
    assert not Food.objects.exists()


def test_an_old_answer_is_used_if_no_new_one_comes(ada_client, asked, said_yes):
    ada_client.post(PAGE, {"code": CODE})
    Food.objects.update(updated_at="2020-01-01T00:00Z")
    asked.answer = httpx.Response(503)

    response = ada_client.post(PAGE, {"code": CODE})

    assert response.url == f"/foods/{Food.objects.get().pk}/"
    assert len(asked) == 2


def test_a_fresh_answer_is_not_looked_up_again(ada_client, asked, said_yes):
    for _ in range(3):
        ada_client.post(PAGE, {"code": CODE})

    assert len(asked) == 1


def test_numbers_stay_out_of_the_logs(ada_client, asked, said_yes, caplog):
    asked.answer = httpx.Response(500)

    with caplog.at_level("WARNING"):
        ada_client.post(PAGE, {"code": CODE})

    assert CODE not in caplog.text


def test_the_page_takes_few_queries(ada_client, is_on, django_assert_num_queries):
    with django_assert_num_queries(5):
        ada_client.get(PAGE, {"code": CODE})
