import re
from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from tests.factories import make_entry, make_food, make_profile, make_user
from tests.recipes.builders import make_meal, make_recipe, put_in
from tracker.diary.models import Entry
from tracker.diary.picks import pick_food
from tracker.diary.quantity import Quantity
from tracker.recipes import editing
from tracker.recipes.models import Item, Recipe
from tracker.recipes.writing import MOST_ITEMS

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
DONE_BEFORE = "That was already done, so nothing was changed."


@pytest.fixture
def today():
    return timezone.localdate()


def url(name, recipe, *more):
    return reverse(name, args=[recipe.pk, *more])


def add(client, recipe, food, *, amount=1, unit="", uuid=None, **more):
    pick = pick_food(food.pk, amount, unit)
    data = {"pick": pick, "client_uuid": uuid or uuid4()}
    return client.post(url("recipe-add", recipe), data, **more)


def log(client, recipe, day, *, amount="1", measure="servings", slot="dinner", **more):
    data = {"amount": amount, "measure": measure, "slot": slot, "day": day.isoformat(), **more}
    return client.post(url("recipe-log", recipe), data)


# --- list


def test_the_list_shows_the_b12_of_a_serving(ada, ada_client):
    make_recipe(ada.profile, foods=[make_food(b12_ug_per_100g=8.0)])

    response = ada_client.get(reverse("recipes"))

    assert [content.serving_ug for content in response.context["contents"]] == [2.0]
    assert "Lentil stew" in response.text


def test_an_empty_list_says_how_to_begin(ada_client):
    assert "Save as a meal" in ada_client.get(reverse("recipes")).text


def test_the_message_about_a_deleted_recipe_has_a_restore_button(ada, ada_client):
    make_recipe(ada.profile, name="Soup", retired_at=timezone.now() - timedelta(days=1))
    stew = make_recipe(ada.profile, name="Stew")

    page = ada_client.post(url("recipe-retire", stew), follow=True)

    note = re.search(r'<div class="note[^>]* autofocus>(.*?)</div>', page.text, re.S)[1]
    assert "Stew was deleted. What you logged from it stays in the diary." in note
    assert f'action="{url("recipe-restore", stew)}"' in note
    assert "Soup" not in note
    assert ada_client.get(reverse("recipes")).context["deleted"] is None


def test_only_own_recipes_are_listed(ada_client):
    make_recipe(name="Secret")

    assert ada_client.get(reverse("recipes")).context["contents"] == []


@pytest.mark.parametrize("recipe_count", [1, 3])
def test_the_list_takes_the_same_queries_however_many(
    ada, ada_client, recipe_count, django_assert_num_queries
):
    for _n in range(recipe_count):
        make_recipe(ada.profile, foods=[make_food() for _m in range(recipe_count)])
    ada_client.get(reverse("recipes"))

    with django_assert_num_queries(7):
        response = ada_client.get(reverse("recipes"))

    assert len(response.context["contents"]) == recipe_count


def test_a_long_list_has_pages(ada, ada_client):
    for n in range(31):
        make_meal(ada.profile, name=f"Meal {n}")

    assert len(ada_client.get(reverse("recipes")).context["contents"]) == 30
    assert len(ada_client.get(reverse("recipes"), {"page": "2"}).context["contents"]) == 1
    assert ada_client.get(reverse("recipes"), {"page": "x"}).status_code == 200


# --- making and changing


def about(**fields):
    return {"name": "Stew", "kind": "recipe", "servings": "4", "cooked_mass_g": ""} | fields


def test_a_recipe_is_made_with_its_yield(ada, ada_client):
    response = ada_client.post(reverse("recipe-new"), about(servings="2,5", cooked_mass_g="1200"))

    recipe = ada.profile.recipes.get()
    assert response.url == url("recipe", recipe)
    assert (recipe.name, recipe.kind, recipe.servings, recipe.cooked_mass_g) == (
        "Stew",
        "recipe",
        2.5,
        1200,
    )


def test_a_saved_meal_has_no_yield(ada, ada_client):
    ada_client.post(
        reverse("recipe-new"), about(kind="saved_meal", servings="nonsense", cooked_mass_g="0")
    )

    recipe = ada.profile.recipes.get()
    assert (recipe.servings, recipe.cooked_mass_g) == (1, None)


def test_the_same_form_posted_twice_makes_one(ada, ada_client):
    data = about(client_uuid=str(uuid4()))

    first = ada_client.post(reverse("recipe-new"), data)
    second = ada_client.post(reverse("recipe-new"), data)

    assert (first.url, ada.profile.recipes.count()) == (second.url, 1)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("servings", "0"),
        ("servings", "-2"),
        ("servings", ""),
        ("servings", "101"),
        ("servings", "nan"),
        ("servings", "1e9"),
        ("servings", "four"),
        ("cooked_mass_g", "0"),
        ("cooked_mass_g", "-1"),
        ("cooked_mass_g", "50001"),
        ("name", ""),
        ("name", "   "),
        ("name", "x" * 121),
        ("name", "\u3164\x00\u200b"),
        ("name", "Stew \u202ewets"),
        ("kind", "feast"),
    ],
)
def test_an_invalid_recipe_is_refused_beside_its_field(ada, ada_client, field, value):
    response = ada_client.post(reverse("recipe-new"), about(**{field: value}))

    assert list(response.context["form"].errors) == [field]
    assert ada.profile.recipes.count() == 0


