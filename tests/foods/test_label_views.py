from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from foods.binding import split_of
from foods.models import Food
from tests.factories import make_entry, make_food, make_user
from tests.foods.test_label_form import OAT, TABLET
from tracker.science.absorption import B12Split

pytestmark = pytest.mark.django_db
NEW = "/foods/new/"


@pytest.fixture
def mine(ada_client):
    ada_client.post(NEW, OAT | {"client_uuid": str(uuid4())})
    return Food.objects.get()


def test_a_new_food_leads_to_its_page_where_it_can_be_logged(ada, ada_client):
    response = ada_client.post(NEW, OAT | {"day": "2026-03-02", "slot": "lunch"}, follow=True)

    food = Food.objects.get(owner=ada)
    assert response.redirect_chain == [(f"/foods/{food.pk}/?day=2026-03-02&slot=lunch", 302)]
    assert (response.context["day"], response.context["slot"]) == (date(2026, 3, 2), "lunch")
    assert "Only you can see this food." in response.text


def test_a_form_posted_twice_creates_one_food(ada_client):
    form = OAT | {"client_uuid": str(uuid4())}

    first, second = ada_client.post(NEW, form), ada_client.post(NEW, form)

    assert first.url == second.url
    assert Food.objects.count() == 1


@pytest.mark.parametrize("label", [OAT, TABLET], ids=["oat", "tablet"])
def test_an_identical_food_is_not_created_again(ada_client, label):
    """Without scripts, the Back button shows a form with a new key."""
    forms = [label | {"client_uuid": str(uuid4())} for _again in range(2)]
    pages = [ada_client.post(NEW, form, follow=True) for form in forms]

    assert Food.objects.count() == 1
    assert pages[0].redirect_chain == pages[1].redirect_chain
    assert "This food was already saved" in pages[1].text

    for change in ({"name": "Other"}, {"amount": "7"}, {"serving_word": "gulp"}):
        ada_client.post(NEW, label | change | {"client_uuid": str(uuid4()), "again": "on"})
    assert Food.objects.count() == 4


def test_a_second_food_of_one_name_is_asked_about(ada, ada_client):
    """Back and Save: the browser restores the name, but not all other answers."""
    ada_client.post(NEW, OAT | {"client_uuid": str(uuid4())})
    other = OAT | {"name": OAT["name"].upper(), "amount": "", "client_uuid": str(uuid4())}

    asked = ada_client.post(NEW, other)

    assert "You already have a food with this name." in asked.text
    assert 'name="again"' in asked.text
    assert Food.objects.count() == 1
    ada_client.post(NEW, other | {"again": "on"})
    assert Food.objects.count() == 2


@pytest.mark.parametrize("name", ["MÜSLI", "müsli", "Müsli "])
def test_a_name_is_the_same_in_any_case(ada_client, name):
    for said, amount in (("Müsli", "1"), (name, "2")):
        ada_client.post(NEW, OAT | {"name": said, "client_uuid": str(uuid4()), "amount": amount})

    assert Food.objects.count() == 1


@pytest.mark.parametrize("change", [{"name": "Another"}, {"brand": "Another"}])
def test_another_name_or_brand_is_not_asked_about(ada_client, change):
    for more in ({}, change):
        ada_client.post(NEW, OAT | more | {"client_uuid": str(uuid4())})

    assert Food.objects.count() == 2


def test_another_persons_food_or_a_deleted_one_is_not_a_twin(ada, ada_client):
    ada_client.post(NEW, OAT | {"client_uuid": str(uuid4())})
    Food.objects.update(owner=make_user())
    ada_client.post(NEW, OAT | {"client_uuid": str(uuid4())})
    Food.objects.filter(owner=ada).update(retired_at=timezone.now())

    ada_client.post(NEW, OAT | {"client_uuid": str(uuid4())})

    assert Food.objects.count() == 3


def test_a_form_sent_again_leaves_later_changes_alone(ada_client):
    form = OAT | {"client_uuid": str(uuid4())}
    ada_client.post(NEW, form)
    food = Food.objects.get()
    ada_client.post(f"/foods/{food.pk}/edit/", OAT | {"amount": "5"})
    changed = Food.objects.values().get()

    response = ada_client.post(NEW, form, follow=True)

    assert Food.objects.values().get() == changed
    assert "This food was already saved, so nothing was changed." in response.text


