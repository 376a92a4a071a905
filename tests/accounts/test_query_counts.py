"""How many queries it takes to begin, keep, leave and delete an account."""

import pytest
from django.test import Client

from tests.counting_queries import Person, queries_of

pytestmark = pytest.mark.django_db(transaction=True)

TRY, KEEP, LEAVE, DELETE = 7, 18, 35, 35
PASSWORDS = {"password1": "correct horse battery", "password2": "correct horse battery"}


def test_trying_keeping_and_leaving_take_few_queries():
    guest, other = Client(), Client()

    assert queries_of(guest, "/try/") == TRY
    assert queries_of(guest, "/keep/", {"username": "grace", **PASSWORDS}) == KEEP
    other.post("/try/")
    assert queries_of(other, "/accounts/logout/", {"leave": "1"}) == LEAVE


def test_deleting_an_account_takes_no_more_queries_for_more_rows():
    assert Person().queries_of("/account/delete/", {"username": "ada"}) == DELETE