def test_a_new_yield_is_saved_and_an_invalid_one_is_returned_bound(ada, ada_client):
    recipe = make_recipe(ada.profile)

    ada_client.post(url("recipe", recipe), about(name="Dal", servings="6"))
    response = ada_client.post(url("recipe", recipe), about(servings="0"))

    recipe.refresh_from_db()
    assert (recipe.name, recipe.servings, recipe.search) == ("Dal", 6, " dal")
    assert list(response.context["about_form"].errors) == ["servings"]


# --- its items


def test_a_food_is_found_and_added_without_scripts(ada, ada_client):
    recipe, food = make_recipe(ada.profile), make_food("Lentils", portions=[("1 cup", 200)])

    found = ada_client.get(url("recipe", recipe), {"q": "400 g lentils"})
    (row,) = found.context["page"].rows
    response = ada_client.post(url("recipe-add", recipe), {"pick": row.pick, "q": "400 g lentils"})

    assert response.url == url("recipe", recipe) + "#dish"
    item = recipe.items.get()
    assert (item.food, item.mass_g, item.amount_text) == (food, 400, "400 g")


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
@pytest.mark.parametrize("change", ["weight", "b12"])
def test_a_food_changed_since_its_row_was_shown_is_not_added(ada, ada_client, headers, change):
    recipe, food = make_recipe(ada.profile), make_food("Lentils", portions=[("1 cup", 200)])
    (row,) = ada_client.get(url("recipe", recipe), {"q": "lentils"}).context["page"].rows
    if change == "weight":
        food.portions.update(mass_g=300)
    else:
        type(food).objects.update(b12_ug_per_100g=7.0)

    response = ada_client.post(url("recipe-add", recipe), {"pick": row.pick}, headers=headers)

    assert "This food was changed since the row was shown" in response.text
    assert not recipe.items.exists()


def test_adding_a_food_under_htmx_returns_the_dish(ada, ada_client):
    recipe = make_recipe(ada.profile)

    response = add(ada_client, recipe, make_food("Lentils"), headers=HTMX)

    assert response.headers["HX-Retarget"] == "#dish"
    assert "recipe-changed" in response.headers["HX-Trigger-After-Settle"]
    assert response.text.lstrip().startswith('<div id="dish"')
    assert "Added Lentils." in response.text


def test_items_keep_the_order_in_which_they_were_added(ada, ada_client):
    recipe = make_recipe(ada.profile)
    for name in ("Lentils", "Carrots", "Cumin"):
        add(ada_client, recipe, make_food(name))
    ada_client.post(url("recipe-remove", recipe, recipe.items.all()[1].pk))
    add(ada_client, recipe, make_food("Salt"))

    assert [item.name for item in recipe.items.all()] == ["Lentils", "Cumin", "Salt"]


def test_the_same_form_posted_twice_adds_the_food_once(ada, ada_client):
    recipe, food, uuid = make_recipe(ada.profile), make_food(), uuid4()

    add(ada_client, recipe, food, uuid=uuid)
    add(ada_client, recipe, food, uuid=uuid)

    assert recipe.items.count() == 1


def test_the_hundred_and_first_food_is_refused(ada, ada_client):
    recipe, food = make_recipe(ada.profile), make_food()
    for _n in range(MOST_ITEMS - 1):
        put_in(recipe, food)

    add(ada_client, recipe, food)
    response = add(ada_client, recipe, food)

    assert recipe.items.count() == MOST_ITEMS
    assert "At most 100 foods" in response.text


@pytest.mark.parametrize(
    "pick",
    [
        "",
        "food",
        "food:1:2:3",
        "meal:1:1:1",
        "food:x:1::00000000-0000-0000-0000-000000000001",
        "food:99999999999999999999999:1::00000000-0000-0000-0000-000000000001",
        "food:1:0::00000000-0000-0000-0000-000000000001",
        "food:1:-1::00000000-0000-0000-0000-000000000001",
        "food:1:1::nonsense",
        "x" * 500,
    ],
)
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_an_invalid_pick_is_refused_with_a_message(ada, ada_client, pick, headers):
    recipe = make_recipe(ada.profile)

    response = ada_client.post(url("recipe-add", recipe), {"pick": pick}, headers=headers)

    assert response.status_code == 200
    assert "errorlist" in response.text
    assert recipe.items.count() == 0


@pytest.mark.parametrize(
    ("amount", "unit", "said"),
    [(9000, "g", "too much of one food"), (1, "bucket", "is not a measure")],
)
def test_an_absurd_amount_is_refused_with_a_message(ada, ada_client, amount, unit, said):
    recipe = make_recipe(ada.profile)

    response = add(ada_client, recipe, make_food(), amount=amount, unit=unit)

    assert said in response.text
    assert recipe.items.count() == 0


def retired_food():
    return make_food(retired_at=timezone.now())


def strangers_food():
    return make_food(owner=make_user())


def injection():
    return make_food(is_injection=True)


@pytest.mark.parametrize("make", [retired_food, strangers_food, injection])
def test_a_food_that_is_not_offered_cannot_be_added(ada, ada_client, make):
    recipe = make_recipe(ada.profile)

    response = add(ada_client, recipe, make())

    assert "no longer in the catalogue" in response.text
    assert recipe.items.count() == 0


@pytest.mark.parametrize("make", [retired_food, strangers_food, injection])
def test_a_food_that_is_not_offered_is_not_found(ada, ada_client, make):
    make()

    response = ada_client.get(url("recipe-find", make_recipe(ada.profile)), {"q": "soy milk"})

    assert response.context["page"].rows == []