def test_a_form_sent_again_does_not_restore_a_deleted_food(ada_client):
    form = OAT | {"client_uuid": str(uuid4())}
    ada_client.post(NEW, form)
    food = Food.objects.get()
    ada_client.post(f"/foods/{food.pk}/retire/")

    response = ada_client.post(NEW, form, follow=True)

    assert "later deleted, so it was not saved again." in response.text
    assert response.text.count("Only you can see this food.") == 1  # of the first time
    assert Food.objects.get().retired_at is not None


def test_one_page_sent_with_other_answers_creates_another_food(ada_client):
    form = OAT | {"client_uuid": str(uuid4())}

    ada_client.post(NEW, form)
    ada_client.post(NEW, form | {"name": "Rice drink"})

    assert set(Food.objects.values_list("name", flat=True)) == {OAT["name"], "Rice drink"}


def test_a_form_with_an_error_is_shown_again_and_saves_nothing(ada_client):
    response = ada_client.post(NEW, OAT | {"amount": "-1", "name": "<b>Oat</b>"})

    assert response.status_code == 200
    assert [problem[0] for problem in response.context["form"].problems()] == ["id_amount"]
    assert "&lt;b&gt;Oat" in response.text
    assert not Food.objects.exists()


def test_the_question_about_a_large_amount_can_be_answered(ada_client):
    asked = ada_client.post(NEW, OAT | {"amount": "2.5 mg"})
    assert 'name="confirm"' in asked.text

    ada_client.post(NEW, OAT | {"amount": "2.5 mg", "confirm": "on"})

    assert Food.objects.get().b12_ug_per_100g == 2500


def test_a_dropper_of_drops_can_be_logged(ada, ada_client):
    drops = TABLET | {"amount": "1000", "serving_size": "30", "serving_word": "drops"}
    ada_client.post(NEW, drops)
    pick = f"food:{Food.objects.get().pk}:{{}}:p0"
    log = f"/day/{timezone.localdate()}/log/"

    ada_client.post(log, {"slot": "lunch", "pick": pick.format(1)})
    refused = ada_client.post(log, {"slot": "lunch", "pick": pick.format(4)})

    (entry,) = ada.profile.entries.all()
    assert (entry.b12_ug, entry.amount_text) == (1000, "30 drops")
    assert "That is too much of one food at once." in refused.text


def test_minus_zero_on_a_label_is_written_as_zero(ada_client):
    ada_client.post(NEW, OAT | {"amount": "-0"})

    assert Food.objects.get().source_text.endswith(": 0 µg per 100 ml")


def test_an_ordinary_form_does_not_ask_to_confirm(ada_client):
    assert 'name="confirm"' not in ada_client.get(NEW).text


def test_the_form_begins_with_a_name_and_a_barcode(ada_client):
    form = ada_client.get(NEW, {"name": "Oat", "code": "5411188112778"}).context["form"]

    assert (form["name"].value(), form["gtin"].value()) == ("Oat", "5411188112778")


def test_the_form_begins_with_another_food(ada_client):
    food = make_food("Soy milk")

    form = ada_client.get(NEW, {"like": food.pk}).context["form"]

    assert (form["name"].value(), form["amount"].value()) == ("Soy milk", "0.5")


@pytest.mark.parametrize("like", ["999999", "9" * 30, "x", "0", "-1"])
def test_an_invalid_initial_value_is_not_an_error(ada_client, like):
    assert ada_client.get(NEW, {"like": like, "code": "\x00"}).status_code in (200, 404)


def test_the_edit_form_contains_what_was_typed(ada_client, mine):
    form = ada_client.get(reverse("food-edit", args=[mine.pk])).context["form"]

    assert {name: form[name].value() for name in OAT} == OAT | {"amount": "0.38"}


def test_an_edit_changes_the_food_and_not_the_diary(ada, ada_client, mine):
    entry = make_entry(ada.profile, food=mine, b12_ug=0.95)

    ada_client.post(reverse("food-edit", args=[mine.pk]), OAT | {"amount": "0.5"})

    mine.refresh_from_db()
    entry.refresh_from_db()
    assert (mine.b12_ug_per_100g, entry.b12_ug) == (0.5, 0.95)


def test_an_error_in_an_edit_changes_nothing(ada_client, mine):
    ada_client.post(reverse("food-edit", args=[mine.pk]), OAT | {"amount": "-5"})

    mine.refresh_from_db()
    assert mine.b12_ug_per_100g == 0.38


def test_a_food_is_deleted_and_restored(ada_client, mine):
    address = reverse("food-retire", args=[mine.pk])

    gone = ada_client.post(address, follow=True)
    assert "Restore" in gone.text
    assert ada_client.get("/foods/", {"mine": "on"}).context["foods"] == []

    back = ada_client.post(address, {"back": "1"}, follow=True)
    assert "Log it on" in back.text
    assert ada_client.get("/foods/", {"mine": "on"}).context["foods"] == [mine]


