"""The response to too many attempts: how long to wait, and what was typed."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.accounts.guessing import Limit, wait_s

COUNTED_AS = {
    "account_login": Limit("sign_in"),
    "account_signup": Limit("signup"),
    "claim": Limit("signup"),
    "try": Limit("try"),
    "demo": Limit("demo"),
    "account_delete": Limit("reauthenticate"),
    "account_reauthenticate": Limit("reauthenticate"),
    "account_email": Limit("manage_email"),
    "account_change_password": Limit("change_password"),
    "account_set_password": Limit("change_password"),
    "account_reset_password": Limit("reset_password"),
    "account_reset_password_from_key": Limit("reset_password_from_key"),
    "mfa_login_webauthn": Limit("webauthn_login", app="allauth.mfa"),
}
"""What each page counts, by the name of its address."""
SECRET = ("password", "code", "credential", "csrfmiddlewaretoken")
MOST_FIELDS = 20
LONGEST_VALUE = 1000
UNKNOWN_WAIT_S = 60


def too_many(request: HttpRequest) -> HttpResponse:
    """Say when to try again, and keep what was typed except passwords and codes."""
    seconds = _wait_s(request) or UNKNOWN_WAIT_S
    context = {
        "wait": waiting_time(seconds),
        "typed": typed_fields(request.POST) if request.method == "POST" else [],
        "same_address": request.get_full_path(),
    }
    response = render(request, "429.html", context, status=429)
    response["Retry-After"] = str(seconds)
    return response


def _wait_s(request: HttpRequest) -> int:
    match = request.resolver_match
    limit = COUNTED_AS.get(match.url_name or "") if match else None
    if limit is None:
        return 0
    if limit.action == "reset_password":
        limit = Limit(limit.action, request.POST.get("email", "").strip().lower())
    return wait_s(request, limit)


def waiting_time(seconds: int) -> str:
    """Return a time to wait in words, rounded up."""
    if seconds <= 90:
        return ngettext("%(n)d second", "%(n)d seconds", seconds) % {"n": seconds}
    minutes = -(-seconds // 60)
    if minutes <= 90:
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    hours = -(-minutes // 60)
    return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}


def guesses_refused(seconds: int) -> str:
    """Return what the sign-in form says after too many wrong guesses."""
    wait = waiting_time(max(seconds, 1))
    return _("Too many wrong passwords. Try again in %(wait)s.") % {"wait": wait}


def codes_refused(seconds: int) -> str:
    wait = waiting_time(max(seconds, 1))
    return _("Too many wrong codes. Try again in %(wait)s.") % {"wait": wait}


def typed_fields(data: QueryDict) -> list[tuple[str, str]]:
    """Return what a person typed and may see again."""
    return [
        (name, value)
        for name, values in data.lists()
        if not any(word in name for word in SECRET)
        for value in values
        if len(value) <= LONGEST_VALUE
    ][:MOST_FIELDS]