def test_an_own_food_can_be_added(ada, ada_client):
    recipe = make_recipe(ada.profile)

    add(ada_client, recipe, make_food(owner=ada))

    assert recipe.items.count() == 1


def test_a_retired_food_stays_and_is_marked(ada, ada_client):
    recipe = make_recipe(ada.profile, foods=[retired_food()])

    assert "no longer in the catalogue" in ada_client.get(url("recipe", recipe)).text


@pytest.mark.parametrize("text", ["x" * 10_000, "\x00", "%", "'; drop table", "💥" * 500, "12 µg"])
def test_unusual_texts_find_nothing_and_cause_no_error(ada, ada_client, text):
    make_food()

    response = ada_client.get(url("recipe-find", make_recipe(ada.profile)), {"q": text})

    assert (response.status_code, response.context["page"].rows) == (200, [])


@pytest.mark.parametrize(
    ("text", "said"), [("-5 eggs", "cannot be below zero"), ("1,000 g egg", "write 1000, or 1.0")]
)
def test_an_unusable_amount_is_reported(ada, ada_client, text, said):
    make_food("Egg")

    response = ada_client.get(url("recipe-find", make_recipe(ada.profile)), {"q": text})

    assert said in response.text
    assert response.context["page"].rows == []


def test_an_amount_is_changed(ada, ada_client):
    recipe = make_recipe(ada.profile, foods=[make_food()])
    place = url("recipe-item", recipe, recipe.items.get().pk)

    form = ada_client.get(place).context["form"]
    assert (form["amount"].value(), form["unit"].value()) == ("100", "g")
    ada_client.post(place, {"amount": "1,5", "unit": "p0"})

    item = recipe.items.get()
    assert (item.mass_g, item.quantity) == (360, Quantity(1.5, "1 cup"))
    assert item.amount_text == "1.5 cups"


def test_an_item_saved_without_a_change_is_unchanged(ada, ada_client):
    food = make_food(portions=[("1 cup", 244)], is_drink=True)
    recipe = make_recipe(ada.profile, foods=[food])
    recipe.items.update(mass_g=200 * 244 / 236.6, amount=200, unit="ml")
    place = url("recipe-item", recipe, recipe.items.get().pk)

    form = ada_client.get(place).context["form"]
    shown = {name: form[name].value() for name in ("amount", "unit")}
    ada_client.post(place, shown)

    assert shown == {"amount": "200", "unit": "ml"}
    stored = recipe.items.values_list("mass_g", "amount", "unit").get()
    assert stored == (200 * 244 / 236.6, 200, "ml")


@pytest.mark.parametrize("data", [{"amount": "0", "unit": "g"}, {"amount": "1", "unit": "p9"}, {}])
def test_a_wrong_amount_changes_nothing(ada, ada_client, data):
    recipe = make_recipe(ada.profile, foods=[make_food()])

    response = ada_client.post(
        url("recipe-item", recipe, recipe.items.get().pk), data, headers=HTMX
    )

    assert response.status_code == 200
    assert recipe.items.get().mass_g == 100


def test_an_item_without_a_food_has_no_amount_to_change(ada, ada_client):
    recipe = make_recipe(ada.profile)
    item = recipe.items.create(position=0, name="Quick add", own_b12_ug=1, own_food_ug=1)

    assert ada_client.get(url("recipe-item", recipe, item.pk)).status_code == 404
    assert "Quick add" in ada_client.get(url("recipe", recipe)).text


# --- the page


def test_the_page_shows_the_b12_of_a_serving_and_its_uncertainty(ada, ada_client):
    foods = [make_food(b12_ug_per_100g=8.0), make_food(b12_ug_per_100g=None)]
    recipe = make_recipe(ada.profile, foods=foods)

    response = ada_client.get(url("recipe", recipe))

    assert "B12 is known for 1 of 2 foods." in response.text
    assert "because one of them" in response.text
    assert 0 < response.context["page"].absorbed_ug < 2


@pytest.mark.parametrize("item_count", [1, 3])
def test_the_page_takes_the_same_queries_however_many_items(
    ada, ada_client, item_count, django_assert_num_queries
):
    recipe = make_recipe(ada.profile, foods=[make_food() for _n in range(item_count)])
    ada_client.get(url("recipe", recipe))

    with django_assert_num_queries(6):
        response = ada_client.get(url("recipe", recipe))

    assert len(response.context["page"].content.lines) == item_count


def test_the_page_is_never_stored_by_a_shared_cache(ada, ada_client):
    response = ada_client.get(url("recipe", make_recipe(ada.profile)))

    assert "no-store" in response.headers["Cache-Control"]
    assert "HX-Request" in response.headers["Vary"]


def test_names_are_shown_as_text(ada, ada_client):
    recipe = make_recipe(ada.profile, name="<b>&", foods=[make_food("<i>")])

    text = ada_client.get(url("recipe", recipe)).text

    assert "<b>&" not in text
    assert "<i>" not in text


# --- logging


def test_a_part_is_logged_on_the_chosen_day(ada, ada_client, today):
    recipe = make_recipe(ada.profile, foods=[make_food(b12_ug_per_100g=4.0)])
    yesterday = today - timedelta(1)

    response = log(ada_client, recipe, yesterday, amount="2 of 4", clock="12:30")

    assert response.url == reverse("day", args=[yesterday]) + "#day"
    entry = ada.profile.entries.get()
    assert (entry.day, entry.slot, entry.amount_text, entry.b12_ug) == (
        yesterday,
        "dinner",
        "2 of 4 servings",
        2.0,
    )


