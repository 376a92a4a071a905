from dataclasses import replace

from tests.insights.people import row, standing, week
from tracker.insights.weekpage import references


def told(found):
    return [text.replace("\u00a0", " ") for text in references(found)]


def test_the_key_names_one_target_if_all_days_share_it():
    assert told(week([row()])) == ["2.4 µg", "1.2 µg"]


def test_the_key_names_every_target_and_its_first_day():
    found = week([row()])
    own = standing(own_target_ug=50.0)
    days = (*found.days[:4], *(replace(day, standing=own) for day in found.days[4:]))

    assert told(replace(found, days=days)) == ["2.4 µg, from Friday 50 µg", "1.2 µg"]
