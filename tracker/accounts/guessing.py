"""How often a password or a code may be guessed, and how long to wait after that.

A browser from which the owner signed in before has its own count. All others are counted three
times: by address, by account and address and, if the address is new to the account, by account.
So a stranger's wrong guesses lock out neither the owner nor anybody else.
"""

import math
import time
from dataclasses import dataclass

from allauth.core.internal import ratelimit
from allauth.core.internal.ratelimit import RateLimitUsage, truncate_ip
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.db.models import Q
from django.http import HttpRequest

from tracker.accounts.addresses import client_address, usual_form
from tracker.accounts.devices import known_device
from tracker.accounts.models import User
from tracker.accounts.names import folded, name_key, tidy

APP = "allauth.account"
LONGEST_NAME = 150


@dataclass(frozen=True)
class Limit:
    """An action of ACCOUNT_RATE_LIMITS, and what it counts besides the address, if anything."""

    action: str
    key: str | None = None
    app: str = APP


@dataclass(frozen=True)
class Refused(Exception):
    """Too many wrong guesses; the next is allowed after so many seconds."""

    wait_s: int


def account_named(typed: str) -> User | None:
    """Return the account with a name, typed in any case and Unicode form."""
    if not typed or len(typed) > LONGEST_NAME or "\0" in typed:
        return None
    if exact := User.objects.filter(username=typed).first():
        return exact
    alike = Q(name_key=name_key(typed)) | Q(username__iexact=tidy(typed))
    found = [u for u in User.objects.filter(alike) if folded(u.username) == folded(typed)]
    return found[0] if len(found) == 1 else None


def count_guess(request: HttpRequest, typed: str) -> list[RateLimitUsage]:
    """Count one guess of a password before it is checked; a right one is rolled back.

    Raises Refused if one of the limits is reached.
    """
    return _count(request, limits_of_guess(request, typed))


def count_code(request: HttpRequest, account: User) -> list[RateLimitUsage]:
    """Count one guess of a one-time code; the password was right already."""
    return _count(request, limits_of_code(request, account))


def _count(request: HttpRequest, limits: list[Limit]) -> list[RateLimitUsage]:
    counted: list[RateLimitUsage] = []
    for limit in limits:
        usage = ratelimit.consume(request, app=limit.app, action=limit.action, key=limit.key)
        if usage is None:
            roll_back(counted)
            raise Refused(wait_s(request, limit))
        counted.append(usage)
    return counted


def roll_back(counted: list[RateLimitUsage]) -> None:
    for usage in counted:
        usage.rollback()


def limits_of_guess(request: HttpRequest, typed: str) -> list[Limit]:
    account = account_named(typed)
    if device := known_device(request, account):
        return [Limit("login_failed_device", device)]
    address = truncate_ip(client_address(request))
    who = f"account {account.pk}" if account else f"name {name_key(typed)}"
    limits = [Limit("login_failed_address"), Limit("login_failed_pair", f"{who} {address}")]
    if account and not is_usual_address(account, address):
        limits.append(Limit("login_failed_account", who))
    return limits


def limits_of_code(request: HttpRequest, account: User) -> list[Limit]:
    if device := known_device(request, account):
        return [Limit("code_failed_device", device)]
    address = truncate_ip(client_address(request))
    who = f"account {account.pk}"
    limits = [Limit("code_failed_pair", f"{who} {address}")]
    if not is_usual_address(account, address):
        limits.append(Limit("code_failed_account", who))
    return limits


def is_usual_address(account: User, address: str) -> bool:
    """Return whether the account is, or was recently, signed in from that address or its /64."""
    addresses = UserSession.objects.filter(user=account).values_list("ip", flat=True)
    return address in {truncate_ip(usual_form(ip)) for ip in addresses}


def wait_s(request: HttpRequest, limit: Limit) -> int:
    """Return the seconds until a limit allows the next attempt; 0 for now."""
    waits = [0.0]
    for rate in ratelimit.get_rates(app=limit.app, action=limit.action):
        cache_key = ratelimit.get_cache_key(
            request, app=limit.app, action=limit.action, rate=rate, key=limit.key
        )
        tries = cache.get(cache_key, [])  # newest first
        if len(tries) >= rate.amount:
            waits.append(tries[rate.amount - 1] + rate.duration - time.time())
    return math.ceil(max(waits))