def test_the_same_form_posted_twice_logs_once(ada, ada_client, today):
    recipe, once = make_recipe(ada.profile, foods=[make_food()]), str(uuid4())

    log(ada_client, recipe, today, client_uuid=once)
    log(ada_client, recipe, today, client_uuid=once)

    assert ada.profile.entries.count() == 1


def test_the_log_is_undone_on_the_day(ada, ada_client, today):
    recipe = make_meal(ada.profile, foods=[make_food(), make_food()])
    log(ada_client, recipe, today, measure="whole")

    page = ada_client.get(reverse("day", args=[today])).context["page"]
    ada_client.post(reverse("undo", args=[today, page.latest.moved.pk]))

    assert (page.intake.entry_count, ada.profile.entries.count()) == (2, 0)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("amount", "0"),
        ("amount", "-1"),
        ("amount", ""),
        ("amount", "9999"),
        ("amount", "300 g"),
        ("measure", "g"),
        ("measure", "cups"),
        ("slot", "brunch"),
        ("day", "9999-01-01"),
        ("day", "1999-12-31"),
        ("day", "2026-02-30"),
        ("clock", "25:00"),
        ("client_uuid", "x"),
    ],
)
def test_an_invalid_log_form_is_refused_and_returned_bound(ada, ada_client, today, field, value):
    recipe = make_recipe(ada.profile, foods=[make_food()])
    data = {"amount": "1", "measure": "servings", "slot": "lunch", "day": today.isoformat()}

    response = ada_client.post(url("recipe-log", recipe), data | {field: value})

    assert list(response.context["share_form"].errors) == [field]
    begun_at = "amount" if field == "client_uuid" else field
    assert re.search(rf'<(input|select)[^>]*name="{begun_at}"[^>]* autofocus', response.text)
    assert ada.profile.entries.count() == 0


def test_a_form_from_before_a_change_logs_only_when_it_is_posted_again(ada, ada_client, today):
    recipe = make_recipe(ada.profile, foods=[make_food()])
    shown = ada_client.get(url("recipe", recipe)).context["share_form"]["shown"].value()
    recipe.items.update(mass_g=10 * recipe.items.get().mass_g)

    told = log(ada_client, recipe, today, shown=shown)

    assert "This was changed in another window" in told.text
    assert ada.profile.entries.count() == 0
    now = told.context["share_form"]["shown"].value()
    assert now != shown
    log(ada_client, recipe, today, shown=now)
    assert ada.profile.entries.count() == 1


def test_an_empty_recipe_says_so(ada, ada_client, today):
    response = log(ada_client, make_recipe(ada.profile), today)

    assert "no food in it yet" in str(response.context["share_form"].errors)


# --- deletion


def test_a_deleted_recipe_disappears_and_can_be_restored(ada, ada_client):
    recipe = make_recipe(ada.profile)

    ada_client.post(url("recipe-retire", recipe))
    page = ada_client.get(url("recipe", recipe), follow=True)
    assert page.redirect_chain == [(reverse("recipes"), 302)]
    assert "Lentil stew was deleted. It can be restored at the end of this list." in page.text
    listed = ada_client.get(reverse("recipes"))
    ada_client.post(url("recipe-restore", recipe))

    assert list(listed.context["retired"]) == [recipe]
    assert ada_client.get(url("recipe", recipe)).status_code == 200


# --- from the diary


def save_meal(client, day, **data):
    return client.post(reverse("recipe-from-meal", args=[day]), {"slot": "breakfast", **data})


def test_a_meal_of_the_day_is_saved_and_opened_at_its_name(ada, ada_client, today):
    make_entry(ada.profile, day=today, name="Oat milk")
    make_entry(ada.profile, day=today, name="Soup", slot="lunch")

    response = save_meal(ada_client, today)

    recipe = ada.profile.recipes.get()
    assert [item.name for item in recipe.items.all()] == ["Oat milk"]
    assert response.url == url("recipe", recipe) + "?about"
    assert ada_client.get(response.url).context["is_about_open"]


def test_a_meal_can_be_named_while_it_is_saved(ada, ada_client, today):
    make_entry(ada.profile, day=today)

    save_meal(ada_client, today, name="Workdays")

    assert ada.profile.recipes.get().name == "Workdays"


@pytest.mark.parametrize("data", [{"slot": "brunch"}, {"slot": ""}, {"name": "x" * 121}, {}])
def test_a_failed_save_is_reported_on_the_day(ada, ada_client, today, data):
    response = save_meal(ada_client, today, **data)

    assert response.url == reverse("day", args=[today])
    assert len(list(get_messages(response.wsgi_request))) == 1
    assert ada.profile.recipes.count() == 0


def test_another_persons_meal_is_not_saved(ada, ada_client, today):
    make_entry(day=today)

    save_meal(ada_client, today)

    assert Recipe.objects.count() == 0


def test_an_impossible_day_is_not_found(ada_client):
    assert save_meal(ada_client, "9999-01-01").status_code == 404


# --- other people

WITH_ITEM = ("recipe-item", "recipe-remove")


