import re
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import make_entry, make_profile, make_user
from tests.pages import on_one_line
from tracker.diary.models import Entry
from tracker.suggestions.models import Hidden, hide, some_days_from

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
AVOIDED = re.compile(
    r"\b(diagnos|detect|screening|treat|cure|prevent|predict|alarm|deficien|high risk|should take)",
    re.IGNORECASE,
)


@pytest.fixture
def oat_milk(make_food):
    """It suits every meal, so it is offered at any hour of the test run."""
    return make_food("Oat milk, fortified", slug="oat-milk", group="Plant-based milks")


def main_text(response) -> str:
    """Return the text of the page without the fixed sentence of purpose below it."""
    main = response.content.decode().split("<main", 1)[1].split("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def test_the_page_shows_the_gap_and_a_food(ada_client, oat_milk):
    response = ada_client.get("/suggestions/")

    assert [s.food.pk for s in response.context["offer"].suggestions] == [oat_milk.pk]
    text = main_text(response)
    assert "Oat milk, fortified +0.66 µg absorbed" in text
    assert "1.2 µg of B12" in text
    assert "Nothing is logged for the last fourteen days" in text


def test_under_htmx_only_the_list_is_returned(ada_client, oat_milk):
    response = ada_client.get("/suggestions/", headers=HTMX)

    assert response.content.decode().lstrip().startswith('<div class="stack" id="suggestions"')
    assert "HX-Request" in response["Vary"]


@pytest.mark.parametrize("count", [1, 3])
def test_query_count(ada_client, ada, make_food, oat_milk, count, django_assert_num_queries):
    today = timezone.localdate()
    for n in range(count):
        make_entry(ada.profile, day=today - timedelta(days=n), food=oat_milk)
        hidden = make_food(f"Hidden {n}", slug=f"hidden-{n}")
        hide(ada.profile, hidden, until=None)
    ada_client.get("/suggestions/")

    with django_assert_num_queries(5):
        response = ada_client.get("/suggestions/")

    assert len(response.context["hidden"]) == count


def test_the_add_button_logs_what_it_says(ada_client, ada, oat_milk):
    (suggestion,) = ada_client.get("/suggestions/").context["offer"].suggestions
    today = timezone.localdate()
    posted = {
        "food": oat_milk.pk,
        "amount": suggestion.amount,
        "unit": suggestion.unit,
        "slot": suggestion.slot.value,
        "clock": suggestion.clock.strftime("%H:%M") if suggestion.clock else "",
        "client_uuid": str(suggestion.client_uuid),
    }

    for _ in range(2):
        assert ada_client.post(f"/day/{today}/log/", posted).status_code == 302

    entry = Entry.objects.get(profile=ada.profile)
    assert (entry.food_id, entry.mass_g, entry.b12_ug) == (oat_milk.pk, 240, 1.2)
    offer = ada_client.get("/suggestions/").context["offer"]
    assert offer.gap.usual_ug == pytest.approx(suggestion.gain_ug)


def test_not_for_me_lasts_until_the_food_is_restored(ada_client, ada, oat_milk):
    response = ada_client.post("/suggestions/hide/", {"food": oat_milk.pk, "until": "restored"})

    assert (response.status_code, response["Location"]) == (302, "/suggestions/")
    page = ada_client.get("/suggestions/")
    assert page.context["offer"].suggestions == ()
    assert "Oat milk, fortified will not be suggested again." in main_text(page)
    assert "One hidden food" in main_text(page)

    ada_client.post("/suggestions/restore/", {"food": oat_milk.pk})

    assert not Hidden.objects.exists()
    assert ada_client.get("/suggestions/").context["offer"].best.food.pk == oat_milk.pk


def test_later_hides_for_some_days(ada_client, ada, oat_milk):
    ada_client.post("/suggestions/hide/", {"food": oat_milk.pk, "until": "later"})

    assert Hidden.objects.get().until == some_days_from(timezone.localdate())


@pytest.mark.parametrize("days", [-3, 0, 5])
def test_later_beside_a_future_day_hides_for_some_days_from_then(ada_client, oat_milk, days):
    today = timezone.localdate()
    said = {"food": oat_milk.pk, "until": "later", "day": today + timedelta(days)}

    page = ada_client.post("/suggestions/hide/", said, headers=HTMX)

    assert Hidden.objects.get().until == some_days_from(today + timedelta(max(days, 0)))
    assert f'id="later-{oat_milk.pk}"' not in page.text


def test_hiding_twice_keeps_one_row(ada_client, oat_milk):
    for until in ("restored", "restored", "later"):
        ada_client.post("/suggestions/hide/", {"food": oat_milk.pk, "until": until})

    assert Hidden.objects.count() == 1


@pytest.mark.parametrize("before", ["restored", "later", "over", None])
@pytest.mark.parametrize("now", ["restored", "later"])
def test_undo_restores_the_previous_choice(ada_client, ada, oat_milk, before, now):
    today = timezone.localdate()
    last = {"restored": None, "later": some_days_from(today), "over": today - timedelta(1)}
    if before:
        hide(ada.profile, oat_milk, until=last[before])
    said = {"food": oat_milk.pk, "until": now}
    page = ada_client.post("/suggestions/hide/", said, headers=HTMX).text
    undo = re.search(r'<form[^>]*/suggestions/restore/".*?</form>', page, re.S).group()
    data = dict(re.findall(r'name="(\w+)" value="([^"]*)"', undo))

    answer = ada_client.post("/suggestions/restore/", data, headers=HTMX)

    stands = before in ("restored", "later") and before != now  # else the same form, posted twice
    kept = [last[before]] if stands else []
    assert list(Hidden.objects.values_list("until", flat=True)) == kept
    assert ("may be suggested again" in answer.text) is not stands


@pytest.mark.parametrize("before", ["2020-01-01", "2999-01-01", "x"])
def test_an_undo_cannot_set_any_other_date(ada_client, ada, oat_milk, before):
    hide(ada.profile, oat_milk, until=None)
    data = {"food": oat_milk.pk, "was_hidden": "yes", "before": before}

    assert ada_client.post("/suggestions/restore/", data).status_code == 404
    assert Hidden.objects.get().until is None


def test_hiding_under_htmx_returns_the_list_with_an_undo(ada_client, oat_milk):
    posted = {"food": oat_milk.pk, "until": "restored"}

    response = ada_client.post("/suggestions/hide/", posted, headers=HTMX)

    html = response.content.decode()
    assert response.status_code == 200
    assert html.count('id="suggestions"') == 1
    assert "data-said" in html
    assert html.count('hx-post="/suggestions/restore/"') == 2  # the undo and the list's own one


def test_hiding_beside_a_day_shows_the_next_food_there(ada_client, oat_milk, make_food):
    soy = make_food("Soy milk, fortified", slug="soy", group="Drinks", b12_ug_per_100g=0.2)
    today = timezone.localdate()
    posted = {"food": oat_milk.pk, "until": "restored", "day": today.isoformat()}

    response = ada_client.post("/suggestions/hide/", posted, headers=HTMX)

    assert response.context["offer"].best.food.pk == soy.pk
    assert f'hx-post="/day/{today}/log/"' in response.content.decode()


def test_hiding_beside_a_day_without_scripts_redirects_to_it(ada_client, oat_milk):
    today = timezone.localdate().isoformat()

    response = ada_client.post(
        "/suggestions/hide/", {"food": oat_milk.pk, "until": "later", "day": today}
    )

    assert response["Location"] == f"/day/{today}/#messages"


@pytest.mark.parametrize(
    "wrong",
    [
        {"food": "0"},
        {"food": "-1"},
        {"food": "9" * 40},
        {"food": "x" * 10_000},
        {"food": "\x00"},
        {"food": ""},
        {"food": "987654"},
        {"until": "for ever"},
        {"until": ""},
        {"day": "9999-12-31"},
        {"day": "2026-02-30"},
    ],
)
def test_values_that_no_button_posts_are_not_found(ada_client, oat_milk, wrong):
    posted = {"food": oat_milk.pk, "until": "later"} | wrong

    assert ada_client.post("/suggestions/hide/", posted).status_code == 404
    assert not Hidden.objects.exists()


def test_another_persons_own_food_cannot_be_hidden(ada_client, make_food):
    hers = make_food("Hers", owner=make_user())

    response = ada_client.post("/suggestions/hide/", {"food": hers.pk, "until": "later"})

    assert response.status_code == 404


def test_another_persons_hidden_food_cannot_be_restored(ada_client, oat_milk, make_food):
    hide(make_profile(), oat_milk, until=None)

    hers = make_food("Hers", owner=make_user())
    hide(make_profile(), hers, until=None)

    ada_client.post("/suggestions/restore/", {"food": oat_milk.pk})
    response = ada_client.post("/suggestions/restore/", {"food": hers.pk})

    assert (response.status_code, Hidden.objects.count()) == (404, 2)


def test_restoring_a_food_twice_succeeds(ada, ada_client, oat_milk):
    hide(ada.profile, oat_milk, until=None)

    for _again in range(2):
        response = ada_client.post("/suggestions/restore/", {"food": oat_milk.pk}, follow=True)
        assert "may be suggested again." in response.text

    assert not Hidden.objects.exists()


def test_another_persons_habits_are_not_shown(ada_client, ada, oat_milk, make_food):
    theirs = make_food("Their cheese", source_class="dairy", group="Cheese", diet="omnivore")
    make_entry(make_profile(), day=timezone.localdate(), food=theirs)

    assert "Their cheese" not in main_text(ada_client.get("/suggestions/"))


@pytest.mark.parametrize("path", ["/suggestions/hide/", "/suggestions/restore/"])
def test_a_write_requires_post(ada_client, path):
    assert ada_client.get(path).status_code == 405


def test_strangers_are_sent_to_sign_in(client, db):
    assert client.get("/suggestions/").status_code == 302


def test_the_page_offers_no_foods_if_food_cannot_help(ada_client, ada, oat_milk):
    ada.profile.conditions.create(factor="pernicious_anaemia")

    response = ada_client.get("/suggestions/")

    text = main_text(response)
    assert "Food alone cannot provide enough here" in text
    assert "discuss this with a clinician" in text
    assert "Oat milk" not in text


def test_a_met_reference_is_stated_and_the_list_is_collapsed(ada_client, ada, oat_milk):
    today = timezone.localdate()
    for n in (1, 2, 3):
        day = today - timedelta(days=n)
        for slot in ("breakfast", "lunch", "dinner"):
            make_entry(ada.profile, day=day, slot=slot)
        ada.profile.day_marks.create(day=day, status="complete")

    response = ada_client.get("/suggestions/")

    html, text = response.content.decode(), main_text(response)
    assert "Mean of 3 complete days in the last fourteen." in text
    assert "there is no gap to close" in text
    assert html.index("suggestion-ideas") < html.index("Oat milk, fortified")
    assert '<details class="stack suggestion-ideas" id="ideas">' in html


def test_the_nitrous_oxide_warning_comes_before_any_amount(ada_client, ada, oat_milk):
    ada.profile.conditions.create(factor="nitrous_oxide")
    make_entry(ada.profile, day=timezone.localdate(), free_ug=0.1, b12_ug=0.1)

    text = main_text(ada_client.get("/suggestions/"))

    assert text.index("see a doctor") < text.index("daily gap")


@pytest.mark.parametrize("factor", ["", "ppi", "pernicious_anaemia", "gastric_bypass", "metformin"])
def test_the_page_uses_no_words_of_a_medical_device(ada_client, ada, oat_milk, factor):
    if factor:
        ada.profile.conditions.create(factor=factor)
    make_entry(ada.profile, day=timezone.localdate(), food=oat_milk, is_injection=True, free_ug=0)

    assert AVOIDED.findall(main_text(ada_client.get("/suggestions/"))) == []


def test_numbers_above_a_thousand_do_not_break_the_forms(ada_client, make_food):
    food = make_food("Oat milk", pk=1234567, slug="oat", portions=[("1 carton", 1100)])

    html = ada_client.get("/suggestions/").content.decode()

    assert f'name="food" value="{food.pk}"' in html
    assert 'id="suggestion-1234567"' in html


# --- a day that is covered


def cover(profile, day, **fields):
    for slot in ("breakfast", "lunch", "dinner"):
        make_entry(profile, day=day, slot=slot, **fields)


COVERED = "What you logged for the day already reaches the reference"


def test_the_card_says_so_if_today_is_covered_and_offers_no_food(ada_client, ada, oat_milk):
    cover(ada.profile, timezone.localdate())

    response = ada_client.get("/")

    card = response.text.split('<section id="next"')[1].split("</section>")[0]
    assert COVERED in card
    assert "1.7\u00a0µg absorbed of 1.2\u00a0µg" in card
    assert 'href="/suggestions/"' in card
    assert "Oat milk" not in card


@pytest.mark.parametrize("address", ["next", "hide", "restore"])
def test_a_covered_day_offers_no_food_on_any_url(ada_client, ada, oat_milk, address):
    today = timezone.localdate()
    cover(ada.profile, today)
    posted = {"food": oat_milk.pk, "until": "later", "day": today.isoformat()}
    if address == "restore":
        hide(ada.profile, oat_milk, until=None)

    if address == "next":
        response = ada_client.get(f"/day/{today}/next/", headers=HTMX)
    else:
        response = ada_client.post(f"/suggestions/{address}/", posted, headers=HTMX)

    assert COVERED in response.text
    assert 'class="card suggestion"' not in response.text


def test_the_list_is_collapsed_if_today_is_covered_and_usual_days_are_not(
    ada_client, ada, oat_milk
):
    today = timezone.localdate()
    for n in (1, 2, 3):
        make_entry(ada.profile, day=today - timedelta(days=n), free_ug=0.2, b12_ug=0.2)
    cover(ada.profile, today)

    response = ada_client.get("/suggestions/")

    assert response.context["offer"].gap.is_open
    text = main_text(response)
    assert "What you logged today already reaches the reference." in text
    assert "What would help most" not in text
    assert '<details class="stack suggestion-ideas" id="ideas">' in response.text


def test_an_unknown_food_does_not_remove_the_suggestion(ada_client, ada, oat_milk):
    make_entry(ada.profile, day=timezone.localdate(), b12_ug=None, free_ug=0.0)

    text = ada_client.get("/").text

    assert COVERED not in text
    assert "Oat milk, fortified" in text


def test_a_covered_day_with_an_unknown_food_says_at_least(ada_client, ada, oat_milk):
    today = timezone.localdate()
    cover(ada.profile, today)
    make_entry(ada.profile, day=today, b12_ug=None, free_ug=0.0)

    assert "at least 1.7\u00a0µg absorbed of 1.2\u00a0µg" in on_one_line(ada_client.get("/").text)


def test_a_covered_past_day_does_not_mention_what_is_next(ada_client, ada, oat_milk):
    yesterday = timezone.localdate() - timedelta(days=1)
    cover(ada.profile, yesterday)

    assert COVERED not in ada_client.get(f"/day/{yesterday}/").text


def test_the_card_is_unchanged_if_nothing_is_compared(ada_client, ada, oat_milk):
    ada.profile.conditions.create(factor="pernicious_anaemia")
    cover(ada.profile, timezone.localdate(), free_ug=1000.0, b12_ug=1000.0)

    text = ada_client.get("/").text

    assert COVERED not in text
    assert "Why no food is suggested here" in text


def test_an_added_food_is_not_offered_again(ada_client, ada, oat_milk):
    today = timezone.localdate()
    (found,) = ada_client.get("/suggestions/").context["offer"].suggestions
    posted = {"food": oat_milk.pk, "amount": found.amount, "unit": found.unit, "slot": "lunch"}

    ada_client.post(f"/day/{today}/log/", posted, headers=HTMX)

    assert ada_client.get(f"/day/{today}/next/", headers=HTMX).context["page"].suggestion is None
    assert ada_client.get("/suggestions/").context["offer"].suggestions == ()


# --- without logged days, the page makes no claims about them


def test_an_empty_diary_mentions_no_week_no_room_and_no_gap(ada_client, oat_milk):
    day, ideas = main_text(ada_client.get("/")), main_text(ada_client.get("/suggestions/"))

    assert "The day would go from 0 to 0.66 µg absorbed." in day
    for text in (day, ideas):
        assert "mean" not in text.lower()
        assert "most room" not in text
        assert "so far" not in text
        assert "daily gap" not in text
    assert "Ideas to start with" in ideas


def test_the_meal_with_the_most_room_is_named_if_a_meal_is_logged(ada_client, ada, oat_milk):
    tomorrow = timezone.localdate() + timedelta(days=1)
    make_entry(ada.profile, day=tomorrow, slot="breakfast")

    text = main_text(ada_client.get(f"/day/{tomorrow}/"))

    assert "Of the meals to come, lunch has the most room for it." in text


def test_the_same_line_is_shown_once(ada_client, oat_milk):
    for _again in range(2):
        ada_client.post("/suggestions/hide/", {"food": oat_milk.pk, "until": "later"})

    assert ada_client.get("/suggestions/").text.count("will not be suggested before") == 1


def test_an_idea_says_that_it_is_one(ada_client, oat_milk):
    forms = re.findall(r'<form[^>]*/log/".*?</form>', ada_client.get("/suggestions/").text, re.S)

    assert len(forms) == 1
    assert 'name="idea"' in forms[0]
