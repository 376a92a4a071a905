import re
from datetime import date, time, timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from foods.importing.starter import load_starter_foods
from tests.factories import make_entry as make_entry_of
from tests.factories import make_profile, make_user
from tests.pages import on_one_line
from tests.recipes.builders import make_meal, make_recipe
from tracker.accounts.models import User
from tracker.diary.models import Entry
from tracker.history.models import Step
from tracker.profiles.models import Profile

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
EATEN = (
    "name", "amount", "unit", "mass_g", "b12_ug", "free_ug", "food_ug", "egg_ug", "inactive_ug",
)  # fmt: skip


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def log_url(today):
    return reverse("log", args=[today])


def post_food(client, url, food, *, amount="1", unit="", slot="lunch", **more):
    data = {"food": food.pk, "amount": amount, "unit": unit, "slot": slot, **more}
    return client.post(url, data)


# --- the page


def test_today_asks_the_first_questions_once(client):
    account = make_user()
    make_profile(account, welcomed_at=None)
    client.force_login(account)

    assert client.get("/").url == reverse("welcome")


def test_a_guest_gets_an_empty_day_without_any_form(client):
    response = client.post("/try/", {"time_zone": "Asia/Tokyo"}, follow=True)

    assert [address for address, _status in response.redirect_chain] == ["/"]
    assert response.context["page"].intake.rows == ()
    assert "Answer a few questions" in response.text
    profile = Profile.objects.get()
    assert (profile.time_zone, profile.welcomed_at) == ("Asia/Tokyo", None)


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "x" * 10_000, "\x00"])
def test_a_guest_with_an_unknown_time_zone_gets_utc(client, zone):
    client.post("/try/", {"time_zone": zone}, follow=True)

    assert Profile.objects.get().time_zone == "UTC"


def test_a_guest_can_dismiss_the_questions(client):
    client.post("/try/")

    page = client.post("/welcome/", {"skip": "1"}, follow=True)

    assert "Answer a few questions" not in page.text
    assert Profile.objects.get().welcomed_at is not None


def test_answered_questions_are_not_offered_again(ada_client):
    assert "Answer a few questions" not in ada_client.get("/").text


def test_an_existing_diary_opens_on_its_day_and_not_on_the_questions(client, today):
    client.post("/try/")
    client.get("/")
    make_entry_of(Profile.objects.get(), day=today)
    User.objects.update(is_guest=False)

    response = client.get("/")

    assert response.status_code == 200
    assert "Answer a few questions" in response.text


def test_a_stranger_is_sent_to_sign_in(client, today):
    for url in ("/", reverse("day", args=[today]), reverse("find", args=[today])):
        assert client.get(url).url.startswith(reverse("account_login"))


@pytest.mark.parametrize("day", ["9999-01-01", "0001-01-01", "2026-02-30", "1999-12-31"])
def test_an_impossible_day_is_not_found(ada_client, day):
    assert ada_client.get(f"/day/{day}/").status_code == 404
    assert ada_client.post(f"/day/{day}/log/").status_code == 404


def test_the_day_shows_what_was_eaten_and_its_b12(ada, ada_client, today, make_entry):
    make_entry(ada.profile, day=today, name="Oat drink", b12_ug=1.0, free_ug=1.0)

    response = ada_client.get("/")

    assert "Oat drink" in response.text
    assert response.context["page"].intake.swallowed_ug == 1.0


@pytest.mark.parametrize(
    ("factor", "said"),
    [
        ("pernicious_anaemia", "what you eat cannot show whether it is enough"),
        ("nitrous_oxide", "Nitrous oxide can make the body's B12 stop working"),
    ],
)
def test_the_day_is_not_compared_if_the_comparison_is_withheld(
    ada, ada_client, today, make_entry, factor, said
):
    ada.profile.conditions.create(factor=factor)
    make_entry(ada.profile, day=today, b12_ug=1000.0, free_ug=1000.0)

    text = unescape(ada_client.get("/").text)

    assert said in text
    assert " of 2.4 µg" not in text
    assert ("Why no food is suggested here" in text) == (factor == "pernicious_anaemia")


def test_a_meal_shows_a_time_only_if_all_of_it_was_eaten_then(ada, ada_client, today, make_entry):
    def clock_of_lunch():
        page = ada_client.get("/").context["page"]
        return next(meal.clock for meal in page.meals if meal.slot == "lunch")

    make_entry(ada.profile, day=today, slot="lunch", clock=time(12, 15))
    assert clock_of_lunch() == time(12, 15)

    make_entry(ada.profile, day=today, slot="lunch", clock=None)

    assert clock_of_lunch() is None


def test_an_unknown_lowers_the_coverage_and_not_the_sum(ada, ada_client, today, make_entry):
    make_entry(ada.profile, day=today)
    make_entry(ada.profile, day=today, b12_ug=None, free_ug=0)

    response = ada_client.get("/")

    assert response.text.count("<small>at least</small>") == 2
    assert "B12 is known for 1 of 2 foods." in response.text


@pytest.mark.parametrize("entry_count", [1, 3])
def test_today_takes_the_same_queries_however_many_entries(
    ada, ada_client, today, make_entry, make_food, entry_count, django_assert_max_num_queries
):
    for n in range(entry_count):
        make_entry(ada.profile, day=today, food=make_food())
        make_entry(ada.profile, day=today - timedelta(n + 1), food=make_food())
    ada_client.get("/")

    with django_assert_max_num_queries(12):
        response = ada_client.get("/")

    assert len(response.context["page"].intake.rows) == entry_count


