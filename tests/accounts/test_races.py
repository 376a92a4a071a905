"""Two tabs on one account: it is kept once, deleted once, and no failure is shown."""

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.utils import timezone

from foods.models import Food
from tests.accounts.limits import PASSWORD, person
from tests.factories import make_entry, make_food, make_profile, make_user
from tests.races import at_once, just_before, statuses, tab_of
from tracker.accounts.guests import make_guest, purge_idle_guests
from tracker.accounts.models import User
from tracker.diary.models import Entry
from tracker.profiles.models import Profile

pytestmark = pytest.mark.django_db(transaction=True)
HTMX = {"HX-Request": "true"}
ROUNDS = 6
PASSWORDS = {"password1": "correct horse battery", "password2": "correct horse battery"}


@pytest.fixture
def account():
    account = make_user("ada")
    account.profile = make_profile(account)
    return account


@pytest.mark.parametrize(
    ("place", "name"),
    [("_keep", "hopper"), ("KeepForm", "grace")],
    ids=["another name", "the same"],
)
def test_a_guest_who_keeps_the_diary_twice_keeps_the_first_name(monkeypatch, place, name):
    guest = make_guest(timezone.localdate())
    tab, other = tab_of(guest), tab_of(guest)
    just_before(
        monkeypatch,
        f"tracker.accounts.views.{place}",
        lambda: other.post("/keep/", {"username": "grace", **PASSWORDS}),
    )

    response = tab.post("/keep/", {"username": name, **PASSWORDS})

    assert (response.status_code, User.objects.get().username) == (200, "grace")
    assert "a moment ago in another tab." in response.text
    assert "is taken" not in response.text


def test_two_guests_who_choose_one_name_at_once_get_it_once():
    for n in range(ROUNDS):
        tabs = [tab_of(make_guest(timezone.localdate())) for _tab in range(2)]
        said = {"username": f"grace{n}", **PASSWORDS}

        answers = at_once(*(lambda t=tab: t.post("/keep/", said) for tab in tabs))  # noqa: B023

        assert sorted(statuses(answers)) == [200, 302]


@pytest.mark.parametrize("headers", [{}, HTMX])
@pytest.mark.parametrize(
    ("target", "address", "said"),
    [
        (
            "tracker.diary.writing.log",
            "/day/{today}/log/",
            {"quick_ug": "2", "slot": "lunch"},
        ),
        (
            "tracker.profiles.views._keep",
            "/profile/",
            {"authority": "iom", "time_zone": "UTC"},
        ),
        (
            "tracker.recipes.editing.make",
            "/meals/new/",
            {"name": "Soup", "kind": "saved_meal"},
        ),
        ("tracker.suggestions.models.hide", "/suggestions/hide/", {"until": "later"}),
    ],
)
def test_after_deleting_the_account_in_another_tab_sign_in_is_asked_for(
    monkeypatch, account, target, address, said, headers
):
    tab, food = tab_of(account), make_food()
    gone = User.objects.get(pk=account.pk)
    just_before(monkeypatch, target, gone.delete)

    address = address.format(today=timezone.localdate())
    response = tab.post(address, {"food": food.pk, **said}, headers=headers)

    way = "HX-Redirect" if headers else "Location"
    assert (response.status_code, response[way]) == (200 if headers else 302, "/accounts/login/")


def test_a_first_visit_after_the_account_is_gone_asks_to_sign_in(monkeypatch):
    newcomer = make_user("new")
    gone = User.objects.get(pk=newcomer.pk)
    just_before(monkeypatch, "tracker.profiles.current._first_profile", gone.delete)

    response = tab_of(newcomer).get("/")

    assert (response.status_code, response["Location"]) == (302, "/accounts/login/")


def test_many_first_visits_at_once_make_one_profile():
    for _round in range(2):
        newcomer = make_user()
        tab = tab_of(newcomer)

        answers = at_once(*[lambda: tab.get("/profile/")] * 4)  # noqa: B023

        assert statuses(answers) == [200] * 4
        assert newcomer.profiles.count() == 1


def test_deleting_an_account_while_it_is_written_to_leaves_nothing():
    for _round in range(ROUNDS):
        account = make_user()
        make_profile(account)
        tab, last = tab_of(account), tab_of(account)
        log = f"/day/{timezone.localdate()}/log/"
        said = {"quick_ug": "2", "slot": "lunch"}
        label = {
            "name": "Oat drink",
            "source_class": "fortified_food",
            "origin": "added",
            "diet": "vegan",
            "unit": "ug",
            "per": "100g",
            "serving_unit": "g",
        }

        answers = at_once(
            lambda: last.post("/account/delete/", {"username": account.username}),  # noqa: B023
            lambda: tab.post(log, said),  # noqa: B023
            lambda: tab.post(log, said),  # noqa: B023
            lambda: tab.post("/foods/new/", label),  # noqa: B023
        )

        assert {status for status in statuses(answers) if status not in (200, 302, 400)} == set()
        assert not User.objects.filter(pk=account.pk).exists()
        assert not Profile.objects.exists()
        assert not Entry.objects.exists()
        assert not Food.objects.exclude(owner=None).exists()


def test_many_purges_at_once_delete_each_guest_once():
    today = timezone.localdate()
    for _n in range(4):
        make_guest(today.replace(year=today.year - 1))

    found = at_once(*[lambda: purge_idle_guests(today)] * 3)

    assert not [error for error in found if isinstance(error, Exception)]
    assert not User.objects.exists()


def test_a_guest_who_sends_the_sign_in_form_twice_is_signed_in_and_keeps_the_diary():
    account = person("ada")
    for n in range(ROUNDS):
        guest = make_guest(timezone.localdate())
        make_entry(make_profile(guest), name=f"Food {n}")
        tab, other = tab_of(guest), Client()
        other.cookies = tab.cookies  # one browser
        form = {"login": "ada", "password": PASSWORD, "bring_diary": "on"}

        answers = at_once(
            lambda: tab.post("/accounts/login/", form),  # noqa: B023
            lambda: other.post("/accounts/login/", form),  # noqa: B023
        )

        assert {status for status in statuses(answers) if status not in (200, 302)} == set()
        assert Entry.objects.filter(profile__account=account).count() == n + 1


def test_if_two_new_passwords_are_sent_at_once_it_is_said_which_is_valid(monkeypatch):
    account, address = person("grace"), "/accounts/password/change/"
    tab, other = tab_of(account), tab_of(account)
    first, second = (
        {"oldpassword": PASSWORD, "password1": new, "password2": new}
        for new in ("nineteen wet herons", "seventeen dry storks")
    )
    just_before(
        monkeypatch,
        "tracker.accounts.credential_forms.save_once",
        lambda: other.post(address, first),
    )

    response = tab.post(address, second)

    account.refresh_from_db()
    assert account.check_password("nineteen wet herons")
    assert response.status_code == 302
    assert [str(message) for message in get_messages(response.wsgi_request)] == [
        "Your password was changed in another window at the same time, so this one was not saved."
    ]
