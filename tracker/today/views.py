"""Requests about a day: see it, find a food, log, change, copy, mark, undo."""

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe
from django_htmx.http import reswap, retarget, trigger_client_event

from foods.barcodes.gtin import as_printed, looks_like_gtin
from tracker.diary import logging
from tracker.diary.forms import ClockForm, CopyForm, LogForm, MarkForm, is_loggable
from tracker.diary.models import Change, Entry
from tracker.diary.slots import Slot
from tracker.diary.typed import read_typed
from tracker.recipes.finding import recipe_offers, usual_recipe_offers
from tracker.recipes.forms import PickedRecipeForm, is_recipe_pick
from tracker.recipes.logging import log_recipe
from tracker.today.day import DayPage
from tracker.today.editing import entry_form, replacement_of
from tracker.today.usual import (
    first_offers,
    found_offers,
    usual_offers,
    with_recipes,
)

ONE_YEAR_S = 60 * 60 * 24 * 365


@require_safe
@never_cache
def today(request: HttpRequest) -> HttpResponse:
    if request.profile.welcomed_at is None and not request.htmx:
        return redirect("welcome")
    return _show_day(request, DayPage(request.profile, timezone.localdate()))


@require_safe
@never_cache
def day(request: HttpRequest, day: date) -> HttpResponse:
    return _show_day(request, _page(request, day))


@require_GET
@never_cache
def find(request: HttpRequest, day: date) -> HttpResponse:
    page = _page(request, day)
    return render(request, "today/_found.html", {"page": page, **_offers(request, page)})


@require_GET
@never_cache
def next_food(request: HttpRequest, day: date) -> HttpResponse:
    """The suggestion beside a day, asked for again when the diary has changed."""
    return render(request, "today/_next.html", {"page": _page(request, day)})


@require_POST
def log(request: HttpRequest, day: date) -> HttpResponse:
    page = _page(request, day)
    if is_recipe_pick(request.POST.get("pick", "")):
        return _log_recipe(request, page)
    form = LogForm(request.POST, profile=request.profile, account=request.user)
    if not form.is_valid():
        return _show_errors(request, page, form)
    entry, step = logging.log(_new_entry(request, day, form.cleaned_data))
    if step is not None:
        page.fresh_change = step  # known: it need not be asked for
    return _changed(request, page, _("Logged %(name)s.") % {"name": entry.name})


@require_POST
def copy(request: HttpRequest, day: date) -> HttpResponse:
    page = _page(request, day)
    form = CopyForm(request.POST)
    if not form.is_valid():
        return _show_errors(request, page, form)
    entries = Entry.objects.filter(profile=request.profile, day=form.cleaned_data["from_day"])
    if slot := form.cleaned_data["slot"]:
        entries = entries.filter(slot=slot)
    try:
        copied = logging.copy(entries, day, once=form.cleaned_data["client_uuid"])
    except logging.TooMany as error:
        form.add_error(None, str(error))
        return _show_errors(request, page, form)
    return _changed(request, page, _("Copied %(count)d entries.") % {"count": len(copied)})


@require_POST
def mark(request: HttpRequest, day: date) -> HttpResponse:
    page = _page(request, day)
    form = MarkForm(request.POST)
    if not form.is_valid():
        return _show_errors(request, page, form)
    logging.mark_day(request.profile, day, form.cleaned_data["status"])
    return _changed(request, page, _("Day marked."))


@require_POST
def clock(request: HttpRequest, day: date) -> HttpResponse:
    page = _page(request, day)
    form = ClockForm(request.POST)
    if not form.is_valid():
        return _show_errors(request, page, form)
    logging.set_clock(request.profile, day, form.cleaned_data["slot"], form.cleaned_data["clock"])
    return _changed(request, page, _("Time changed."))


@require_POST
def undo(request: HttpRequest, day: date, pk: int) -> HttpResponse:
    page = _page(request, day)
    get_object_or_404(Change, profile=request.profile, pk=pk)
    step = logging.undo(request.profile, pk)
    said = _("Undone: %(label)s.") % {"label": step.label} if step else _("Nothing left to undo.")
    return _changed(request, page, said)


def entry(request: HttpRequest, pk: int) -> HttpResponse:
    found = _own_entry(request, pk)
    form = entry_form(found, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        logging.change(found, replacement_of(found, form))
        said = _("Changed %(name)s.") % {"name": found.name}
        return _changed(request, _page(request, found.day), said)
    next(iter(form)).field.widget.attrs["autofocus"] = True
    context = {"entry": found, "form": form}
    name = "today/_entry_form.html" if request.htmx else "today/entry.html"
    return _varying(render(request, name, context))


@require_POST
def entry_delete(request: HttpRequest, pk: int) -> HttpResponse:
    found = _own_entry(request, pk)
    logging.delete(found)
    said = _("Deleted %(name)s.") % {"name": found.name}
    return _changed(request, _page(request, found.day), said)


@login_not_required
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}):
        target = settings.LOGIN_REDIRECT_URL
    response = redirect(target)
    wanted = request.POST.get("theme")
    if wanted in ("light", "dark"):
        secure = settings.SESSION_COOKIE_SECURE
        response.set_cookie("theme", wanted, ONE_YEAR_S, samesite="Lax", secure=secure)
    else:
        response.delete_cookie("theme")
    return response


