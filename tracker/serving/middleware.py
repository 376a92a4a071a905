"""What is answered before any other layer asks who is calling, and by which name."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from tracker.serving.views import health

HEALTH_PATH = "/healthz"


class HealthMiddleware:
    """Answer a probe under any host name and without TLS.

    A supervisor asks the machine itself, where the site goes by its public name alone.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info == HEALTH_PATH:
            return health(request)
        return self.get_response(request)
