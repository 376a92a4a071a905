"""What is answered before any other layer asks who is calling, and by which name."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

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
