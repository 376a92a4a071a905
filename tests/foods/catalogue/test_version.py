"""One number for the shared catalogue: every write draws a new one."""

import threading

import pytest
from django.apps import apps
from django.db import connection, models, transaction

from foods.catalogue.version import (
    Catalogued,
    CataloguedQuerySet,
    PerVersion,
    catalogue_version,
    one_version,
)
from foods.importing.starter import load_starter_foods
from foods.models import CatalogueVersion, Food, Portion, Source
from tests.factories import make_food, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def food():
    food = make_food("Milk")
    food.portions.create(label="1 mug", mass_g=300)
    return food


def rename(food):
    food.name = "Whole milk"
    food.save(update_fields=["name"])


def give_away(food):
    food.owner = make_user()
    food.save()


WRITES = {
    "create": lambda f: make_food("Kefir"),
    "save": lambda f: f.save(),
    "save of one column": rename,
    "save for an owner": give_away,
    "delete": lambda f: f.delete(),
    "update": lambda f: Food.objects.update(name="x"),
    "update for an owner": lambda f: Food.objects.update(owner=make_user()),
    "queryset delete": lambda f: Food.objects.all().delete(),
    "bulk create": lambda f: Food.objects.bulk_create([Food(source=f.source, source_key="x")]),
    "bulk update": lambda f: Food.objects.bulk_update([f], ["name"]),
    "update or create": lambda f: Food.objects.update_or_create(
        pk=f.pk, defaults={"name": "Whole milk"}
    ),
    "related update": lambda f: f.source.foods.update(name="x"),
    "portion": lambda f: f.portions.create(label="1 pail", mass_g=9000),
    "portion save": lambda f: f.portions.last().save(),
    "portion update": lambda f: f.portions.update(mass_g=1),
    "portion delete": lambda f: f.portions.last().delete(),
    "portions delete": lambda f: f.portions.all().delete(),
    "portions bulk create": lambda f: Portion.objects.bulk_create(
        [Portion(food=f, label="1 pail", mass_g=9000)]
    ),
    "source save": lambda f: f.source.save(),
    "source update": lambda f: Source.objects.update(trust=1),
    "source": lambda f: Source.objects.create(slug="new", name="New"),
    "starter foods": lambda f: load_starter_foods(),
}


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_every_write_of_a_shared_food_renews_the_version(food, write):
    before = catalogue_version()

    write(food)

    assert catalogue_version() != before


def test_an_own_food_that_becomes_everybodys_renews_the_version():
    mine = make_food("Muesli", owner=make_user())
    before = catalogue_version()

    Food.objects.filter(pk=mine.pk).update(owner=None)

    assert catalogue_version() != before


OWN_WRITES = {
    "create": lambda f: make_food("Granola", owner=f.owner),
    "save": lambda f: f.save(),
    "update": lambda f: f.owner.own_foods.update(name="x"),
    "delete": lambda f: f.delete(),
    "queryset delete": lambda f: f.owner.own_foods.all().delete(),
    "portions": lambda f: f.portions.create(label="1 vat", mass_g=99),
    "portions delete": lambda f: f.portions.all().delete(),
    "account": lambda f: f.owner.delete(),
}


@pytest.mark.parametrize("write", OWN_WRITES.values(), ids=OWN_WRITES)
def test_a_write_of_an_own_food_is_no_new_version(write):
    """It stands on no shelf, and has a counter of its own."""
    mine = make_food("Muesli", owner=make_user())
    mine.portions.create(label="1 pail", mass_g=60)
    before = catalogue_version()

    write(mine)

    assert catalogue_version() == before


def test_a_write_that_is_rolled_back_leaves_the_version(food):
    before = catalogue_version()
    with pytest.raises(RuntimeError), transaction.atomic():
        rename(food)
        assert catalogue_version() != before
        raise RuntimeError

    assert catalogue_version() == before


def test_no_number_stands_for_two_states(food):
    found = [catalogue_version()]
    for _again in range(20):
        rename(food)
        found.append(catalogue_version())

    assert len(set(found)) == 21


def test_many_writes_take_one_number(food, django_assert_num_queries):
    # Two for the savepoint around them, four writes, and the number.
    with django_assert_num_queries(7), one_version():
        rename(food)
        food.portions.update(mass_g=1)
        Food.objects.filter(pk=food.pk).update(name="x")
        food.source.save(update_fields=["trust"])


def test_within_many_writes_nothing_is_cached(food):
    """What is read in the middle is of no version that anybody meets again."""
    held = PerVersion(lambda _version: Food.objects.get().name)
    with pytest.raises(RuntimeError), one_version():
        assert held() == "Milk"
        rename(food)
        assert held() == "Whole milk"
        raise RuntimeError

    assert held() == "Milk"


def test_one_version_within_another_is_drawn_by_the_outer(food):
    before = catalogue_version()
    with one_version():
        with one_version():
            rename(food)
        food.save()
        assert CatalogueVersion.objects.get().number == before

    assert CatalogueVersion.objects.get().number != before


def test_what_is_cached_is_read_once_a_version(food, django_assert_num_queries):
    versions = []
    held = PerVersion(versions.append)

    for _again in range(3):
        held()
    with django_assert_num_queries(1):
        held()
    rename(food)
    held()

    assert len(versions) == 2
    assert versions[1] == catalogue_version()


@pytest.mark.django_db(transaction=True)
def test_what_another_worker_writes_is_seen_at_once():
    food = make_food("Milk")
    held = PerVersion(lambda _version: Food.objects.get().name)
    assert held() == "Milk"

    def another_worker():
        try:
            Food.objects.update(name="Whole milk")
        finally:
            connection.close()

    thread = threading.Thread(target=another_worker)
    thread.start()
    thread.join()
    assert held() == "Whole milk"

    food.refresh_from_db()
    assert food.name == "Whole milk"


def test_no_deletion_elsewhere_reaches_shared_rows_of_the_catalogue():
    """Only the deletion of a food, which renews the version, and of an owner."""
    catalogue = [m for m in apps.get_models() if issubclass(m, Catalogued)]
    assert set(catalogue) == {Source, Food, Portion}
    for model in catalogue:
        assert isinstance(model._default_manager.all(), CataloguedQuerySet)
        for field in model._meta.concrete_fields:
            if field.is_relation and field.related_model not in (Food, None):
                is_own = (model, field.name) == (Food, "owner")
                assert is_own or field.remote_field.on_delete is models.PROTECT, field
