import pytest
from django.urls import reverse

from tracker.accounts.paths import is_local_path

ELSEWHERE = (
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example/",
    "\\\\evil.example/",
    "https://evil.example/",
    "http://testserver/week/",
    "http://[",
    "/\t/evil.example/",
    "javascript:alert(1)",
    "week",
    "abc",
    "./week/",
    " /week/",
    "\x00/week/",
    "",
)


@pytest.mark.parametrize("address", ["/", "/week/", "/foods/?q=soy%20milk", "/day/2026-03-02/#x"])
def test_a_path_is_local(address):
    assert is_local_path(address)


@pytest.mark.parametrize("address", ELSEWHERE)
def test_anything_else_is_not(address):
    assert not is_local_path(address)


@pytest.mark.parametrize("address", ELSEWHERE)
@pytest.mark.parametrize("name", ["account_login", "account_signup", "account_logout"])
def test_the_sign_in_pages_redirect_only_to_paths(db, client, name, address):
    response = client.get(reverse(name), {"next": address})

    assert response.status_code in (200, 302)
    assert "evil" not in response.headers.get("Location", "")


@pytest.mark.parametrize("address", ELSEWHERE)
def test_signing_in_redirects_only_to_a_path(django_user_model, client, address):
    django_user_model.objects.create_user("grace", password="correct horse battery")
    said = {"login": "grace", "password": "correct horse battery", "next": address}

    response = client.post(reverse("account_login"), said)

    assert response.headers["Location"] == "/"


@pytest.mark.parametrize("address", ELSEWHERE)
def test_confirming_a_password_redirects_only_to_a_path(django_user_model, client, address):
    grace = django_user_model.objects.create_user("grace", password="correct horse battery")
    client.force_login(grace)
    said = {"password": "correct horse battery", "next": address}

    response = client.post(reverse("account_reauthenticate"), said)

    assert response.status_code == 302
    assert response.headers["Location"].startswith("/")
    assert "evil" not in response.headers["Location"]