# --- shared by the views above


def _page(request: HttpRequest, day: date) -> DayPage:
    if not is_loggable(day, timezone.localdate()):
        raise Http404
    slot = request.POST.get("slot") or request.GET.get("slot", "")
    return DayPage(request.profile, day, slot=slot if slot in Slot.values else "")


def _own_entry(request: HttpRequest, pk: int) -> Entry:
    entries = Entry.objects.filter(profile=request.profile).select_related("food")
    return get_object_or_404(entries.prefetch_related("food__portions"), pk=pk)


def _log_recipe(request: HttpRequest, page: DayPage) -> HttpResponse:
    form = PickedRecipeForm(request.POST, profile=request.profile)
    if not form.is_valid():
        return _show_errors(request, page, form)
    values = form.cleaned_data
    try:
        log_recipe(
            values["recipe"],
            page.day,
            values["slot"],
            values["share"],
            clock=values["clock"],
            once=values["client_uuid"],
        )
    except ValidationError as error:
        form.add_error(None, error)
        return _show_errors(request, page, form)
    return _changed(request, page, _("Logged %(name)s.") % {"name": values["recipe"].name})


def _new_entry(request: HttpRequest, day: date, values: dict[str, Any]) -> Entry:
    shared = {"clock": values["clock"], "client_uuid": values["client_uuid"]}
    if values["quick_ug"] is not None:
        kind = values["quick_kind"]
        return logging.build_quick_entry(
            request.profile,
            day,
            values["slot"],
            values["quick_ug"],
            is_added=kind == "added",
            is_supplement=kind == "supplement",
            **shared,
        )
    return logging.build_entry(
        request.profile,
        day,
        values["slot"],
        values["food"],
        values["mass_g"],
        amount_text=values["amount_text"],
        **shared,
    )


def _offers(request: HttpRequest, page: DayPage) -> dict[str, Any]:
    """Return the rows of the food box: matches of what was typed, else usual or first foods."""
    text = request.GET.get("q", "").replace("\x00", "").strip()
    if text:
        if gtin := looks_like_gtin(text):
            return {"query": text, "gtin": as_printed(gtin), "heading": _("A barcode")}
        if problem := read_typed(text).problem:
            return {"query": text[:120], "problem": problem, "heading": _("Check the amount")}
        foods, meant = found_offers(
            text, account=request.user, profile=request.profile, day=page.day
        )
        offers = with_recipes(foods, recipe_offers(text, request.profile))
        heading = _("Did you mean “%(words)s”?") % {"words": meant} if meant else _("Found")
        return {"query": text[:120], "offers": offers, "heading": heading}
    meals = usual_recipe_offers(page.slot, request.profile)
    if offers := [*meals, *usual_offers(page.rows, page.slot)]:
        return {"offers": offers, "heading": _("Usual at this meal")}
    offers = first_offers(page.slot, diet=page.standing.diet)
    return {"offers": offers, "heading": _("Often eaten at this meal")}


def _show_day(request: HttpRequest, page: DayPage, **extra: Any) -> HttpResponse:
    context = {"page": page, "slots": Slot.choices, **_offers(request, page), **extra}
    name = "today/_day.html" if request.htmx else "today/day.html"
    return _varying(render(request, name, context))


def _changed(request: HttpRequest, page: DayPage, said: str) -> HttpResponse:
    """Answer a write: the day again under htmx, else the way back to it."""
    if not request.htmx:
        return redirect("today" if page.is_today else "day", *([] if page.is_today else [page.day]))
    context = {"page": page, "said": said, "slots": Slot.choices}
    response = reswap(retarget(render(request, "today/_day.html", context), "#day"), "outerHTML")
    return trigger_client_event(_varying(response), "diary-changed", after="settle")


def _show_errors(request: HttpRequest, page: DayPage, form) -> HttpResponse:
    problems = [error for errors in form.errors.values() for error in errors]
    if request.htmx:
        response = render(request, "today/_problems.html", {"problems": problems})
        return reswap(retarget(_varying(response), "#problems"), "outerHTML")
    query = {"problems": problems, "query": request.POST.get("q", "")[:120]}
    return _show_day(request, page, **query)


def _varying(response: HttpResponse) -> HttpResponse:
    patch_vary_headers(response, ["HX-Request"])
    return response
