import pytest
from django.test import Client
from django.utils.timezone import localdate

from tests import factories
from tracker.accounts.guests import make_guest
from tracker.accounts.models import User
from tracker.diary.models import Entry
from tracker.profiles.models import Profile

PASSWORD = "correct horse battery"
pytestmark = pytest.mark.django_db


@pytest.fixture
def guest():
    account = make_guest(localdate())
    account.profile = factories.make_profile(account)
    return account


@pytest.fixture
def guest_client(guest):
    client = Client()
    client.force_login(guest)
    return client


@pytest.fixture
def grace():
    account = factories.make_user("grace")
    account.set_password(PASSWORD)
    account.save()
    account.profile = factories.make_profile(account)
    return account


def sign_in(client, **data):
    return client.post("/accounts/login/", {"login": "grace", "password": PASSWORD} | data)


def signed_in_as(client):
    pk = client.session.get("_auth_user_id")
    return pk and User.objects.get(pk=pk).username


# --- trying


def test_a_visit_creates_no_account_and_only_the_token_cookie(client):
    response = client.get("/accounts/login/")

    assert response.status_code == 200
    assert User.objects.count() == 0
    assert "sessionid" not in response.cookies


def test_trying_takes_one_click(client):
    response = client.post("/try/")

    user = User.objects.get()
    assert response.url == "/"
    assert user.is_guest and signed_in_as(client) == user.username


def test_trying_needs_a_post(client):
    assert client.get("/try/").status_code == 405
    assert User.objects.count() == 0


def test_trying_twice_keeps_the_first_guest(client):
    client.post("/try/")
    client.post("/try/")

    assert User.objects.count() == 1


def test_trying_is_refused_if_signing_up_is_closed(client, settings):
    settings.OPEN_SIGNUP = False

    response = client.post("/try/", follow=True)

    assert User.objects.count() == 0
    assert [str(m) for m in response.context["messages"]] == [
        "This site does not accept new accounts at the moment."
    ]


def test_trying_from_a_demo_diary_leaves_the_copy_behind(client):
    copy = make_guest(localdate(), demo="vegan")
    client.force_login(copy)

    client.post("/try/")

    assert list(User.objects.values_list("demo", flat=True)) == [""]


def test_a_guest_is_noticed_once_a_day(guest_client, guest):
    User.objects.filter(pk=guest.pk).update(last_active="2020-01-01")

    guest_client.get("/account/")

    guest.refresh_from_db()
    assert guest.last_active == localdate()


# --- keeping


def keep(client, **data):
    fields = {"username": "linus", "password1": PASSWORD, "password2": PASSWORD, "email": ""}
    return client.post("/keep/", fields | data)


def test_keeping_moves_nothing_and_stays_signed_in(guest_client, guest):
    factories.make_entry(guest.profile)

    response = keep(guest_client)

    guest.refresh_from_db()
    assert response.url == "/"
    assert (guest.username, guest.is_guest) == ("linus", False)
    assert Entry.objects.get().profile == guest.profile
    assert signed_in_as(guest_client) == "linus"


def test_after_keeping_a_diary_the_signed_in_browser_is_listed(guest_client):
    keep(guest_client)

    assert guest_client.get("/account/").context["session_count"] == 1


def test_a_kept_diary_opens_with_its_password(guest_client, client):
    keep(guest_client)

    client.post("/accounts/login/", {"login": "linus", "password": PASSWORD})

    assert signed_in_as(client) == "linus"


def test_keeping_with_an_address_allows_a_password_reset(guest_client, guest):
    keep(guest_client, email="linus@example.org")

    assert guest.emailaddress_set.get().email == "linus@example.org"


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"username": "grace"}, "username"),
        ({"username": "gr"}, "username"),
        ({"username": "a b"}, "username"),
        ({"username": "x" * 10_000}, "username"),
        ({"password1": "12345", "password2": "12345"}, "password1"),
        ({"password2": "another one"}, "password2"),
        ({"email": "not an address"}, "email"),
    ],
)
def test_an_error_while_keeping_is_shown_next_to_its_field(guest_client, guest, grace, data, field):
    response = keep(guest_client, **data)

    guest.refresh_from_db()
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert guest.is_guest


