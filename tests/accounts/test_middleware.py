import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true", "HX-Current-URL": "http://testserver/day/2026-03-02/?q=eggs"}


def test_a_stranger_is_sent_to_sign_in_and_back():
    response = Client().get("/week/")

    assert response["Location"] == "/accounts/login/?next=/week/"


def test_the_sign_in_page_never_replaces_a_fragment():
    response = Client().get("/day/2026-03-02/find/?q=eggs", headers=HTMX)

    assert (response.status_code, response.content) == (200, b"")
    assert response["HX-Redirect"] == "/accounts/login/?next=/day/2026-03-02/"


def test_it_is_said_that_nothing_was_saved():
    client = Client()

    response = client.post("/day/2026-03-02/log/", {"q": "2 eggs"}, headers=HTMX)

    assert response["HX-Redirect"] == "/accounts/login/?next=/day/2026-03-02/"
    assert "your last step was not saved" in client.get("/accounts/login/").content.decode()


@pytest.mark.parametrize(
    "page", ["http://[", "//[::1", "http://testserver/[x", "http://a:b@c:99999999/", "\x00", "é"]
)
def test_an_invented_page_is_ignored(page):
    headers = {"HX-Request": "true", "HX-Current-URL": page}

    response = Client().get("/week/", headers=headers)

    assert response.status_code == 200
    assert response["HX-Redirect"].startswith("/accounts/login/?next=/")
