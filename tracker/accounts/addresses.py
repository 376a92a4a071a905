"""From which address a request comes: the limits and the list of sessions depend on it."""

import re
from ipaddress import IPv6Address, ip_address

from allauth.core.internal.httpkit import clean_client_ip
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest


class AddressUnknown(PermissionDenied):
    """The proxy in front did not say who is calling, so nobody can be told apart."""


def client_address(request: HttpRequest) -> str:
    """Return the address of whoever sent a request, or raise AddressUnknown.

    Without a proxy it is the other end of the connection, whatever a header claims. Behind N
    proxies it is the N-th entry of X-Forwarded-For from the right: each proxy appends the address
    that it saw, and everything further left was sent by the client.
    """
    peer = usual_form(request.META.get("REMOTE_ADDR", ""))
    if not settings.ALLAUTH_TRUSTED_PROXY_COUNT or _is_public(peer):
        # A public address is no proxy of ours: somebody went round it.
        return _known(peer, "REMOTE_ADDR")
    entries = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if len(entries) < settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        raise AddressUnknown("X-Forwarded-For has fewer entries than COBALOG_BEHIND_PROXY says")
    return _known(usual_form(entries[-settings.ALLAUTH_TRUSTED_PROXY_COUNT]), "X-Forwarded-For")


def usual_form(text: str) -> str:
    """Return an address without port, brackets and zone, empty where there is none.

    An IPv4 address in IPv6 clothes becomes itself: as ::ffff:a.b.c.d all of them share a /64.
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
