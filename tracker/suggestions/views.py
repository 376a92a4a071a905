"""Requests about suggestions: list them, hide one, restore it."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from foods.models import Food
from tracker.intake.day import day_intakes
from tracker.profiles.explaining import mark_text
from tracker.profiles.models import DietPattern
from tracker.profiles.requests import DiaryRequest
from tracker.profiles.standing import standing_on
from tracker.science.reference_intakes import absorbed_target_mark
from tracker.suggestions import models
from tracker.suggestions.forms import FoodForm, HideForm, RestoreForm
from tracker.suggestions.gap import DAYS_LOOKED_AT
from tracker.suggestions.offers import Ideas, offer
from tracker.suggestions.outlook import outlook


@require_safe
@never_cache
def suggestions(request: DiaryRequest) -> HttpResponse:
    return _show_list(request)


@require_POST
def hide(request: DiaryRequest) -> HttpResponse:
    values = _cleaned(HideForm(request.POST, today=request.profile.today()))
    food = get_object_or_404(Food.objects.visible_to(request.user), pk=values["food"])
    begin = max(request.profile.today(), values["day"] or request.profile.today())
    until = models.some_days_from(begin) if values["until"] == "later" else None
    hidden = models.Hidden.objects.filter(profile=request.profile, food=food)
    before = hidden.in_force(request.profile.today()).first()
    models.hide(request.profile, food, until=until)
    if before and before.until == until:
        before = None  # the same form, posted twice: undo restores the state before the first
    just_hidden = {"food": food, "before": before}
    return _answer(request, values["day"], _said(food, until), just_hidden=just_hidden)


@require_POST
def restore(request: DiaryRequest) -> HttpResponse:
    values = _cleaned(RestoreForm(request.POST, today=request.profile.today()))
    mine = models.Hidden.objects.filter(profile=request.profile).select_related("food")
    hidden = mine.filter(food=values["food"]).first()
    if hidden and values["was_hidden"]:
        models.hide(request.profile, hidden.food, until=values["before"])
        return _answer(request, values["day"], _said(hidden.food, values["before"]))
    if hidden:
        hidden.delete()
        food = hidden.food
    else:  # already restored by the same form, posted twice
        food = get_object_or_404(Food.objects.visible_to(request.user), pk=values["food"])
    said = _("%(food)s may be suggested again.") % {"food": food.name}
    return _answer(request, values["day"], said)


def _cleaned(form: FoodForm) -> dict[str, Any]:
    """Return the form's values. Only a page's buttons post here, so anything else is a 404."""
    if not form.is_valid():
        raise Http404
    return form.cleaned_data


def _said(food: Food, until: date | None) -> str:
    if until is None:
        return _("%(food)s will not be suggested again.") % {"food": food.name}
    back = date_format(until + timedelta(days=1), "MONTH_DAY_FORMAT")
    return _("%(food)s will not be suggested before %(day)s.") % {"food": food.name, "day": back}


def _answer(
    request: DiaryRequest, day: date | None, said: str, *, just_hidden: dict[str, Any] | None = None
) -> HttpResponse:
    """Answer beside the day or in the list under htmx, else redirect and say it there."""
    if not request.htmx:
        messages.success(request, said)
        back = reverse("day", args=[day]) + "#messages" if day else reverse("suggestions")
        return redirect(back)
    if day is None:
        return _show_list(request, said=said, just_hidden=just_hidden)
    found = _offer(request, day)
    context = {"offer": found, "day": day, "said": said, "just_hidden": just_hidden}
    return render(request, "suggestions/_beside_day.html", context)


def _show_list(request: DiaryRequest, **said: Any) -> HttpResponse:
    today = request.profile.today()
    hidden = list(
        models.Hidden.objects.filter(profile=request.profile)
        .in_force(today)
        .select_related("food")
        .order_by("food__name", "pk")
    )
    standing = standing_on(request.profile, today)
    context = {
        "offer": _offer(request, today, hidden),
        "standing": standing,
        "absorbed_mark": mark_text(absorbed_target_mark(standing.reference)),
        "diet": DietPattern(standing.diet).label,
        "hidden": hidden,
        "said": "",
        **said,
    }
    name = "suggestions/_suggestions.html" if request.htmx else "suggestions/suggestions.html"
    response = render(request, name, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _offer(request: DiaryRequest, day: date, hidden: list[models.Hidden] | None = None) -> Ideas:
    first = day - timedelta(days=DAYS_LOOKED_AT - 1)
    intakes = day_intakes(request.profile, first, day)
    known = None if hidden is None else frozenset(row.food_id for row in hidden)
    standing = standing_on(request.profile, day)
    return offer(
        request.profile, outlook(day, intakes, standing, request.profile.now()), hidden=known
    )
