"""What every page knows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    return {
        "demo_open": settings.DEMO,
        "signup_open": settings.OPEN_SIGNUP,
        "profile": getattr(request, "profile", None),
    }
