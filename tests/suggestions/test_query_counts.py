"""How many queries hiding and restoring a suggestion take: (plain, under htmx)."""

import pytest

from tests.counting_queries import HTMX, Person
from tests.factories import make_entry
from tracker.suggestions.models import Hidden

pytestmark = pytest.mark.django_db(transaction=True)

HIDE, RESTORE = (8, 12), (7, 9)


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
@pytest.mark.parametrize("is_beside_a_day", [False, True])
@pytest.mark.parametrize("entry_count", [1, 20])
def test_hiding_and_restoring_a_food_take_few_queries(headers, is_beside_a_day, entry_count):
    """It once took 45, because each day of the last two weeks was read again."""
    person = Person()
    for _n in range(entry_count):
        make_entry(person.profile, day=person.today, food=person.food)
    said = {"food": person.food.pk, "until": "later"}
    if is_beside_a_day:
        said["day"] = str(person.today)

    hiding = person.queries_of("/suggestions/hide/", said, **headers)
    assert Hidden.objects.count() == 1
    back = person.queries_of("/suggestions/restore/", said, **headers)

    assert (hiding, back) == (HIDE[bool(headers)], RESTORE[bool(headers)])
    assert not Hidden.objects.exists()
