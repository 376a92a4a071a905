"""Require login by default, and more for some pages; recognise browsers and addresses."""

import logging
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from tracker.accounts import gates
from tracker.accounts.addresses import AddressUnknown
from tracker.accounts.devices import mark_device
from tracker.accounts.requests import AccountRequest
from tracker.accounts.staying import renew

logger = logging.getLogger(__name__)


class SignInFirst(LoginRequiredMiddleware):
    """Ask strangers to sign in, under htmx on a full page, never inside part of one."""

    def handle_no_permission(self, request: Any, view_func: Callable[..., Any]) -> Any:
        if not request.htmx:
            return super().handle_no_permission(request, view_func)
        if request.method != "GET":
            messages.warning(request, _("You were signed out, so your last step was not saved."))
        return HttpResponseClientRedirect(redirect_to_login(_page_of(request)).url)


class CredentialGates:
    """Keep guests and unproven sessions off the pages that change how somebody signs in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: AccountRequest, *_view: object) -> HttpResponse | None:
        return gates.stop(request)


class WhoIsCalling:
    """Make the browser of a sign-in known, and extend the session of a visitor.

    Show a page if the client address is unknown.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        mark_device(request, response)
        if request.user.is_authenticated:
            renew(request)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, AddressUnknown):
            return None
        logger.error("%s; see COBALOG_BEHIND_PROXY in the README", error)
        return render(request, "account/address_unknown.html", status=503)


def _page_of(request: AccountRequest) -> str:
    """Return the path of the page that htmx says it is on, or "/" if that is not one."""
    try:
        return urlsplit(request.htmx.current_url_abs_path or "/").path
    except ValueError:
        return "/"
