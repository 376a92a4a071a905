"""Login is the default for every page; some need more than that."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from tracker.accounts import gates


class SignInFirst(LoginRequiredMiddleware):
    """Ask strangers to sign in: htmx on a page of its own, never inside a part of a page."""

    def handle_no_permission(self, request: HttpRequest, view_func: Callable) -> HttpResponse:
        if not request.htmx:
            return super().handle_no_permission(request, view_func)
        if request.method != "GET":
            messages.warning(request, _("You were signed out, so the last step was not kept."))
        page = urlsplit(request.htmx.current_url_abs_path or "/")
        return HttpResponseClientRedirect(redirect_to_login(page.path).url)


class CredentialGates:
    """Keep guests and open sessions off the pages that change how somebody signs in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        return gates.stop(request)
