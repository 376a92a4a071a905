"""One page has a key; each content of its forms makes another one of it."""

from uuid import uuid4

import pytest
from django.test import RequestFactory

from tracker.versions.keys import key_of


def request(path="/day/2026-03-02/log/", **content):
    return RequestFactory().post(path, content)


def test_a_form_without_a_key_has_none():
    assert key_of(request(), None) is None


@pytest.mark.parametrize(
    "other",
    [
        request(pick="food:2:1:p0", slot="lunch"),
        request(pick="food:1:1:p0", slot="dinner"),
        request("/day/2026-03-03/log/", pick="food:1:1:p0", slot="lunch"),
        request(pick=["food:1:1:p0", "food:1:1:p0"], slot="lunch"),
    ],
)
def test_one_page_has_another_key_for_each_content(other):
    page = uuid4()
    first = request(pick="food:1:1:p0", slot="lunch")

    assert key_of(first, page) != key_of(other, page)


def test_the_same_content_has_the_same_key_whatever_the_token_and_the_text():
    page = uuid4()
    first = request(pick="food:1:1:p0", csrfmiddlewaretoken="a", client_uuid=str(page), q="ban")
    second = request(pick="food:1:1:p0", csrfmiddlewaretoken="b", client_uuid=str(page), q="")

    assert key_of(first, page) == key_of(second, page)
