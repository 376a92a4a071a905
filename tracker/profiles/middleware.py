"""Which diary a request is about."""

from collections.abc import Callable
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.functional import SimpleLazyObject

from tracker.accounts.guests import note_activity
from tracker.profiles.current import current_profile
from tracker.recall.store import begin_request


class ProfileMiddleware:
    """Put the person's profile on the request, and the person's time zone in force."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        begin_request()
        request.profile = SimpleLazyObject(lambda: current_profile(request))
        with timezone.override(None):
            response = self.get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            add_never_cache_headers(response)  # Back must not show a diary after signing out
        return response

    def process_view(self, request: HttpRequest, *_view: object) -> None:
        """Only now is it known that the person is signed in (login is the default)."""
        if request.user.is_authenticated and request.profile:
            timezone.activate(zone_of(request.profile.time_zone))
            note_activity(request.user, timezone.localdate())


def zone_of(name: str) -> ZoneInfo:
    """Return a time zone, UTC where this machine does not know the name (any more)."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
