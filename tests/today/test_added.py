"""Rows of the food box that are in the meal already: marked, and they ask before logging again."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from foods.models import Food
from tests.pages import on_one_line
from tests.recipes.builders import make_meal, make_recipe
from tracker.diary.measures import weigh
from tracker.diary.picks import pick_food

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def today():
    return timezone.localdate()


def offers(client, day, slot="lunch", q=""):
    typed = {"slot": slot, "q": q}
    found = client.get(reverse("find", args=[day]), typed, headers=HTMX).context["offers"]
    return {offer.name: offer for offer in found}


def press(client, day, pick, *, slot="lunch", **more):
    data = {"pick": pick, "slot": slot}
    return client.post(reverse("log", args=[day]), data, **more)


@pytest.fixture
def eaten(ada, today, make_entry, make_food):
    """Soy milk, eaten at lunch today."""
    return make_entry(ada.profile, day=today, slot="lunch", food=make_food())


def test_a_food_of_this_meal_is_marked(ada_client, today, eaten):
    assert offers(ada_client, today)["Soy milk"].is_added


def test_a_food_of_another_meal_or_day_is_not_marked(
    ada, ada_client, today, eaten, make_entry, make_food
):
    food = make_food("Egg")
    make_entry(ada.profile, day=today, slot="dinner", food=food, name="Egg")
    make_entry(ada.profile, day=today - timezone.timedelta(1), slot="lunch", food=food, name="Egg")

    assert offers(ada_client, today)["Egg"].is_added is False


def test_a_typed_food_is_logged_without_a_question(ada_client, today, eaten):
    assert offers(ada_client, today, q="soy milk")["Soy milk"].is_added is False


def test_a_typed_food_on_a_whole_page_asks_first(ada, ada_client, today, eaten):
    """Without scripts, Back shows the rows again after one was logged."""
    page = ada_client.get(reverse("day", args=[today]), {"slot": "lunch", "q": "soy milk"})

    (offer,) = page.context["offers"]
    assert offer.is_added
    assert f'value="ask:{offer.pick}"' in page.text


def test_a_recipe_of_this_meal_is_marked_until_it_is_undone(ada, ada_client, today, make_food):
    make_meal(ada.profile, name="My lunch", foods=[make_food()], usual_slot="lunch")
    pick = offers(ada_client, today)["My lunch"].pick

    press(ada_client, today, pick)
    assert offers(ada_client, today)["My lunch"].is_added
    assert offers(ada_client, today, slot="dinner").get("My lunch") is None
    step = ada.profile.steps.get()
    ada_client.post(reverse("undo", args=[today, step.pk]))

    assert offers(ada_client, today)["My lunch"].is_added is False


def test_a_recipe_that_was_deleted_from_the_meal_is_not_marked(ada, ada_client, today, make_food):
    make_meal(ada.profile, name="My lunch", foods=[make_food(), make_food()], usual_slot="lunch")
    press(ada_client, today, offers(ada_client, today)["My lunch"].pick)
    first, last = ada.profile.entries.all()

    ada_client.post(reverse("entry-delete", args=[first.pk]))
    assert offers(ada_client, today)["My lunch"].is_added
    ada_client.post(reverse("entry-delete", args=[last.pk]))

    assert offers(ada_client, today)["My lunch"].is_added is False


def test_a_recipe_that_was_moved_is_marked_at_its_new_meal(ada, ada_client, today, make_food):
    meal = make_meal(ada.profile, name="My lunch", foods=[make_food()], usual_slot="lunch")
    press(ada_client, today, offers(ada_client, today)["My lunch"].pick)
    entry = ada.profile.entries.get()
    moved = {"amount": "1", "unit": "p0", "slot": "dinner"}
    ada_client.post(reverse("entry", args=[entry.pk]), moved)
    assert ada.profile.entries.get().slot == "dinner"

    assert offers(ada_client, today)["My lunch"].is_added is False
    meal.usual_slot = "dinner"
    meal.save()
    assert offers(ada_client, today, slot="dinner")["My lunch"].is_added


def test_a_recipe_of_another_meal_is_not_marked(ada, ada_client, today, make_food):
    meal = make_meal(ada.profile, foods=[make_food()], usual_slot="lunch")
    press(ada_client, today, offers(ada_client, today)["My breakfast"].pick)
    meal.usual_slot = "dinner"
    meal.save()

    assert offers(ada_client, today, slot="dinner")["My breakfast"].is_added is False


@pytest.mark.parametrize("headers", [HTMX, {}])
def test_a_second_press_asks_and_logs_nothing(ada, ada_client, today, eaten, headers):
    row = f"ask:{offers(ada_client, today)['Soy milk'].pick}"

    response = press(ada_client, today, row, headers=headers)

    assert ada.profile.entries.count() == 1
    assert "That is already in this meal." in response.text
    assert f'value="again:{eaten.pk}:240/1"' in response.text


def test_confirming_logs_it_once_more(ada, ada_client, today, eaten):
    press(ada_client, today, f"again:{eaten.pk}")

    assert ada.profile.entries.count() == 2


def test_the_page_marks_the_row_and_its_button(ada_client, today, eaten):
    page = ada_client.get(reverse("day", args=[today]), {"slot": "lunch"}).text

    assert f'value="ask:again:{eaten.pk}:240/1"' in page
    assert '<span aria-hidden="true">✓</span> added' in page


def test_a_question_with_markup_in_it_stays_text(ada_client, today):
    response = press(ada_client, today, 'ask:"><script>alert(1)</script>')

    assert "<script>alert" not in response.text


@pytest.fixture
def last_time(ada, today, make_entry, make_food):
    """Soy milk, eaten at lunch yesterday: today's box offers it again."""
    day = today - timezone.timedelta(1)
    food = make_food(b12_ug_per_100g=0.5)
    return make_entry(ada.profile, day=day, slot="lunch", food=food, mass_g=240, b12_ug=1.2)


