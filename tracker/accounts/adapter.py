"""How signing up and signing in behave here."""

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.contrib import messages
from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from tracker.accounts.guests import bring_along, delete_guest, make_lasting
from tracker.accounts.models import User
from tracker.accounts.waiting import (
    IS_GUEST_BROUGHT,
    begin_again,
    set_aside,
    step_aside,
    take_waiting,
)

logger = logging.getLogger(__name__)


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
        """All factors are given. Signing in and bringing the guest's diary along are one step:
        where one fails, neither has happened and the guest is still signed in."""
        try:
            with transaction.atomic():
                news = self._login(request, user)
                request.session.save()
        except DatabaseError as error:
            # Not its text: PostgreSQL writes the row that it refused, with what somebody ate.
            logger.error("A guest could not sign in to an account: %s", type(error).__name__)
            begin_again(request)
            raise ImmediateHttpResponse(_not_yet_signed_in(request)) from error
        if news:
            messages.info(request, news)

    def _login(self, request: HttpRequest, user: User) -> str:
        """What a guest logged in this browser comes along unless they said no; a demo person's
        copy never does. Return what there is to say of it."""
        set_aside(request, user)
        guest = take_waiting(request)
        is_brought = request.session.pop(IS_GUEST_BROUGHT, True)
        if user.is_guest:
            make_lasting(User.objects.filter(pk=user.pk))
        super().login(request, user)
        if guest is None:
            return ""
        is_brought = is_brought and not guest.demo
        if bring_along(guest, user) if is_brought else delete_guest(guest):
            is_told = _("What you logged as a guest is now in your own diary.")
            return is_told if is_brought else ""
        guest.refresh_from_db()
        text = _(
            "The diary that was open here belongs to the account %(name)s "
            "and stays there; nothing of it was moved or deleted."
        )
        return text % {"name": guest.username}

    def logout(self, request: HttpRequest) -> None:
        """A link from a mail signs out whoever is signed in as another; a guest only waits."""
        if not step_aside(request):
            super().logout(request)


def _not_yet_signed_in(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        text = _(
            "You are not signed in yet, because what you logged as a guest could not be moved. "
            "Nothing is lost: you are still the guest. Try again in a moment."
        )
    else:
        text = _("You could not be signed in just now. Try again in a moment.")
    messages.error(request, text)
    return redirect("account_login")