def test_the_suggestion_reloads_by_itself(ada_client, today):
    load_starter_foods()

    response = ada_client.get(reverse("next", args=[today]), headers=HTMX)

    assert response.text.strip().startswith('<section id="next"')
    assert 'class="card suggestion"' in response.text


# --- search


def test_a_typed_food_is_offered_with_the_typed_amount(ada_client, today, make_food):
    make_food("Egg, boiled", portions=[("1 large", 50)], b12_ug_per_100g=1.0)

    response = ada_client.get(reverse("find", args=[today]), {"q": "2 eggs", "slot": "lunch"})

    (offer,) = response.context["offers"]
    assert (offer.name, offer.amount_text, offer.b12_ug) == ("Egg, boiled", "2 large", 1.0)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("-5 µg", "An amount cannot be below zero."),
        ("\u2212 5 µg", "An amount cannot be below zero."),
        ("-2 eggs", "An amount cannot be below zero."),
        ("1,000 µg", "“1,000” can mean 1 or 1000: write 1000, or 1.0."),
        ("1,000 g egg", "“1,000” can mean 1 or 1000: write 1000, or 1.0."),
    ],
)
@pytest.mark.parametrize("place", ["find", "day"])
def test_an_unusable_amount_is_reported_and_offers_nothing(
    ada, ada_client, today, make_food, text, said, place
):
    make_food("Egg, boiled")
    make_food("Vitamin B12 tablet 2.5 µg")
    make_recipe(ada.profile, name="Egg")

    response = ada_client.get(reverse(place, args=[today]), {"q": text})

    assert said in response.text
    assert 'name="pick"' not in response.text
    assert "No food is called" not in response.text


@pytest.mark.parametrize(
    ("text", "amount_text"),
    [("1 tablet", "1 tablet"), ("half tablet", "0.5 tablet"), ("2x tablets", "2 tablets"),
     ("tablet x2", "2 tablets")],
)  # fmt: skip
def test_an_amount_with_a_household_word_searches_for_that_word(
    ada_client, today, make_food, text, amount_text
):
    make_food("Vitamin B12 tablet 10 µg", portions=[("1 tablet", 1)], is_unit_food=True)

    response = ada_client.get(reverse("find", args=[today]), {"q": text})

    assert [offer.amount_text for offer in response.context["offers"]] == [amount_text]


def test_a_typing_error_gets_a_did_you_mean(ada_client, today, make_food):
    make_food("Salmon, smoked")

    response = ada_client.get(reverse("find", args=[today]), {"q": "salmmon"})

    assert [offer.name for offer in response.context["offers"]] == ["Salmon, smoked"]
    assert "Did you mean “salmon”?" in response.text


def test_other_forms_of_a_food_share_its_row(ada_client, today, make_food):
    make_food("Lentils, cooked")
    make_food("Lentils, raw")

    response = ada_client.get(reverse("find", args=[today]), {"q": "lentils"})

    assert len(response.context["offers"]) == 1
    assert "Other forms (1)" in on_one_line(response.text)


def test_a_barcode_links_to_the_look_up(ada_client, today):
    response = ada_client.get(reverse("find", args=[today]), {"q": "5411188112778"})

    assert f"{reverse('barcode')}?code=5411188112778&amp;day={today}" in response.text


def test_a_food_not_found_can_be_added_from_its_label(ada_client, today):
    response = ada_client.get(reverse("find", args=[today]), {"q": "grandma & co"})

    assert f"{reverse('food-new')}?name=grandma%20%26%20co" in response.text


@pytest.mark.parametrize(
    ("label", "mass_g", "shown"), [("0.25 cup", 15, "¼ cup"), ("3 oz", 85, "3 oz")]
)
def test_without_an_amount_the_usual_portion_is_offered_and_logged(
    ada, ada_client, today, log_url, make_food, label, mass_g, shown
):
    make_food("Nooch", portions=[(label, mass_g)])

    (offer,) = ada_client.get(reverse("find", args=[today]), {"q": "nooch"}).context["offers"]
    ada_client.post(log_url, {"pick": offer.pick, "slot": "lunch"})

    assert (offer.amount_text, ada.profile.entries.get().mass_g) == (shown, mass_g)


@pytest.mark.parametrize("typed", ["2 bottles eggs"])
def test_an_unsuitable_measure_is_reported_beside_the_usual_one(
    ada_client, today, make_food, typed
):
    make_food("Egg", portions=[("1 large", 50)])

    (offer,) = ada_client.get(reverse("find", args=[today]), {"q": typed}).context["offers"]

    assert (offer.amount_text, "does not fit" in offer.detail) == ("1 large", True)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("10 kg eggs", "That is too much of one food at once. Check the amount and its unit."),
        ("eggs 6000 g", "That is too much of one food at once. Check the amount and its unit."),
        ("0 eggs", "Enter an amount above 0."),
        ("0 g egg", "Enter an amount above 0."),
        ("egg 0 ml", "Enter an amount above 0."),
        ("1/0 cup egg", "Enter a number, like 1.5 or 1,5."),
        ("1 1/0 cups egg", "Enter a number, like 1.5 or 1,5."),
        ("99999999 µg", "Enter at most 10,000 µg. Check the unit."),
    ],
)
@pytest.mark.parametrize("name", ["find", "recipe-find"])
def test_an_impossible_amount_offers_nothing_to_log_with_enter(
    ada, ada_client, today, make_food, typed, said, name
):
    make_food("Egg", portions=[("1 large", 50)])
    place = make_recipe(ada.profile).pk if name == "recipe-find" else today
    if name == "recipe-find" and "µg" in typed:
        pytest.skip("no quick add in a recipe")

    page = ada_client.get(reverse(name, args=[place]), {"q": typed}).text

    assert said in unescape(page)
    assert 'class="found__pick' not in page


