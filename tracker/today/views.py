"""Requests about a day: see it, find a food, log, change, copy, mark, undo."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
    require_safe,
)
from django_htmx.http import reswap, retarget, trigger_client_event

from foods.page import RefusedAmount, foods_for_pages, page_of
from tracker.diary import writing
from tracker.diary.days import is_loggable
from tracker.diary.editing import entry_form, replacement_of
from tracker.diary.forms import ClockForm, CopyForm, LogForm, MarkForm
from tracker.diary.models import DayStatus, Entry
from tracker.diary.picks import ASK
from tracker.diary.slots import Slot
from tracker.fields.naming import tidy
from tracker.history import steps
from tracker.history.models import Step
from tracker.history.once import AlreadyPosted, is_posted, step_of
from tracker.profiles.requests import DiaryRequest
from tracker.recipes.forms import PickedRecipeForm, is_recipe_pick
from tracker.recipes.writing import log_recipe
from tracker.today.day import DayPage
from tracker.today.foodbox import food_box
from tracker.today.notices import notice_of
from tracker.versions.forms import focus_first
from tracker.versions.keys import key_of, posted_key

LONGEST_QUERY = 200
LONGEST_AMOUNT = 40
MOST_DAYS_BETWEEN_ZONES = 2
MARK = "panel"
"""The id of the page's part where a day is marked."""
View = Callable[..., HttpResponse]


class EntryGone(Exception):
    """An entry of this person was deleted. ``day`` is the day it was on."""

    def __init__(self, day: date) -> None:
        self.day = day


@require_safe
@never_cache
def today(request: DiaryRequest) -> HttpResponse:
    if _is_asked_first(request) and not request.htmx:
        return redirect("welcome")
    return _show_day(request, DayPage(request.profile, request.profile.today()))


@require_safe
@never_cache
def day(request: DiaryRequest, day: date) -> HttpResponse:
    return _show_day(request, _page(request, day))


@require_http_methods(["GET", "POST"])
@never_cache
def find(request: DiaryRequest, day: date) -> HttpResponse:
    """The rows of the food box. Without scripts it is posted to keep the token out of the URL."""
    page = _page(request, day)
    if request.method == "POST":
        query = urlencode({"q": request.POST.get("q", "")[:LONGEST_QUERY], "slot": page.slot})
        return redirect(f"{reverse('day', args=[day])}?{query}#food-box")
    return render(request, "today/_found.html", {"page": page, **_food_box(request, page)})


@require_GET
@never_cache
def next_food(request: DiaryRequest, day: date) -> HttpResponse:
    """The suggestion beside a day, requested again when the diary has changed."""
    return render(request, "today/_next.html", {"page": _page(request, day)})


@require_POST
def log(request: DiaryRequest, day: date) -> HttpResponse:
    page = _page(request, day, is_new=True)
    pick = request.POST.get("pick", "")
    if pick.startswith(ASK):
        return _ask_again(request, page, pick.removeprefix(ASK))
    if is_recipe_pick(pick):
        return _log_recipe(request, page)
    form = LogForm(request.POST, profile=request.profile, account=request.user)
    is_valid = form.is_valid()
    once = key_of(request, form.cleaned_data.get("client_uuid"))
    if not is_valid and is_posted(request.profile.pk, once):
        return _sent_before(request, page, once)  # even if the food has changed since
    if form.pick_now:
        return _ask_again(request, page, form.pick_now, *problems_of(form))
    if not is_valid:
        return _show_food(request, page, form) or _show_errors(request, page, form)
    entry = _new_entry(request, day, form.cleaned_data)
    try:
        step = writing.log(entry, once=once, is_new_to_day="idea" in request.POST)
    except AlreadyPosted:
        return _sent_before(request, page, once)
    except writing.EatenAlready:
        told = _(
            "%(name)s is already logged on this day, so it was not added. To add it once more, "
            "type its name in the food box."
        )
        return _changed(request, page, told % {"name": entry.called})
    page.latest = steps.Latest(step, None)  # known, so it is not queried
    return _changed(request, page)


@require_POST
def copy(request: DiaryRequest, day: date) -> HttpResponse:
    page = _page(request, day, is_new=True)
    form = CopyForm(request.POST)
    if not form.is_valid():
        return _show_errors(request, page, form)
    values = form.cleaned_data
    once = key_of(request, values["client_uuid"])
    try:
        step = writing.copy_day(
            request.profile, values["from_day"], day, slot=values["slot"], once=once
        )
    except AlreadyPosted:
        return _sent_before(request, page, once)
    except writing.NotEmpty:
        return _changed(request, page, _not_empty(values["slot"]))
    except writing.TooMany as error:
        form.add_error(None, str(error))
        return _show_errors(request, page, form)
    return _changed(request, page, "" if step else _("There was nothing to copy."))


