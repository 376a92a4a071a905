"""When a deletion changes a person's rows, it increments the person's counter."""

import ast

import pytest
from django.apps import apps
from django.db import models
from django.db.transaction import TransactionManagementError

from tests.factories import DAY, make_entry, make_food, make_profile, make_user
from tests.test_layers import MODULES, package_of
from tracker.accounts.guests import delete_account
from tracker.diary.models import Entry
from tracker.memo.cascades import cascade_and_touch, set_null_and_touch
from tracker.memo.models import Counter, Personal, PersonalQuerySet
from tracker.memo.store import DIARY, FOODS, begin_request, memo, off_touch, on_touch, touch
from tracker.profiles.models import Profile
from tracker.suggestions.models import Hidden

pytestmark = pytest.mark.django_db
PERSONAL = [model for model in apps.get_models() if issubclass(model, Personal)]


@pytest.fixture
def person():
    return make_profile()


@pytest.fixture
def food():
    return make_food("Milk")


@pytest.fixture
def told():
    calls = []

    def listener(*call):
        calls.append(call)

    on_touch(listener)
    yield calls
    off_touch(listener)


def count(profile, subject):
    return Counter.objects.filter(profile=profile, subject=subject).values_list("count").first()


DELETIONS = {
    "food": lambda food: food.delete(),
    "foods": lambda food: type(food).objects.filter(pk=food.pk).delete(),
    "foods of a source": lambda food: food.source.foods.filter(name="Milk").delete(),
}


@pytest.mark.parametrize("delete", DELETIONS.values(), ids=DELETIONS)
def test_deleting_the_food_of_an_entry_increments_the_counter(person, food, told, delete):
    entry, other = make_entry(person, food=food), make_profile()
    make_entry(other, food=make_food("Bread"))
    before, others = count(person, DIARY), count(other, DIARY)
    told.clear()

    delete(food)

    entry.refresh_from_db()
    assert entry.food is None
    assert count(person, DIARY) == (before[0] + 1,)
    assert told == [(DIARY, {person.pk}, {DAY})]
    assert count(other, DIARY) == others


@pytest.mark.parametrize("delete", DELETIONS.values(), ids=DELETIONS)
def test_deleting_a_hidden_food_increments_the_counter(person, food, told, delete):
    Hidden.objects.create(profile=person, food=food)
    before = count(person, FOODS)
    told.clear()

    delete(food)

    assert Hidden.objects.count() == 0
    assert count(person, FOODS) == (before[0] + 1,)
    assert told == [(FOODS, {person.pk}, None)]


@pytest.mark.django_db(transaction=True)
def test_cached_values_of_a_deleted_food_are_read_again():
    """The deletion's transaction increments the counter; nobody has opened one here."""
    person, food = make_profile(), make_food("Milk")
    make_entry(person, food=food)
    begin_request()
    seen = Profile.objects.get(pk=person.pk)
    foods = person.entries.values_list("food", flat=True)
    assert memo(seen, DIARY, "foods", lambda: list(foods.all())) == [food.pk]

    food.delete()

    begin_request()
    seen = Profile.objects.get(pk=person.pk)
    assert memo(seen, DIARY, "foods", lambda: list(foods.all())) == [None]


def test_deleting_an_account_removes_its_foods_from_other_diaries(person):
    owner = make_user("owner")
    entry = make_entry(person, food=make_food("Granola", owner=owner))
    before = count(person, DIARY)

    delete_account(owner)

    entry.refresh_from_db()
    assert entry.food is None
    assert count(person, DIARY) == (before[0] + 1,)


def test_a_deleted_person_leaves_no_rows_or_counters(person, food):
    make_entry(person, food=food)
    Hidden.objects.create(profile=person, food=food)

    delete_account(person.account)

    assert [model.objects.count() for model in PERSONAL] == [0] * len(PERSONAL)
    assert Counter.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_the_id_of_a_deleted_person_is_not_reused():
    """Otherwise one person's cached values would be read as another's."""
    gone = make_profile()
    pk = gone.pk
    delete_account(gone.account)

    assert make_profile().pk > pk


@pytest.mark.django_db(transaction=True)
def test_a_counter_outside_the_transaction_of_its_write_is_refused():
    profile = make_profile()

    with pytest.raises(TransactionManagementError):
        touch(DIARY, [profile.pk])


# --- every model, now and in future


def foreign_keys(model):
    return [field for field in model._meta.concrete_fields if field.is_relation]


def test_every_foreign_key_of_a_persons_rows_reports_deletions():
    """Deleting a profile also deletes everything cached for it."""
    telling = (set_null_and_touch, cascade_and_touch, models.PROTECT, models.RESTRICT)
    found = {field for model in PERSONAL for field in foreign_keys(model)}
    silent = {
        str(field)
        for field in found
        if field.related_model is not Profile and field.remote_field.on_delete not in telling
    }

    assert silent == set()
    assert {field.name for field in found} >= {"profile", "food"}


def test_a_persons_rows_are_in_one_table_and_have_no_other_manager():
    for model in PERSONAL:
        assert model.memo_subject, model
        assert model._meta.many_to_many == (), model
        assert model._meta.parents == {}, model
        for manager in model._meta.managers:
            assert isinstance(manager.all(), PersonalQuerySet), (model, manager)


PAST_ALL = {"_raw_delete", "_base_manager", "save_base", "_update", "_insert", "raw"}
"""Ways to write rows, or pass them on to be written, without ``save`` and the QuerySet."""
MAY_WRITE_SQL = {"tracker.memo.counters", "tracker.serving.readiness", "tracker.serving.sqlite"}
"""Their statements concern counters and the database itself."""
OF_HISTORICAL_MODELS = {
    "tracker.memo.naming_rows",
    "tracker.diary.older_amounts",
    "tracker.diary.older_sources",
}
"""For migrations, whose models have no counters and which run while the app serves nobody."""


def attributes_of(path):
    tree = ast.walk(ast.parse(path.read_text()))
    return {node.attr for node in tree if isinstance(node, ast.Attribute)}


def test_no_module_bypasses_the_counters():
    found = {
        name: attributes_of(path)
        for name, path in MODULES.items()
        if name not in OF_HISTORICAL_MODELS and package_of(name) != "tracker.science"
    }

    assert {name: used & PAST_ALL for name, used in found.items() if used & PAST_ALL} == {}
    assert {name for name, used in found.items() if "cursor" in used} == MAY_WRITE_SQL


def test_the_rows_of_a_person_are_found():
    assert Entry in PERSONAL
    assert len(PERSONAL) == 6
