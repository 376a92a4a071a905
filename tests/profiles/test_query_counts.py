"""How many queries the profile questions take."""

import pytest

from tests.counting_queries import Person
from tracker.profiles.models import Profile

pytestmark = pytest.mark.django_db(transaction=True)

SAVE, SAVE_AGAIN, WELCOME, SKIP = 25, 13, 23, 4
ANSWERS = {
    "authority": "uk",
    "time_zone": "UTC",
    "birth_year": "1980",
    "has_ppi": "on",
    "diet": "vegan",
}


def test_saving_the_profile_takes_few_queries():
    person = Person()

    assert person.queries_of("/profile/", ANSWERS) == SAVE
    assert person.queries_of("/profile/", ANSWERS) == SAVE_AGAIN


@pytest.mark.parametrize(("said", "count"), [(ANSWERS, WELCOME), ({"skip": "1"}, SKIP)])
def test_the_first_questions_take_few_queries(said, count):
    person = Person()
    Profile.objects.update(welcomed_at=None)

    assert person.queries_of("/welcome/", said) == count