@require_POST
def mark(request: DiaryRequest, day: date) -> HttpResponse:
    page = _page(request, day)
    form = MarkForm(request.POST)
    if not form.is_valid():
        return _show_errors(request, page, form)
    values = form.cleaned_data
    once = key_of(request, values["client_uuid"])
    try:
        step = writing.mark_day(
            request.profile, day, values["status"], once=once, seen=values["seen"]
        )
    except AlreadyPosted:
        return _sent_before(request, page, once)
    except writing.ChangedMeanwhile as change:
        told = _("This was changed in another window: the day is now “%(mark)s”. Choose again.")
        mark = DayStatus(change.stored).label
        return _changed(request, page, told % {"mark": mark}, at=MARK)
    except writing.NotFasting as fed:
        told = ngettext(
            "%(count)d food is logged on this day, so it is not a fasting day. "
            "Nothing was changed.",
            "%(count)d foods are logged on this day, so it is not a fasting day. "
            "Nothing was changed.",
            fed.count,
        )
        return _changed(request, page, told % {"count": fed.count}, at=MARK)
    told = "" if step else _("The day already has this mark.")
    return _changed(request, page, told, at=MARK)


@require_POST
def clock(request: DiaryRequest, day: date) -> HttpResponse:
    page = _page(request, day)
    form = ClockForm(request.POST)
    if not form.is_valid():
        return _show_errors(request, page, form)
    values = form.cleaned_data
    once, at = key_of(request, values["client_uuid"]), f"meal-{values['slot']}"
    try:
        step = writing.set_clock(
            request.profile, day, values["slot"], values["clock"], once=once, seen=form.seen()
        )
    except AlreadyPosted:
        return _sent_before(request, page, once)
    except writing.NothingEaten:
        return _changed(request, page, _("There is nothing in this meal any more."))
    except writing.ChangedMeanwhile as change:
        return _changed(request, page, _other_times(change.stored), at=at)
    told = "" if step else _("The meal already has this time.")
    return _changed(request, page, told, at=at)


@require_POST
def undo(request: DiaryRequest, day: date, pk: int) -> HttpResponse:
    page = _page(request, day)
    step = get_object_or_404(Step, profile=request.profile, pk=pk)
    if steps.undo(request.profile, pk) or _is_last(request, step, is_undone=True):
        return _changed(request, page)
    return _changed(
        request,
        page,
        _("This was not undone, because you did something after it, maybe on another day."),
    )


@require_POST
def put_back(request: DiaryRequest, day: date, pk: int) -> HttpResponse:
    page = _page(request, day)
    step = get_object_or_404(Step, profile=request.profile, pk=pk)
    if steps.put_back(request.profile, pk) or _is_last(request, step, is_undone=False):
        return _changed(request, page)
    return _changed(
        request,
        page,
        _("This was not put back, because you did something after it, maybe on another day."),
    )


def leads_from_deleted(view: View) -> View:
    """If the entry was deleted, redirect to its day and say so."""

    @wraps(view)
    def answered(request: DiaryRequest, pk: int) -> HttpResponse:
        try:
            return view(request, pk)
        except EntryGone as gone:
            told = _("This entry is no longer in the diary, so nothing was changed.")
            return _changed(request, _page(request, gone.day), told)

    return answered


@leads_from_deleted
def entry(request: DiaryRequest, pk: int) -> HttpResponse:
    if request.method != "POST":
        found = _own_entry(request, pk)
        return _show_entry(request, found, entry_form(found))
    once = posted_key(request)
    try:
        with transaction.atomic():
            found = _locked_entry(request, pk, once)
            form = entry_form(found, request.POST)
            is_valid = form.is_valid()
            step = _saved(found, form, once) if is_valid else None
    except AlreadyPosted:
        return _sent_before(request, _page_of_step(request, once, pk), once)
    if not is_valid:
        return _show_entry(request, found, form)
    told = "" if step else _("Nothing was changed.")
    return _changed(request, _page(request, found.day), told, at=f"entry-{found.pk}")


