import csv
import re
from pathlib import Path

import pytest
from django.conf import settings

from foods.importing.starter import load_starter_foods, read_starter_rows
from foods.kinds import Diet, Fortification, SourceClass
from foods.models import Food, Portion

pytestmark = pytest.mark.django_db

# Every animal and fortified source that the five source articles name, and foods that answer it.
NAMED_SOURCES = {
    "meat": {"beef-roast", "pork-chop-broiled"},
    "beef": {"ground-beef-80-cooked", "beef-steak-sirloin"},
    "beef liver": {"beef-liver-fried", "beef-liver-braised"},
    "organ meats": {"beef-kidney-cooked", "beef-heart-cooked"},
    "poultry": {"chicken-breast-roasted", "chicken-thigh-roasted"},
    "fish": {"salmon-atlantic-farmed"},
    "clams": {"clams-cooked"},
    "salmon": {"salmon-atlantic-farmed", "salmon-smoked"},
    "trout": {"trout-rainbow-farmed"},
    "tuna": {"tuna-light-canned-water"},
    "dairy": {"milk-whole", "cheese-cheddar"},
    "milk": {"milk-whole", "milk-2pct"},
    "cheese": {"cheese-cheddar"},
    "yogurt": {"yogurt-whole"},
    "eggs": {"egg-boiled"},
    "egg yolk": {"egg-yolk"},
    "fortified breakfast cereals": {"cereal-corn-flakes", "cereal-bran-flakes"},
    "fortified plant milks": {"oat-milk-fortified", "plant-milk-nfs"},
    "almond milk": {"almond-milk-unsweetened-fortified"},
    "soy milk": {"soy-milk-unsweetened-fortified"},
    "fortified nutritional yeast": {"nutritional-yeast-fortified"},
    "oral supplements": {"b12-tablet-10"},
    "high-dose oral supplements": {"b12-tablet-1000"},
    "injections": {"b12-injection-1000"},
}
FORTIFIED = {name for name in NAMED_SOURCES if name.startswith("fortified")} | {
    "almond milk",
    "soy milk",
}


@pytest.fixture
def starter():
    load_starter_foods()
    return {food.slug: food for food in Food.objects.all()}


def test_the_starter_table_holds_every_row(starter):
    assert len(starter) == 254 == len(list(read_starter_rows()))


@pytest.mark.parametrize(("named", "slugs"), NAMED_SOURCES.items())
def test_every_source_that_the_articles_name_is_there(starter, named, slugs):
    assert slugs <= set(starter)
    assert all(starter[slug].b12_ug_per_100g > 0 for slug in slugs)
    if named in FORTIFIED:
        assert {starter[slug].fortification for slug in slugs} == {Fortification.FORTIFIED}


def test_loading_twice_changes_nothing(starter):
    before = list(Food.objects.order_by("pk").values()), list(Portion.objects.values())

    counts = load_starter_foods()

    assert counts == {"created": 0, "updated": 0, "unchanged": 254}
    assert (list(Food.objects.order_by("pk").values()), list(Portion.objects.values())) == before


def test_a_changed_row_is_restored(starter):
    Food.objects.filter(slug="milk-whole").update(b12_ug_per_100g=9)

    assert load_starter_foods()["updated"] == 1
    assert Food.objects.get(slug="milk-whole").b12_ug_per_100g == 0.45


def test_every_food_has_a_source_a_class_and_a_portion(starter):
    for food in starter.values():
        assert food.source_text
        assert food.source_class in SourceClass.values
        assert food.diet in Diet.values
        assert food.diet_basis == "stated"
        assert food.portions.count() >= 1, food.slug


def test_supplements_are_units(starter):
    tablet = starter["b12-tablet-1000"]

    assert tablet.is_unit_food
    assert tablet.usual_portion.b12_ug == 1000


def test_only_the_ampoule_is_an_injection(starter):
    assert [food.slug for food in starter.values() if food.is_injection] == ["b12-injection-1000"]


def test_algae_and_ferments_are_marked_unreliable(starter):
    unreliable = {food.slug for food in starter.values() if food.is_unreliable}

    assert unreliable >= {"spirulina-dried", "nori-roasted-jp", "tempeh", "chlorella-label"}


def test_the_known_values_are_the_published_ones(starter):
    published = {"beef-liver-braised": 70.58, "clams-cooked": 98.89, "egg-boiled": 1.11}

    assert {slug: starter[slug].b12_ug_per_100g for slug in published} == published


def test_the_file_names_no_address_and_no_machine():
    text = Path(settings.BASE_DIR, "fixtures", "foods.csv").read_text(encoding="utf-8")

    assert "http" not in text
    assert len({row["slug"] for row in csv.DictReader(text.splitlines())}) == 254


def test_a_note_is_a_sentence_for_the_reader_of_the_page():
    notes = {row["slug"]: row["notes"] for row in read_starter_rows() if row["notes"]}

    assert len(notes) > 50
    assert {
        slug for slug, note in notes.items() if not (note[0].isupper() and note[-1] == ".")
    } == set()


def test_remarks_for_the_maintainer_are_not_notes():
    kept = re.compile(r"dataset|app default|label claim|nominal|SR28|SR Legacy|Foundation|\d{5}")

    assert {row["slug"] for row in read_starter_rows() if kept.search(row["notes"])} == set()