@pytest.mark.parametrize("typed", ["coke 0", "0 % yogurt"])
def test_a_zero_that_is_part_of_a_name_is_searched(ada_client, today, make_food, typed):
    make_food("Coke 0 % sugar")
    make_food("Yogurt, 0 percent fat")

    found = ada_client.get(reverse("find", args=[today]), {"q": typed}).context

    assert found["offers"]


@pytest.mark.parametrize("typed", ["\u3164", "\u200b\u2060", "\u3164\u3164", "\u00ad"])
def test_invisible_characters_alone_are_not_a_text(ada_client, today, typed):
    page = ada_client.get(reverse("find", args=[today]), {"q": typed})

    assert "No food is called" not in page.text
    assert page.context["query"] == ""


def test_an_amount_after_invisible_characters_is_parsed(ada_client, today):
    found = ada_client.get(reverse("find", args=[today]), {"q": "\u3164\u3164 3 µg"}).context

    assert found["offers"][0].b12_ug == 3


def test_a_plain_amount_of_b12_is_offered_as_a_quick_add(ada_client, today):
    response = ada_client.get(reverse("find", args=[today]), {"q": "12 µg"})

    assert [offer.b12_ug for offer in response.context["offers"]] == [12.0] * 3


@pytest.mark.parametrize("text", ["x" * 10_000, "\x00", "%", "_", "'; drop table", "💥" * 500])
def test_unusual_texts_find_nothing_and_cause_no_error(ada_client, today, text):
    response = ada_client.get(reverse("find", args=[today]), {"q": text})

    assert response.status_code == 200


def test_invalid_utf8_causes_no_error(ada_client, today):
    response = ada_client.get(reverse("find", args=[today]) + "?q=%ff%fe")

    assert response.status_code == 200


def test_usual_foods_are_shown_before_anything_is_typed(
    ada, ada_client, today, make_entry, make_food
):
    often, once = make_food("Often"), make_food("Once")
    for n in range(1, 4):
        make_entry(ada.profile, day=today - timedelta(n), food=often, name="Often")
    make_entry(ada.profile, day=today - timedelta(1), food=once, name="Once")
    make_entry(ada.profile, day=today - timedelta(1), slot="dinner", food=once, name="Elsewhere")

    response = ada_client.get(reverse("find", args=[today]), {"slot": "breakfast"})

    assert [offer.name for offer in response.context["offers"]] == ["Often", "Once"]


def test_a_food_deleted_from_the_catalogue_is_not_offered_as_usual(
    ada, ada_client, today, make_entry, make_food
):
    foods = [make_food("Gone"), make_food("Still there")]
    for n, food in enumerate(foods):
        make_entry(ada.profile, day=today - timedelta(1 + n), food=food, name=food.name)
    foods[0].retired_at = timezone.now()
    foods[0].save()

    response = ada_client.get(reverse("find", args=[today]), {"slot": "breakfast"})

    assert [offer.name for offer in response.context["offers"]] == ["Still there"]


@pytest.mark.parametrize(("diet", "has_beef"), [("", True), ("omnivore", True), ("vegan", False)])
def test_a_first_meal_is_offered_what_the_diet_allows(ada, ada_client, today, diet, has_beef):
    load_starter_foods()
    ada.profile.bases.update(diet=diet)

    response = ada_client.get(reverse("find", args=[today]), {"slot": "dinner"})

    names = [offer.name for offer in response.context["offers"]]
    assert any("beef" in name for name in names) == has_beef
    assert "Tofu, firm" in names


CLAIMS_OF_A_HABIT = re.compile(r"\b(usual|usually|often|habit\w*|so far|last days|mean)\b", re.I)


@pytest.mark.parametrize("address", ["/", "/week/", "/suggestions/"])
def test_an_empty_diary_mentions_no_habit(ada_client, address):
    load_starter_foods()

    html = ada_client.get(address).text

    main = re.sub(
        r"<details\b.*?</details>", "", html.split("<main")[1].split("</main>")[0], flags=re.S
    )
    words = " ".join(re.sub(r"<[^>]+>", " ", main).split())
    assert CLAIMS_OF_A_HABIT.findall(words) == [], words


def test_an_empty_diary_is_offered_foods_to_start_with(ada_client, today):
    load_starter_foods()

    found = ada_client.get(reverse("find", args=[today]), {"slot": "dinner"})

    assert found.context["heading"] == "Foods to start with"


def test_a_saved_meal_alone_is_not_called_usual(ada, ada_client, today, make_food):
    make_meal(ada.profile, foods=[make_food()], usual_slot="lunch")

    found = ada_client.get(reverse("find", args=[today]), {"slot": "lunch"})

    assert found.context["heading"] == "Saved meals and recipes"


@pytest.mark.parametrize(
    ("days_ago", "heading"),
    [
        ([0], "Logged at this meal before"),
        ([0, 0], "Logged at this meal before"),
        ([1], "Logged at this meal before"),
        ([1, 3], "Usual at this meal"),
    ],
)
def test_a_food_is_called_usual_from_its_second_day_on(
    ada, ada_client, today, make_entry, make_food, days_ago, heading
):
    food = make_food()
    for number in days_ago:
        make_entry(ada.profile, day=today - timedelta(number), food=food)
        make_entry(ada.profile, day=today - timedelta(number), food=make_food(), slot="dinner")

    found = ada_client.get(reverse("find", args=[today]), {"slot": "breakfast"})

    assert found.context["heading"] == heading


