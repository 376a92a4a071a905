"""Rows that are older than a column."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests.factories import make_entry, make_food, make_profile
from tests.recipes.builders import make_recipe, put_in
from tracker.diary.models import Entry
from tracker.recipes.models import Item


@pytest.mark.django_db(transaction=True)
def test_older_entries_are_marked_if_they_are_drinks():
    profile = make_profile()
    make_entry(profile, name="Coffee", food=make_food("Coffee", is_drink=True))
    make_entry(profile, name="Bread", food=make_food("Bread", is_drink=False))
    make_entry(profile, name="Quick add")
    MigrationExecutor(connection).migrate([("diary", "0003_uuid")])

    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())

    assert dict(Entry.objects.values_list("name", "is_drink")) == {
        "Coffee": True,
        "Bread": False,
        "Quick add": False,
    }


TAKEN_APART = [
    ("150 g", 150.4, (150.4, "g")),
    ("2 slices", 60, (2, "slices")),
    ("1.3 Scheiben", 36.4, (1.3, "Scheiben")),
    ("0,5 cup", 120, (0.5, "cup")),
    ("1.5 × 1 cup, diced", 200, (1.5, "1 cup, diced")),
    ("2 × 3 oz", 170, (2, "3 oz")),
    ("206 ml", 200, (206, "ml")),
    ("150 cups", 36_000, (None, "150 cups")),
    ("1 large egg", 50, (None, "1 large egg")),
    ("3 × ½ cup", 360, (None, "3 × ½ cup")),
    ("½ × 2 slices", 30, (None, "½ × 2 slices")),
    ("1 of 4 servings", 250, (None, "1 of 4 servings")),
    ("12.345 µg", None, (None, "12.345 µg")),
    ("0 g", 0.004, (0.004, "g")),
    ("0 cups", 0.4, (None, "0 cups")),
    ("", 80, (None, "")),
]
READ_ANEW = {
    "150 g": "150.4 g",
    "0 g": "0.004 g",
    "0,5 cup": "0.5 cup",
    "1.5 × 1 cup, diced": "1.5 cups, diced",
}
"""What was rounded, or is written better today."""


@pytest.mark.django_db(transaction=True)
def test_older_amounts_become_a_number_and_a_unit_with_the_same_text():
    profile = make_profile()
    recipe = make_recipe(profile)
    entries, items = [], []
    for text, mass_g, _stored in TAKEN_APART:
        words = {"amount": None, "unit": text, "mass_g": mass_g}
        entries.append(make_entry(profile, **words).pk)
        items.append(put_in(recipe, food=None, **words).pk if mass_g else None)
    MigrationExecutor(connection).migrate([("diary", "0004_drinks"), ("recipes", "0004_uuid")])

    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())

    for (text, mass_g, stored), entry_pk, item_pk in zip(TAKEN_APART, entries, items, strict=True):
        entry = Entry.objects.get(pk=entry_pk)
        assert (entry.amount, entry.unit) == stored
        assert entry.quantity.said == READ_ANEW.get(text, text)
        if item_pk:
            item = Item.objects.get(pk=item_pk)
            assert (item.amount, item.unit, item.mass_g) == (*stored, mass_g)


@pytest.mark.django_db(transaction=True)
def test_reversing_the_migration_restores_amounts_as_text():
    entry = make_entry(make_profile(), amount=2.0, unit="slices")

    executor = MigrationExecutor(connection)
    executor.migrate([("diary", "0004_drinks"), ("recipes", "0004_uuid")])
    old = executor.loader.project_state([("diary", "0004_drinks")]).apps.get_model("diary", "Entry")
    text = old.objects.get(pk=entry.pk).amount_text
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())

    assert text == "2 slices"


SOURCES = [
    ("typed in by hand", ("typed", "", None), "typed in by hand"),
    ("own recipe of 1 food: A table", ("recipe", "A table", 1), "own recipe of 1 food: A table"),
    ("own recipe of 3 foods: A, B", ("recipe", "A, B", 3), "own recipe of 3 foods: A, B"),
    ("own recipe of 2 foods: ", ("recipe", "", 2), "own recipe of 2 foods: "),
    ("own recipe of mine", ("food", "own recipe of mine", None), "own recipe of mine"),
    ("A table 2024: Milk", ("food", "A table 2024: Milk", None), "A table 2024: Milk"),
    ("", ("food", "", None), ""),
]
BEFORE_SOURCES = [("diary", "0005_amounts"), ("recipes", "0005_amounts")]


@pytest.mark.django_db(transaction=True)
def test_older_sources_become_a_kind_and_parameters_with_the_same_text():
    profile = make_profile()
    recipe = make_recipe(profile)
    entries = [make_entry(profile, source_text=text).pk for text, _stored, _said in SOURCES]
    items = [
        put_in(recipe, food=None, mass_g=1, own_source_text=text).pk
        for text, _stored, _said in SOURCES
    ]
    MigrationExecutor(connection).migrate(BEFORE_SOURCES)

    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())

    for (_text, stored, said), entry_pk, item_pk in zip(SOURCES, entries, items, strict=True):
        entry, item = Entry.objects.get(pk=entry_pk), Item.objects.get(pk=item_pk)
        assert entry.source == item.own_source == stored
        assert entry.source.said == item.own_source.said == said


@pytest.mark.django_db(transaction=True)
def test_reversing_the_migration_restores_source_texts_and_quick_add_names():
    profile = make_profile()
    dish = make_entry(profile, source_kind="recipe", source_text="A, B", source_count=2)
    quick = make_entry(profile, name="", mass_g=None, source_kind="typed", source_text="")

    executor = MigrationExecutor(connection)
    executor.migrate(BEFORE_SOURCES)
    state = executor.loader.project_state(BEFORE_SOURCES)
    old = state.apps.get_model("diary", "Entry").objects.in_bulk()
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())

    assert old[dish.pk].source_text == "own recipe of 2 foods: A, B"
    assert (old[quick.pk].name, old[quick.pk].source_text) == ("Quick add", "typed in by hand")
    assert Entry.objects.get(pk=quick.pk).name == ""


@pytest.mark.django_db(transaction=True)
def test_only_names_that_nobody_entered_are_deleted():
    profile = make_profile()
    quick = {"mass_g": None, "food": None}
    names = {
        make_entry(profile, name="Quick add", **quick).pk: "",
        make_entry(profile, name="Nan's pie", **quick).pk: "Nan's pie",
        make_entry(profile, name="Quick add", food=make_food("Quick add")).pk: "Quick add",
    }
    MigrationExecutor(connection).migrate(BEFORE_SOURCES)

    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())

    assert dict(Entry.objects.values_list("pk", "name")) == names
