"""What the catalogue's pages know about the user: the catalogue knows nothing of diaries."""

from typing import Any, Protocol

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails


class Eater(Protocol):
    """Somebody with a diet."""

    @property
    def diet_now(self) -> str: ...


class FoodRequest(HttpRequest):
    """A request for a page that requires sign-in; ``user`` is the account."""

    user: Any
    profile: Eater
    htmx: HtmxDetails
