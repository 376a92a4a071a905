"""System checks for a public site."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning


def public_site_knows_its_proxy(**_rest: Any) -> list[CheckMessage]:
    """The server has no TLS: without a proxy that has, a public site does nothing but redirect."""
    if settings.IS_LOOPBACK or settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        return []
    return [
        Warning(
            "COBALOG_HOSTS names a public host, but COBALOG_BEHIND_PROXY is not set.",
            hint="Put a proxy with HTTPS in front and set COBALOG_BEHIND_PROXY=true; "
            "the README has the lines for Caddy and nginx.",
            id="cobalog.W001",
        )
    ]
