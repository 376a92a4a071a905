"""The pages of failure: each in our words, none in need of a person or the database."""

import pytest
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404
from django.template.loader import render_to_string
from django.test import Client, override_settings
from django.urls import include, path

PAGES = {
    400: "This request could not be understood",
    403: "This is not open to you",
    404: "There is nothing here",
    500: "Something went wrong on our side",
}


def fail(status):
    def view(request):
        raise {
            400: SuspiciousOperation,
            403: PermissionDenied,
            404: Http404,
            500: ZeroDivisionError,
        }[status]

    return login_not_required(view)


urlpatterns = [
    *(path(f"fail/{status}/", fail(status)) for status in PAGES),
    path("", include("tracker.urls")),
]


@pytest.mark.parametrize("status", PAGES)
@pytest.mark.filterwarnings("ignore::UserWarning")
@override_settings(ROOT_URLCONF=__name__)
def test_a_failure_is_explained_without_a_query(status):
    response = Client(raise_request_exception=False).get(f"/fail/{status}/")

    assert response.status_code == status
    assert f"<h1>{PAGES[status]}</h1>" in response.content.decode()
    assert "default-src 'self'" in response["Content-Security-Policy"]


@pytest.mark.parametrize("is_public", [False, True])
def test_a_wrong_host_name_is_explained_under_the_same_policy(settings, is_public):
    settings.SECURE_SSL_REDIRECT = is_public

    response = Client().get("/", headers={"host": "elsewhere.example"})

    assert response.status_code == 400
    assert f"<h1>{PAGES[400]}</h1>" in response.content.decode()
    assert "default-src 'self'" in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("address", ["/", "/healthz", "/methods/", "/nowhere/"])
def test_every_answer_carries_the_policy(db, address):
    response = Client().get(address)

    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "DENY"


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_a_failure_outside_the_views_is_answered_under_the_policy(monkeypatch):
    def refuse(middleware, request):
        raise ZeroDivisionError

    monkeypatch.setattr(
        "django.contrib.sessions.middleware.SessionMiddleware.process_request", refuse
    )

    response = Client(raise_request_exception=False).get("/")

    assert response.status_code == 500
    assert "default-src 'self'" in response["Content-Security-Policy"]


def test_a_form_without_its_token_is_explained(db):
    response = Client(enforce_csrf_checks=True).post("/theme/")

    assert response.status_code == 403
    assert "<h1>This form is out of date</h1>" in response.content.decode()


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "500"])
def test_an_error_page_needs_no_request(name):
    page = render_to_string(f"{name}.html")

    heading = page.partition("<h1>")[2].partition("</h1>")[0]
    assert f"<title>{heading} · Cobalog</title>" in page
    assert len(heading) > 10


@pytest.mark.browser
def test_error_pages_satisfy_axe(page, live_server, axe):
    page.goto("/day/2026-13-45/")

    assert page.locator("h1").inner_text() == "There is nothing here"
    axe(page)
