"""Finds the diary that a request is about."""

from collections.abc import Callable
from typing import cast

from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.functional import SimpleLazyObject
from django_htmx.http import HttpResponseClientRedirect

from tracker.accounts.guests import note_activity
from tracker.accounts.models import User
from tracker.memo.store import begin_request
from tracker.profiles.current import current_profile
from tracker.profiles.models import Profile
from tracker.profiles.requests import DiaryRequest


class ProfileMiddleware:
    """Set the person's profile on the request, and activate the person's time zone."""

    def __init__(self, get_response: Callable[[DiaryRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: DiaryRequest) -> HttpResponse:
        begin_request()
        request.profile = cast(Profile, SimpleLazyObject(lambda: current_profile(request)))
        with timezone.override(None):
            response = self.get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            add_never_cache_headers(response)  # Back must not show a diary after sign-out
        return response

    def process_view(self, request: DiaryRequest, *_view: object) -> HttpResponse | None:
        """Only at this point is the person known to be signed in (login is the default)."""
        try:
            is_known = request.user.is_authenticated and bool(request.profile)
        except User.DoesNotExist:
            return _signed_out(request)
        if is_known:
            timezone.activate(request.profile.zone)
            note_activity(request.user, request.profile.today())
        return None

    def process_exception(self, request: DiaryRequest, error: Exception) -> HttpResponse | None:
        """Ask to sign in if another tab deleted the account while this one wrote to it."""
        if not isinstance(error, DatabaseError | ObjectDoesNotExist):
            return None
        user = request.user
        is_gone = user.is_authenticated and not User.objects.filter(pk=user.pk).exists()
        return _signed_out(request) if is_gone else None


def _signed_out(request: DiaryRequest) -> HttpResponse:
    address = reverse("account_login")
    return HttpResponseClientRedirect(address) if request.htmx else redirect(address)
