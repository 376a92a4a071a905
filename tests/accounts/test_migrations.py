"""Accounts from before names that look the same counted as the same."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test import Client

from tests.accounts.limits import PASSWORD
from tracker.accounts.models import User

BEFORE = [("accounts", "0001_initial")]


@pytest.mark.django_db(transaction=True)
def test_accounts_that_look_alike_keep_their_names_and_sign_in():
    MigrationExecutor(connection).migrate(BEFORE)
    old_user = (
        MigrationExecutor(connection)
        .loader.project_state(BEFORE)
        .apps.get_model("accounts", "User")
    )
    password = User(username="x")
    password.set_password(PASSWORD)
    for name in ("Ada", "ada", "аdа", "grace", "admin"):
        old_user.objects.create(username=name, password=password.password)
    old_user.objects.create(username="guest-x", is_guest=True)

    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())

    keys = dict(User.objects.order_by("pk").values_list("username", "name_key"))
    assert keys == {
        **{"Ada": "ada", "ada": None, "аdа": None, "grace": "grace", "admin": "admln"},
        "guest-x": None,
    }
    capitals = dict(User.objects.exclude(name_key=None).values_list("username", "capital_key"))
    assert capitals == {"Ada": "ada", "grace": "grace", "admin": "admln"}
    for name in ("Ada", "ada", "аdа", "grace", "admin"):
        client = Client()
        client.post("/accounts/login/", {"login": name, "password": PASSWORD})
        assert client.session["_auth_user_id"] == str(User.objects.get(username=name).pk)


@pytest.mark.django_db(transaction=True)
def test_the_oldest_of_accounts_that_look_alike_in_capitals_keeps_its_keys():
    MigrationExecutor(connection).migrate([("accounts", "0010_name_key")])
    state = MigrationExecutor(connection).loader.project_state([("accounts", "0010_name_key")])
    old_user = state.apps.get_model("accounts", "User")
    for name, key in (("ANNA", "anna"), ("ΑΝΝΑ", "awa"), ("σσ", "σσ"), ("x", None)):
        old_user.objects.create(username=name, name_key=key)

    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())

    keys = User.objects.order_by("pk").values_list("name_key", "capital_key")
    assert list(keys) == [("anna", "anna"), (None, None), ("oo", "oo"), (None, None)]
