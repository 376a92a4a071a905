import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from foods.catalogue.query import query_words
from foods.catalogue.ranking import Match
from foods.catalogue.search import Scope, ranked_matches, search_foods
from foods.catalogue.shelf import Shelf, filled, shelf

pytestmark = pytest.mark.django_db


def candidates(*searches):
    return [Match(pk, "", search, "", 0) for pk, search in enumerate(searches)]


def found(meant, *searches):
    return [candidate.pk for candidate in Shelf(candidates(*searches)).matching(meant)]


def slow_twin(meant, *searches):
    """Scan every line for every word."""
    return [
        pk
        for pk, search in enumerate(searches)
        if any(all(f" {word}" in search for word in reading) for reading in meant)
    ]


LINES = (" milk whole", " buttermilk", " soy milk | soymilk", " milk", " rice milk milk", " yak")


@pytest.mark.parametrize(
    "meant",
    [
        [("milk",)],
        [("mil", "who")],
        [("soymilk",), ("soy", "milk")],
        [("nothing",)],
        [("y",)],
        [("whole", "milk"), ("yak",)],
    ],
)
def test_the_long_text_finds_the_same_as_a_scan_of_every_line(meant):
    assert sorted(found(meant, *LINES)) == slow_twin(meant, *LINES)


def test_words_are_never_found_across_two_lines():
    assert found([("whole butter",)], *LINES) == []


def test_the_vocabulary_counts_words():
    assert Shelf(candidates(" milk whole", " milk")).vocabulary["milk"] == 2


def test_the_shelf_is_filled_once_and_again_after_a_change(make_food, django_assert_num_queries):
    milk = make_food("Milk")

    with django_assert_num_queries(2):
        first = shelf()
    with django_assert_num_queries(1):
        same = shelf()
    make_food("Kefir")
    grown = shelf()
    milk.delete()
    last = shelf()

    assert first is same
    assert [len(s.foods) for s in (first, grown, last)] == [1, 2, 1]


def test_a_search_asks_once_whether_the_catalogue_has_changed(make_food):
    make_food("Milk")
    shelf()

    with CaptureQueriesContext(connection) as captured:
        search_foods("mlik whoel yakk")

    asked = [query for query in captured if "foods_catalogueversion" in query["sql"]]
    assert len(asked) == 1


def test_own_foods_are_not_on_the_shelf(ada, make_food):
    make_food("Granola", owner=ada)

    assert shelf().foods == []


def test_the_long_tail_is_asked_for_in_the_database(make_food):
    for name in ("Milk", "Milk, whole", "Kefir"):
        make_food(name)
    small = filled(size=2)

    found = ranked_matches(query_words("kefir"), Scope(shelf=small), 12)

    assert [food.name for food in found] == ["Kefir"]
    assert ([food.name for food in small.foods], small.is_whole) == (["Milk", "Milk, whole"], False)
    assert filled(size=3).is_whole
