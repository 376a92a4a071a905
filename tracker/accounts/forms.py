"""Forms about the account."""

from typing import Any

from allauth.account.forms import LoginForm, SignupForm
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from tracker.accounts import guessing
from tracker.accounts.models import User
from tracker.accounts.refusals import codes_refused
from tracker.accounts.waiting import IS_GUEST_BROUGHT


class SignInForm(LoginForm):
    """allauth's form; a guest is also asked what to do with the diary begun in this browser."""

    bring_diary = forms.BooleanField(
        label=_("Bring what I logged as a guest with me"),
        help_text=_("If you do not tick this, it is deleted when you sign in."),
        required=False,
        initial=True,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("User name")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
        user = self.request.user
        if not user.is_authenticated or not user.is_guest or user.demo:
            del self.fields["bring_diary"]

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        request.session[IS_GUEST_BROUGHT] = self.cleaned_data.get("bring_diary", True)
        return super().login(request, redirect_url=redirect_url)


class SignUpForm(SignupForm):
    """allauth's form in this project's words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("User name")
        self.fields["password1"].label = _("Password")
        self.fields["password2"].label = _("Repeat the password")
        self.fields["email"].label = _("E-mail (optional)")
        self.fields["email"].help_text = _(
            "Only used if you forget your password. An e-mail with a link is sent there to "
            "confirm it."
        )
        if not settings.SENDS_MAIL:
            del self.fields["email"]
        self.order_fields(["username", "password1", "password2", "email"])
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class KeepForm(SignUpForm):
    """The name and password with which a guest keeps the diary. The form saves nothing."""


class CodeLimits:
    """Counts wrong codes like wrong passwords, so that nobody can lock the owner out."""

    user: User

    def clean_code(self) -> str:
        try:
            counted = guessing.count_code(context.request, self.user)
        except guessing.Refused as refused:
            raise forms.ValidationError(
                codes_refused(refused.wait_s), "too_many_login_attempts"
            ) from None
        code: str = super().clean_code()  # type: ignore[misc]  # of allauth's form beside it
        guessing.roll_back(counted)
        return code


class CodeForm(CodeLimits, AuthenticateForm):
    """Asks for a one-time or recovery code after the password."""


class CodeAgainForm(CodeLimits, ReauthenticateForm):
    """Asks for a code before a sensitive change."""


class DeleteAccountForm(forms.Form):
    """Asks for confirmation: the password, the name or, from a guest, a tick."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        if user.is_guest:
            self.fields["is_sure"] = forms.BooleanField(label=_("Yes, delete everything I logged"))
        elif user.has_usable_password():
            self.fields["password"] = forms.CharField(
                label=_("Your password"),
                max_length=1000,
                widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
                strip=False,
            )
        else:
            self.fields["username"] = forms.CharField(
                label=_("Your user name, to confirm"), max_length=150
            )

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        if not self.user.check_password(password):
            raise forms.ValidationError(_("This is not your password. Nothing was deleted."))
        return password

    def clean_username(self) -> str:
        username = self.cleaned_data["username"]
        if username != self.user.username:
            raise forms.ValidationError(_("This is not your user name. Nothing was deleted."))
        return username
