"""Hiding and restoring the same food from two tabs."""

import pytest

from tests.factories import make_food, make_profile, make_user
from tests.races import at_once, just_before, statuses, tab_of
from tracker.suggestions.models import Hidden

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 8


@pytest.fixture
def account():
    account = make_user("ada")
    account.profile = make_profile(account)
    return account


def test_a_food_restored_in_the_meantime_is_hidden_anyway(monkeypatch, account):
    food, tab = make_food(), tab_of(account)
    tab.post("/suggestions/hide/", {"food": food.pk, "until": "later"})
    just_before(
        monkeypatch,
        "tracker.suggestions.models.hide",
        lambda: tab.post("/suggestions/restore/", {"food": food.pk}),
    )

    response = tab.post("/suggestions/hide/", {"food": food.pk, "until": "restored"})

    assert (response.status_code, Hidden.objects.get().until) == (302, None)


def test_hiding_twice_and_restoring_at_once_do_not_fail(account):
    tab = tab_of(account)
    for _round in range(ROUNDS):
        said = {"food": make_food().pk, "until": "later"}

        answers = at_once(
            lambda: tab.post("/suggestions/hide/", said),  # noqa: B023
            lambda: tab.post("/suggestions/restore/", said),  # noqa: B023
            lambda: tab.post("/suggestions/hide/", said),  # noqa: B023
            lambda: tab.post("/suggestions/restore/", said),  # noqa: B023
        )

        assert {status for status in statuses(answers) if status not in (302, 404)} == set()
        assert Hidden.objects.filter(food=said["food"]).count() <= 1