def test_a_second_keep_form_says_that_it_did_nothing(guest_client, guest):
    for name in ("margaret", "hedy"):
        form = {"username": name, "password1": PASSWORD, "password2": PASSWORD}
        page = guest_client.post("/keep/", form, follow=True)

    assert "This diary already belongs to the account margaret." in page.text
    guest.refresh_from_db()
    assert guest.username == "margaret"


def test_an_account_has_nothing_to_keep(ada_client):
    assert ada_client.get("/keep/").url == "/account/"


def test_a_stranger_is_sent_to_the_first_page(client):
    assert client.get("/keep/").url == "/accounts/login/?next=/keep/"


def test_nothing_is_kept_if_signing_up_is_closed(guest_client, guest, settings):
    settings.OPEN_SIGNUP = False

    keep(guest_client)

    guest.refresh_from_db()
    assert guest.is_guest


# --- signing in and up


def test_the_first_page_offers_everything_to_a_stranger(client):
    page = client.get("/accounts/login/").content.decode()

    for address in ("/try/", "/accounts/signup/", "/accounts/login/", "/demo/vegan/"):
        assert f'"{address}"' in page


def test_demo_persons_are_shown_only_if_turned_on(client, settings):
    settings.DEMO = False

    assert "/demo/" not in client.get("/accounts/login/").content.decode()


def test_somebody_signed_in_is_redirected_from_the_first_page(ada_client):
    assert ada_client.get("/accounts/login/").url == "/"
    assert ada_client.get("/accounts/signup/").url == "/"


def test_a_guest_who_signs_up_keeps_the_diary(guest_client):
    assert guest_client.get("/accounts/signup/").url == "/keep/"


def test_signing_up_needs_a_name_and_a_password_only(client):
    response = client.post(
        "/accounts/signup/", {"username": "linus", "password1": PASSWORD, "password2": PASSWORD}
    )

    assert response.url == "/"
    assert signed_in_as(client) == "linus"
    assert User.objects.get().email == ""


def test_a_wrong_password_says_so_and_signs_nobody_in(client, grace):
    response = sign_in(client, password="wrong")

    assert response.status_code == 200
    assert response.context["form"].errors
    assert signed_in_as(client) is None


def test_a_name_in_another_case_is_the_same_person(client, grace):
    sign_in(client, login="Grace")

    assert signed_in_as(client) == "grace"


def test_signing_in_brings_the_guest_diary_along(guest_client, guest, grace):
    factories.make_entry(guest.profile)

    response = sign_in(guest_client, bring_diary="on")

    assert response.url == "/"
    assert signed_in_as(guest_client) == "grace"
    assert Entry.objects.get().profile == grace.profile
    assert not User.objects.filter(pk=guest.pk).exists()


def test_a_guest_can_leave_the_diary_behind(guest_client, guest, grace):
    factories.make_entry(guest.profile)

    sign_in(guest_client)

    assert Entry.objects.count() == 0
    assert list(User.objects.all()) == [grace]


def test_a_wrong_password_leaves_the_guest_diary_alone(guest_client, guest, grace):
    factories.make_entry(guest.profile)

    sign_in(guest_client, password="wrong", bring_diary="on")

    assert Entry.objects.get().profile == guest.profile
    assert signed_in_as(guest_client) == guest.username


def test_a_demo_diary_never_joins_an_account(client, grace):
    copy = make_guest(localdate(), demo="vegan")
    factories.make_entry(factories.make_profile(copy))
    client.force_login(copy)

    sign_in(client, bring_diary="on")

    assert Entry.objects.count() == 0
    assert list(Profile.objects.all()) == [grace.profile]


