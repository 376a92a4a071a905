"""E-mails to the owner about changes that allauth does not report."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.account.signals import email_added, email_removed
from django.dispatch import receiver
from django.http import HttpRequest

from tracker.accounts.models import User


@receiver(email_added, dispatch_uid="tell-of-an-added-address")
def tell_of_an_added_address(
    request: HttpRequest, user: User, email_address: EmailAddress, **_more: Any
) -> None:
    adapter = get_adapter(request)
    adapter.send_notification_mail(
        "account/email/email_added", user, {"added_email": email_address.email}
    )


@receiver(email_removed, dispatch_uid="tell-a-removed-address")
def tell_a_removed_address(request: HttpRequest, email_address: EmailAddress, **_more: Any) -> None:
    """allauth notifies the remaining addresses; this may have been the only one."""
    if email_address.verified:
        address = email_address.email
        context = {"deleted_email": address}
        get_adapter(request).send_mail("account/email/email_deleted", address, context)
