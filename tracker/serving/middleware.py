"""Answer health probes before all other layers, and give refused methods a page."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from tracker.serving.failures import failure_page
from tracker.serving.views import health, readiness

PROBES = {"/healthz": health, "/readyz": readiness}


class HealthMiddleware:
    """Answer a probe under any host name and without TLS.

    A supervisor calls the machine directly, not by the public name of the site.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return PROBES.get(request.path_info, self.get_response)(request)


class WrongMethodMiddleware:
    """Give a refused method a page; Django's own response is empty.

    People see it when they reload an address that only accepts a form.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405 and not response.streaming and not response.content:
            response.content = failure_page(request, "405")
        return response