def test_only_a_guest_with_a_diary_is_asked_about_it(client, guest_client):
    demo_client = Client()
    demo_client.force_login(make_guest(localdate(), demo="vegan"))

    asked = [
        "bring_diary" in visitor.get("/accounts/login/").context["form"].fields
        for visitor in (client, guest_client, demo_client)
    ]

    assert asked == [False, True, False]


# --- signing out


def test_signing_out_leaves_the_account(ada_client, ada):
    ada_client.post("/accounts/logout/")

    assert signed_in_as(ada_client) is None
    assert User.objects.filter(pk=ada.pk).exists()


def test_no_button_signs_a_guest_out_without_asking(guest_client, guest):
    response = guest_client.post("/accounts/logout/", {"next": "/accounts/login/"})

    assert response.status_code == 200
    assert signed_in_as(guest_client) == guest.username


def test_nothing_is_left_of_a_guest_who_leaves(guest_client, guest):
    factories.make_entry(guest.profile)

    response = guest_client.post("/accounts/logout/", {"leave": "1"})

    assert response.url == "/accounts/login/"
    assert (User.objects.count(), Entry.objects.count()) == (0, 0)


def test_leaving_deletes_no_account_that_has_an_address(guest_client, guest):
    factories.make_entry(guest.profile)
    User.objects.filter(pk=guest.pk).update(email="guest@example.org")

    response = guest_client.post("/accounts/logout/", {"leave": "1"}, follow=True)

    guest.refresh_from_db()
    assert not guest.is_guest
    assert Entry.objects.count() == 1
    assert [str(m) for m in response.context["messages"]] == [
        "This diary now belongs to an account. Nothing was deleted."
    ]


def test_trying_deletes_no_demo_copy_that_has_an_address(client):
    copy = make_guest(localdate(), demo="vegan")
    User.objects.filter(pk=copy.pk).update(email="guest@example.org")
    client.force_login(copy)

    client.post("/try/")

    copy.refresh_from_db()
    assert (copy.is_guest, copy.demo) == (False, "")


# --- the account page and deleting


def test_the_account_page_says_what_is_turned_on(ada_client):
    context = ada_client.get("/account/").context

    assert context["passkey_count"] == 0
    assert (context["has_codes"], context["has_recovery_codes"]) == (False, False)


def test_deleting_asks_for_the_password_and_deletes_everything(client, grace, ada):
    factories.make_entry(grace.profile)
    factories.make_entry(ada.profile)
    sign_in(client)

    response = client.post("/account/delete/", {"password": PASSWORD})

    assert response.url == "/accounts/login/"
    assert list(User.objects.all()) == [ada]
    assert list(Entry.objects.values_list("profile", flat=True)) == [ada.profile.pk]
    assert client.get("/account/").status_code == 302


def test_deleting_ends_the_sessions_in_other_browsers(client, grace):
    other = Client()
    sign_in(other)
    other_key = other.session.session_key
    sign_in(client)

    client.post("/account/delete/", {"password": PASSWORD})

    assert not other.session.exists(other_key)


@pytest.mark.parametrize("data", [{}, {"password": "wrong"}, {"password": "x" * 10_000}])
def test_a_wrong_password_deletes_nothing(client, grace, data):
    sign_in(client)

    response = client.post("/account/delete/", data)

    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["password"]
    assert User.objects.filter(pk=grace.pk).exists()


def test_without_a_password_the_name_is_asked_for(ada_client, ada):
    refused = ada_client.post("/account/delete/", {"username": "adam"})
    assert list(refused.context["form"].errors) == ["username"]

    ada_client.post("/account/delete/", {"username": "ada"})

    assert not User.objects.filter(pk=ada.pk).exists()


def test_a_guest_deletes_with_a_tick(guest_client, guest):
    assert guest_client.post("/account/delete/", {}).status_code == 200

    guest_client.post("/account/delete/", {"is_sure": "on"})

    assert User.objects.count() == 0
