"""What is answered whoever is calling: a probe before all other layers, and a refused method."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from tracker.serving.failures import failure_page
from tracker.serving.views import health, readiness

PROBES = {"/healthz": health, "/readyz": readiness}


class HealthMiddleware:
    """Answer a probe under any host name and without TLS.

    A supervisor asks the machine itself, where the site goes by its public name alone.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return PROBES.get(request.path_info, self.get_response)(request)


class WrongMethodMiddleware:
    """Give a refused method a page: Django's answer to it is an empty one.

    It is what a reload of an address shows to which a form was sent.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405 and not response.streaming and not response.content:
            response.content = failure_page(request, "405")
        return response
