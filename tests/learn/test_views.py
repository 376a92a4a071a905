import re

import pytest

from tests.factories import make_profile, make_user

ADDRESS = "/methods/"


@pytest.mark.django_db
def test_anybody_may_read_the_methods(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get(ADDRESS)

    assert response.status_code == 200


@pytest.mark.django_db
def test_a_person_reads_the_same_page(client):
    account = make_user("ada")
    make_profile(account)
    client.force_login(account)

    assert client.get(ADDRESS).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_the_page_only_answers_reading(client, method):
    assert getattr(client, method)(ADDRESS).status_code == 405


@pytest.mark.django_db
def test_every_table_of_the_code_is_on_the_page(client):
    response = client.get(ADDRESS)

    page = response.content.decode()
    assert page.count("<code>") == 1 + len(response.context["constants"])
    for table in response.context["authorities"]:
        assert str(table.authority.year) in page
    sections = re.findall(r'<section class="card stack" id="(\w+)"', page)
    assert sections == ["absorbed", "limits", "certainty", "references", "factors", "constants"]
    assert set(re.findall(r'href="#(\w+)"', page)) >= set(sections)


@pytest.mark.django_db
def test_links_leave_no_referrer_and_nothing_is_inline(client):
    page = client.get(ADDRESS).content.decode()

    assert re.findall(r"\s(?:style|on\w+)=", page) == []
    links = re.findall(r'<a href="(https?://[^"]+)"([^>]*)>', page)
    assert links
    assert [link for link, rest in links if 'rel="noreferrer"' not in rest] == []