@require_POST
@leads_from_deleted
def entry_delete(request: DiaryRequest, pk: int) -> HttpResponse:
    once = posted_key(request)
    try:
        with transaction.atomic():
            found = _locked_entry(request, pk, once)
            day = found.day
            writing.delete(found, once=once)
    except AlreadyPosted:
        return _sent_before(request, _page_of_step(request, once, pk), once)
    return _changed(request, _page(request, day))


# --- shared by the views above


def _is_last(request: DiaryRequest, step: Step, *, is_undone: bool) -> bool:
    """Whether the same form, posted twice, has already done this."""
    last = steps.latest(request.profile).moved
    return last == step and last.is_undone == is_undone


def _saved(entry: Entry, form: Form, once: UUID | None) -> Step | None:
    return writing.change(entry, replacement_of(entry, form), once=once)


def _is_asked_first(request: DiaryRequest) -> bool:
    """Whether to show the first questions before the day: not to guests who chose to try first,
    nor to people who already have a diary."""
    if request.profile.welcomed_at is not None:
        return False
    has_tried = request.user.is_guest or "tried_in_zone" in request.session
    return not has_tried and not request.profile.entries.exists()


def _page(request: DiaryRequest, day: date, *, is_new: bool = False) -> DayPage:
    """Return a day of the diary: a new one, or one that may have entries already.

    A person who travels west, or changes the time zone, has entries up to two days further ahead.
    """
    last_today = request.profile.today() + timedelta(days=0 if is_new else MOST_DAYS_BETWEEN_ZONES)
    if not is_loggable(day, last_today):
        raise Http404
    slot = request.POST.get("slot") or request.GET.get("slot", "")
    return DayPage(request.profile, day, slot=slot if slot in Slot.values else "")


def _own_entry(request: DiaryRequest, pk: int) -> Entry:
    """Raise EntryGone if this person deleted the entry, and Http404 if it never existed."""
    entries = Entry.objects.filter(profile=request.profile).select_related("food")
    found = entries.prefetch_related("food__portions").filter(pk=pk).first()
    if found is not None:
        return found
    if step := steps.last_touching(request.profile, Entry, pk):
        raise EntryGone(step.day)
    raise Http404


def _locked_entry(request: DiaryRequest, pk: int, once: UUID | None) -> Entry:
    """Return an entry and lock it until the transaction ends.

    Raises AlreadyPosted if the form was answered before, even if the entry has changed since.
    """
    steps.lock(request.profile.pk)
    if is_posted(request.profile.pk, once):
        raise AlreadyPosted
    return _own_entry(request, pk)


def _page_of_step(request: DiaryRequest, once: UUID | None, pk: int) -> DayPage:
    """Return the day of what a form did; if neither step nor entry is there, today."""
    there = step_of(request.profile, once) or request.profile.entries.filter(pk=pk).first()
    return _page(request, there.day if there else request.profile.today())


def _not_empty(slot: str) -> str:
    if slot:
        return _("This meal already has entries, so nothing was copied.")
    return _("This day already has entries, so nothing was copied.")


def _other_times(stored: str) -> str:
    """Say which time another window has set for a meal."""
    if "," in stored:
        return _(
            "This was changed in another window: the foods of the meal now have different "
            "times. Set the time again."
        )
    told = _("This was changed in another window: the meal’s time is now %(time)s. Set it again.")
    return told % {"time": stored or _("not set")}


def _show_entry(request: DiaryRequest, entry: Entry, form: Form) -> HttpResponse:
    focus_first(form)
    name = "today/_entry_form.html" if request.htmx else "today/entry.html"
    return _varying(render(request, name, {"entry": entry, "form": form}))


def _log_recipe(request: DiaryRequest, page: DayPage) -> HttpResponse:
    form = PickedRecipeForm(request.POST, profile=request.profile)
    is_valid = form.is_valid()
    values = form.cleaned_data
    once = key_of(request, values.get("client_uuid"))
    if not is_valid and is_posted(request.profile.pk, once):
        return _sent_before(request, page, once)  # even if the recipe has changed since
    if form.pick_now:
        return _ask_again(request, page, form.pick_now, *problems_of(form))
    if not is_valid:
        return _show_errors(request, page, form)
    try:
        log_recipe(
            values["recipe"],
            page.day,
            values["slot"],
            values["share"],
            clock=values["clock"],
            once=once,
        )
    except AlreadyPosted:
        return _sent_before(request, page, once)
    except ValidationError as error:
        form.add_error(None, error)
        return _show_errors(request, page, form)
    return _changed(request, page)


