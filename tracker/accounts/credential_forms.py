"""What people type about how they sign in: allauth's forms in this project's words."""

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
from django.utils.translation import gettext_lazy as _


class InOurWords:
    """Labels of this project, and no placeholders, which vanish while one types."""

    labels: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            field.label = self.labels.get(name, field.label)
            field.widget.attrs.pop("placeholder", None)


NEW_PASSWORDS = {"password1": _("New password"), "password2": _("Repeat the new password")}


class ProofForm(InOurWords, ReauthenticateForm):
    labels = {"password": _("Password")}


class NewPasswordForm(InOurWords, ChangePasswordForm):
    labels = {"oldpassword": _("Current password")} | NEW_PASSWORDS


class FirstPasswordForm(InOurWords, SetPasswordForm):
    labels = NEW_PASSWORDS


class ReplacedPasswordForm(InOurWords, ResetPasswordKeyForm):
    labels = NEW_PASSWORDS


class AddAddressForm(InOurWords, AddEmailForm):
    labels = {"email": _("E-mail address")}


class ForgottenPasswordForm(InOurWords, ResetPasswordForm):
    """Only an address that its owner has confirmed gets a link. The answer is the same for all."""

    labels = {"email": _("E-mail address")}

    def clean_email(self) -> str:
        email = super().clean_email()
        confirmed = EmailAddress.objects.filter(email=email, verified=True)
        owners = set(confirmed.values_list("user", flat=True))
        self.users = [user for user in self.users if user.pk in owners]
        return email
