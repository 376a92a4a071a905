from datetime import date
from zoneinfo import ZoneInfo

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from tests import factories
from tracker.profiles.defaults import authority_for_language
from tracker.profiles.middleware import ProfileMiddleware
from tracker.profiles.models import Profile
from tracker.profiles.zones import zone_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "authority"),
    [
        ("en-US,en;q=0.9", "iom"),
        ("en-GB,en;q=0.9", "uk"),
        ("de-AT,de;q=0.9", "dach"),
        ("de", "dach"),
        ("fr-FR", "efsa"),
        ("fr-CA", "iom"),
        ("en-AU", "nhmrc"),
        ("ja", "japan2025"),
        ("nb-NO", "nnr2023"),
        ("sw", "who"),
        ("", "iom"),
        ("\x00;;q=", "who"),
    ],
)
def test_the_language_suggests_a_reference(language, authority):
    assert authority_for_language(language) == authority


def test_the_first_visit_makes_one_profile_with_the_reference_of_the_language():
    account = factories.make_user("grace")
    client = Client(headers={"accept-language": "de-CH"})
    client.force_login(account)

    client.get("/welcome/")
    client.get("/welcome/")

    basis = Profile.objects.get(account=account).bases.get()
    assert (basis.authority, basis.diet) == ("dach", "")


def test_a_profile_costs_three_queries(ada_client, rf, ada, django_assert_num_queries):
    from tracker.profiles.current import current_profile

    request = rf.get("/")
    request.user = ada
    ada.profile.conditions.create(factor="metformin")
    ada.profile.conditions.create(factor="ppi")

    with django_assert_num_queries(3):
        profile = current_profile(request)
        assert (len(profile.bases.all()), len(profile.conditions.all())) == (1, 2)


@pytest.mark.parametrize("name", ["", "Mars/Olympus", "../../etc/passwd", "\x00", "Europe"])
def test_a_zone_that_this_machine_does_not_know_is_utc(name):
    assert zone_of(name).key == "UTC"


def test_the_time_zone_of_a_person_ends_with_the_request(ada, ada_client):
    Profile.objects.filter(pk=ada.profile.pk).update(time_zone="Asia/Tokyo")

    ada_client.get("/")

    assert timezone.get_current_timezone_name() == "UTC"


def test_a_request_does_not_begin_in_the_time_zone_that_the_thread_has(ada, rf):
    zones, request = [], rf.get("/")
    request.user = ada

    def page(_request):
        zones.append(timezone.get_current_timezone_name())
        return HttpResponse()

    with timezone.override(ZoneInfo("Asia/Tokyo")):
        ProfileMiddleware(page)(request)

    assert zones == ["UTC"]


def test_today_is_the_date_where_the_person_lives(ada, ada_client, monkeypatch):
    from datetime import UTC, datetime

    moment = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: moment)
    Profile.objects.filter(pk=ada.profile.pk).update(time_zone="Asia/Tokyo")
    fields = {"authority": "uk", "time_zone": "Asia/Tokyo"}

    ada_client.post("/profile/", fields)

    assert ada.profile.bases.last().valid_from == date(2026, 3, 3)
