"""How signing up and signing in behave here."""

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.accounts import guessing, names, passwords
from tracker.accounts.addresses import client_address
from tracker.accounts.guests import bring_along, delete_guest, make_lasting
from tracker.accounts.models import User
from tracker.accounts.paths import is_local_path
from tracker.accounts.refusals import guesses_refused
from tracker.accounts.waiting import (
    IS_GUEST_BROUGHT,
    begin_again,
    set_aside,
    step_aside,
    take_waiting,
)

logger = logging.getLogger(__name__)

ASKED_FOR_BY_STRANGERS = {"account/email/password_reset_key", "account/email/unknown_account"}
AWAITED = ASKED_FOR_BY_STRANGERS | {
    "account/email/email_confirmation",
    "account/email/email_confirmation_signup",
}
"""Mails that somebody is waiting for. The others are notices."""
SIGNED_OUT = "account/messages/logged_out.txt"


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "duplicate_email": gettext_lazy("This address is already in your account."),
        "enter_current_password": gettext_lazy("This is not your current password."),
        "incorrect_code": gettext_lazy("This code is wrong or no longer valid."),
        "incorrect_password": gettext_lazy("This is not your password."),
        "username_taken": gettext_lazy(
            "This name is taken or looks too similar to one that is. Choose another one."
        ),
        "username_reserved": gettext_lazy(
            "This name is reserved for the site itself. Choose another one."
        ),
        "username_invisible": gettext_lazy(
            "This name contains invisible characters. Type it again without them."
        ),
        "username_mixed": gettext_lazy(
            "This name mixes letters from different alphabets. Use only one alphabet."
        ),
        "username_password_mismatch": gettext_lazy("This name and this password do not match."),
        "password_too_long": passwords.TOO_LONG % {"most": passwords.MOST_CHARACTERS},
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return settings.OPEN_SIGNUP

    def is_safe_url(self, url: str | None) -> bool:
        """Redirect only to paths of this site, by ``next`` or otherwise."""
        return url is not None and is_local_path(url)

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        """The password (or passkey) was right; a second factor may still be required."""
        refused = super().pre_login(request, user, **kwargs)
        if refused is None:
            set_aside(request, user)
        return refused

    def login(self, request: HttpRequest, user: User) -> None:
        """All factors are given. Sign-in and moving the guest's diary are one transaction: if one
        fails, neither has happened and the guest is still signed in."""
        try:
            with transaction.atomic():
                news = self._login(request, user)
                request.session.save()
        except DatabaseError as error:
            # Its text is not logged: PostgreSQL quotes the refused row, with what somebody ate.
            logger.error("A guest could not sign in to an account: %s", type(error).__name__)
            begin_again(request)
            raise ImmediateHttpResponse(_not_yet_signed_in(request)) from error
        if news:
            messages.info(request, news)

    def _login(self, request: HttpRequest, user: User) -> str:
        """Bring along what a guest logged in this browser, unless they declined; a demo person's
        copy is never brought along. Return the message about it."""
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
        guest = User.objects.filter(pk=guest.pk).first()
        if guest is None:
            return ""  # the form was sent twice, and the other request brought the diary along
        text = _(
            "The diary that was open here belongs to the account %(name)s and stays there. "
            "Nothing in it was moved or deleted."
        )
        return text % {"name": guest.username}

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """In this project's words: allauth's security key is a passkey to most people."""
        names = {
            "reauthenticate": _("Use the password"),
            "mfa_reauthenticate": _("Use a one-time code or a recovery code"),
            "mfa_reauthenticate:webauthn": _("Use the passkey or security key"),
        }
        ways = super().get_reauthentication_methods(user)
        return [way | {"description": names.get(way["id"], way["description"])} for way in ways]

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """The first confirmed address replaces one that was never confirmed."""
        is_confirmed = super().confirm_email(request, email_address)
        user = email_address.user
        unconfirmed = EmailAddress.objects.filter(user=user, primary=True, verified=False).first()
        if is_confirmed and unconfirmed is not None:
            email_address.set_as_primary()
            emails = {"from_email": unconfirmed.email, "to_email": email_address.email}
            self.send_notification_mail(
                "account/email/email_changed", user, emails, email=unconfirmed.email
            )
        return is_confirmed

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send nothing without a mail server; report a failure of the server."""
        if not settings.SENDS_MAIL:
            return
        try:
            super().send_mail(template_prefix, email, context)
        except OSError as error:  # includes smtplib's own errors
            logger.error("A mail could not be sent: %s", type(error).__name__)
            if template_prefix in AWAITED:
                text = _("The e-mail could not be sent. Please try again later.")
                messages.error(self.request, text)
            if template_prefix in ASKED_FOR_BY_STRANGERS:
                raise ImmediateHttpResponse(redirect("account_reset_password")) from error

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Notify every confirmed address of the owner, and the given one."""
        confirmed = EmailAddress.objects.filter(user=user, verified=True)
        for address in sorted({*confirmed.values_list("email", flat=True), email} - {None, ""}):
            super().send_notification_mail(template_prefix, user, context, email=address)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account")

    def logout(self, request: HttpRequest) -> None:
        """A link from an e-mail signs out any other account; a guest is only set aside."""
        if not step_aside(request):
            super().logout(request)

    def add_message(self, request: HttpRequest, level: int, *what: Any, **more: Any) -> None:
        """Do not say that a guest who was only set aside is signed out."""
        if SIGNED_OUT in what and request.user.is_authenticated and request.user.is_guest:
            text = _("Your guest diary is not lost. You can open it again from the sign-in page.")
            messages.info(request, text)
        else:
            super().add_message(request, level, *what, **more)

    # --- names

    def clean_username(self, username: str, shallow: bool = False) -> str:
        if names.has_invisible(username):
            raise self.validation_error("username_invisible")
        username = super().clean_username(names.tidy(username), shallow=True)
        if names.mixes_scripts(username):
            raise self.validation_error("username_mixed")
        if names.is_reserved(username):
            raise self.validation_error("username_reserved")
        if not shallow and is_taken(username):
            raise self.validation_error("username_taken")
        return username

    # --- guesses

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Check a password, at sign-in or when it is asked for again."""
        if len(credentials.get("password") or "") > passwords.MOST_CHARACTERS:
            raise self.validation_error("password_too_long")
        account = guessing.account_named(credentials.get("username") or "")
        if account is not None:
            credentials["username"] = account.username
        return super().authenticate(request, **credentials)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            self._guess = guessing.count_guess(request, credentials.get("username") or "")
        except guessing.Refused as refused:
            raise ValidationError(
                guesses_refused(refused.wait_s), "too_many_login_attempts"
            ) from None

    def _rollback_login_failed_rl_usage(self) -> None:
        guessing.roll_back(self._guess)


def is_taken(username: str) -> bool:
    same = Q(name_key=names.name_key(username)) | Q(username__iexact=username)
    same |= Q(capital_key=names.capital_key(username))
    return User.objects.filter(same).exists()


def _not_yet_signed_in(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        text = _(
            "You are not signed in yet, because what you logged as a guest could not be moved. "
            "Nothing is lost, and you are still a guest. Try again in a moment."
        )
    else:
        text = _("You could not be signed in. Try again in a moment.")
    messages.error(request, text)
    return redirect("account_login")
