"""The page after too many attempts."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict
from django.urls import get_resolver

from tests.accounts.limits import PASSWORD, switch_on
from tracker import settings as app_settings
from tracker.accounts.refusals import COUNTED_AS, too_many, typed_fields, waiting_time

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def limits(settings):
    switch_on(settings)


def refused(client, address, data, most=60):
    for _number in range(most):
        answer = client.post(address, data)
        if answer.status_code == 429:
            return answer
        client.cookies.clear()
    raise AssertionError(f"{address} is not limited")


@pytest.mark.parametrize(
    ("address", "data", "wait"),
    [
        ("/try/", {}, (3500, 3600)),
        ("/demo/vegan/", {}, (3500, 3600)),
        ("/accounts/login/", {"login": "x"}, (1, 60)),
        ("/accounts/signup/", {"username": "x"}, (1, 60)),
        ("/accounts/password/reset/", {"email": "Ada@example.org"}, (3500, 3600)),
        ("/accounts/2fa/webauthn/login/", {}, (1, 60)),
    ],
)
def test_every_limit_for_strangers_says_how_long_to_wait(client, address, data, wait):
    answer = refused(client, address, data)

    seconds = int(answer["Retry-After"])
    assert wait[0] <= seconds <= wait[1]
    assert f"Try again in {waiting_time(seconds)}." in answer.content.decode()


def test_what_was_typed_waits_behind_a_button(client):
    data = {"username": 'l"inus', "password1": PASSWORD, "email": "linus@example"}
    page = refused(client, "/accounts/signup/?next=/week/", data).content.decode()

    assert 'action="/accounts/signup/?next=/week/"' in page
    assert 'name="username" value="l&quot;inus"' in page
    assert 'name="email" value="linus@example"' in page
    assert PASSWORD not in page


def test_the_button_leads_back_to_the_form_with_what_was_typed(client, settings):
    data = {"username": "linus", "email": "linus@example.org"}
    answer = refused(client, "/accounts/signup/", data)
    settings.ACCOUNT_RATE_LIMITS = False

    form = client.post("/accounts/signup/", dict(answer.context["typed"])).context["form"]

    assert form["username"].value() == "linus"
    assert form["email"].value() == "linus@example.org"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        *[(1, "1 second"), (59, "59 seconds"), (90, "90 seconds"), (91, "2 minutes")],
        *[(300, "5 minutes"), (301, "6 minutes"), (3600, "60 minutes"), (7200, "2 hours")],
    ],
)
def test_a_wait_is_rounded_up(seconds, words):
    assert waiting_time(seconds) == words


def test_secrets_and_bulk_are_not_repeated():
    data = QueryDict("a=1&a=2&password=x&oldpassword=x&code=1&credential=x&csrfmiddlewaretoken=x")
    data = data.copy()
    data["long"] = "x" * 1001
    data.setlist("many", [str(number) for number in range(100)])

    fields = typed_fields(data)

    assert fields[:2] == [("a", "1"), ("a", "2")]
    assert {name for name, _value in fields} == {"a", "many"}
    assert len(fields) == 20


def test_every_page_that_counts_exists():
    names = {name for name in get_resolver().reverse_dict if isinstance(name, str)}

    assert set(COUNTED_AS) <= names


def test_every_limit_of_a_page_says_how_long_to_wait():
    """Guesses are reported next to their field; their limits contain the word “failed”."""
    told = {limit.action for limit in COUNTED_AS.values()}
    limits = app_settings.ACCOUNT_RATE_LIMITS

    assert {name for name in limits if limits[name] and "failed" not in name} <= told


def test_nothing_is_said_to_be_kept_if_nothing_was_typed(client):
    assert "What you typed" not in refused(client, "/try/", {}).content.decode()


def test_a_page_without_a_named_limit_still_has_a_wait(rf):
    request = rf.post("/")
    request.resolver_match = None
    request.user = AnonymousUser()

    assert too_many(request)["Retry-After"] == "60"
