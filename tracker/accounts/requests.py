"""What a request is once its middleware has run, for those who read the code and its types."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from tracker.accounts.models import User


class AccountRequest(HttpRequest):
    """The request of a page that only a signed-in account (or guest) opens."""

    user: User
    htmx: HtmxDetails
