"""A fast way to restore the initial database and the foods that ship with the app.

A test whose rows a live server or another thread must see cannot roll back. Django then empties
every table and writes its own rows again. On SQLite, copying the whole file takes a hundredth of
that time. Other databases are left to Django.
"""

import sqlite3
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.test import TransactionTestCase

from foods.catalogue.version import renew_version
from tests.live import wait_until_idle

STARTER_MODELS = ("source", "food", "portion")
_start = sqlite3.connect(":memory:", check_same_thread=False)
_starter_rows: dict[str, list[Any]] = {}


def restore_after_tests() -> None:
    """Restore the database as it stands now after each test that commits.

    Nothing is restored while a live server still answers.
    """
    put_back = TransactionTestCase._fixture_teardown
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        connection.connection.backup(_start)
        put_back = _restore_for

    def tear_down(case: TransactionTestCase) -> None:
        wait_until_idle()
        put_back(case)

    TransactionTestCase._fixture_teardown = tear_down


def _restore_for(_case: TransactionTestCase) -> None:
    restore()


def restore() -> None:
    connection.ensure_connection()
    _start.backup(connection.connection)


def load_starter_foods() -> None:
    """Load the foods that ship with the app; from the second time on, copy their rows."""
    from foods.importing import starter

    if connection.vendor != "sqlite" or any(map(_rows_of, STARTER_MODELS)):
        starter.load_starter_foods()
    elif not _starter_rows:
        starter.load_starter_foods()
        _starter_rows.update({name: _rows_of(name) for name in STARTER_MODELS})
    else:
        _insert_starter_rows()


def _rows_of(name: str) -> list[Any]:
    connection.ensure_connection()
    # With a plus sign, a column is read as it is stored, not as Python's date or bool.
    columns = ", ".join(f'+"{column}"' for column in _columns_of(name))
    table = apps.get_model("foods", name)._meta.db_table
    return connection.connection.execute(f"SELECT {columns} FROM {table}").fetchall()


@transaction.atomic
def _insert_starter_rows() -> None:
    for name, rows in _starter_rows.items():
        columns = _columns_of(name)
        table = apps.get_model("foods", name)._meta.db_table
        names, holes = ", ".join(f'"{c}"' for c in columns), ", ".join("?" * len(columns))
        insert = f"INSERT INTO {table} ({names}) VALUES ({holes})"
        connection.connection.executemany(insert, rows)
    renew_version()


def _columns_of(name: str) -> list[str]:
    return [field.column for field in apps.get_model("foods", name)._meta.concrete_fields]
