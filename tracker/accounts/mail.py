"""Pages about addresses and mail, wrapped around allauth's: a site may have no mail server."""

from http import HTTPStatus

from allauth.account import views as allauth_views
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _


def email(request: HttpRequest) -> HttpResponse:
    if request.method == "POST" and (reason := _reason_against(request)):
        messages.error(request, reason)
        return redirect("account_email")
    return allauth_views.email(request)


def _reason_against(request: HttpRequest) -> str:
    """allauth would let an unconfirmed address become the main one."""
    if not settings.SENDS_MAIL and {"action_add", "action_send"} & set(request.POST):
        return _("This site cannot send e-mail, so nothing was added or sent.")
    if "action_primary" not in request.POST:
        return ""
    confirmed = EmailAddress.objects.filter(user=request.user, verified=True)
    if request.POST.get("email", "").lower() in confirmed.values_list("email", flat=True):
        return ""
    return _("Confirm this address first: open the link in the e-mail that was sent there.")


@login_not_required
def password_reset(request: HttpRequest) -> HttpResponse:
    """Without a mail server this page has no form and takes no POST; it says what to do."""
    if settings.SENDS_MAIL:
        return allauth_views.password_reset(request)
    if request.method in ("GET", "HEAD"):
        return render(request, "account/password_reset.html")
    response = render(request, "account/password_reset.html", status=HTTPStatus.METHOD_NOT_ALLOWED)
    response["Allow"] = "GET, HEAD"
    return response


@login_not_required
def password_reset_done(request: HttpRequest) -> HttpResponse:
    if not settings.SENDS_MAIL:
        return redirect("account_reset_password")
    return allauth_views.password_reset_done(request)


@login_not_required
def email_verification_sent(request: HttpRequest) -> HttpResponse:
    if not settings.SENDS_MAIL:
        return redirect("account_login")
    return allauth_views.email_verification_sent(request)
