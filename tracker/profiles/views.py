"""The first questions, the profile, and what it changes."""

from datetime import date

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tracker.profiles.answers import Changed, keep_answers, settle
from tracker.profiles.explaining import Explanation, explain
from tracker.profiles.forms import ProfileForm, initial_of
from tracker.profiles.models import Profile
from tracker.profiles.previewing import standing_if
from tracker.profiles.requests import DiaryRequest
from tracker.profiles.standing import answers_of, basis_on, standing_on
from tracker.profiles.zones import zone_names


@never_cache
@require_http_methods(["GET", "POST"])
def welcome(request: DiaryRequest) -> HttpResponse:
    """Ask a few questions once. Skipping saves only the browser's time zone."""
    profile = request.profile
    if request.method == "POST" and "skip" in request.POST:
        _skip(profile, request.POST.get("time_zone", ""))
        return redirect("today")
    is_first = profile.welcomed_at is None
    if request.method != "POST":
        form = _form(request, is_first=is_first)
    else:
        form, _saved_days = _keep(profile, request.POST, is_first=is_first)
        if form.is_valid():
            return redirect("welcome-done")
    return render(request, "profiles/welcome.html", {"form": form})


def _skip(profile: Profile, zone: str) -> None:
    """Save the browser's time zone, unless answers were saved meanwhile in another window."""
    found = {"time_zone": zone} if zone in zone_names() else {}
    asked = Profile.objects.filter(pk=profile.pk, welcomed_at=None)
    asked.update(welcomed_at=timezone.now(), **found)


def _welcomed(profile: Profile) -> None:
    Profile.objects.filter(pk=profile.pk, welcomed_at=None).update(welcomed_at=timezone.now())


@require_GET
def welcome_done(request: DiaryRequest) -> HttpResponse:
    return render(request, "profiles/done.html", {"explanation": _explanation(request.profile)})


@never_cache
@require_http_methods(["GET", "POST"])
def profile(request: DiaryRequest) -> HttpResponse:
    is_first = request.profile.welcomed_at is None
    if request.method != "POST":
        form = _form(request, is_first=is_first)
    else:
        form, saved = _keep(request.profile, request.POST, is_first=is_first)
        if form.is_valid():
            messages.success(request, saved)
            return redirect("profile")
    context = {"form": form, "explanation": _explanation(request.profile)}
    return render(request, "profiles/profile.html", context)


@require_POST
def preview(request: DiaryRequest) -> HttpResponse:
    """Preview what the answers on the page would change; 204 while one of them is invalid."""
    form = _form(request)
    if not form.is_valid():
        return HttpResponse(status=204)
    answers, today = form.answers(), request.profile.today()
    explanation = explain(standing_if(answers, today), answers.authority)
    return render(request, "profiles/_explanation.html", {"explanation": explanation})


def _saved(form: ProfileForm, changed: Changed, today: date) -> str:
    """Say which days the saved answers change. A year of birth changes all days."""
    days = {day for day in (changed.answers, changed.ticks) if day is not None}
    if "birth_year" in form.changed_data:
        if not days:
            return _("Saved. Your year of birth applies to all days.")
        if days == {today}:
            return _("Saved. Your year of birth applies to all days, the other answers from today.")
        return _("Saved. It changes earlier days too.")
    if not days:
        return _("Saved.") if "time_zone" in form.changed_data else _("Nothing had changed.")
    if len(days) == 1:
        return _("Saved. It applies %(days)s.") % {"days": _days_from(days.pop(), today)}
    said = {
        "ticks": _days_from(changed.ticks, today),
        "others": _days_from(changed.answers, today),
    }
    return _("Saved. What you ticked applies %(ticks)s, the other answers %(others)s.") % said


def _days_from(day: date | None, today: date) -> str:
    if day is None or day == date.min:
        return _("to all days")
    if day == today:
        return _("from today")
    return _("from %(day)s on") % {"day": date_format(day, "DATE_FORMAT")}


def _form(request: DiaryRequest, *, is_first: bool = False) -> ProfileForm:
    data = request.POST if request.method == "POST" else None
    return _form_of(request.profile, data, is_first=is_first)


def _form_of(profile: Profile, data: QueryDict | None, *, is_first: bool = False) -> ProfileForm:
    today = profile.today()
    form = ProfileForm(data, today=today, is_first=is_first, initial=initial_of(profile, today))
    form.is_first_day = answers_of(profile).bases[0].valid_from >= today
    return form


@transaction.atomic
def _keep(profile: Profile, data: QueryDict, *, is_first: bool = False) -> tuple[ProfileForm, str]:
    """Save the answers if the form is valid. Under a lock, changes from another window are noticed.

    Returns the form, and which days the saved answers change. They count from the current day in
    the time zone of the form.
    """
    profile = Profile.objects.select_for_update(no_key=True).get(pk=profile.pk)
    settle(profile, profile.today())
    form = _form_of(profile, data, is_first=is_first)
    if not form.is_valid():
        return form, ""
    answers = form.answers()
    profile.time_zone = answers.time_zone
    today = profile.today()
    changed = keep_answers(profile, answers, today)
    _welcomed(profile)
    return form, _saved(form, changed, today)


def _explanation(profile: Profile) -> Explanation:
    today = profile.today()
    return explain(standing_on(profile, today), basis_on(profile, today).authority)