def test_another_persons_foods_are_not_found(ada_client, today, make_food):
    make_food("Secret", owner=make_user())

    response = ada_client.get(reverse("find", args=[today]), {"q": "secret"})

    assert response.context["offers"] == []


# --- logging


def test_a_food_is_logged_and_the_day_is_returned(ada, ada_client, log_url, make_food):
    response = ada_client.post(
        log_url, {"food": make_food().pk, "amount": "1,5", "slot": "lunch"}, headers=HTMX
    )

    entry = ada.profile.entries.get()
    assert (entry.mass_g, entry.b12_ug, entry.amount_text) == (360, 1.8, "1.5 cups")
    assert response.headers["HX-Trigger-After-Settle"] == '{"diary-changed": {}}'
    assert response.text.count("<html") == 0


def test_logging_without_scripts_redirects_to_the_day(ada_client, log_url, make_food):
    assert post_food(ada_client, log_url, make_food()).url == "/#day"


def test_a_row_of_the_food_box_logs_what_it_shows(ada, ada_client, today, log_url, make_food):
    make_food("Egg", portions=[("1 large", 50)])
    found = ada_client.get(reverse("find", args=[today]), {"q": "2 eggs"})

    ada_client.post(log_url, {"pick": found.context["offers"][0].pick, "slot": "breakfast"})

    entry = ada.profile.entries.get()
    assert (entry.mass_g, entry.slot, entry.amount_text) == (100, "breakfast", "2 large")


def test_a_usual_food_is_logged_as_last_time(
    ada, ada_client, today, log_url, make_entry, make_food
):
    before = make_entry(
        ada.profile,
        day=today - timedelta(1),
        food=make_food(),
        mass_g=77,
        amount=None,
        unit="a mug",
    )

    ada_client.post(log_url, {"pick": f"again:{before.pk}", "slot": "lunch"})

    entry = ada.profile.entries.latest("pk")
    assert (entry.mass_g, entry.amount_text, entry.slot) == (77, "a mug", "lunch")


def test_a_quick_add_takes_one_step(ada, ada_client, log_url):
    ada_client.post(log_url, {"pick": "ug:12:supplement", "slot": "snack"})

    entry = ada.profile.entries.get()
    assert (entry.b12_ug, entry.free_ug, entry.is_supplement) == (12, 12, True)


def test_a_quick_add_is_shown_as_it_was_typed(ada, ada_client, today, log_url):
    found = ada_client.get(reverse("find", args=[today]), {"q": "12,5 µg"})
    offer = found.context["offers"][0]
    ada_client.post(log_url, {"pick": offer.pick, "slot": "snack"})

    assert offer.name == "Quick add: 12.5 µg"
    assert ada.profile.entries.get().b12_ug == 12.5
    assert "12.5 µg" in ada_client.get("/").text


QUICK = {
    "ug:12:food": "from animal food",
    "ug:12.345:added": "12.345 µg · from fortified food",
    "ug:12:supplement": "from a supplement",
    "ug:0:food": "",
}


@pytest.mark.parametrize("pick", QUICK)
def test_the_line_of_a_quick_add_names_its_source(ada_client, log_url, pick):
    ada_client.post(log_url, {"pick": pick, "slot": "snack"})

    found = re.search(r'entry__amount">([^<]*)<', ada_client.get("/").text)
    assert found[1] == QUICK[pick]


@pytest.mark.parametrize(
    ("diet", "first"), [("vegan", "added"), ("", "food"), ("omnivore", "food")]
)
def test_enter_logs_no_animal_food_for_a_vegan(ada, ada_client, today, diet, first):
    ada.profile.bases.update(diet=diet)

    offers = ada_client.get(reverse("find", args=[today]), {"q": "12 µg"}).context["offers"]

    assert offers[0].pick == f"ug:12:{first}"
    assert len(offers) == 3


def test_a_fasting_day_asks_for_no_food(ada_client, today):
    ada_client.post(reverse("mark", args=[today]), {"status": "fasting"})

    page = ada_client.get("/").text

    assert "Nothing eaten: you marked a fasting day." in page
    assert "Nothing logged yet" not in page
    assert "Your meals for the day will appear here" not in page


def test_an_undo_is_offered_only_on_its_own_day(ada_client, today, log_url, make_food):
    post_food(ada_client, log_url, make_food())

    assert "Undo" in ada_client.get("/").text
    assert "Undo" not in ada_client.get(reverse("day", args=[today - timedelta(1)])).text


def test_a_form_posted_twice_logs_once(ada, ada_client, log_url, make_food):
    food, once = make_food(), str(uuid4())
    for _again in range(2):
        response = post_food(ada_client, log_url, food, client_uuid=once)

    assert ada.profile.entries.count() == 1
    assert response.status_code == 302


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": "-1"},
        {"amount": "0"},
        {"amount": "1e9"},
        {"amount": "nan"},
        {"amount": "two"},
        {"amount": "9000", "unit": "g"},
        {"unit": "furlongs"},
        {"unit": "p99"},
        {"food": "999999"},
        {"food": str(2**70)},
        {"food": ""},
        {"food": "x"},
        {"slot": "brunch"},
        {"clock": "25:00"},
        {"client_uuid": "no"},
        {"pick": "food:1"},
        {"pick": "again:999999:x"},
        {"quick_ug": "-3"},
        {"quick_ug": "1000000"},
        {"q": "x" * 10_001},
        {"q": "\x00"},
    ],
)
@pytest.mark.parametrize("headers", [HTMX, {}])
def test_invalid_input_is_reported_and_nothing_is_logged(
    ada, ada_client, log_url, make_food, wrong, headers
):
    data = {"food": make_food().pk, "amount": "1", "unit": "", "slot": "lunch"} | wrong

    response = ada_client.post(log_url, data, headers=headers)

    assert response.status_code == 200
    assert 'class="errorlist"' in response.text
    assert Entry.objects.count() == 0