def changed_to(response, client, day):
    """Return the value that the page asks about, and log it."""
    asked = re.search(
        r'name="pick" value="([^"]+)"[^>]*>Add this amount', on_one_line(response.text)
    )
    press(client, day, asked[1])
    return asked[1]


@pytest.mark.parametrize("headers", [HTMX, {}])
def test_a_row_whose_entry_was_changed_asks_and_logs_nothing(
    ada, ada_client, today, last_time, headers
):
    row = offers(ada_client, today)["Soy milk"].pick
    last_time.mass_g, last_time.b12_ug, last_time.amount = 720, 3.6, 3
    last_time.save()

    asked = press(ada_client, today, row, headers=headers)

    assert ada.profile.entries.count() == 1
    assert "It is now 3 cups, B12: 3.6\u00a0µg. Nothing was logged yet." in asked.text
    assert changed_to(asked, ada_client, today) == f"again:{last_time.pk}:720/3.6"
    assert ada.profile.entries.latest("pk").mass_g == 720


@pytest.mark.parametrize("change", [{"mass_g": 60.0}, {"b12_ug_per_100g": 10.0}])
def test_a_row_whose_food_was_changed_asks_and_logs_nothing(
    ada, ada_client, today, make_food, change
):
    food = make_food("Stale bar", owner=ada, portions=[("1 bar", 30)], b12_ug_per_100g=1.0)
    row = offers(ada_client, today, q="stale bar")["Stale bar"].pick
    food.portions.update(mass_g=change.get("mass_g", 30))
    Food.objects.update(b12_ug_per_100g=change.get("b12_ug_per_100g", 1.0))

    asked = press(ada_client, today, row, headers=HTMX)

    assert not ada.profile.entries.exists()
    changed_to(asked, ada_client, today)
    entry = ada.profile.entries.get()
    assert (entry.mass_g, entry.b12_ug) in [(60.0, 0.6), (30.0, 3.0)]