def test_deleting_or_restoring_a_food_twice_says_so(ada_client, mine):
    address = reverse("food-retire", args=[mine.pk])
    back = {"back": "1"}

    said = [ada_client.post(address, data, follow=True).text for data in ({}, {}, back, back)]

    words = ("was deleted", "was already deleted", "was restored", "was already restored")
    assert all(f"The food {word}." in text for word, text in zip(words, said, strict=True))


def test_a_change_of_a_food_that_was_deleted_meanwhile_says_so(ada_client, mine):
    form = OAT | {"name": "Another name"}
    ada_client.post(reverse("food-retire", args=[mine.pk]))

    page = ada_client.post(reverse("food-edit", args=[mine.pk]), form, follow=True).text

    assert "Saved, but this food is deleted and no list shows it." in page
    assert Food.objects.get().name == "Another name"


@pytest.mark.parametrize("word", ["1/0 cup", "0 eggs", "0 ml", "1/00 dozen"])
def test_a_serving_of_nothing_breaks_no_page(ada_client, word):
    ada_client.post(NEW, OAT | {"serving_word": word, "client_uuid": str(uuid4())})
    food, today = Food.objects.get(), timezone.localdate()

    logged = ada_client.post(
        reverse("log", args=[today]), {"pick": f"food:{food.pk}:1:", "slot": "lunch"}
    )

    assert logged.status_code == 302
    for page in (f"/foods/{food.pk}/", "/foods/?mine=on", f"/day/{today}/find/?q=oat", "/"):
        assert ada_client.get(page).status_code == 200, page


def test_a_weighed_food_does_not_become_one_that_is_counted(ada_client, mine):
    form = TABLET | {"client_uuid": str(uuid4())}

    page = ada_client.post(reverse("food-edit", args=[mine.pk]), form).text

    assert "Add it as a new food." in page
    mine.refresh_from_db()
    assert not mine.is_unit_food


def test_deleting_needs_a_post(ada_client, mine):
    assert ada_client.get(reverse("food-retire", args=[mine.pk])).status_code == 405


@pytest.mark.parametrize(
    ("method", "name"),
    [("get", "food"), ("get", "food-edit"), ("post", "food-edit"), ("post", "food-retire")],
)
def test_a_stranger_does_not_find_the_food(client, mine, method, name):
    client.force_login(make_user())

    response = getattr(client, method)(reverse(name, args=[mine.pk]), OAT | {"name": "Stolen"})

    assert response.status_code == 404
    mine.refresh_from_db()
    assert (mine.name, mine.retired_at) == ("Oat drink", None)


def test_a_stranger_cannot_begin_with_the_food_either(client, mine):
    client.force_login(make_user())

    assert client.get(NEW, {"like": mine.pk}).status_code == 404
    assert client.get("/foods/", {"q": "Oat drink"}).context["foods"] == []


def test_a_food_of_the_catalogue_cannot_be_changed(ada_client):
    shared = make_food()

    for name in ("food-edit", "food-retire"):
        assert ada_client.post(reverse(name, args=[shared.pk]), OAT).status_code == 404


@pytest.mark.parametrize("address", [NEW, "/barcode/"])
def test_a_visitor_is_sent_to_sign_in(client, address):
    assert client.get(address).url.startswith(reverse("account_login"))


def test_a_barcode_in_the_search_leads_to_the_look_up(ada_client):
    assert "/barcode/?code=05411188112778" in ada_client.get("/foods/?q=5411188112778").text


def test_a_search_without_a_hit_offers_the_label_form(ada_client):
    assert "/foods/new/?name=Zzyzx%20%26%20Co" in ada_client.get("/foods/?q=Zzyzx+%26+Co").text


@pytest.mark.parametrize("others", [1, 3])
def test_the_food_pages_take_the_same_queries_however_many_foods(
    ada_client, mine, others, django_assert_num_queries
):
    for _ in range(others):
        ada_client.post(NEW, OAT | {"client_uuid": str(uuid4())})
    ada_client.get("/foods/")

    for address, queries in (
        (reverse("food", args=[mine.pk]), 5),
        (reverse("food-edit", args=[mine.pk]), 6),
        (NEW, 3),
    ):
        with django_assert_num_queries(queries):
            ada_client.get(address)


PLANT = {"name": "Wakame flakes", "source_class": "plant_food", "origin": "natural", "amount": "5"}