def test_a_retired_food_is_refused_with_the_reason(ada_client, log_url, make_food):
    food = make_food(retired_at=timezone.now())

    response = post_food(ada_client, log_url, food)

    assert "no longer in the catalogue" in response.text


def test_another_persons_own_food_cannot_be_logged(ada, ada_client, log_url, make_food):
    post_food(ada_client, log_url, make_food(owner=make_user()))

    assert ada.profile.entries.count() == 0


def test_another_persons_entry_cannot_be_repeated(ada, ada_client, log_url, make_entry, make_food):
    theirs = make_entry(food=make_food())

    ada_client.post(log_url, {"pick": f"again:{theirs.pk}:{uuid4()}", "slot": "lunch"})

    assert ada.profile.entries.count() == 0


def test_more_than_twenty_tablets_are_refused(ada, ada_client, log_url, make_food):
    tablet = make_food(is_unit_food=True, portions=[("1 tablet", 1)])

    response = post_food(ada_client, log_url, tablet, amount="21")

    assert "too much of one food" in response.text
    assert ada.profile.entries.count() == 0


# --- changing


def test_an_entry_changes_weight_meal_and_time_at_its_old_value(
    ada, ada_client, today, make_entry, make_food
):
    food = make_food(b12_ug_per_100g=99)
    entry = make_entry(ada.profile, day=today, food=food, mass_g=240, b12_ug=1.2, free_ug=1.2)

    ada_client.post(
        reverse("entry", args=[entry.pk]),
        {"amount": "120", "unit": "g", "slot": "dinner", "clock": "19:30"},
    )

    entry.refresh_from_db()
    assert (entry.b12_ug, entry.free_ug, entry.slot, entry.clock) == (
        0.6,
        0.6,
        "dinner",
        time(19, 30),
    )


def test_a_change_can_be_undone(ada, ada_client, today, make_entry, make_food):
    entry = make_entry(ada.profile, day=today, food=make_food())
    url = reverse("entry", args=[entry.pk])
    ada_client.post(url, {"amount": "1", "unit": "g", "slot": "dinner"})

    ada_client.post(reverse("undo", args=[today, Step.objects.get().pk]))

    entry.refresh_from_db()
    assert (entry.mass_g, entry.slot) == (240, "breakfast")


def test_an_invalid_change_is_returned_bound_with_its_error(
    ada, ada_client, today, make_entry, make_food
):
    entry = make_entry(ada.profile, day=today, food=make_food())

    response = ada_client.post(
        reverse("entry", args=[entry.pk]),
        {"amount": "-5", "unit": "g", "slot": "dinner"},
        headers=HTMX,
    )

    assert response.status_code == 200
    assert 'value="-5"' in response.text
    assert "errorlist" in response.text


@pytest.mark.parametrize(("amount", "unit"), [("6000", "g"), ("30", "p0"), ("9999", "ml")])
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_an_implausibly_large_amount_is_refused_beside_the_field(
    ada, ada_client, today, make_entry, make_food, amount, unit, headers
):
    food = make_food(is_drink=True)
    entry = make_entry(ada.profile, day=today, food=food)

    response = ada_client.post(
        reverse("entry", args=[entry.pk]),
        {"amount": amount, "unit": unit, "slot": "dinner"},
        headers=headers,
    )

    assert response.status_code == 200
    assert response.context["form"].errors.keys() == {"amount"}
    assert f'value="{amount}"' in response.text
    entry.refresh_from_db()
    assert (entry.mass_g, entry.slot) == (240, "breakfast")


@pytest.mark.parametrize(
    ("amount", "unit"), [("200", "ml"), ("206.255", "g"), ("1", ""), ("3", "oz")]
)
def test_an_entry_saved_without_a_change_is_unchanged(ada_client, log_url, make_food, amount, unit):
    food = make_food(portions=[("1 cup", 244)], is_drink=True)
    post_food(ada_client, log_url, food, amount=amount, unit=unit)
    before = Entry.objects.values(*EATEN).get()

    url = reverse("entry", args=[Entry.objects.get().pk])
    form = ada_client.get(url).context["form"]
    shown = {name: form[name].value() or "" for name in form.fields}
    ada_client.post(url, shown | {"slot": "dinner"})

    assert Entry.objects.values(*EATEN).get() == before
    assert Entry.objects.get().slot == "dinner"


@pytest.mark.parametrize("mass_g", [None, 206.2551])
def test_an_entry_without_a_food_saved_without_a_change_is_unchanged(
    ada, ada_client, today, make_entry, mass_g
):
    entry = make_entry(
        ada.profile, day=today, mass_g=mass_g, food=None, b12_ug=1.23456789,
        free_ug=1.0, food_ug=0.23456789,
    )  # fmt: skip
    before = Entry.objects.values(*EATEN).get()

    url = reverse("entry", args=[entry.pk])
    form = ada_client.get(url).context["form"]
    shown = {name: form[name].value() or "" for name in form.fields}
    ada_client.post(url, shown | {"slot": "dinner"})

    assert Entry.objects.values(*EATEN).get() == before
    assert Entry.objects.get().slot == "dinner"


@pytest.mark.parametrize(("kind", "split"), [("food", (0.0, 3.0)), ("added", (3.0, 0.0))])
def test_a_quick_add_can_be_changed(ada, ada_client, today, make_entry, kind, split):
    entry = make_entry(ada.profile, day=today, mass_g=None, food=None)

    ada_client.post(
        reverse("entry", args=[entry.pk]), {"b12_ug": "3", "kind": kind, "slot": "lunch"}
    )

    entry.refresh_from_db()
    assert (entry.free_ug, entry.food_ug) == split


