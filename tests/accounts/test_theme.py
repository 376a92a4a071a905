"""The colours that a browser shows."""

import pytest
from django.urls import reverse


@pytest.mark.parametrize(("wanted", "cookie"), [("dark", "dark"), ("light", "light"), ("x", "")])
def test_the_colours_are_kept_in_a_cookie(client, wanted, cookie):
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


def test_the_colours_lead_back_to_what_was_searched(ada_client):
    page = ada_client.get("/foods/", {"q": "egg & milk"}).text

    assert 'name="next" value="/foods/?q=egg+%26+milk"' in page
