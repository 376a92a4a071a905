"""The key of a posted form: one for each content sent by a page."""

from uuid import uuid4

import pytest
from django.test import RequestFactory

from tracker.versions.keys import key_of

PAGE = uuid4()
SENT = {"name": "Dal", "amount": ["1", "2"], "csrfmiddlewaretoken": "a", "q": "da"}


def key(sent, path="/log/", page=PAGE):
    return key_of(RequestFactory().post(path, sent), page)


def test_a_form_sent_again_has_the_same_key():
    assert key(SENT) == key(SENT | {"csrfmiddlewaretoken": "b", "q": "dal", "client_uuid": "c"})


@pytest.mark.parametrize("other", [{"name": "Soup"}, {"amount": ["1", "3"]}, {"slot": "lunch"}])
def test_other_content_has_another_key(other):
    assert key(SENT) != key(SENT | other)


def test_another_address_or_page_has_another_key():
    assert len({key(SENT), key(SENT, "/delete/"), key(SENT, page=uuid4())}) == 3


def test_a_form_without_a_key_has_none():
    assert key(SENT, page=None) is None
