"""Browsers from which somebody signed in before, recognised by a signed cookie.

The cookie signs nobody in. It only separates a stranger's guesses from the owner's, so that the
stranger cannot lock the owner out (OWASP calls it a device cookie). It is valid until the password
changes: otherwise somebody who knew the old one could collect cookies for guessing the new one.
"""

from typing import Any

from allauth.account.signals import password_changed, password_reset, password_set
from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, get_random_string, salted_hmac

from tracker.accounts.models import User

COOKIE = "known_device"
OWNER = "owner_of_device"
"""The request attribute with the account to which the browser becomes known."""
SALT = "tracker.accounts.devices"
LASTS_S = 60 * 60 * 24 * 400
MOST_ACCOUNTS = 5
"""The accounts of one browser that signed in last."""


def known_device(request: HttpRequest, account: User | None) -> str:
    """Return the identifier of this browser among those of the account; empty if it is unknown."""
    if account is None:
        return ""
    mark, _sign, seal = _marks(request).get(str(account.pk), "").partition(":")
    return mark if constant_time_compare(seal, _seal(mark, account)) else ""


def will_know_device(request: HttpRequest, account: User) -> None:
    """Have the response to this request make the browser known."""
    setattr(request, OWNER, account)


def mark_device(request: HttpRequest, response: HttpResponse) -> None:
    account = getattr(request, OWNER, None)
    if account is None or account.pk is None:
        return
    marks = _marks(request)
    mark = marks.pop(str(account.pk), "").partition(":")[0] or get_random_string(16)
    marks[str(account.pk)] = f"{mark}:{_seal(mark, account)}"
    kept = dict([*marks.items()][-MOST_ACCOUNTS:])
    response.set_cookie(
        COOKIE,
        signing.dumps(kept, salt=SALT),
        max_age=LASTS_S,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _seal(mark: str, account: User) -> str:
    """Return the seal that ties a mark to the current password."""
    return salted_hmac(SALT, f"{mark} {account.password}").hexdigest()[:32]


def _marks(request: HttpRequest) -> dict[str, str]:
    try:
        marks: dict[str, str] = signing.loads(
            request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=LASTS_S
        )
        return marks
    except signing.BadSignature:
        return {}


def _note_owner(request: HttpRequest | None, user: User, **_rest: Any) -> None:
    if request is not None and not user.is_guest:
        will_know_device(request, user)


for happened in (user_logged_in, password_changed, password_reset, password_set):
    happened.connect(_note_owner, dispatch_uid="known device")
