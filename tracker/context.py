"""What every page knows."""

from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from tracker.diary.slots import Slot, slot_for
from tracker.profiles.models import Profile


def site(request: HttpRequest) -> dict[str, Any]:
    profile = getattr(request, "profile", None)
    return {
        "demo_open": settings.DEMO,
        "signup_open": settings.OPEN_SIGNUP,
        "profile": profile,
        "slot_now": SimpleLazyObject(lambda: _slot_now(profile)),
        "is_under_a_number": SimpleLazyObject(lambda: is_a_number(request)),
        "named_address": SimpleLazyObject(lambda: named_address(request)),
    }


def _slot_now(profile: Profile | None) -> Slot:
    now = profile.now() if profile else timezone.localtime()
    return slot_for(now.time())


def is_a_number(request: HttpRequest) -> bool:
    """Say whether the site was asked for by an IP address, under which browsers refuse passkeys."""
    try:
        ip_address(_host(request) or "")
    except ValueError:
        return False
    return True


def named_address(request: HttpRequest) -> str:
    """Return where this machine is to be found by name, empty for another machine."""
    if not is_a_number(request) or not ip_address(_host(request) or "").is_loopback:
        return ""
    port = urlsplit(f"//{request.get_host()}").port
    return f"{request.scheme}://localhost{f':{port}' if port else ''}/"


def _host(request: HttpRequest) -> str | None:
    return urlsplit(f"//{request.get_host()}").hostname
