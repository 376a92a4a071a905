"""What the catalogue's pages know of whoever asks: the catalogue knows nothing of diaries."""

from typing import Any, Protocol

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails


class Eater(Protocol):
    """Somebody with a diet."""

    @property
    def diet_now(self) -> str: ...


class FoodRequest(HttpRequest):
    """The request of a page that only a signed-in account opens; ``user`` is that account."""

    user: Any
    profile: Eater
    htmx: HtmxDetails
