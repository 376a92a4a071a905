import re
from datetime import date, timedelta

import pytest
from django.test import Client

from tests import factories
from tracker.profiles.models import Profile
from tracker.profiles.standing import standing_on

FIELDS = {"authority": "iom", "time_zone": "UTC"}
AVOIDED = re.compile(
    r"diagnos|detect|screen\b|monitor|\btreat|\bcure|prevent|predict|alarm|high risk",
    re.IGNORECASE,
)
pytestmark = pytest.mark.django_db


@pytest.fixture
def newcomer():
    account = factories.make_user("grace")
    account.profile = factories.make_profile(account, welcomed_at=None, birth_year=None)
    return account


@pytest.fixture
def newcomer_client(newcomer):
    client = Client()
    client.force_login(newcomer)
    return client


@pytest.mark.parametrize("address", ["/welcome/", "/welcome/done/", "/profile/"])
def test_strangers_see_the_first_page(client, address):
    assert client.get(address).url == f"/accounts/login/?next={address}"


# --- welcome


def test_the_first_answers_are_saved_and_explained(newcomer_client, newcomer):
    response = newcomer_client.post(
        "/welcome/",
        FIELDS | {"birth_year": "1955", "diet": "vegan", "has_ppi": "on", "since_ppi": "2023"},
    )

    profile = Profile.objects.get(account=newcomer)
    assert response.url == "/welcome/done/"
    assert profile.welcomed_at is not None
    assert (profile.birth_year, profile.bases.get().diet) == (1955, "vegan")
    assert profile.conditions.get().factor == "ppi"


def test_skipping_saves_the_zone_and_does_not_ask_again(newcomer_client, newcomer):
    response = newcomer_client.post(
        "/welcome/", {"skip": "1", "time_zone": "Europe/Berlin", "birth_year": "not a year"}
    )

    profile = Profile.objects.get(account=newcomer)
    assert response.url == "/"
    assert profile.welcomed_at is not None
    assert (profile.time_zone, profile.birth_year) == ("Europe/Berlin", None)


def test_skipping_replaces_no_answer_from_another_window(newcomer_client, newcomer):
    newcomer_client.get("/welcome/")
    newcomer_client.post("/profile/", FIELDS | {"time_zone": "Europe/Berlin"})

    newcomer_client.post("/welcome/", {"skip": "1", "time_zone": "America/New_York"})

    assert Profile.objects.get(account=newcomer).time_zone == "Europe/Berlin"


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "x" * 10_000])
def test_skipping_with_an_unknown_zone_leaves_it(newcomer_client, newcomer, zone):
    newcomer_client.post("/welcome/", {"skip": "1", "time_zone": zone})

    assert Profile.objects.get(account=newcomer).time_zone == "UTC"


def test_an_error_keeps_what_was_typed_and_asks_again(newcomer_client, newcomer):
    response = newcomer_client.post(
        "/welcome/", FIELDS | {"birth_year": "3000", "has_metformin": "on"}
    )

    page = response.content.decode()
    assert response.status_code == 200
    assert 'value="3000"' in page
    assert 'href="#id_birth_year"' in page
    assert re.search(r'id="id_has_metformin"[^>]* checked', page)
    assert Profile.objects.get(account=newcomer).welcomed_at is None


def test_posting_the_first_answers_twice_is_harmless(newcomer_client, newcomer):
    fields = FIELDS | {"diet": "vegan", "has_metformin": "on"}
    for _time in range(2):
        newcomer_client.post("/welcome/", fields)

    profile = Profile.objects.get(account=newcomer)
    assert (profile.bases.count(), profile.conditions.count()) == (1, 1)


def test_invalid_bytes_are_not_a_server_error(newcomer_client):
    response = newcomer_client.post(
        "/welcome/", b"authority=iom&birth_year=%ff%fe", "application/x-www-form-urlencoded"
    )

    assert response.status_code == 200
    assert "birth_year" in response.context["form"].errors


# --- profile


def test_a_change_is_saved_and_reported(ada_client, ada):
    answers = {"diet": "vegan", "birth_year": str(ada.profile.birth_year)}

    response = ada_client.post("/profile/", FIELDS | answers, follow=True)

    assert [str(m) for m in response.context["messages"]] == ["Saved. It applies from today."]
    assert "Your year of birth counts on all days." in response.text
    assert list(ada.profile.bases.values_list("diet", flat=True)) == ["", "vegan"]


def said_after(client, *posts, **last):
    """Return the message after saving several forms, the last with its own answers."""
    for answers in (*posts, last):
        response = client.post("/profile/", FIELDS | answers, follow=True)
    (message,) = response.context["messages"]
    return str(message)


