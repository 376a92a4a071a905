from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils.timezone import localdate

from tests import factories
from tracker import settings as app_settings
from tracker.accounts.guests import make_guest
from tracker.accounts.models import User
from tracker.demo.templatetags.demo import demo_title
from tracker.diary.models import Entry
from tracker.profiles.models import Profile

pytestmark = pytest.mark.django_db


def person_of(client):
    return User.objects.get(pk=client.session["_auth_user_id"])


def test_one_click_opens_the_diary(client, foods):
    response = client.post("/demo/vegan/", {"time_zone": "Europe/Berlin"})

    user = person_of(client)
    profile = user.profiles.get()
    assert response.url == "/"
    assert user.demo == "vegan"
    assert (profile.time_zone, profile.welcomed_at is not None) == ("Europe/Berlin", True)


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "x" * 10_000])
def test_an_unknown_zone_is_utc(client, foods, zone):
    client.post("/demo/vegan/", {"time_zone": zone})

    assert Profile.objects.get().time_zone == "UTC"


def test_visitors_do_not_see_each_other(client, foods):
    other = Client()
    client.post("/demo/vegan/")
    other.post("/demo/vegan/")

    assert person_of(client) != person_of(other)


def test_the_same_person_again_is_the_same_copy(client, foods):
    client.post("/demo/vegan/")
    first = person_of(client)
    Entry.objects.filter(day__gt=localdate() - timedelta(days=3)).delete()

    client.post("/demo/vegan/")

    assert person_of(client) == first
    assert Entry.objects.latest("day").day == localdate()


def test_another_person_replaces_the_first(client, foods):
    client.post("/demo/vegan/")
    client.post("/demo/metformin/")

    assert list(User.objects.values_list("demo", flat=True)) == ["metformin"]
    assert set(Entry.objects.values_list("profile__account__demo", flat=True)) == {"metformin"}


@pytest.mark.parametrize("slug", ["vegan", "nobody"])
def test_without_the_setting_there_is_no_demo(client, foods, settings, slug):
    settings.DEMO = False

    assert client.post(f"/demo/{slug}/").status_code == 404


def test_no_other_person_is_offered(client, foods):
    assert client.post("/demo/nobody/").status_code == 404


def test_a_visit_alone_creates_nothing(client, foods):
    assert client.get("/demo/vegan/").status_code == 405
    assert User.objects.count() == 0


def test_an_account_is_not_left_without_asking(ada_client, ada, foods):
    response = ada_client.post("/demo/vegan/")

    assert response.url == "/account/"
    assert person_of(ada_client) == ada
    assert User.objects.count() == 1


def test_a_guest_diary_is_not_left_without_asking(client, foods):
    guest = make_guest(localdate())
    factories.make_entry(factories.make_profile(guest))
    client.force_login(guest)

    client.post("/demo/vegan/")

    assert person_of(client) == guest
    assert Entry.objects.count() == 1


def test_without_foods_it_says_so(client):
    response = client.post("/demo/vegan/", follow=True)

    assert [str(m) for m in response.context["messages"]] == [
        "The foods are not loaded yet, so there is no demo diary."
    ]
    assert User.objects.count() == 0


def test_copies_are_limited_by_address(client, foods, settings):
    settings.CACHES = app_settings.CACHES
    settings.ACCOUNT_RATE_LIMITS = {"demo": "2/h/ip"}
    call_command("createcachetable")
    codes = []
    for slug in ("vegan", "metformin", "omnivore"):
        codes.append(client.post(f"/demo/{slug}/").status_code)

    assert codes == [302, 302, 429]


def test_the_note_on_each_page_names_the_person(client, foods):
    client.post("/demo/omeprazole/")

    page = client.get("/profile/").content.decode()

    assert "Demo diary: A 71-year-old woman on omeprazole." in page


def test_a_person_no_longer_offered_has_no_name():
    assert demo_title("gone") == ""


def test_another_person_deletes_no_copy_with_an_address(client, foods):
    client.post("/demo/vegan/")
    copy = person_of(client)
    User.objects.filter(pk=copy.pk).update(email="copy@example.org")

    client.post("/demo/omeprazole/")

    copy.refresh_from_db()
    assert (copy.is_guest, copy.demo) == (False, "")
    assert person_of(client) != copy
