"""Error pages. They need no user, session or database, since one of these may have failed.

The only part of the request that they read is the theme cookie.
"""

from django.contrib.sessions.exceptions import SessionInterrupted
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

THEMES = ("light", "dark")


def failure_page(request: HttpRequest, name: str) -> str:
    """Return an error page as text. Without a request, no context processor runs."""
    theme = request.COOKIES.get("theme", "")
    return render_to_string(f"{name}.html", {"theme": theme if theme in THEMES else ""})


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    name = "session" if isinstance(exception, SessionInterrupted) else "400"
    return HttpResponse(failure_page(request, name), status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse(failure_page(request, "403"), status=403)


def form_out_of_date(request: HttpRequest, reason: str = "") -> HttpResponse:
    return HttpResponse(failure_page(request, "403_csrf"), status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse(failure_page(request, "404"), status=404)


def broken(request: HttpRequest) -> HttpResponse:
    return HttpResponse(failure_page(request, "500"), status=500)