METFORMIN = {"has_metformin": "on"}
BORN = {"birth_year": "1960"}


@pytest.mark.parametrize(
    ("posts", "said"),
    [
        ([BORN], "Saved. Your year of birth applies to all days."),
        (
            [BORN | {"diet": "vegan"}],
            "Saved. Your year of birth applies to all days, the other answers from today.",
        ),
        (
            [BORN | METFORMIN | {"since_metformin": "2024"}],
            "Saved. It changes earlier days too.",
        ),
        ([BORN, BORN], "Nothing had changed."),
        (
            [BORN, BORN | METFORMIN | {"since_metformin": "2024-05", "diet": "vegan"}],
            "Saved. What you ticked applies from May 1, 2024 on, the other answers from today.",
        ),
        ([BORN, BORN | {"diet": "vegan"}], "Saved. It applies from today."),
        ([BORN, BORN | {"time_zone": "Europe/Berlin"}], "Saved."),
        ([BORN, BORN | METFORMIN], "Saved. It applies from today."),
        (
            [BORN, BORN | METFORMIN | {"since_metformin": "2024-05"}],
            "Saved. It applies from May 1, 2024 on.",
        ),
        (
            [BORN | METFORMIN | {"since_metformin": "2024-05"}, BORN],
            "Saved. It applies from May 1, 2024 on.",
        ),
        (
            [
                BORN | METFORMIN | {"since_metformin": "2024-05"},
                BORN | METFORMIN | {"since_metformin": "2021"},
            ],
            "Saved. It applies from January 1, 2021 on.",
        ),
    ],
)
def test_it_is_said_which_days_the_answers_change(ada_client, posts, said):
    *before, last = posts

    assert said_after(ada_client, *before, **last) == said


def test_a_change_to_all_days_is_reported_as_such(ada_client, ada):
    ada.profile.conditions.create(factor="metformin", since=None)
    born = {"birth_year": str(ada.profile.birth_year)}

    said = said_after(ada_client, **born, **METFORMIN, since_metformin="2021")

    assert said == "Saved. It applies to all days."


def test_on_the_first_day_the_message_says_what_applies_to_all_days(newcomer, newcomer_client):
    page = newcomer_client.get("/profile/").text
    assert "You are giving your first answers today" in page
    assert "You can leave a date empty." in page

    said = said_after(newcomer_client, diet="vegetarian", **METFORMIN)
    assert said == "Saved. It applies to all days."
    assert newcomer.profile.conditions.get().since is None
    said = said_after(newcomer_client, diet="vegan", has_metformin="on", has_h2_blocker="on")

    assert said == "Saved. What you ticked applies from today, the other answers to all days."
    page = newcomer_client.get("/profile/").text
    assert "You are giving your first answers today" in page
    assert "a new tick counts from today" in page


def test_an_emptied_date_is_asked_for_again(ada_client, ada):
    ada.profile.conditions.create(
        factor="metformin", since=date(2021, 1, 1), recorded_on=date(2021, 1, 1)
    )
    seen = ada_client.get("/profile/").context["form"]["seen"].value()

    response = ada_client.post("/profile/", FIELDS | METFORMIN | {"seen": seen})

    assert list(response.context["form"].errors) == ["since_metformin"]
    assert ada.profile.conditions.get().since == date(2021, 1, 1)


def test_the_same_form_sent_twice_is_not_asked_for_the_date_of_its_new_tick(ada_client, ada):
    seen = ada_client.get("/profile/").context["form"]["seen"].value()

    for _press in range(2):
        response = ada_client.post("/profile/", FIELDS | METFORMIN | {"seen": seen})

    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["__all__"]
    assert ada.profile.conditions.count() == 1


def test_a_profile_shows_what_was_saved(ada_client, ada):
    ada.profile.conditions.create(factor="pernicious_anaemia")

    explanation = ada_client.get("/profile/").context["explanation"]

    assert [text.name for text in explanation.food_cannot_do_it] == [
        "Pernicious anaemia (autoimmune gastritis)"
    ]


def test_an_invalid_change_saves_nothing(ada_client, ada):
    response = ada_client.post("/profile/", FIELDS | {"authority": "nasa", "diet": "vegan"})

    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["authority"]
    assert ada.profile.bases.count() == 1


def test_nobody_changes_the_profile_of_another(ada, newcomer_client, newcomer):
    newcomer_client.post("/profile/", FIELDS | {"diet": "vegan", "profile": ada.profile.pk})

    assert ada.profile.bases.get().diet == ""
    assert newcomer.profile.bases.get().diet == "vegan"


def test_urgent_words_come_before_all_others(ada_client, ada):
    ada.profile.conditions.create(factor="nitrous_oxide")

    page = ada_client.get("/welcome/done/").content.decode()

    assert 0 < page.index("Nitrous oxide with numbness") < page.index("Your days are compared")