@pytest.mark.parametrize(
    "name", ["recipe", "recipe-add", "recipe-log", "recipe-retire", "recipe-restore", *WITH_ITEM]
)
def test_another_persons_recipe_is_not_found(ada_client, name):
    theirs = make_recipe(foods=[make_food()])
    more = [theirs.items.get().pk] if name in WITH_ITEM else []

    assert ada_client.post(url(name, theirs, *more)).status_code == 404
    assert (Entry.objects.count(), theirs.items.count()) == (0, 1)


@pytest.mark.parametrize("name", ["recipe", "recipe-find"])
def test_another_persons_recipe_is_not_seen(ada_client, name):
    assert ada_client.get(url(name, make_recipe())).status_code == 404


def test_an_item_is_reached_through_its_own_recipe_only(ada, ada_client):
    mine, theirs = make_recipe(ada.profile), make_recipe(foods=[make_food()])

    item = theirs.items.get()
    before = theirs.items.values().get()

    for name in WITH_ITEM:
        answer = ada_client.post(url(name, mine, item.pk), {"amount": "1", "unit": "g"})
        assert item.name not in answer.text
        assert answer.url == url("recipe", mine) + "#dish"

    assert theirs.items.values().get() == before


def test_another_profile_of_the_account_has_its_own_recipes(ada, ada_client):
    child = make_profile(ada)

    assert ada_client.get(url("recipe", make_recipe(child))).status_code == 404


def test_a_visitor_is_sent_to_sign_in(client):
    recipe = make_recipe()

    for place in (reverse("recipes"), reverse("recipe-new"), url("recipe", recipe)):
        assert client.get(place).url.startswith(reverse("account_login"))


def test_an_id_beyond_the_database_is_not_found(ada_client):
    assert ada_client.get(f"/meals/{2**70}/").status_code == 404


def test_find_without_scripts_redirects_to_the_recipe_with_the_text(ada, ada_client):
    dish = make_recipe(ada.profile)
    typed = {"q": "2 eggs", "csrfmiddlewaretoken": "secret"}

    response = ada_client.post(f"/meals/{dish.pk}/find/", typed)

    assert response.url == f"/meals/{dish.pk}/?q=2+eggs#add-title"


def test_another_persons_recipe_is_not_found_by_find_without_scripts(ada_client):
    assert ada_client.post(f"/meals/{make_recipe().pk}/find/", {"q": "egg"}).status_code == 404


def test_a_change_without_scripts_redirects_to_its_food(ada, ada_client, make_food):
    dish = make_recipe(ada.profile, foods=[make_food()])
    item = dish.items.get()

    response = ada_client.post(f"/meals/{dish.pk}/items/{item.pk}/", {"amount": "2", "unit": "g"})

    assert response.url == f"/meals/{dish.pk}/#item-{item.pk}"


def test_the_form_shows_every_digit_of_a_weight(ada, ada_client):
    recipe = make_recipe(ada.profile, cooked_mass_g=12345.67)

    response = ada_client.get(url("recipe", recipe))

    assert 'value="12345.67"' in response.text


# --- a form that is posted again


def test_a_recipe_that_was_later_deleted_is_not_made_again(ada, ada_client):
    form = about(client_uuid=str(uuid4()))
    ada_client.post(reverse("recipe-new"), form)
    recipe = ada.profile.recipes.get()
    ada_client.post(url("recipe-retire", recipe))

    response = ada_client.post(reverse("recipe-new"), form, follow=True)

    assert response.status_code == 200
    assert "was saved and later deleted, so it was not saved again." in response.text
    assert ada.profile.recipes.get().retired_at is not None


def test_a_recipe_posted_twice_is_reported_as_already_saved(ada, ada_client):
    form = about(client_uuid=str(uuid4()))
    ada_client.post(reverse("recipe-new"), form)

    response = ada_client.post(reverse("recipe-new"), form, follow=True)

    assert "was already saved." in response.text
    assert ada.profile.recipes.count() == 1


def test_a_meal_that_was_later_deleted_is_not_saved_again(ada, ada_client, today, make_entry):
    make_entry(ada.profile, day=today, slot="lunch")
    address, form = reverse("recipe-from-meal", args=[today]), {"slot": "lunch"}
    form["client_uuid"] = str(uuid4())
    ada_client.post(address, form)
    ada_client.post(url("recipe-retire", ada.profile.recipes.get()))

    response = ada_client.post(address, form, follow=True)

    assert response.status_code == 200
    assert "later deleted, so it was not saved again." in response.text
    assert ada.profile.recipes.count() == 1


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["plain", "htmx"])
@pytest.mark.parametrize("meanwhile", ["nothing", "retired", "deleted", "weighs more"])
def test_a_removed_food_is_restored_as_it_was(ada, ada_client, headers, meanwhile):
    food = make_food(portions=[("1 cup", 240)])
    recipe = make_recipe(ada.profile, foods=[food, make_food()])
    item = recipe.items.get(food=food)
    recipe.items.filter(pk=item.pk).update(amount=7, unit="1 cup", mass_g=1680)
    remove = reverse("recipe-remove", args=[recipe.pk, item.pk])

    page = ada_client.post(remove, headers=headers, follow=True).text
    assert "Put back" in page
    if meanwhile == "retired":
        type(food).objects.filter(pk=food.pk).update(retired_at=timezone.now())
    if meanwhile == "deleted":
        food.delete()
    if meanwhile == "weighs more":
        food.portions.update(mass_g=500)
    for _again in range(2):
        answer = put_back_item(ada_client, recipe, item.pk, headers=headers, follow=True)
        assert "Put back" in answer.text

    again = recipe.items.get(amount=7, unit="1 cup")
    assert (again.mass_g, again.position, recipe.items.count()) == (1680, item.position, 2)
    assert again.food_id == (None if meanwhile == "deleted" else food.pk)
    assert not put_back_offered(ada_client, recipe)