def _ask_again(request: DiaryRequest, page: DayPage, pick: str, changed: str = "") -> HttpResponse:
    """Ask before logging a food that is already in this meal, or whose amount has changed."""
    asked = {"pick": pick, "page": page, "changed": changed}
    if not request.htmx:
        return _show_day(request, page, asked=asked, query=_typed(request))
    response = render(request, "today/_ask.html", {"asked": asked})
    return reswap(retarget(_varying(response), "#problems"), "outerHTML")


def _sent_before(request: DiaryRequest, page: DayPage, once: UUID | None) -> HttpResponse:
    """Answer a form that was accepted before, and say so if its result is no longer shown."""
    step = step_of(request.profile, once)
    if step is not None and step == page.latest.moved and not step.is_undone:
        return _changed(request, page)
    if step is not None and step.is_undone:
        return _changed(request, page, _("That was undone, so it was not done again."))
    return _changed(request, page, _("That was already done, so nothing was changed."))


def _new_entry(request: DiaryRequest, day: date, values: dict[str, Any]) -> Entry:
    if values["quick_ug"] is not None:
        kind = values["quick_kind"]
        return writing.build_quick_entry(
            request.profile,
            day,
            values["slot"],
            values["quick_ug"],
            is_added=kind == "added",
            is_supplement=kind == "supplement",
            clock=values["clock"],
        )
    return writing.build_entry(
        request.profile,
        day,
        values["slot"],
        values["food"],
        values["mass_g"],
        quantity=values["quantity"],
        clock=values["clock"],
    )


def _food_box(request: DiaryRequest, page: DayPage) -> dict[str, Any]:
    text = tidy(request.GET.get("q", ""))
    return vars(food_box(text, page, request.user, is_whole_page=not request.htmx))


def _show_day(request: DiaryRequest, page: DayPage, **extra: Any) -> HttpResponse:
    context = {
        "page": page,
        "notice": notice_of(page),
        "slots": Slot.choices,
        **_food_box(request, page),
        **extra,
    }
    name = "today/_day.html" if request.htmx else "today/day.html"
    return _varying(render(request, name, context))


def _changed(
    request: DiaryRequest, page: DayPage, told: str = "", *, at: str = "day"
) -> HttpResponse:
    """Answer a write: the day's fragment under htmx, else a redirect to the place on its page.

    The diary's last step says what was done; ``told`` is for what left no step.
    """
    if not request.htmx:
        if told:
            messages.info(request, told)
        day = reverse("today") if page.is_today else reverse("day", args=[page.day])
        return redirect(day if told else f"{day}#{at}")  # ``told`` is shown at the top
    notice = notice_of(page, told, is_beside_mark=at == MARK)
    context = {"page": page, "notice": notice, "slots": Slot.choices}
    response = reswap(retarget(render(request, "today/_day.html", context), "#day"), "outerHTML")
    return trigger_client_event(_varying(response), "diary-changed", after="settle")


def _show_food(request: DiaryRequest, page: DayPage, form: LogForm) -> HttpResponse | None:
    """Return the food's page again with the submitted values; None for a row of the box."""
    pk = form.cleaned_data.get("food")
    if request.htmx or "pick" in request.POST or pk is None:
        return None
    food = foods_for_pages(request.user).filter(pk=pk, retired_at=None).first()
    if food is None:
        return None
    typed = request.POST.get("amount", "")[:LONGEST_AMOUNT], request.POST.get("unit", "")
    refused = RefusedAmount(*typed, problems_of(form))
    context = page_of(request, food, day=page.day, slot=page.slot, refused=refused)
    return render(request, "foods/food.html", context)


def problems_of(form: Form) -> list[str]:
    return [str(error) for errors in form.errors.values() for error in errors]


def _show_errors(request: DiaryRequest, page: DayPage, form: Form) -> HttpResponse:
    problems = problems_of(form)
    if request.htmx:
        response = render(request, "today/_problems.html", {"problems": problems})
        return reswap(retarget(_varying(response), "#problems"), "outerHTML")
    return _show_day(request, page, problems=problems, query=_typed(request))


def _typed(request: DiaryRequest) -> str:
    """Return the text of the food box, to show it again."""
    return request.POST.get("q", "")[:LONGEST_QUERY]


def _varying(response: HttpResponse) -> HttpResponse:
    patch_vary_headers(response, ["HX-Request"])
    return response