@pytest.mark.parametrize(
    "factor", ["pernicious_anaemia", "nitrous_oxide", "metformin", "gastric_bypass"]
)
@pytest.mark.parametrize("address", ["/welcome/", "/welcome/done/", "/profile/"])
def test_no_page_uses_an_avoided_word(ada_client, ada, address, factor):
    ada.profile.conditions.create(factor=factor)

    page = ada_client.get(address).content.decode()

    visible = re.sub(r"<footer.*?</footer>|<cite.*?</cite>|<head.*?</head>", "", page, flags=re.S)
    assert AVOIDED.findall(re.sub(r"<[^>]+>", " ", visible)) == []


# --- preview


def test_a_preview_explains_without_saving(ada_client, ada):
    response = ada_client.post(
        "/profile/preview/",
        FIELDS | {"authority": "efsa", "has_metformin": "on"},
        headers={"hx-request": "true"},
    )

    explanation = response.context["explanation"]
    assert response.templates[0].name == "profiles/_explanation.html"
    assert explanation.reference.intake_ug == 4.0
    assert [text.name for text in explanation.factors] == ["Metformin"]
    assert (ada.profile.bases.count(), ada.profile.conditions.count()) == (1, 0)


def test_a_preview_of_an_error_leaves_the_page_alone(ada_client):
    response = ada_client.post("/profile/preview/", FIELDS | {"birth_year": "3000"})

    assert (response.status_code, response.content) == (204, b"")


def test_a_preview_says_the_same_as_saving(ada_client):
    fields = FIELDS | {"birth_year": "1955", "diet": "vegan", "has_ppi": "on", "since_ppi": "2023"}
    previewed = ada_client.post("/profile/preview/", fields).context["explanation"]

    ada_client.post("/profile/", fields)

    assert ada_client.get("/profile/").context["explanation"] == previewed


# --- cost


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("address", ["/profile/", "/welcome/", "/welcome/done/"])
def test_pages_cost_the_same_however_much_was_answered(
    ada, ada_client, address, count, django_assert_max_num_queries
):
    for number, factor in enumerate(("metformin", "ppi", "colchicine")[:count]):
        ada.profile.conditions.create(factor=factor)
        ada.profile.bases.create(valid_from=date(2010 + number, 1, 1))

    with django_assert_max_num_queries(6):
        response = ada_client.get(address)

    assert response.status_code == 200


# --- moving west over midnight

EAST, WEST = "Pacific/Kiritimati", "Pacific/Pago_Pago"
"""25 hours apart: there it is always another day."""


def saved(client, **answers):
    """Save the current form, with some other answers."""
    form = client.get("/profile/").context["form"]
    shown = {name: form[name].value() for name in form.fields}
    posted = {
        name: value for name, value in (shown | answers).items() if value not in (None, False)
    }
    response = client.post("/profile/", posted, follow=True)
    assert response.redirect_chain, response.context["form"].errors
    return response.context["form"]


def test_answers_from_the_east_still_hold_in_the_west(ada, ada_client):
    saved(ada_client, time_zone=EAST)
    saved(ada_client, life_stage="lactating", own_target_ug="50", has_metformin="on")

    form = saved(ada_client, time_zone=WEST)

    here = Profile.objects.get(pk=ada.profile.pk).today()
    assert (form["life_stage"].value(), form["own_target_ug"].value()) == ("lactating", "50")
    assert form["since_metformin"].value() == str(here)
    form = saved(ada_client, diet="vegan")
    assert (form["life_stage"].value(), form["diet"].value()) == ("lactating", "vegan")
    assert ada.profile.bases.latest("valid_from").valid_from == here
    assert standing_on(ada.profile, here).conditions


def test_answers_and_a_zone_in_one_form_count_from_the_day_in_that_zone(ada, ada_client):
    saved(ada_client, time_zone=EAST)

    form = saved(ada_client, time_zone=WEST, life_stage="pregnant")

    assert form["life_stage"].value() == "pregnant"
    here = Profile.objects.get(pk=ada.profile.pk).today()
    assert ada.profile.bases.latest("valid_from").valid_from == here


def test_an_answer_of_tomorrow_is_not_overwritten_unseen(ada, ada_client):
    """If a clock was set back, the page shows what holds today."""
    seen = ada_client.get("/profile/").context["form"]["seen"].value()
    ada.profile.bases.create(valid_from=ada.profile.today() + timedelta(1), diet="vegan")

    response = ada_client.post("/profile/", FIELDS | {"seen": seen})

    assert "changed in another window" in response.text
    assert ada.profile.bases.latest("valid_from").diet == "vegan"
