"""How signing up and signing in behave here."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from tracker.accounts.guests import bring_along
from tracker.accounts.models import User

IS_GUEST_BROUGHT = "is_guest_brought"
"""Session key: what a guest answered on the sign-in page, kept over the second factor."""


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return settings.OPEN_SIGNUP

    def login(self, request: HttpRequest, user: User) -> None:
        """Sign in; what a guest logged in this browser comes along unless they said no.

        Called once all factors are given. Django then flushes the guest's session, so the guest is
        looked up before.
        """
        guest = User.objects.filter(pk=request.user.pk, is_guest=True).exclude(pk=user.pk).first()
        is_brought = request.session.get(IS_GUEST_BROUGHT, True)
        super().login(request, user)
        if guest is None:
            return
        if guest.demo or not is_brought:
            guest.delete()
            return
        bring_along(guest, user)
        messages.success(request, _("What you logged as a guest is now in your own diary."))
