"""A guest who signs in to an account: set aside while the factors are asked for, then brought
along, or restored if the person gives up.

allauth does not show the page of the second factor to a signed-in user, so the guest leaves the
session in between; the session remembers whose diary it was.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth import (
    BACKEND_SESSION_KEY,
    HASH_SESSION_KEY,
    SESSION_KEY,
    get_user,
)
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse

from tracker.accounts.models import User

WAITING_GUEST = "waiting_guest"
IS_GUEST_BROUGHT = "is_guest_brought"
"""What the guest answered on the sign-in page."""
View = Callable[..., HttpResponse]
BACKEND = "django.contrib.auth.backends.ModelBackend"


def set_aside(request: HttpRequest, account: User) -> None:
    """Set a signed-in guest aside while somebody signs in to an account."""
    if request.user.pk != account.pk:
        step_aside(request)


def step_aside(request: HttpRequest) -> bool:
    """Set a signed-in guest aside; return whether there was one."""
    user = request.user
    if not user.is_authenticated or not user.is_guest:
        return False
    for key in (SESSION_KEY, BACKEND_SESSION_KEY, HASH_SESSION_KEY):
        request.session.pop(key, None)
    request.session[WAITING_GUEST] = user.pk
    request.user = AnonymousUser()
    return True


def take_waiting(request: HttpRequest) -> User | None:
    """Return the guest set aside in this session, if any, and forget it there."""
    pk = request.session.pop(WAITING_GUEST, None)
    return None if pk is None else User.objects.filter(pk=pk, is_guest=True).first()


def call_back(request: HttpRequest) -> bool:
    """Restore the guest in the session; return whether there was one.

    The session keeps its key: it was the guest's before, and the second of two requests at once
    would find no session under the old key.
    """
    if request.user.is_authenticated or WAITING_GUEST not in request.session:
        return False
    guest = take_waiting(request)
    request.session.pop(IS_GUEST_BROUGHT, None)  # asked again next time
    if guest is None:
        return False
    request.session[SESSION_KEY] = str(guest.pk)
    request.session[BACKEND_SESSION_KEY] = BACKEND
    request.session[HASH_SESSION_KEY] = guest.get_session_auth_hash()
    request.user = guest
    return True


def calls_back(view: View) -> View:
    """Restore a guest set aside in this session first; another sign-in would lose the guest."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        call_back(request)
        return view(request, *args, **kwargs)

    return answered


def begin_again(request: HttpRequest) -> None:
    """Go back to the stored session, from before a sign-in that was rolled back."""
    request.session = type(request.session)(request.COOKIES.get(settings.SESSION_COOKIE_NAME))
    request.user = get_user(request)
    call_back(request)
