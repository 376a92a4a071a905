"""Who may open the pages that change how somebody signs in.

Anybody may open the OPEN ones. The LASTING ones need an account that is not a guest: a guest who
set a password there would still be a guest, and would be purged. The PROVEN ones also need recent
proof that the user is the owner: the password, a code or a passkey. Any other page of allauth is
treated as PROVEN.
"""

from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from allauth.core.exceptions import ReauthenticationRequired
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from tracker.accounts.requests import AccountRequest

OPEN = frozenset(
    {
        "account_confirm_email",
        "account_confirm_login_code",
        "account_email_verification_sent",
        "account_inactive",
        "account_login",
        "account_logout",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "account_signup",
        "mfa_authenticate",
        "mfa_login_webauthn",
    }
)
REAUTHENTICATION = frozenset(
    {"account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"}
)
LASTING = REAUTHENTICATION | {"mfa_index", "mfa_list_webauthn"}
PROVEN = frozenset(
    {
        "account_change_password",
        "account_delete",
        "account_email",
        "account_set_password",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_deactivate_totp",
        "mfa_download_recovery_codes",
        "mfa_edit_webauthn",
        "mfa_generate_recovery_codes",
        "mfa_remove_webauthn",
        "mfa_view_recovery_codes",
        "usersessions_list",
    }
)
ASK_FOR_THE_PASSWORD = frozenset({"account_change_password", "account_delete"})
"""Pages whose own form asks for the password, if the account has one."""
ALLAUTH_ROUTE = "accounts/"


def stop(request: AccountRequest) -> HttpResponse | None:
    """Return a redirect for somebody who may not (yet) open the page of this request."""
    match = request.resolver_match
    if match is None or match.url_name in OPEN or not request.user.is_authenticated:
        return None
    name = match.url_name
    if not match.route.startswith(ALLAUTH_ROUTE):
        return _unproven(request, name) if name in PROVEN else None
    if request.user.is_guest:
        return _to_a_lasting_account(request)
    if name in REAUTHENTICATION:
        return _nothing_to_prove_it_with(request)
    return None if name in LASTING else _unproven(request, name)


def _to_a_lasting_account(request: AccountRequest) -> HttpResponse:
    if request.user.demo:
        text = _("This is a demo diary and cannot be kept. Sign up to start your own.")
        messages.info(request, text)
        return redirect("account_signup")
    text = _(
        "Keep this diary first, with a name and a password. After that you can change how you "
        "sign in."
    )
    messages.info(request, text)
    return redirect("claim")


def _nothing_to_prove_it_with(request: AccountRequest) -> HttpResponse | None:
    if get_adapter().get_reauthentication_methods(request.user):
        return None
    messages.info(
        request, _("Your account has no password and no passkey yet. Set a password first.")
    )
    return redirect("account")


def _unproven(request: AccountRequest, name: str | None) -> HttpResponse | None:
    """Posted data is not kept meanwhile, as it may contain a password."""
    if name in ASK_FOR_THE_PASSWORD and request.user.has_usable_password():
        return None
    if is_proven(request):
        return None
    if request.method == "POST":
        text = _("Nothing has been changed yet. Confirm that it is you, then try again.")
        messages.warning(request, text)
    way = get_adapter().get_reauthentication_methods(request.user)[0]["url"]
    return redirect(f"{way}?{urlencode({'next': request.path})}")


def is_proven(request: AccountRequest) -> bool:
    """Return whether the owner gave proof recently, or has no means of proof."""
    try:
        _needs_proof(request)
    except ReauthenticationRequired:
        return False
    return True


@reauthentication_required
def _needs_proof(_request: AccountRequest) -> None:
    """Stands for any view of allauth that asks for proof."""