def test_an_unknown_amount_is_not_offered_as_zero(ada, ada_client, today, make_entry):
    entry = make_entry(ada.profile, day=today, mass_g=None, food=None, b12_ug=None, free_ug=0)

    response = ada_client.get(reverse("entry", args=[entry.pk]))

    assert response.context["form"].initial["b12_ug"] == ""


def test_reweighing_scales_each_part_of_the_b12(ada, ada_client, today, make_entry, make_food):
    parts = {"free_ug": 0.1, "food_ug": 0.2, "egg_ug": 0.4, "inactive_ug": 0.8}
    entry = make_entry(
        ada.profile, day=today, food=make_food("Egg"), mass_g=50, b12_ug=1.5, **parts
    )

    ada_client.post(
        reverse("entry", args=[entry.pk]), {"amount": "100", "unit": "g", "slot": "breakfast"}
    )

    entry.refresh_from_db()
    assert (entry.mass_g, entry.b12_ug) == (100, 3.0)
    assert {name: getattr(entry, name) for name in parts} == {
        name: 2 * amount_ug for name, amount_ug in parts.items()
    }


def test_an_entry_whose_food_is_deleted_can_be_reweighed(ada, ada_client, today, make_entry):
    entry = make_entry(ada.profile, day=today, mass_g=100, b12_ug=1, free_ug=1)

    ada_client.post(reverse("entry", args=[entry.pk]), {"amount": "50", "slot": "lunch"})

    entry.refresh_from_db()
    assert (entry.mass_g, entry.b12_ug) == (50, 0.5)


def test_delete_and_undo(ada, ada_client, today, make_entry):
    entry = make_entry(ada.profile, day=today)
    ada_client.post(reverse("entry-delete", args=[entry.pk]), headers=HTMX)
    assert ada.profile.entries.count() == 0

    ada_client.post(reverse("undo", args=[today, Step.objects.get().pk]))

    assert ada.profile.entries.count() == 1


@pytest.mark.parametrize("name", ["entry", "entry-delete"])
def test_another_persons_entry_is_not_found(ada_client, make_entry, name):
    theirs = make_entry()

    assert ada_client.post(reverse(name, args=[theirs.pk])).status_code == 404
    assert Entry.objects.count() == 1


def test_an_id_beyond_the_database_is_not_found(ada_client):
    assert ada_client.get(f"/entries/{2**70}/").status_code == 404
    assert ada_client.get(f"/foods/{2**70}/").status_code == 404


# --- copy, mark, undo


def test_yesterdays_meal_is_copied(ada, ada_client, today, make_entry):
    yesterday = today - timedelta(1)
    make_entry(ada.profile, day=yesterday)
    make_entry(ada.profile, day=yesterday, slot="dinner")

    ada_client.post(
        reverse("copy", args=[today]), {"from_day": yesterday.isoformat(), "slot": "dinner"}
    )

    assert [e.slot for e in ada.profile.entries.on_day(today)] == ["dinner"]


@pytest.mark.parametrize("from_day", ["", "yesterday", "99999-01-01", "2026-02-30"])
def test_a_copy_from_nowhere_is_refused(ada, ada_client, today, from_day):
    response = ada_client.post(reverse("copy", args=[today]), {"from_day": from_day})

    assert "errorlist" in response.text


def test_a_day_of_absurd_size_is_not_copied(ada, ada_client, today, make_entry, monkeypatch):
    monkeypatch.setattr("tracker.diary.writing.MOST_COPIED", 1)
    yesterday = today - timedelta(1)
    for _n in range(2):
        make_entry(ada.profile, day=yesterday)

    response = ada_client.post(reverse("copy", args=[today]), {"from_day": yesterday.isoformat()})

    assert "cannot be copied at once" in response.text
    assert ada.profile.entries.on_day(today).count() == 0


def test_nothing_of_another_person_is_copied(ada, ada_client, today, make_entry):
    theirs = make_entry()

    ada_client.post(reverse("copy", args=[today]), {"from_day": theirs.day.isoformat()})

    assert ada.profile.entries.count() == 0


def test_the_day_is_marked_and_unmarked(ada, ada_client, today):
    url = reverse("mark", args=[today])
    ada_client.post(url, {"status": "complete"})
    assert ada.profile.day_marks.get().status == "complete"

    ada_client.post(url, {"status": ""})

    assert ada.profile.day_marks.count() == 0


def test_an_empty_day_is_marked_under_htmx(ada_client, today):
    response = ada_client.post(reverse("mark", args=[today]), {"status": "fasting"}, headers=HTMX)

    assert (response.status_code, "Marked the day as a fasting day." in response.text) == (
        200,
        True,
    )


def test_an_unknown_mark_is_refused(ada, ada_client, today):
    ada_client.post(reverse("mark", args=[today]), {"status": "perfect"})

    assert ada.profile.day_marks.count() == 0


@pytest.mark.parametrize("name", ["undo", "put-back"])
def test_a_step_of_a_stranger_is_not_found(ada_client, today, make_entry, name):
    theirs = make_entry()
    touched = {"diary.entry": [theirs.pk]}
    step = Step.objects.create(
        profile=theirs.profile,
        kind="logged",
        day=today,
        about={"name": "x"},
        touched=touched,
        is_undone=name == "put-back",
    )

    response = ada_client.post(reverse(name, args=[today, step.pk]))

    assert response.status_code == 404
    assert Entry.objects.count() == 1


