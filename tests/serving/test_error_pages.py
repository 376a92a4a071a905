"""Error pages: each in our words, none of them needs a user or the database."""

import logging

import pytest
from django.contrib.auth.decorators import login_not_required
from django.contrib.sessions.exceptions import SessionInterrupted
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404
from django.template.loader import render_to_string
from django.test import Client, RequestFactory, override_settings
from django.urls import include, path, reverse

from tracker.serving.failures import bad_request
from tracker.urls import handler400, handler403, handler404, handler500  # noqa: F401

PAGES = {
    400: "This request could not be understood",
    403: "You do not have access to this page",
    404: "Page not found",
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


MAIN_PAGES = ("today", "week", "suggestions", "foods", "profile")


@pytest.mark.parametrize("status", PAGES)
@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.filterwarnings("ignore::UserWarning")
@override_settings(ROOT_URLCONF=__name__)
def test_an_error_page_has_the_chosen_theme(status, theme):
    client = Client(raise_request_exception=False)
    client.cookies["theme"] = theme

    page = client.get(f"/fail/{status}/").content.decode()

    assert is_whole(page)
    assert f'data-theme="{theme}"' in page


@override_settings(ROOT_URLCONF=__name__)
def test_a_cookie_of_another_theme_is_not_repeated():
    client = Client()
    client.cookies["theme"] = '"><script>'

    page = client.get("/fail/404/").content.decode()

    assert "data-theme" not in page
    assert "<script" not in page


def is_whole(page):
    """Whether a page has the site's navigation, a way past it, and the disclaimer."""
    links = [f'<a href="{reverse(name)}"' for name in MAIN_PAGES]
    return (
        all(link in page for link in links)
        and 'class="skip-link" href="#main"' in page
        and "It does not diagnose" in page
    )


@pytest.mark.parametrize(
    ("address", "method", "allowed"),
    [
        ("/day/2026-03-02/log/", "get", "POST"),
        ("/try/", "put", "POST"),
        ("/week/", "post", "GET"),
    ],
)
def test_a_refused_method_is_explained(ada_client, address, method, allowed):
    response = getattr(ada_client, method)(address)

    assert response.status_code == 405
    assert allowed in response["Allow"]
    assert "<h1>This address only accepts a form</h1>" in response.content.decode()
    assert is_whole(response.content.decode())


def test_a_stranger_gets_the_same_page_for_a_refused_method(db):
    response = Client().get("/theme/")

    assert response.status_code == 405
    assert is_whole(response.content.decode())


@pytest.mark.parametrize("is_public", [False, True])
def test_a_wrong_host_name_is_explained_under_the_same_policy(settings, is_public):
    settings.SECURE_SSL_REDIRECT = is_public

    response = Client().get("/", headers={"host": "elsewhere.example"})

    assert response.status_code == 400
    assert f"<h1>{PAGES[400]}</h1>" in response.content.decode()
    assert "default-src 'self'" in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "DENY"


def test_a_wrong_host_name_leaves_no_traceback_in_the_log():
    """Without its own handler Python would print each of them."""
    logger = logging.getLogger("django.security.DisallowedHost")

    assert logging.NullHandler in map(type, logger.handlers)
    assert not logger.propagate


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
    assert is_whole(response.content.decode())


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "405", "500"])
def test_an_error_page_needs_no_request(name):
    page = render_to_string(f"{name}.html")

    heading = page.partition("<h1>")[2].partition("</h1>")[0]
    assert f"<title>{heading} · Cobalog</title>" in page
    assert len(heading) > 10


@pytest.mark.browser
@pytest.mark.parametrize(
    ("address", "heading"),
    [("/nowhere/", "Page not found"), ("/theme/", "This address only accepts a form")],
)
def test_error_pages_have_no_faults_and_lead_on(page, live_server, looked_over, address, heading):
    page.goto(address)

    assert page.locator("h1").inner_text() == heading
    looked_over(page)
    page.get_by_role("link", name="Foods").click()
    assert page.url.endswith("/accounts/login/?next=/foods/")


def test_being_signed_out_while_a_form_is_sent_is_explained():
    page = bad_request(RequestFactory().post("/"), SessionInterrupted())

    assert page.status_code == 400
    assert "You were signed out meanwhile" in page.text
    assert "Nothing was changed" not in page.text
    assert "<nav" in page.text or 'href="/"' in page.text
