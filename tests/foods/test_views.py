import re
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from foods.importing.starter import load_starter_foods
from foods.models import Food
from tests.factories import make_user
from tests.pages import on_one_line

pytestmark = pytest.mark.django_db


def food_url(food):
    return reverse("food", args=[food.pk])


def test_a_food_page_shows_its_value_portions_and_source(ada_client, make_food):
    food = make_food("Oat drink", portions=[("1 cup", 240), ("1 glass (200 ml)", 206)])

    page = ada_client.get(food_url(food)).text

    assert "1.2\u00a0µg" in page
    assert "1 glass (200 ml)" in page
    assert "A table 2024" in page
    assert "added by the maker" in page


def test_an_unknown_amount_is_explained_and_not_zero(ada_client, make_food):
    page = ada_client.get(food_url(make_food(b12_ug_per_100g=None))).text

    assert "not known" in page
    assert "does not mean that there is none" in page


@pytest.mark.parametrize(
    ("basis", "diet", "is_said"),
    [
        ("guessed", "vegan", True),
        ("listed", "vegan", False),
        ("stated", "vegan", False),
        ("guessed", "omnivore", False),
    ],
)
def test_a_diet_that_rests_on_the_name_alone_says_so(ada_client, make_food, basis, diet, is_said):
    food = make_food(diet=diet, diet_basis=basis)

    assert ("judging by its name" in ada_client.get(food_url(food)).text) is is_said


def test_there_is_a_warning_about_an_unreliable_source(ada_client, make_food):
    spirulina = make_food("Spirulina", source_class="algae_ferment", fortification="pseudo")

    assert "Not a reliable source." in ada_client.get(food_url(spirulina)).text


@pytest.mark.parametrize("slug", ["b12-tablet-1000", "b12-injection-1000"])
def test_a_supplement_is_never_per_100_g(ada_client, slug):
    load_starter_foods()

    page = ada_client.get(food_url(Food.objects.get(slug=slug))).text

    assert "100 g" not in page
    assert "1,000\u00a0µg" in page


def test_a_rich_food_shows_no_percentage_in_the_thousands(ada_client):
    load_starter_foods()

    page = ada_client.get(food_url(Food.objects.get(slug="beef-liver-fried"))).text

    assert "%" not in page.split("How much B12")[1].split("</section>")[0]


def test_another_persons_food_is_not_found(ada_client, make_food):
    assert ada_client.get(food_url(make_food(owner=make_user()))).status_code == 404


def test_a_food_is_logged_from_its_page_on_the_day_it_was_opened_for(ada_client, make_food):
    page = ada_client.get(food_url(make_food()), {"day": "2026-03-02", "slot": "dinner"})

    assert reverse("log", args=["2026-03-02"]) in page.text
    assert page.context["slot"] == "dinner"


def chosen_meal(response):
    """Return the meal at which the page would log: the first one if none is selected."""
    meals = on_one_line(response.text).split('<select id="slot"')[1].split("</select>")[0]
    found = re.search(r'value="(\w+)" selected', meals)
    return found[1] if found else "breakfast"


@pytest.mark.parametrize(
    ("clock", "meal"),
    [("07:30", "breakfast"), ("12:30", "lunch"), ("16:00", "snack"), ("19:00", "dinner")],
)
def test_the_meal_of_a_food_page_follows_the_persons_clock(
    ada, ada_client, make_food, monkeypatch, clock, meal
):
    ada.profile.time_zone = "Asia/Tokyo"
    ada.profile.save()
    there = datetime.fromisoformat(f"2026-03-02T{clock}+09:00")
    monkeypatch.setattr("django.utils.timezone.now", lambda: there.astimezone(UTC))
    food = make_food()

    for query in ({}, {"slot": ""}, {"slot": "brunch"}, {"day": "2026-03-02"}):
        assert chosen_meal(ada_client.get(food_url(food), query)) == meal
        assert ada_client.get("/").context["page"].slot == meal


@pytest.mark.parametrize("day", ["2026-03-01", "2026-03-03"])
def test_on_another_day_the_meal_of_a_food_page_is_the_first(
    ada_client, make_food, monkeypatch, day
):
    evening = datetime(2026, 3, 2, 19, tzinfo=UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: evening)

    response = ada_client.get(food_url(make_food()), {"day": day})

    assert chosen_meal(response) == "breakfast"
    assert ada_client.get(f"/day/{day}/").context["page"].slot == "breakfast"


def test_a_requested_meal_is_used_whatever_the_hour(ada_client, make_food, monkeypatch):
    evening = datetime(2026, 3, 2, 19, tzinfo=UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: evening)

    assert chosen_meal(ada_client.get(food_url(make_food()), {"slot": "lunch"})) == "lunch"


@pytest.mark.parametrize("day", ["", "x", "2026-02-30", "99999-01-01"])
def test_an_odd_day_falls_back_to_today(ada_client, make_food, day):
    assert ada_client.get(food_url(make_food()), {"day": day}).status_code == 200


def test_the_links_of_a_food_page_carry_the_day_and_meal_along(ada, ada_client, make_food):
    food, mine = make_food("Banana"), make_food("My bread", owner=ada)
    origin = {"day": "2026-03-02", "slot": "lunch"}

    pages = [ada_client.get(food_url(each), origin).text for each in (food, mine)]

    assert f'href="/foods/new/?like={food.pk}&amp;day=2026-03-02&amp;slot=lunch"' in pages[0]
    assert f'href="/foods/{mine.pk}/edit/?day=2026-03-02&amp;slot=lunch"' in pages[1]


def test_the_list_shows_the_richest_first_and_filters(ada, ada_client, make_food):
    make_food("Poor", b12_ug_per_100g=0.1)
    make_food("Rich", b12_ug_per_100g=9, diet="omnivore", fortification="natural")
    make_food("Mine", b12_ug_per_100g=1, owner=ada)

    def names(**query):
        return [food.name for food in ada_client.get(reverse("foods"), query).context["foods"]]

    assert names() == ["Rich", "Mine", "Poor"]
    assert names(fortified="on") == ["Mine", "Poor"]
    assert names(mine="on") == ["Mine"]
    ada.profile.bases.update(diet="vegan")
    assert names(fits="on") == ["Mine", "Poor"]


def test_the_list_is_a_fragment_under_htmx(ada_client, make_food):
    make_food("Oat drink")

    response = ada_client.get(reverse("foods"), {"q": "oat"}, headers={"HX-Request": "true"})

    assert "<html" not in response.text
    assert "Oat drink" in response.text


@pytest.mark.parametrize("food_count", [1, 3])
def test_the_list_takes_the_same_queries_however_many_foods(
    ada_client, make_food, food_count, django_assert_max_num_queries
):
    for n in range(food_count):
        make_food(f"Food {n}")

    with django_assert_max_num_queries(9):
        response = ada_client.get(reverse("foods"))

    assert len(response.context["foods"]) == food_count


def test_notes_and_licences_of_a_table_read_as_sentences(ada_client, starter_foods):
    flakes = Food.objects.get(slug="cereal-corn-flakes-uk")

    page = ada_client.get(food_url(flakes)).text

    assert "lanolin, which is not vegan: check the label. The portion of 1 bowl is our" in page
    assert "Facts from the tables that each row names." in page


def test_a_value_far_from_its_kind_is_flagged(ada_client, make_food):
    spread = make_food(review="24 times the median of its category (0.1 µg per 100 g)")

    page = ada_client.get(food_url(spread)).text

    assert "is unusual for its table: 24 times the median of its category (0.1 µg per" in page