def test_the_form_says_beforehand_what_is_not_counted_in_a_plant(ada_client):
    page = ada_client.get(NEW).text

    assert "is shown but not counted" in page


def test_b12_of_a_plant_itself_is_explained_with_how_to_change_it(ada, ada_client):
    response = ada_client.post(NEW, OAT | PLANT, follow=True)

    assert ">no B12<" not in response.text
    assert '<span class="chip">unproven or inactive forms</span>' in response.text
    assert "Not a reliable source." in response.text
    assert "If the maker added the B12, change the food" in response.text
    assert "/edit/" in response.text


def test_a_plant_whose_b12_was_added_is_counted_without_a_note(ada_client):
    response = ada_client.post(NEW, OAT | PLANT | {"origin": "added"}, follow=True)

    assert '<span class="chip">added by the maker</span>' in response.text
    assert "Not a reliable source." not in response.text


# --- a version of one's own


def copied(client, food):
    """Return what the form saves if it is pre-filled from a food and sent unchanged."""
    form = client.get(NEW, {"like": food.pk}).context["form"]
    posted = {name: form[name].value() or "" for name in form.fields}
    response = client.post(NEW, posted | {"client_uuid": str(uuid4()), "confirm": "", "again": ""})
    assert response.status_code == 302, (food.name, response.context["form"].errors)
    return Food.objects.get(pk=int(response.url.split("/")[2]))


def counted_as(food):
    """Return what an entry of its usual portion would contain."""
    portion = food.portions.first()
    mass_g = portion.mass_g if portion else 100.0
    amounts = [round(ug, 6) for ug in split_of(food, mass_g).amounts().values()]
    measure = portion.readable if portion and food.is_unit_food else ""
    return amounts, food.is_supplement, food.is_unit_food, measure, food.diet


def one_of_each_kind(foods):
    """Return the first food of each combination of what a label can say."""
    kinds = {}
    for food in foods:
        said = (food.source_class, food.fortification, food.diet, food.is_drink)
        amount = (food.b12_kind, food.b12_ug_per_100g == 0, food.b12_added_ug_per_100g is None)
        kinds.setdefault((*said, *amount, food.is_unit_food, food.portions.count() > 0), food)
    return list(kinds.values())


@pytest.mark.parametrize(
    ("chosen", "number"),
    [
        pytest.param(one_of_each_kind, 38, id="kinds"),
        pytest.param(list, 251, id="all", marks=pytest.mark.slow),
    ],
)
def test_an_unchanged_copy_of_a_food_counts_as_the_food_does(
    ada_client, starter_foods, chosen, number
):
    swallowed = Food.objects.filter(owner=None, is_injection=False)
    foods = chosen(swallowed.exclude(fortification="mixed").prefetch_related("portions"))
    assert len(foods) == number

    differing = [
        (food.name, counted_as(food), counted_as(copy))
        for food in foods
        if counted_as(copy := copied(ada_client, food)) != counted_as(food)
    ]

    assert differing == []


def test_a_copy_of_a_partly_fortified_food_counts_as_bound_to_food(ada_client, starter_foods):
    """Its table says how much was added; a person cannot say that."""
    for food in Food.objects.filter(owner=None, fortification="mixed"):
        copy = copied(ada_client, food)

        assert split_of(copy, 100) == B12Split(food_ug=food.b12_ug_per_100g), food.name


def test_an_injection_cannot_have_an_own_version(ada_client, starter_foods):
    injection = Food.objects.get(is_injection=True)

    response = ada_client.get(NEW, {"like": injection.pk}, follow=True)

    assert response.redirect_chain == [(f"/foods/{injection.pk}/", 302)]
    assert "An injection is not swallowed" in response.text
    assert "Make your own version" not in response.text


@pytest.mark.parametrize("name", ["B12 injection 500 µg", "Hydroxocobalamin ampoules"])
def test_an_injection_is_not_entered_as_something_swallowed(ada_client, name):
    response = ada_client.post(NEW, TABLET | {"name": name, "client_uuid": str(uuid4())})

    assert "An injection is not swallowed" in str(response.context["form"].errors["name"])
    assert not Food.objects.exists()


@pytest.mark.parametrize(
    "food", [OAT | {"name": "Drink against injections"}, TABLET | {"name": "Projection 1000"}]
)
def test_a_name_that_only_resembles_an_injection_is_accepted(ada_client, food):
    ada_client.post(NEW, food | {"client_uuid": str(uuid4())})

    assert Food.objects.get().name == food["name"]
