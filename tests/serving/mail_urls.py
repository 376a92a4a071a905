"""A page that sends a message, to see that each worker can."""

import os

from django.contrib.auth.decorators import login_not_required
from django.core.mail import send_mail
from django.http import HttpRequest, HttpResponse
from django.urls import include, path


@login_not_required
def send(request: HttpRequest) -> HttpResponse:
    """Send one message and say which worker did."""
    send_mail("hello", "text", "site@example.org", ["ada@example.org"])
    return HttpResponse(str(os.getpid()))


urlpatterns = [path("send/", send), path("", include("tracker.urls"))]