def put_back_item(client, recipe, pk, **more):
    return client.post(url("recipe-put-back", recipe), {"item": pk}, **more)


def put_back_offered(client, recipe):
    found = re.search(r'<button name="item" value="(\d+)"', shown(client, recipe))
    return found.group(1) if found else ""


def shown(client, recipe):
    return unescape(client.get(url("recipe", recipe)).text)


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_foods_removed_one_after_the_other_can_all_be_restored(ada, ada_client, headers):
    recipe = make_recipe(ada.profile, foods=[make_food(f"Food {n}") for n in range(3)])
    kept, pks = list(recipe.items.values()), [item.pk for item in recipe.items.all()]

    for pk in pks:
        ada_client.post(url("recipe-remove", recipe, pk), headers=headers)
    assert recipe.items.count() == 0
    said = [
        unescape(put_back_item(ada_client, recipe, pk, headers=headers, follow=True).text)
        for pk in [*reversed(pks), pks[0]]
    ]

    assert list(recipe.items.values()) == kept
    for text, line in zip(said, ["Food 2", "Food 1", "Food 0", "Food 0"], strict=True):
        assert line in text.partition('class="said"')[2].partition("</p>")[0]
    assert url("recipe-put-back", recipe) not in said[2]


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_a_food_is_removed_once(ada, ada_client, headers):
    recipe = make_recipe(ada.profile, foods=[make_food("Oats")])
    address = url("recipe-remove", recipe, recipe.items.get().pk)
    ada_client.post(address, headers=headers)

    again = ada_client.post(address, headers=headers, follow=True)

    assert "That food was already removed." in again.text
    assert url("recipe-put-back", recipe) in again.text


def test_a_food_already_in_the_recipe_is_marked_and_asks_first(ada, ada_client):
    oats = make_food("Oats, rolled")
    make_food("Oats, steel-cut")
    recipe = make_recipe(ada.profile, foods=[oats])
    page = ada_client.get(url("recipe", recipe), {"q": "oats"})
    marked = {row.name: row.is_added for row in page.context["page"].rows}
    assert marked == {"Oats, rolled": True, "Oats, steel-cut": False}
    asking = re.search(r'value="(ask:food:[^"]+)"', page.text).group(1)

    swapped = ada_client.post(url("recipe-add", recipe), {"pick": asking}, headers=HTMX)
    plain = ada_client.post(url("recipe-add", recipe), {"pick": asking, "q": "oats"})

    assert recipe.items.count() == 1
    for answer in (swapped, plain):
        assert "That is already in it." in answer.text
        assert f'value="{asking.removeprefix("ask:")}"' in answer.text
    assert swapped["HX-Retarget"] == "#problems"
    add(ada_client, recipe, oats)
    assert recipe.items.count() == 2


def test_a_recipe_already_in_the_meal_asks_first(ada, ada_client, today):
    recipe = make_recipe(ada.profile, foods=[make_food()])
    log(ada_client, recipe, today)

    asked = log(ada_client, recipe, today, amount="2")
    other_meal = log(ada_client, recipe, today, slot="snack")

    assert "That is already in this meal." in asked.text
    assert 'value="2"' in asked.text
    assert other_meal.status_code == 302
    assert ada.profile.entries.count() == 2
    assert log(ada_client, recipe, today, again="yes").status_code == 302
    assert ada.profile.entries.count() == 3


def test_put_back_pressed_twice_restores_one_food(ada, ada_client):
    recipe = make_recipe(ada.profile, foods=[make_food("Oats"), make_food("Milk")])
    pks = [item.pk for item in recipe.items.all()]
    for pk in pks:
        ada_client.post(url("recipe-remove", recipe, pk))

    offered = put_back_offered(ada_client, recipe)
    for _again in range(2):
        put_back_item(ada_client, recipe, offered)

    assert [item.pk for item in recipe.items.all()] == [pks[1]]
    assert put_back_offered(ada_client, recipe) == str(pks[0])


def test_of_two_concurrent_put_backs_one_restores_the_food(ada):
    recipe = make_recipe(ada.profile, foods=[make_food("Oats")])
    pk = editing.remove(recipe, recipe.items.get().pk).pk

    both = [editing.put_back(recipe, pk) for _again in range(2)]

    assert both[0] == both[1] == recipe.items.get()


def test_of_two_concurrent_removals_one_removes_the_food(ada):
    recipe = make_recipe(ada.profile, foods=[make_food("Oats")])
    pk = recipe.items.get().pk

    assert editing.remove(recipe, pk).name == "Oats"
    assert editing.remove(recipe, pk) is None


def test_a_food_can_be_restored_after_other_changes(ada, ada_client):
    recipe, other = (make_recipe(ada.profile, foods=[make_food("Oats")]) for _n in range(2))
    ada_client.post(url("recipe-remove", recipe, recipe.items.get().pk))

    add(ada_client, recipe, make_food("Rye"))
    ada_client.post(url("recipe-remove", other, other.items.get().pk))

    assert "Put back Oats" in shown(ada_client, recipe)
    put_back_item(ada_client, recipe, put_back_offered(ada_client, recipe))
    assert sorted(item.name for item in recipe.items.all()) == ["Oats", "Rye"]


