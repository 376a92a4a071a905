"""A guest on the way into an account: set aside while the factors are asked for, then brought
along, or called back where the person gives up.

allauth shows the page of the second factor to nobody who is signed in, so the guest has to step
out of the session in between; the session remembers whose diary it was.
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
    """Let a signed-in guest wait while somebody signs in to an account."""
    if request.user.pk != account.pk:
        step_aside(request)


def step_aside(request: HttpRequest) -> bool:
    """Let a signed-in guest wait; say whether there was one."""
    user = request.user
    if not user.is_authenticated or not user.is_guest:
        return False
    for key in (SESSION_KEY, BACKEND_SESSION_KEY, HASH_SESSION_KEY):
        request.session.pop(key, None)
    request.session[WAITING_GUEST] = user.pk
    request.user = AnonymousUser()
    return True


def take_waiting(request: HttpRequest) -> User | None:
    """Return the guest who waits in this session, if any; nobody waits afterwards."""
    pk = request.session.pop(WAITING_GUEST, None)
    return None if pk is None else User.objects.filter(pk=pk, is_guest=True).first()


def call_back(request: HttpRequest) -> bool:
    """Let the waiting guest into the session again; say whether there was one.

    The session keeps its key: it was the guest's before, and of two requests at once the second
    would find no session under the old one.
    """
    if request.user.is_authenticated or WAITING_GUEST not in request.session:
        return False
    guest = take_waiting(request)
    request.session.pop(IS_GUEST_BROUGHT, None)  # asked again the next time
    if guest is None:
        return False
    request.session[SESSION_KEY] = str(guest.pk)
    request.session[BACKEND_SESSION_KEY] = BACKEND
    request.session[HASH_SESSION_KEY] = guest.get_session_auth_hash()
    request.user = guest
    return True


def calls_back(view: View) -> View:
    """Let a guest who waits in this session ask: whoever signs in anew would leave them behind."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        call_back(request)
        return view(request, *args, **kwargs)

    return answered


def begin_again(request: HttpRequest) -> None:
    """Go back to the session as it is kept, from before a sign-in that was undone."""
    request.session = type(request.session)(request.COOKIES.get(settings.SESSION_COOKIE_NAME))
    request.user = get_user(request)
    call_back(request)
