"""Recipes in the food box: found by name, in the typed amount, and logged by one button."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import make_food, make_profile
from tests.recipes.builders import make_meal, make_recipe
from tracker.diary.typed import read_typed
from tracker.memo.store import begin_request
from tracker.recipes.finding import pick_recipe, recipe_offers, usual_recipe_offers
from tracker.recipes.models import Recipe
from tracker.recipes.share import Share
from tracker.today.offers import with_recipes

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def dal(ada):
    """A dish of four servings with 2 µg in total and a weight of 1200 g."""
    return make_recipe(
        ada.profile, name="Lentil dal", foods=[make_food(b12_ug_per_100g=2.0)], cooked_mass_g=1200
    )


@pytest.mark.parametrize(
    ("text", "amount_text", "b12_ug"),
    [
        ("dal", "1 of 4 servings", 0.5),
        ("lentils dal", "1 of 4 servings", 0.5),
        ("2 lent", "2 of 4 servings", 1.0),
        ("half dal", "½ serving (of 4)", 0.25),
        ("0,5 dal", "½ serving (of 4)", 0.25),
        ("2 servings of dal", "2 of 4 servings", 1.0),
        ("300 g dal", "300 g", 0.5),
        ("dal 0.3 kg", "300 g", 0.5),
        ("2 cups dal", "1 of 4 servings", 0.5),
    ],
)
def test_a_recipe_is_offered_in_the_typed_amount(dal, text, amount_text, b12_ug):
    (offer,) = recipe_offers(read_typed(text), dal.profile)

    assert (offer.amount_text, offer.b12_ug) == (amount_text, pytest.approx(b12_ug))


@pytest.mark.parametrize(
    "text", ["", " ", "rice", "entil", "12 µg", "300 g", "%", "\x00", "💥", "x" * 10_000]
)
def test_other_texts_offer_no_recipe(dal, text):
    assert recipe_offers(read_typed(text), dal.profile) == []


def test_a_weight_of_an_unweighed_recipe_offers_a_serving(ada):
    make_recipe(ada.profile, name="Dal", foods=[make_food()])

    assert [o.amount_text for o in recipe_offers(read_typed("300 g dal"), ada.profile)] == [
        "1 of 4 servings"
    ]


def test_a_saved_meal_is_shown_without_an_amount(ada):
    make_meal(ada.profile, foods=[make_food()])

    assert [o.amount_text for o in recipe_offers(read_typed("my breakfast"), ada.profile)] == [""]
    assert [o.amount_text for o in recipe_offers(read_typed("half my breakfast"), ada.profile)] == [
        "½ serving"
    ]


@pytest.mark.parametrize("away", [{"retired_at": timezone.now()}, {"profile": None}, {"foods": ()}])
def test_deleted_empty_and_other_peoples_recipes_are_not_offered(ada, away):
    fields = {"name": "Dal", "foods": [make_food()], "profile": ada.profile} | away

    make_recipe(fields.pop("profile"), **fields)

    assert recipe_offers(read_typed("dal"), ada.profile) == []
    assert usual_recipe_offers("dinner", ada.profile) == []


def test_an_unknown_makes_the_amount_at_least(ada):
    make_recipe(ada.profile, name="Dal", foods=[make_food(), make_food(b12_ug_per_100g=None)])
    make_recipe(ada.profile, name="Other", foods=[make_food(b12_ug_per_100g=None)])

    (dal,) = recipe_offers(read_typed("dal"), ada.profile)
    (other,) = recipe_offers(read_typed("other"), ada.profile)

    assert (dal.b12_ug, dal.is_at_least) == (0.125, True)
    assert (other.b12_ug, other.is_at_least) == (None, False)


def test_the_recipe_logged_last_at_this_meal_comes_first(ada):
    now = timezone.now()
    for name, days, slot in (("Old", 9, "lunch"), ("New", 1, "lunch"), ("Else", 0, "dinner")):
        make_meal(
            ada.profile,
            name=name,
            foods=[make_food()],
            usual_slot=slot,
            last_logged_at=now - timedelta(days),
        )
    make_meal(ada.profile, name="Never", foods=[make_food()], usual_slot="lunch")

    assert [o.name for o in usual_recipe_offers("lunch", ada.profile)] == ["New", "Old", "Never"]


@pytest.mark.parametrize("recipe_count", [1, 3])
def test_offers_take_the_same_queries_however_many(ada, recipe_count, django_assert_num_queries):
    for _n in range(recipe_count):
        make_recipe(ada.profile, name="Dal", usual_slot="lunch", foods=[make_food(), make_food()])
    begin_request()

    with django_assert_num_queries(3):  # the counters, too
        assert len(recipe_offers(read_typed("dal"), ada.profile)) == recipe_count
    with django_assert_num_queries(1):  # it is already cached that there are recipes
        assert len(usual_recipe_offers("lunch", ada.profile)) == recipe_count


@pytest.mark.parametrize(
    ("typed", "names"),
    [("milk", ["Milk", "Milk rice", "Soy milk"]), ("milk rice", ["Milk rice", "Milk", "Soy milk"])],
)
def test_enter_takes_a_recipe_only_if_its_whole_name_was_typed(ada, typed, names):
    make_recipe(ada.profile, name="Milk rice", foods=[make_food()])
    foods = [make_food("Milk"), make_food("Soy milk")]

    rows = with_recipes(foods, recipe_offers(read_typed(typed), ada.profile))

    assert [row.name for row in rows] == names


# --- through the food box


@pytest.fixture
def day():
    return timezone.localdate()


def press(client, day, pick, **more):
    url = reverse("log", args=[day])
    return client.post(url, {"pick": pick, "slot": "lunch", "clock": "12:15"}, **more)


def test_a_typed_recipe_is_logged_by_its_row(ada, ada_client, dal, day):
    found = ada_client.get(reverse("find", args=[day]), {"q": "300 g lentil dal"})
    pick = found.context["offers"][0].pick

    response = press(ada_client, day, pick, headers=HTMX)

    entry = ada.profile.entries.get()
    assert (entry.name, entry.amount_text, entry.slot) == ("Lentil dal", "300 g", "lunch")
    assert "Logged Lentil dal." in response.text
    assert "diary-changed" in response.headers["HX-Trigger-After-Settle"]


def test_the_row_links_to_a_form_for_another_amount(ada_client, dal, day):
    response = ada_client.get(reverse("find", args=[day]), {"q": "dal", "slot": "lunch"})

    address = f"{reverse('recipe', args=[dal.pk])}?day={day.isoformat()}&amp;slot=lunch"
    assert f'href="{address}"' in response.text
    form = ada_client.get(address.replace("&amp;", "&")).context["share_form"]
    assert (form["day"].value(), form["slot"].value()) == (day, "lunch")


def test_a_logged_meal_is_usual_from_then_on(ada, ada_client, dal, day):
    press(ada_client, day, pick_recipe(dal.pk, Share(0.25)))

    found = ada_client.get(reverse("find", args=[day]), {"slot": "lunch"})

    assert [offer.name for offer in found.context["offers"]] == ["Lentil dal"]


@pytest.mark.parametrize(
    "pick",
    [
        "meal:",
        "meal:1",
        "meal:x:1:y",
        "meal:{pk}:0",
        "meal:{pk}:-1",
        "meal:{pk}:nan",
        "meal:{pk}:99999",
        "meal:99999999999999999999999999:1",
        "meal:{pk}:1:2/2:more",
    ],
)
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_an_invalid_pick_is_refused_with_a_message(ada, ada_client, dal, day, pick, headers):
    response = press(ada_client, day, pick.format(pk=dal.pk), headers=headers)

    assert response.status_code == 200
    assert "errorlist" in response.text
    assert ada.profile.entries.count() == 0


def test_another_persons_recipe_is_not_logged(ada, ada_client, day):
    theirs = make_recipe(make_profile(), foods=[make_food()])

    response = press(ada_client, day, pick_recipe(theirs.pk, Share(1.0)))

    assert "no longer exists" in response.text
    assert ada.profile.entries.count() == theirs.profile.entries.count() == 0


def test_an_emptied_recipe_says_so(ada, ada_client, day):
    recipe = make_recipe(ada.profile)

    response = press(ada_client, day, pick_recipe(recipe.pk, Share(1.0)))

    assert "no food in it yet" in response.text


def test_a_dish_with_an_inactive_form_shows_the_rest(ada, ada_client, day):
    mushrooms = make_food(source_class="plant_food", fortification="none", b12_ug_per_100g=4.0)
    recipe = make_recipe(ada.profile, foods=[make_food(b12_ug_per_100g=8.0), mushrooms])
    press(ada_client, day, pick_recipe(recipe.pk, Share(0.25)))

    (row,) = ada_client.get("/").context["page"].intake.rows
    assert (row.active_ug, row.b12_ug) == (2.0, 3.0)
    assert "not counted</span></span>" not in ada_client.get("/").text


def test_a_meal_of_two_foods_can_be_saved_from_the_day(ada, ada_client, day, make_entry):
    make_entry(ada.profile, day=day)
    assert 'form="save-meal"' not in ada_client.get("/").text

    make_entry(ada.profile, day=day)

    page = ada_client.get("/").text
    assert 'form="save-meal" name="slot" value="breakfast"' in page
    assert reverse("recipe-from-meal", args=[day]) in page


def test_recipes_are_found_by_folded_words(ada):
    recipe = make_recipe(ada.profile, name="Crème brûlée, Mum’s")

    assert list(Recipe.objects.called("creme brulees")) == [recipe]
