"""Limits hold across worker processes, because attempts are counted in the database."""

import pytest
from django.core.cache import caches
from django.core.management import call_command

from tests import factories
from tracker import settings as app_settings
from tracker.accounts.models import User

PASSWORD = "correct horse battery"
pytestmark = pytest.mark.django_db


@pytest.fixture
def shared_limits(settings):
    settings.CACHES = app_settings.CACHES
    settings.ACCOUNT_RATE_LIMITS = app_settings.ACCOUNT_RATE_LIMITS
    call_command("createcachetable")


def forget_this_process():
    """Start as a second process would: no cache object, nothing in memory."""
    for alias in app_settings.CACHES:
        del caches[alias]


def test_the_app_counts_in_the_database():
    assert app_settings.CACHES["default"]["BACKEND"].endswith("accounts.counting.CountingCache")


def test_wrong_passwords_are_counted_by_all_workers_together(client, shared_limits):
    grace = factories.make_user("grace")
    grace.set_password(PASSWORD)
    grace.save()
    for attempt in range(5):
        client.post("/accounts/login/", {"login": "grace", "password": f"wrong {attempt}"})
        forget_this_process()

    client.post("/accounts/login/", {"login": "grace", "password": PASSWORD})

    assert "_auth_user_id" not in client.session


def test_guests_are_limited_by_address(client, shared_limits):
    codes = []
    for _number in range(21):
        codes.append(client.post("/try/").status_code)
        client.cookies.clear()
        forget_this_process()

    assert codes == [302] * 20 + [429]
    assert User.objects.count() == 20


def test_another_address_has_its_own_count(client, shared_limits):
    for _number in range(21):
        client.post("/try/")
        client.cookies.clear()

    assert client.post("/try/", REMOTE_ADDR="192.0.2.7").status_code == 302


def test_the_refusal_is_a_page_of_ours(client, shared_limits):
    for _number in range(21):
        response = client.post("/try/")
        client.cookies.clear()

    assert "429.html" in [template.name for template in response.templates]


def test_guessing_the_password_to_delete_is_limited(client, shared_limits):
    ada = factories.make_user("ada")
    client.force_login(ada)

    codes = [client.post("/account/delete/", {"username": "x"}).status_code for _n in range(11)]

    assert codes == [200] * 10 + [429]


def test_a_refusal_for_too_many_attempts_carries_the_policy(client, shared_limits):
    client.force_login(factories.make_user("ada"))

    answers = [client.post("/account/delete/", {"username": "x"}) for _n in range(11)]

    assert answers[-1].status_code == 429
    assert "default-src 'self'" in answers[-1]["Content-Security-Policy"]
    assert answers[-1]["X-Frame-Options"] == "DENY"
