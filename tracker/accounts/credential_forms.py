"""Forms about how people sign in: allauth's, in this project's words."""

from collections.abc import Callable
from typing import Any

from allauth.account.forms import (
    AddEmailForm,
    ChangePasswordForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SetPasswordForm,
)
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from tracker.accounts.models import User


class InOurWords:
    """This project's labels, and no placeholders, which vanish as you type."""

    labels: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            field.label = self.labels.get(name, field.label)
            field.widget.attrs.pop("placeholder", None)


CHANGED_AT_ONCE = _(
    "Your password was changed in another window at the same time, so this one was not saved."
)
NEW_PASSWORDS = {"password1": _("New password"), "password2": _("Repeat the new password")}


def save_once(user: User, save: Callable[[], None], way_on: str) -> None:
    """Save a new password, unless another was saved since the account was read."""
    with transaction.atomic():
        stored = User.objects.select_for_update().filter(pk=user.pk, password=user.password)
        if stored.first() is None:
            messages.error(context.request, CHANGED_AT_ONCE)
            raise ImmediateHttpResponse(redirect(way_on))
        save()


class OneAtATime:
    """If two new passwords are sent at once, one is saved and the other sender is told."""

    user: Any
    way_on = "account_change_password"

    def save(self) -> None:
        save_once(self.user, super().save, self.way_on)  # type: ignore[misc]


class ProofForm(InOurWords, ReauthenticateForm):
    labels = {"password": _("Password")}


class NewPasswordForm(OneAtATime, InOurWords, ChangePasswordForm):
    labels = {"oldpassword": _("Current password")} | NEW_PASSWORDS


class FirstPasswordForm(OneAtATime, InOurWords, SetPasswordForm):
    labels = NEW_PASSWORDS


class ReplacedPasswordForm(OneAtATime, InOurWords, ResetPasswordKeyForm):
    way_on = "account_login"
    labels = NEW_PASSWORDS


class AddAddressForm(InOurWords, AddEmailForm):
    labels = {"email": _("E-mail address")}


class ForgottenPasswordForm(InOurWords, ResetPasswordForm):
    """Only a confirmed address gets a link. The answer is the same for every address."""

    labels = {"email": _("E-mail address")}
    users: list[User]

    def clean_email(self) -> str:
        email = super().clean_email()
        confirmed = EmailAddress.objects.filter(email=email, verified=True)
        owners = set(confirmed.values_list("user", flat=True))
        self.users = [user for user in self.users if user.pk in owners]
        return email
