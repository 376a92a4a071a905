"""The colour theme of a browser."""

import pytest
from django.urls import reverse


@pytest.mark.parametrize(("wanted", "cookie"), [("dark", "dark"), ("light", "light"), ("x", "")])
def test_the_theme_is_stored_in_a_cookie(client, wanted, cookie):
    response = client.post(reverse("theme"), {"theme": wanted, "next": "/week/"})

    assert response.url == "/week/"
    assert response.cookies["theme"].value == cookie


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example/",
        "https://evil.example/",
        "/\\evil.example/",
        "javascript:alert(1)",
        "http://[",
        "abc",
        "day",
        "week",
        "",
        "\x00/week/",
    ],
)
def test_the_way_back_is_a_path_of_this_site(client, target):
    response = client.post(reverse("theme"), {"theme": "dark", "next": target})

    assert response.url == "/"
    assert response.cookies["theme"].value == "dark"


def test_the_theme_form_leads_back_to_the_search(ada_client):
    page = ada_client.get("/foods/", {"q": "egg & milk"}).text

    assert 'name="next" value="/foods/?q=egg+%26+milk"' in page
