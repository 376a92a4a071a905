"""Health checks for supervisors and containers; they reveal nothing about anybody."""

import time
from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tracker.serving.readiness import NotReady, check_ready, words_of

KEPT_S = 1.0


@login_not_required
@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """The process answers. Restarting it would not help against other faults."""
    return HttpResponse("ok\n", content_type="text/plain")


@dataclass(frozen=True)
class LastLook:
    at: float
    fault: str


_last = LastLook(-KEPT_S, "")


@login_not_required
@never_cache
@require_safe
def readiness(request: HttpRequest) -> HttpResponse:
    """People can be served. Checked at most once a second, as anybody may ask and it writes."""
    global _last
    if time.monotonic() - _last.at >= KEPT_S:
        fault = fault_now()
        _last = LastLook(time.monotonic(), fault)
    if _last.fault:
        return HttpResponse(f"{_last.fault}\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")


def fault_now() -> str:
    try:
        check_ready()
    except NotReady as found:
        return str(found)
    except DatabaseError as error:
        return words_of(error)
    except OSError:
        return "the disk cannot be used"
    return ""
