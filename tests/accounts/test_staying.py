"""Regular visitors stay signed in, guests or not."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from tests import factories
from tracker.accounts.guests import make_guest
from tracker.accounts.staying import RENEWED

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
WHOLE = timedelta(days=89)


@pytest.fixture(params=["guest", "account"])
def tab(request):
    is_guest = request.param == "guest"
    account = make_guest(timezone.localdate()) if is_guest else factories.make_user("grace")
    factories.make_profile(account)
    tab = Client()
    tab.force_login(account)
    return tab


def age(tab, days):
    """Make the session so many days old, and not written since."""
    session = tab.session
    session[RENEWED] = (timezone.now() - timedelta(days)).date().isoformat()
    session.save()
    left = timezone.now() + timedelta(days=90 - days)
    Session.objects.update(expire_date=left)


def left_of(tab):
    return Session.objects.get(session_key=tab.session.session_key).expire_date - timezone.now()


@pytest.mark.parametrize("days", [7, 60, 89])
def test_a_visit_extends_the_session(tab, days):
    age(tab, days)

    response = tab.get("/")

    assert left_of(tab) > WHOLE
    assert response.cookies["sessionid"]["max-age"] == 90 * 24 * 60 * 60


@pytest.mark.parametrize("said", ["", "yesterday", "9999-01-01"])
def test_a_session_that_does_not_say_when_is_renewed(tab, said):
    age(tab, 60)
    session = tab.session
    session[RENEWED] = said
    session.save()
    Session.objects.update(expire_date=timezone.now() + timedelta(days=30))

    tab.get("/week/")

    assert left_of(tab) > WHOLE


def test_a_session_is_not_written_at_every_visit(tab):
    age(tab, 6)

    response = tab.get("/")

    assert "sessionid" not in response.cookies
    assert left_of(tab) < timedelta(days=85)


def test_fragments_and_posts_do_not_renew_it(tab):
    age(tab, 60)

    tab.get("/suggestions/next/", headers=HTMX)
    tab.get("/", headers=HTMX)

    assert left_of(tab) < timedelta(days=31)


def test_a_stranger_gets_no_session(client):
    assert "sessionid" not in client.get("/accounts/login/").cookies