def test_a_removed_food_can_be_restored_for_an_hour(ada, ada_client):
    recipe = make_recipe(ada.profile, foods=[make_food("Oats")])
    ada_client.post(url("recipe-remove", recipe, recipe.items.get().pk))
    assert put_back_offered(ada_client, recipe)

    Item.with_removed.update(removed_at=timezone.now() - timedelta(minutes=61))

    assert not put_back_offered(ada_client, recipe)


def test_the_next_removal_deletes_items_removed_long_ago(ada):
    recipe = make_recipe(ada.profile, foods=[make_food("Oats"), make_food("Milk")])
    first, last = recipe.items.all()
    editing.remove(recipe, first.pk)
    Item.with_removed.filter(pk=first.pk).update(removed_at=timezone.now() - timedelta(hours=25))

    editing.remove(recipe, last.pk)

    assert Item.with_removed.get() == last
    assert editing.put_back(recipe, first.pk) is None


def test_removed_items_are_not_counted(ada, ada_client, today):
    recipe = make_recipe(ada.profile, foods=[make_food("Oats"), make_food("Milk")])
    ada_client.post(url("recipe-remove", recipe, recipe.items.first().pk))

    log(ada_client, recipe, today)

    assert "1 food" in unescape(ada_client.get(reverse("recipes")).text)
    assert ada.profile.entries.get().mass_g == recipe.items.get().mass_g / recipe.servings


def test_a_concurrent_change_and_removal_both_take_effect(ada, ada_client):
    recipe = make_recipe(ada.profile, foods=[make_food("Oats")])
    pk = recipe.items.get().pk
    ada_client.post(url("recipe-item", recipe, pk), {"amount": "77", "unit": "g"})

    editing.remove(recipe, pk)

    assert editing.put_back(recipe, pk).mass_g == 77


def test_a_removal_without_scripts_is_reported_once_beside_its_button(ada, ada_client):
    recipe = make_recipe(ada.profile, foods=[make_food("Oats"), make_food("Milk")])

    ada_client.post(url("recipe-remove", recipe, recipe.items.first().pk))

    assert shown(ada_client, recipe).count("Removed Oats.") == 1
    later = shown(ada_client, recipe)
    assert "Removed Oats." not in later
    assert "Oats was removed." in later


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_an_item_saved_without_a_change_is_reported_as_unchanged(ada, ada_client, headers):
    recipe = make_recipe(ada.profile, foods=[make_food("Oats"), make_food("Milk")])
    last, first = recipe.items.last(), recipe.items.first()
    ada_client.post(url("recipe-remove", recipe, last.pk))
    form = {"amount": "100", "unit": "g"}

    page = ada_client.post(
        url("recipe-item", recipe, first.pk), form, headers=headers, follow=True
    ).text

    assert "Nothing was changed." in page
    assert "Changed Oats." not in page
    assert url("recipe-put-back", recipe) in page


def test_a_message_about_one_recipe_is_not_shown_on_another(ada, ada_client):
    one, other = (make_recipe(ada.profile, foods=[make_food()]) for _n in range(2))
    ada_client.post(url("recipe-put-back", one))

    assert "There is nothing to put back" not in shown(ada_client, other)
    assert "There is nothing to put back" in shown(ada_client, one)


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_changing_a_food_removed_in_the_meantime_is_reported(ada, ada_client, headers):
    recipe = make_recipe(ada.profile, foods=[make_food("Oats")])
    pk = recipe.items.get().pk
    recipe.items.all().delete()

    page = ada_client.post(
        url("recipe-item", recipe, pk),
        {"amount": "2", "unit": "g"},
        headers=headers,
        follow=True,
    ).text

    assert "That food is no longer in it, so nothing was changed." in page
    assert not recipe.items.exists()


@pytest.mark.parametrize("name", ["recipe", "recipe-find", "recipe-add", "recipe-log"])
def test_a_form_of_a_deleted_recipe_redirects_to_the_list(ada, ada_client, name):
    recipe = make_recipe(ada.profile)
    ada_client.post(url("recipe-retire", recipe))

    page = ada_client.post(url(name, recipe), {"name": "Soup", "kind": "recipe"}, follow=True)
    swapped = ada_client.post(url(name, recipe), headers=HTMX)

    assert page.redirect_chain[-1][0] == swapped["HX-Redirect"] == reverse("recipes")
    assert "It can be restored at the end of this list." in page.text
    assert Recipe.objects.get().name == "Lentil stew"


def test_a_recipe_is_deleted_and_restored_twice(ada, ada_client):
    recipe = make_recipe(ada.profile)

    for name in ("recipe-retire", "recipe-restore"):
        for _again in range(2):
            assert ada_client.post(url(name, recipe), follow=True).status_code == 200

    assert Recipe.objects.current().get() == recipe


def test_a_recipe_that_was_emptied_elsewhere_says_why_it_is_not_logged(ada, ada_client, today):
    recipe = make_recipe(ada.profile)

    page = log(ada_client, recipe, today).text

    assert "There is no food in it yet. Add one first." in page


