"""The IP address of a request; the limits and the list of sessions depend on it."""

import re
from ipaddress import IPv6Address, ip_address

from allauth.core.internal.httpkit import clean_client_ip
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest


class AddressUnknown(PermissionDenied):
    """The proxy did not pass on the client's address, so clients cannot be told apart."""


def client_address(request: HttpRequest) -> str:
    """Return the client address of a request, or raise AddressUnknown.

    Without a proxy it is the other end of the connection, whatever a header claims. Behind N
    proxies it is the N-th entry of X-Forwarded-For from the right: each proxy appends the address
    that it saw, and the client may have sent everything further left.
    """
    peer = usual_form(request.META.get("REMOTE_ADDR", ""))
    if not settings.ALLAUTH_TRUSTED_PROXY_COUNT or _is_public(peer):
        # A public address is not our proxy: somebody went round it.
        return _known(peer, "REMOTE_ADDR")
    entries = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if len(entries) < settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        raise AddressUnknown("X-Forwarded-For has fewer entries than COBALOG_BEHIND_PROXY says")
    return _known(usual_form(entries[-settings.ALLAUTH_TRUSTED_PROXY_COUNT]), "X-Forwarded-For")


def usual_form(text: str) -> str:
    """Return an address without port, brackets and zone; empty if there is none.

    An IPv4-mapped IPv6 address becomes IPv4: as ::ffff:a.b.c.d all of them share one /64.
    """
    text = re.sub(r"%[^\]]*", "", text).strip()
    if text.startswith("[") and text.endswith("]"):
        text = text[1:-1]
    address = ip_address(clean_client_ip(text) or "::")
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return "" if address.is_unspecified else str(address)


def _is_public(address: str) -> bool:
    return bool(address) and ip_address(address).is_global


def _known(address: str, where: str) -> str:
    if not address:
        raise AddressUnknown(f"{where} holds no address")
    return address
