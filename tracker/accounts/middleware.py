"""Login is the default for every page."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect


class SignInFirst(LoginRequiredMiddleware):
    """Ask strangers to sign in: htmx on a page of its own, never inside a part of a page."""

    def handle_no_permission(self, request: HttpRequest, view_func: Callable) -> HttpResponse:
        if not request.htmx:
            return super().handle_no_permission(request, view_func)
        if request.method != "GET":
            messages.warning(request, _("You were signed out, so the last step was not kept."))
        page = urlsplit(request.htmx.current_url_abs_path or "/")
        return HttpResponseClientRedirect(redirect_to_login(page.path).url)
