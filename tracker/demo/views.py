"""Open a demo diary with one click."""

from allauth.core.ratelimit import consume_or_429
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tracker.accounts.guests import delete_guest, purge_idle_guests
from tracker.accounts.waiting import BACKEND, calls_back
from tracker.demo.building import FoodsMissing, fill_diary, make_demo_guest
from tracker.demo.persons import PERSONS, DemoPerson
from tracker.profiles.models import Profile
from tracker.profiles.requests import DiaryRequest
from tracker.profiles.zones import zone_names

PURGED_AT_ONCE = 5


@login_not_required
@require_POST
@calls_back
def demo(request: DiaryRequest, slug: str) -> HttpResponse:
    """Open a demo person's diary: this browser's own copy, created now or brought up to date."""
    person = PERSONS.get(slug)
    if person is None or not settings.DEMO:
        raise Http404
    user = request.user
    if user.is_authenticated and not user.demo:
        messages.error(request, _("Leave your own diary first, then look at a demo diary."))
        return redirect("account")
    if user.is_authenticated and user.demo == slug:
        with transaction.atomic():
            # If two tabs do this at once, the second waits, and finds the days filled by the first.
            profile = get_object_or_404(Profile.objects.select_for_update(), pk=request.profile.pk)
            fill_diary(profile, person, profile.today())
        return redirect("today")
    if refused := consume_or_429(request, action="demo"):
        return refused
    return _open(request, person)


def _open(request: HttpRequest, person: DemoPerson) -> HttpResponse:
    zone = request.POST.get("time_zone", "")
    zone = zone if zone in zone_names() else "UTC"
    with timezone.override(zone):
        today = timezone.localdate()
    try:
        guest = make_demo_guest(person, today, zone)
    except FoodsMissing:
        messages.error(request, _("The foods are not loaded yet, so there is no demo diary."))
        return redirect("account_login")
    if request.user.is_authenticated:
        old = request.user
        logout(request)
        delete_guest(old)
    login(request, guest, backend=BACKEND)
    purge_idle_guests(today, most=PURGED_AT_ONCE)
    return redirect("today")