def test_a_row_whose_recipe_was_changed_asks_and_logs_nothing(ada, ada_client, today, make_food):
    stew = make_recipe(ada.profile, name="Stew", foods=[make_food()])
    row = offers(ada_client, today, q="stew")["Stew"].pick
    stew.items.update(mass_g=10 * stew.items.get().mass_g)

    asked = press(ada_client, today, row, headers=HTMX)

    assert not ada.profile.entries.exists()
    changed_to(asked, ada_client, today)
    assert ada.profile.entries.count() == 1


def test_the_question_about_a_changed_recipe_mentions_unknown_items(
    ada, ada_client, today, make_food
):
    milk, herbs = make_food("Milk", b12_ug_per_100g=0.5), make_food("Herbs", b12_ug_per_100g=None)
    stew = make_recipe(ada.profile, name="Stew", foods=[milk, herbs])
    row = offers(ada_client, today, q="stew")["Stew"].pick
    stew.items.update(mass_g=800)

    assert "B12: at least 1.0\u00a0µg" in press(ada_client, today, row, headers=HTMX).text

    Food.objects.update(b12_ug_per_100g=None)

    assert "B12: not known" in press(ada_client, today, row, headers=HTMX).text


def test_the_question_about_a_changed_food_counts_no_unproven_b12(
    ada, ada_client, today, make_food
):
    nori = make_food(
        "Nori", source_class="algae_ferment", fortification="none", portions=[("1 sheet", 3)]
    )
    row = offers(ada_client, today, q="nori")["Nori"].pick
    nori.portions.update(mass_g=9)

    assert "B12: not counted" in press(ada_client, today, row, headers=HTMX).text


@pytest.mark.parametrize("unit", ["", "p0", "g"])
@pytest.mark.parametrize("ug", [None, 0.0, 1 / 3, 1e-5, 70.123456])
def test_an_unchanged_row_is_logged_without_a_question(ada, ada_client, today, make_food, unit, ug):
    food = make_food("Bar", b12_ug_per_100g=ug, portions=[("3 pieces", 100 / 3)])
    mass_g = weigh(food, 1 / 3, unit)

    press(ada_client, today, pick_food(food.pk, 1 / 3, unit, mass_g, food.b12_ug(mass_g)))

    assert ada.profile.entries.count() == 1


def test_a_row_whose_entry_was_deleted_says_so(ada, ada_client, today, last_time):
    row = offers(ada_client, today)["Soy milk"].pick
    last_time.delete()

    response = press(ada_client, today, row, headers=HTMX)

    assert "The entry that this row repeats was deleted" in response.text


def test_a_row_posted_again_after_its_entry_was_deleted_is_already_done(
    ada, ada_client, today, last_time
):
    row = offers(ada_client, today)["Soy milk"].pick
    key = {"pick": row, "slot": "lunch", "client_uuid": str(uuid4())}
    log = reverse("log", args=[today])
    ada_client.post(log, key, headers=HTMX)
    last_time.delete()
    ada_client.post(log, {"pick": "ug:1:added", "slot": "lunch"})

    response = ada_client.post(log, key, headers=HTMX)

    assert "That was already done, so nothing was changed." in response.text
    assert ada.profile.entries.count() == 2


def test_a_recipe_row_posted_again_after_a_change_is_already_done(
    ada, ada_client, today, make_food
):
    stew = make_recipe(ada.profile, name="Stew", foods=[make_food()])
    row = offers(ada_client, today, q="stew")["Stew"].pick
    key = {"pick": row, "slot": "lunch", "client_uuid": str(uuid4())}
    log = reverse("log", args=[today])
    ada_client.post(log, key, headers=HTMX)
    stew.items.update(mass_g=10 * stew.items.get().mass_g)

    response = ada_client.post(log, key, headers=HTMX)

    assert "Nothing was logged yet" not in response.text
    assert ada.profile.entries.count() == 1
