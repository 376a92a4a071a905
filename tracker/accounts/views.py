"""Trying, keeping, signing in and out, managing and deleting an account."""

from allauth.account import views as allauth_views
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.account.utils import setup_user_email
from allauth.core.ratelimit import consume_or_429
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import views as totp_views
from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from tracker.accounts.devices import known_device, will_know_device
from tracker.accounts.forms import DeleteAccountForm, KeepForm
from tracker.accounts.guessing import account_named
from tracker.accounts.guests import (
    KeptAlready,
    delete_account,
    delete_guest,
    keep_guest,
    make_guest,
    purge_idle_guests,
)
from tracker.accounts.models import User
from tracker.accounts.requests import AccountRequest
from tracker.accounts.waiting import BACKEND, call_back, calls_back

PURGED_AT_ONCE = 20
LONGEST_ZONE = 60


@login_not_required
@calls_back
def sign_in(request: HttpRequest) -> HttpResponse:
    """The first page for a stranger. Guests may sign in to an existing account."""
    if request.user.is_authenticated and not request.user.is_guest:
        return redirect("today")
    if request.method == "POST" and (refused := _count_sign_in(request)):
        return refused
    return allauth_views.login(request)


@transaction.atomic
def codes_on(request: AccountRequest) -> HttpResponse:
    """Turn on one-time codes; a form sent twice leads to the recovery codes of the first."""
    User.objects.select_for_update(no_key=True).get(pk=request.user.pk)
    if is_mfa_enabled(request.user, [Authenticator.Type.TOTP]):
        return redirect("mfa_view_recovery_codes" if request.method == "POST" else "mfa_index")
    return totp_views.activate_totp(request)


def _count_sign_in(request: HttpRequest) -> HttpResponse | None:
    """A browser known to the account is limited only by its own wrong guesses, whoever else
    shares its address."""
    account = account_named(request.POST.get("login", "").strip())
    if known_device(request, account):
        return None
    return consume_or_429(request, action="sign_in")


@login_not_required
@calls_back
def sign_up(request: HttpRequest) -> HttpResponse:
    user = request.user
    if user.is_authenticated and not user.demo:
        return redirect("claim" if user.is_guest else "today")
    try:
        return allauth_views.signup(request)
    except IntegrityError:
        # Somebody took the name between the check and the save: now the form says so.
        return allauth_views.signup(request)


@login_not_required
def sign_out(request: HttpRequest) -> HttpResponse:
    """A guest is asked first, whichever button was used, because a guest cannot sign in again.

    allauth's "Cancel" on the page of the second factor leads here too: the guest continues.
    """
    if request.method == "POST" and call_back(request):
        return redirect("account_login")
    user = request.user
    if not user.is_authenticated or not user.is_guest:
        return allauth_views.logout(request)
    if request.method == "POST" and "leave" in request.POST:
        logout(request)
        if delete_guest(user):
            messages.success(request, _("You have left. What you logged as a guest was deleted."))
        else:
            messages.info(request, _("This diary now belongs to an account. Nothing was deleted."))
        return redirect("account_login")
    return render(request, "account/leave.html")


@login_not_required
@require_POST
@calls_back
def try_it(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated and not request.user.demo:
        return redirect("today")
    if not settings.OPEN_SIGNUP:
        messages.error(request, _("This site does not accept new accounts at the moment."))
        return redirect("account_login")
    if refused := consume_or_429(request, action="try"):
        return refused
    today = localdate()
    purge_idle_guests(today, most=PURGED_AT_ONCE)
    leave_demo(request)
    login(request, make_guest(today), backend=BACKEND)
    request.session["tried_in_zone"] = request.POST.get("time_zone", "")[:LONGEST_ZONE]
    return redirect("today")


def leave_demo(request: HttpRequest) -> None:
    """Delete this browser's copy of a demo person, if any."""
    user = request.user
    if user.is_authenticated and user.demo:
        logout(request)
        delete_guest(user)


@never_cache
def claim(request: AccountRequest) -> HttpResponse:
    """Keep a guest's diary: a name and a password on the same account."""
    if not request.user.is_guest:
        if request.method == "POST":
            told = _("This diary already belongs to the account %(name)s. Nothing was changed.")
            messages.info(request, told % {"name": request.user.username})
        return redirect("account")
    if request.user.demo:
        return redirect("account_signup")
    if not settings.OPEN_SIGNUP:
        return render(request, "account/signup_closed.html")
    form = KeepForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if refused := consume_or_429(request, action="signup"):
            return refused
        if form.is_valid() and _keep(request, form):
            messages.success(request, _("This diary is yours now. Nothing was moved or lost."))
            return redirect("today")
        if not User.objects.filter(pk=request.user.pk, is_guest=True).exists():
            form.errors.clear()  # "taken" would be about the person's own name
            form.add_error(None, _("This diary was kept or deleted a moment ago in another tab."))
    return render(request, "account/claim.html", {"form": form})


def _keep(request: AccountRequest, form: KeepForm) -> bool:
    data = form.cleaned_data
    try:
        with transaction.atomic():
            user = keep_guest(
                request.user, data["username"], data["password1"], data.get("email") or ""
            )
            address = setup_user_email(request, user, [])
    except IntegrityError:
        form.add_error("username", get_adapter().validation_error("username_taken"))
        return False
    except KeptAlready:
        return False
    update_session_auth_hash(request, user)
    will_know_device(request, user)
    UserSession.objects.create_from_request(request)  # no sign-in has updated it
    if address is not None:
        address.send_confirmation(request, signup=True)
    return True


def account(request: AccountRequest) -> HttpResponse:
    kinds = list(Authenticator.objects.filter(user=request.user).values_list("type", flat=True))
    confirmed = EmailAddress.objects.filter(user=request.user, verified=True)
    context = {
        "is_confirmed": confirmed.filter(email=request.user.email).exists(),
        "passkey_count": kinds.count(Authenticator.Type.WEBAUTHN),
        "has_codes": Authenticator.Type.TOTP in kinds,
        "has_recovery_codes": Authenticator.Type.RECOVERY_CODES in kinds,
        "session_count": len(UserSession.objects.purge_and_list(request.user)),
    }
    return render(request, "account/account.html", context)


@never_cache
def account_delete(request: AccountRequest) -> HttpResponse:
    form = DeleteAccountForm(request.POST if request.method == "POST" else None, user=request.user)
    if request.method == "POST":
        if refused := consume_or_429(request, action="reauthenticate"):
            return refused
        if form.is_valid():
            _delete_account(request)
            messages.success(
                request, _("Your account and everything you logged have been deleted.")
            )
            return redirect("account_login")
    return render(request, "account/delete.html", {"form": form})


def _delete_account(request: AccountRequest) -> None:
    """End all sessions, then delete the account; its profiles and diary go with it."""
    user = request.user
    for session in UserSession.objects.filter(user=user):
        session.end()
    logout(request)
    delete_account(user)
