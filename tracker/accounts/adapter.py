"""How signing up and signing in behave here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from tracker.accounts.guests import bring_along
from tracker.accounts.models import User
from tracker.accounts.waiting import IS_GUEST_BROUGHT, set_aside, take_waiting


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return settings.OPEN_SIGNUP

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        """The password (or passkey) was right; a second factor may still be asked for."""
        refused = super().pre_login(request, user, **kwargs)
        if refused is None:
            set_aside(request, user)
        return refused

    def login(self, request: HttpRequest, user: User) -> None:
        """All factors are given; what a guest logged in this browser comes along unless they said
        no, and a demo person's copy never does."""
        set_aside(request, user)
        guest = take_waiting(request)
        is_brought = request.session.pop(IS_GUEST_BROUGHT, True)
        super().login(request, user)
        if guest is None:
            return
        if guest.demo or not is_brought:
            guest.delete()
            return
        bring_along(guest, user)
        messages.success(request, _("What you logged as a guest is now in your own diary."))
