"""How many queries each write of the diary takes: (plain, under htmx)."""

from datetime import timedelta

import pytest

from tests.counting_queries import HTMX, Person
from tests.factories import make_food
from tracker.diary import writing

pytestmark = pytest.mark.django_db(transaction=True)

LOG_FOOD, LOG_AGAIN, LOG_QUICK, LOG_RECIPE = (9, 12), (10, 13), (7, 10), (13, 17)
LOG_IDEA = (11, 14)
COPY, MARK, CLOCK, UNDO = (11, 15), (9, 13), (11, 15), (13, 18)
CHANGE, DELETE, THEME = (12, 16), (12, 16), (3, 3)


@pytest.fixture(autouse=True)
def no_clearing_up(monkeypatch):
    """Disable the occasional deletion of old undo steps, which is not part of a write."""
    monkeypatch.setattr("tracker.history.steps.STEPS_KEPT", 10**9)


def log_food(person):
    return "log/", {"pick": f"food:{person.food.pk}:1:p0", "slot": "lunch"}


def log_again(person):
    return "log/", {"pick": f"again:{person.entry.pk}", "slot": "lunch"}


def log_quick(person):
    return "log/", {"quick_ug": "2", "slot": "lunch"}


def log_recipe(person):
    return "log/", {"pick": f"meal:{person.recipe.pk}:1", "slot": "lunch"}


def copy(person):
    writing.log(writing.build_entry(person.profile, person.yesterday, "dinner", person.food, 100))
    return "copy/", {"from_day": str(person.yesterday), "slot": "dinner"}


def log_idea(person):
    tea = make_food("Tea")
    return "log/", {"food": tea.pk, "amount": "1", "unit": "g", "slot": "lunch", "idea": "yes"}


def mark(person):
    return "mark/", {"status": "complete"}


def clock(person):
    return "clock/", {"slot": "lunch", "clock": "12:00"}


def undo(person):
    entry = writing.build_entry(person.profile, person.today, "lunch", person.food, 100)
    step = writing.log(entry)
    return f"undo/{step.pk}/", {}


def change(person):
    return f"/entries/{person.entry.pk}/", {"amount": "2", "unit": "g", "slot": "lunch"}


def delete(person):
    return f"/entries/{person.entry.pk}/delete/", {}


@pytest.mark.parametrize(
    ("write", "counts"),
    [
        (log_food, LOG_FOOD),
        (log_again, LOG_AGAIN),
        (log_quick, LOG_QUICK),
        (log_recipe, LOG_RECIPE),
        (log_idea, LOG_IDEA),
        (copy, COPY),
        (mark, MARK),
        (clock, CLOCK),
        (undo, UNDO),
        (change, CHANGE),
        (delete, DELETE),
    ],
)
@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_a_write_of_the_diary_takes_few_queries(write, counts, headers):
    person = Person()
    person.yesterday = person.today - timedelta(days=1)
    address, data = write(person)
    if not address.startswith("/"):
        address = f"/day/{person.today}/{address}"

    assert person.queries_of(address, data, **headers) == counts[bool(headers)]


def test_choosing_a_theme_reads_only_the_person():
    assert Person().queries_of("/theme/", {"theme": "dark"}) == THEME[0]
