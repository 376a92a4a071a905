import pytest

from foods.catalogue.folding import tokens
from foods.catalogue.synonyms import finished, readings, synonyms, without_spare


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("milk", [("milk",)]),
        ("prawns", [("prawn",), ("shrimp",)]),
        ("raw prawns", [("raw", "prawn"), ("raw", "shrimp")]),
        ("minced turkey", [("minced", "turkey"), ("ground", "turkey")]),
        ("emmental", [("emmental",), ("swiss", "cheese")]),
        ("drops 1000 mcg", [("drop", "1000", "mcg"), ("drop", "1000", "ug")]),
        ("b12 5", [("b12", "5"), ("vitamin", "b12", "5")]),
        ("1000 micrograms", [("1000", "microgram"), ("1000", "ug")]),
        ("vegan cheese", [("vegan", "cheese"), ("plant", "based", "cheese")]),
        ("oatly", [("oatly",), ("oat", "milk")]),
        ("philadelphia", [("philadelphia",), ("cream", "cheese")]),
    ],
)
def test_a_query_has_its_typed_reading_and_others(typed, meant):
    assert readings(tuple(tokens(typed))) == meant


def test_some_words_mean_more_when_they_are_the_whole_query():
    assert readings(("chicken",)) == [("chicken",), ("chicken", "breast")]
    assert readings(("chicken", "curry")) == [("chicken", "curry")]


def test_two_synonyms_in_one_query_are_both_replaced():
    assert ("soy", "yogurt") in readings(("soya", "yoghurt"))


def test_the_readings_of_a_long_query_stay_few():
    assert len(readings(("chilli", "doner", "omelette", "kipper"))) <= 4


def test_an_unfinished_synonym_is_completed():
    assert finished(("nooc",)) == ("nooch",)
    assert finished(("raw", "praw")) == ("raw", "prawn")
    assert finished(("no",)) == ()
    assert finished(("milk",)) == ()


def test_no_synonym_leads_only_to_itself():
    assert [left for left, rights in synonyms().items() if rights == (left,)] == []


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("pizza slice", ("pizza",)),
        ("pizza sli", ("pizza",)),
        ("kellogg corn flake", ("corn", "flake")),
        ("slice", ()),
        ("milk", ()),
        ("pizza s", ()),
    ],
)
def test_portions_cuts_and_makers_can_be_dropped(typed, kept):
    assert without_spare(tuple(typed.split())) == kept
