"""The type of a request once the middleware has run."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from tracker.accounts.models import User


class AccountRequest(HttpRequest):
    """A request for a page that only a signed-in account (or guest) can open."""

    user: User
    htmx: HtmxDetails