# --- from the page of a food


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"amount": "6000", "unit": "g"}, "too much of one food at once"),
        ({"amount": "abc", "unit": "p0"}, "Enter a number"),
        ({"amount": "0", "unit": "p0"}, "from 0.01 to 9,999"),
        ({"amount": "2", "unit": "furlong"}, "is not a measure for this food"),
    ],
)
def test_a_refused_amount_is_shown_again_on_the_page_of_the_food(
    ada, ada_client, make_food, typed, said
):
    food = make_food("Oat drink")
    address = reverse("log", args=[timezone.localdate()])

    response = ada_client.post(address, {"food": food.pk, "slot": "dinner"} | typed)

    assert response.templates[0].name == "foods/food.html"
    assert (response.context["refused"].amount, response.context["slot"]) == (
        typed["amount"],
        "dinner",
    )
    assert said in response.text
    assert (
        f'value="{typed["amount"]}" inputmode="decimal" autocomplete="off" required autofocus'
        in on_one_line(response.text)
    )
    assert Entry.objects.count() == 0


def test_the_measure_of_a_refused_amount_stays_selected(ada_client, make_food):
    food = make_food(portions=(("1 cup", 240), ("1 bowl", 300)))

    page = ada_client.post(
        reverse("log", args=[timezone.localdate()]),
        {"food": food.pk, "slot": "lunch", "amount": "x", "unit": "p1"},
    ).text

    assert '<option value="p1" selected>' in page
    assert '<option value="lunch" selected>' in on_one_line(page)


def test_a_refused_amount_of_a_strangers_food_shows_nothing_of_it(ada_client, make_food):
    food = make_food("Secret dish", owner=make_user())

    page = ada_client.post(
        reverse("log", args=[timezone.localdate()]),
        {"food": food.pk, "slot": "lunch", "amount": "x", "unit": "g"},
    ).text

    assert "Secret dish" not in page


def test_the_page_is_never_stored_by_a_shared_cache(ada_client):
    response = ada_client.get("/")

    assert "no-store" in response.headers["Cache-Control"]
    assert "HX-Request" in response.headers["Vary"]


def test_old_days_are_reached_by_date(ada, ada_client, make_entry):
    make_entry(ada.profile, day=date(2026, 3, 2))

    response = ada_client.get("/day/2026-03-02/")

    assert response.context["page"].intake.entry_count == 1


def test_find_without_scripts_redirects_to_the_day_with_text_and_meal(ada_client, today):
    typed = {"q": "soy & oat", "slot": "dinner", "csrfmiddlewaretoken": "secret", "clock": "08:00"}

    response = ada_client.post(reverse("find", args=[today]), typed)

    assert response.url == f"/day/{today}/?q=soy+%26+oat&slot=dinner#food-box"
    page = ada_client.get(response.url.partition("#")[0])
    assert (page.context["query"], page.context["page"].slot) == ("soy & oat", "dinner")


@pytest.mark.parametrize("text", ["", "x" * 10_000, "%00", "%ff%fe", "%ED%A0%BD"])
def test_find_without_scripts_takes_any_text(ada_client, today, text):
    form = "application/x-www-form-urlencoded"

    response = ada_client.post(
        reverse("find", args=[today]), f"q={text}&slot={text}", content_type=form, follow=True
    )

    assert response.status_code == 200


# --- redirects without scripts


@pytest.mark.parametrize(
    ("address", "posted", "place"),
    [
        ("mark", {"status": "complete"}, "panel"),
        ("clock", {"slot": "lunch", "clock": "12:10"}, "meal-lunch"),
        ("copy", {"from_day": "2026-03-01", "slot": "dinner"}, "day"),
    ],
)
@pytest.mark.parametrize("days_ago", [0, 3])
def test_a_write_without_scripts_redirects_to_its_place(
    ada, ada_client, today, make_entry, address, posted, place, days_ago
):
    day = today - timedelta(days_ago)
    make_entry(ada.profile, day=day, slot="lunch")
    make_entry(ada.profile, day="2026-03-01", slot="dinner")

    response = ada_client.post(reverse(address, args=[day]), posted)

    assert response.url == (f"/day/{day}/#{place}" if days_ago else f"/#{place}")


def test_a_change_without_scripts_redirects_to_its_entry(ada, ada_client, today, make_entry):
    entry = make_entry(ada.profile, day=today)

    response = ada_client.post(f"/entries/{entry.pk}/", {"amount": "120", "slot": "lunch"})

    assert response.url == f"/#entry-{entry.pk}"


@pytest.mark.parametrize("headers", [HTMX, {}])
def test_a_refused_change_has_the_focus_on_the_invalid_field(
    ada, ada_client, today, make_entry, headers
):
    entry = make_entry(ada.profile, day=today)
    wrong = {"amount": "120", "slot": "lunch", "clock": "25:00"}

    response = ada_client.post(f"/entries/{entry.pk}/", wrong, headers=headers)

    begun = [field.name for field in response.context["form"] if "autofocus" in str(field)]
    assert begun == ["clock"]


def test_a_tiny_quick_add_opens_without_an_exponent(ada, ada_client, today, make_entry):
    entry = make_entry(ada.profile, day=today, mass_g=None, food=None, b12_ug=0.00005)

    response = ada_client.get(reverse("entry", args=[entry.pk]))

    assert response.context["form"]["b12_ug"].value() == "0.00005"


# --- another time zone


