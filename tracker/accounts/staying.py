"""Extend the session of regular visitors: a guest has no other way to open the diary.

A session expires some time after its last write, and viewing pages or logging food does not write
it.
"""

from datetime import date, timedelta
from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

RENEWED = "renewed_on"
RENEWED_EVERY = timedelta(days=7)


def renew(request: HttpRequest) -> None:
    """Extend the session and its cookie once a week, when a full page is opened.

    Fragments are requested several at a time, and each would write back what it read.
    """
    is_page = request.method == "GET" and "HX-Request" not in request.headers
    if is_page and _is_due(request.session.get(RENEWED, ""), _today()):
        request.session[RENEWED] = _today().isoformat()


def _is_due(renewed_on: str, today: date) -> bool:
    try:
        since = today - date.fromisoformat(renewed_on)
    except ValueError:
        return True
    return not timedelta() <= since < RENEWED_EVERY


@receiver(user_logged_in, dispatch_uid="session-begins")
def _begin(request: Any, **_more: Any) -> None:
    request.session[RENEWED] = _today().isoformat()


def _today() -> date:
    return timezone.now().date()