@pytest.mark.parametrize("fate", ["emptied", "deleted"])
def test_a_log_posted_again_is_answered_even_if_the_recipe_changed(ada, ada_client, today, fate):
    recipe = make_recipe(ada.profile, foods=[make_food()])
    day, key = today - timedelta(2), str(uuid4())
    log(ada_client, recipe, day, client_uuid=key)
    if fate == "emptied":
        recipe.items.all().delete()
    else:
        ada_client.post(url("recipe-retire", recipe))

    again = log(ada_client, recipe, day, client_uuid=key)

    assert again.url == reverse("day", args=[day])
    assert "That was already logged" in ada_client.get(again.url).text
    assert ada.profile.entries.count() == 1


def test_an_item_of_another_recipe_is_not_restored_here(ada, ada_client):
    recipe, other = (make_recipe(ada.profile, foods=[make_food()]) for _n in range(2))
    pk = recipe.items.get().pk
    ada_client.post(reverse("recipe-remove", args=[recipe.pk, pk]))

    put_back_item(ada_client, other, pk)

    assert (recipe.items.count(), other.items.count()) == (0, 1)


# --- a form that is posted again after its effect was undone


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_removal_posted_again_does_not_remove_a_restored_item(ada, ada_client, headers):
    recipe = make_recipe(ada.profile, foods=[make_food("Oats")])
    pk, key = recipe.items.get().pk, {"client_uuid": uuid4()}
    remove = url("recipe-remove", recipe, pk)
    ada_client.post(remove, key, headers=headers)
    twice = ada_client.post(remove, key, headers=headers, follow=True)
    put_back_item(ada_client, recipe, pk)

    again = ada_client.post(remove, key, headers=headers, follow=True)

    assert "Removed Oats." in twice.text
    assert DONE_BEFORE in again.text
    assert recipe.items.count() == 1


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_put_back_posted_again_does_not_undo_a_later_removal(ada, ada_client, headers):
    recipe = make_recipe(ada.profile, foods=[make_food("Oats")])
    pk, data = recipe.items.get().pk, {"client_uuid": uuid4()}
    remove, put_back = url("recipe-remove", recipe, pk), url("recipe-put-back", recipe)
    ada_client.post(remove)
    ada_client.post(put_back, data | {"item": pk}, headers=headers)
    twice = ada_client.post(put_back, data | {"item": pk}, headers=headers, follow=True)
    ada_client.post(remove)

    again = ada_client.post(put_back, data | {"item": pk}, headers=headers, follow=True)

    assert "Put back Oats." in twice.text
    assert DONE_BEFORE in again.text
    assert recipe.items.count() == 0


def test_a_deletion_or_restore_posted_again_does_nothing(ada, ada_client):
    recipe, deleting, restoring = make_recipe(ada.profile), uuid4(), uuid4()

    def send(name, key):
        answer = ada_client.post(url(name, recipe), {"client_uuid": key}, follow=True)
        recipe.refresh_from_db()
        return answer.text

    send("recipe-retire", deleting)
    assert recipe.retired_at
    send("recipe-restore", restoring)
    assert DONE_BEFORE in send("recipe-retire", deleting)
    assert recipe.retired_at is None
    send("recipe-retire", uuid4())
    assert "was deleted" in send("recipe-restore", restoring)
    assert recipe.retired_at


def test_restoring_an_existing_recipe_says_so(ada, ada_client):
    recipe = make_recipe(ada.profile, name="Dal")

    answer = ada_client.post(url("recipe-restore", recipe), follow=True)

    assert "Dal was already restored." in answer.text


@pytest.mark.parametrize("page", ["recipe", "recipes"])
def test_each_form_that_deletes_or_restores_has_a_key(ada, ada_client, page):
    recipe = make_recipe(ada.profile, foods=[make_food("Oats"), make_food("Milk")])
    editing.remove(recipe, recipe.items.first().pk)
    editing.retire(make_recipe(ada.profile, name="Old"))

    address = url("recipe", recipe) if page == "recipe" else reverse("recipes")
    forms = re.findall(r'<form[^>]*method="post".*?</form>', ada_client.get(address).text, re.S)

    wanted = r'put-back/|id="remove"|/delete/|/restore/'
    found = [form for form in forms if re.search(wanted, form)]
    assert len(found) == (3 if page == "recipe" else 1)
    assert all('name="client_uuid"' in form for form in found)


# --- the focus after a refusal


@pytest.mark.parametrize("foods", [0, 1])
@pytest.mark.parametrize(
    ("values", "at"), [({"name": ""}, "name"), ({"servings": "abc"}, "servings")]
)
def test_a_refused_recipe_form_has_the_focus_on_the_error(ada, ada_client, foods, values, at):
    recipe = make_recipe(ada.profile, foods=[make_food() for _n in range(foods)])

    page = ada_client.post(
        url("recipe", recipe), {"name": "Soup", "kind": "recipe", "servings": "2"} | values
    ).text

    assert focused_in(page) == [at]


def test_a_recipe_conflict_has_the_focus_on_the_difference(ada, ada_client):
    recipe = make_recipe(ada.profile)
    seen = re.search(r'name="seen" value="([^"]+)"', ada_client.get(url("recipe", recipe)).text)
    Recipe.objects.update(servings=3)

    page = ada_client.post(
        url("recipe", recipe),
        {"name": recipe.name, "kind": recipe.kind, "servings": "5", "seen": seen.group(1)},
    ).text

    assert focused_in(page) == ["servings"]


def focused_in(page):
    return re.findall(r'<input[^>]* name="(\w+)"[^>]*\bautofocus', page)
