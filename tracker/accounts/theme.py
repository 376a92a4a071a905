"""The colour theme of a browser: light, dark or as the system."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from tracker.accounts.paths import is_local_path

ONE_YEAR_S = 60 * 60 * 24 * 365


@login_not_required
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Store the theme in a cookie; anything but light or dark follows the system."""
    target = request.POST.get("next", "/")
    response = redirect(target if is_local_path(target) else "today")
    wanted = request.POST.get("theme")
    if wanted in ("light", "dark"):
        secure = settings.SESSION_COOKIE_SECURE
        response.set_cookie("theme", wanted, ONE_YEAR_S, samesite="Lax", secure=secure)
    else:
        response.delete_cookie("theme")
    return response