def test_an_entry_on_a_day_now_too_far_ahead_can_be_changed_and_undone(ada, ada_client, make_food):
    """Logged a week ahead in the far east, and viewed from the far west."""
    today = timezone.localdate()
    entry = make_entry_of(ada.profile, day=today + timedelta(9), food=make_food(), mass_g=240)
    address = reverse("entry", args=[entry.pk])

    changed = ada_client.post(address, {"amount": "3", "unit": "g", "slot": "lunch"})
    deleted = ada_client.post(f"{address}delete/")
    step = Step.objects.latest("pk")
    undone = ada_client.post(reverse("undo", args=[entry.day, step.pk]), follow=True)

    assert [changed.status_code, deleted.status_code, undone.status_code] == [302, 302, 200]
    assert ada.profile.entries.get().mass_g == 3


def test_nothing_new_is_logged_on_a_day_too_far_ahead(ada_client, make_food):
    far = timezone.localdate() + timedelta(8)

    response = ada_client.post(
        reverse("log", args=[far]), {"food": make_food().pk, "slot": "lunch"}
    )

    assert response.status_code == 404
    assert Entry.objects.count() == 0


def test_without_scripts_the_question_has_the_focus_and_the_text_is_kept(
    ada, ada_client, today, make_food
):
    food = make_food("Banana")
    posted = {"pick": f"ask:food:{food.pk}:1:p0", "slot": "lunch", "q": "banana"}

    page = ada_client.post(reverse("log", args=[today]), posted).text

    assert re.findall(r"<(\w+)[^>]*autofocus", page) == ["button"]
    assert re.search(r'<input id="q"[^>]*value="banana"', page)


def test_without_scripts_a_refusal_has_the_focus(ada_client, today):
    posted = {"pick": "food:9:1:p0", "slot": "lunch", "q": "banana"}

    page = ada_client.post(reverse("log", args=[today]), posted).text

    assert re.findall(r'<(\w+) id="(\w+)"[^>]*autofocus', page) == [("div", "problems")]


# --- impossible days and marks


@pytest.mark.parametrize("days_ahead", [8, 9])
def test_a_day_beyond_the_diary_says_so_and_offers_nothing_to_log(
    ada, ada_client, today, make_entry, days_ahead
):
    day = today + timedelta(days_ahead)
    make_entry(ada.profile, day=day - timedelta(1), slot="dinner")

    page = ada_client.get(reverse("day", args=[day])).text

    assert "You can log meals up to" in page
    assert "Type what you ate" not in page
    assert "Your meals for the day will appear here" not in page
    assert 'id="q"' not in page
    assert 'id="mark-complete"' not in page
    assert 'id="next"' not in page
    assert "hx-post" not in page.split('id="day"')[1]


def test_a_travellers_day_beyond_the_diary_can_be_marked(ada, ada_client, today, make_entry):
    make_entry(ada.profile, day=today + timedelta(8))

    page = ada_client.get(reverse("day", args=[today + timedelta(8)])).text

    assert 'id="mark-complete"' in page
    assert "You can log meals up to" in page


def test_the_last_day_of_the_diary_can_be_logged(ada_client, today):
    page = ada_client.get(reverse("day", args=[today + timedelta(7)])).text

    assert 'id="q"' in page
    assert "You can log meals up to" not in page


@pytest.mark.parametrize("headers", [HTMX, {}])
def test_a_day_with_food_cannot_be_marked_as_fasting(ada, ada_client, today, make_entry, headers):
    for _n in range(2):
        make_entry(ada.profile, day=today)
    make_entry(ada.profile, day=today - timedelta(1))
    make_entry(ada.profile, day=today, is_supplement=True)
    make_entry(ada.profile, day=today, name="Pastry", b12_ug=None, free_ug=0)
    make_entry(ada.profile, day=today, name="Lentils", b12_ug=0, free_ug=0)

    said = ada_client.post(
        reverse("mark", args=[today]), {"status": "fasting"}, headers=headers, follow=True
    )

    assert "4 foods are logged on this day, so it is not a fasting day." in said.text
    assert ada.profile.day_marks.count() == 0


def test_a_tablet_or_a_coffee_does_not_break_the_fast(
    ada, ada_client, today, make_entry, make_food
):
    make_entry(ada.profile, day=today, is_supplement=True)
    make_entry(ada.profile, day=today, is_injection=True)
    make_entry(ada.profile, day=today, name="Coffee", is_drink=True, b12_ug=0, free_ug=0)

    ada_client.post(reverse("mark", args=[today]), {"status": "fasting"})

    assert ada.profile.day_marks.get().status == "fasting"


@pytest.mark.parametrize("b12_ug", [1.0, 0.0, None])
def test_food_on_a_fasting_day_is_reported_and_the_day_is_not_complete(
    ada, ada_client, today, make_entry, make_food, b12_ug
):
    ada_client.post(reverse("mark", args=[today]), {"status": "fasting"})
    make_entry(ada.profile, day=today, name="Coffee", is_drink=True, b12_ug=0, free_ug=0)
    page = ada_client.get("/")
    assert "marked as a fasting day, but food" not in page.text
    assert page.context["page"].intake.is_complete is True

    make_entry(ada.profile, day=today, b12_ug=b12_ug, free_ug=b12_ug or 0)
    ada.profile.refresh_from_db()
    page = ada_client.get("/")

    assert "This day is marked as a fasting day, but food is logged on it." in page.text
    assert page.context["page"].intake.is_complete is False


def test_a_person_with_a_diary_is_not_asked_the_first_questions(ada, ada_client, today, make_entry):
    ada.profile.welcomed_at = None
    ada.profile.save()
    assert ada_client.get("/").url == reverse("welcome")

    make_entry(ada.profile, day=today)

    assert ada_client.get("/").status_code == 200
