"""Requests about saved meals and recipes: list, make, fill, log, put away."""

from contextlib import nullcontext
from datetime import date
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tracker.diary.days import is_loggable
from tracker.diary.measures import amount_and_unit
from tracker.diary.models import Entry
from tracker.history.once import AlreadyPosted
from tracker.history.steps import lock
from tracker.recipes import editing
from tracker.recipes.content import content_of
from tracker.recipes.forms import (
    FindForm,
    ItemAmountForm,
    ItemForm,
    RecipeForm,
    SaveMealForm,
    ShareForm,
)
from tracker.recipes.models import Item, Recipe
from tracker.recipes.page import RecipePage, answer, problems_of
from tracker.recipes.writing import log_recipe, save_meal
from tracker.versions.keys import key_of

LISTED = 30
REMOVED = "removed_from_recipe"
"""Of the session: what was taken out last, so that it can be put back."""
LONGEST_QUERY = 200


@require_safe
@never_cache
def recipe_list(request: HttpRequest) -> HttpResponse:
    mine = Recipe.objects.filter(profile=request.profile)
    page = Paginator(mine.current().with_items(), LISTED).get_page(request.GET.get("page"))
    retired = mine.exclude(retired_at=None).order_by("-retired_at")[:LISTED]
    contents = [content_of(recipe) for recipe in page]
    context = {"page": page, "contents": contents, "retired": retired}
    return render(request, "recipes/list.html", context)


@never_cache
def recipe_new(request: HttpRequest) -> HttpResponse:
    form = RecipeForm(request.POST or None, initial={"client_uuid": uuid4()})
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        once = key_of(request, values["client_uuid"])
        made, is_new = editing.make(request.profile, values, once=once)
        return redirect("recipe", made.pk) if is_new else _saved_before(request, made)
    return render(request, "recipes/new.html", {"form": form})


@never_cache
def recipe(request: HttpRequest, pk: int) -> HttpResponse:
    if request.method != "POST":
        return answer(request, _page(request, pk), is_removed=_is_removed(request, pk))
    with transaction.atomic():
        lock(request.profile.pk)
        page = _page(request, pk)
        form = page.about_form(request.POST)
        if form.is_valid():
            editing.change(page.recipe, form.cleaned_data)
    if form.errors:
        return answer(request, page, about_form=form)
    messages.success(request, _("Saved. What you logged before stays as it was."))
    return redirect("recipe", pk)


@require_http_methods(["GET", "POST"])
@never_cache
def recipe_find(request: HttpRequest, pk: int) -> HttpResponse:
    """The foods found. Without scripts the form is posted, and the address has no token."""
    page = _page(request, pk)
    if request.method == "POST":
        query = urlencode({"q": request.POST.get("q", "")[:LONGEST_QUERY]})
        return redirect(f"{reverse('recipe', args=[pk])}?{query}#add-title")
    return render(request, "recipes/_found.html", {"page": page})


@require_POST
def item_add(request: HttpRequest, pk: int) -> HttpResponse:
    page = _page(request, pk)
    form = ItemForm(request.POST, account=request.user)
    if not form.is_valid():
        return answer(request, page, problems=problems_of(form))
    values = form.cleaned_data
    try:
        item = editing.add_item(
            page.recipe,
            values["food"],
            values["mass_g"],
            values["amount_text"],
            once=key_of(request, values["client_uuid"]),
        )
    except AlreadyPosted:
        return _changed(request, pk, _("That was already added, so nothing was added now."))
    except ValidationError as error:
        return answer(request, page, problems=error.messages)
    return _changed(request, pk, _("Added %(name)s.") % {"name": item.name})


def item_change(request: HttpRequest, pk: int, item_pk: int) -> HttpResponse:
    with transaction.atomic() if request.method == "POST" else nullcontext():
        if request.method == "POST":
            lock(request.profile.pk)
        page = _page(request, pk)
        item = _item(page, item_pk, food__isnull=False)
        form = _amount_form(request, item)
        is_changed = request.method == "POST" and form.is_valid()
        if is_changed and form.has_changed():  # the number in it may be rounded
            values = form.cleaned_data
            editing.change_amount(item, values["mass_g"], values["amount_text"])
    if is_changed:
        return _changed(request, pk, _("Changed %(name)s.") % {"name": item}, at=f"item-{item.pk}")
    context = {"recipe": page.recipe, "item": item, "form": form}
    name = "recipes/_item_form.html" if request.htmx else "recipes/item.html"
    return render(request, name, context)


@require_POST
def item_remove(request: HttpRequest, pk: int, item_pk: int) -> HttpResponse:
    item = _item(_page(request, pk), item_pk)
    columns = editing.columns_of(item)
    item.delete()
    return _changed(request, pk, _("Removed %(name)s.") % {"name": item}, removed=columns)


@require_POST
def item_put_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Put back what was removed last, as it was, whatever has become of its food."""
    page = _page(request, pk)
    if not _is_removed(request, pk):
        return _changed(request, pk, _("There is nothing to put back any more."))
    try:
        item = editing.put_back(page.recipe, request.session[REMOVED]["item"])
    except ValidationError as error:
        return answer(request, page, problems=error.messages)
    return _changed(request, pk, _("Put back %(name)s.") % {"name": item})


@require_POST
def recipe_log(request: HttpRequest, pk: int) -> HttpResponse:
    page = _page(request, pk)
    form = ShareForm(request.POST, recipe=page.recipe, today=timezone.localdate())
    if not form.is_valid():
        return answer(request, page, share_form=form)
    values = form.cleaned_data
    try:
        log_recipe(
            page.recipe,
            values["day"],
            values["slot"],
            values["share"],
            clock=values["clock"],
            once=key_of(request, values["client_uuid"]),
        )
    except AlreadyPosted:
        messages.info(request, _("That was already logged, so nothing was added now."))
    except ValidationError as error:
        form.add_error("amount", error)
        return answer(request, page, share_form=form)
    is_today = values["day"] == timezone.localdate()
    day = reverse("today") if is_today else reverse("day", args=[values["day"]])
    return redirect(f"{day}#day")


@require_POST
def recipe_retire(request: HttpRequest, pk: int) -> HttpResponse:
    found = _page(request, pk).recipe
    editing.retire(found)
    said = _("%(name)s was deleted. What you logged from it stays in the diary.")
    messages.success(request, said % {"name": found.name})
    return redirect("recipes")


@require_POST
def recipe_restore(request: HttpRequest, pk: int) -> HttpResponse:
    retired = Recipe.objects.filter(profile=request.profile).exclude(retired_at=None)
    found = get_object_or_404(retired, pk=pk)
    editing.restore(found)
    messages.success(request, _("%(name)s was restored.") % {"name": found.name})
    return redirect("recipe", pk)


@require_POST
def recipe_from_meal(request: HttpRequest, day: date) -> HttpResponse:
    if not is_loggable(day, timezone.localdate()):
        raise Http404
    form = SaveMealForm(request.POST)
    if not form.is_valid():
        return _refused(request, day, problems_of(form))
    values = form.cleaned_data
    eaten = Entry.objects.filter(profile=request.profile, day=day, slot=values["slot"])
    try:
        found, is_new = save_meal(
            request.profile,
            list(eaten.as_eaten().select_related("food")),
            values["name"],
            values["slot"],
            once=key_of(request, values["client_uuid"]),
        )
    except ValidationError as error:
        return _refused(request, day, error.messages)
    if not is_new:
        return _saved_before(request, found)
    messages.success(request, _("Saved. Type its name in the food box to log it again."))
    return redirect(reverse("recipe", args=[found.pk]) + "?about")


# --- shared by the views above


def _saved_before(request: HttpRequest, made: Recipe) -> HttpResponse:
    """Lead to what a form made when it was sent before, and say that nothing was saved now."""
    if made.retired_at:
        said = _("%(name)s was saved and later deleted, so it was not saved again.")
        messages.info(request, said % {"name": made.name})
        return redirect("recipes")
    messages.info(request, _("%(name)s was already saved.") % {"name": made.name})
    return redirect("recipe", made.pk)


def _amount_form(request: HttpRequest, item: Item) -> ItemAmountForm:
    amount, unit = amount_and_unit(item.food, item.mass_g, item.amount_text)
    initial = {"amount": amount, "unit": unit}
    return ItemAmountForm(request.POST or None, item=item, initial=initial)


def _page(request: HttpRequest, pk: int) -> RecipePage:
    mine = Recipe.objects.filter(profile=request.profile).current()
    found = get_object_or_404(mine.with_items(), pk=pk)
    form = FindForm(request.GET)
    form.is_valid()
    return RecipePage(found, request.profile, request.user, **form.cleaned_data)


def _item(page: RecipePage, pk: int, **more: Any) -> Item:
    items = Item.objects.filter(recipe=page.recipe, **more).select_related("food")
    return get_object_or_404(items.prefetch_related("food__portions"), pk=pk)


def _changed(
    request: HttpRequest,
    pk: int,
    said: str,
    *,
    at: str = "",
    removed: dict[str, Any] | None = None,
) -> HttpResponse:
    """Answer a change of what is in it: the dish again under htmx, else the way back to it.

    ``removed`` are the columns of what was taken out: it can be put back until the next change.
    """
    if removed:
        request.session[REMOVED] = {"recipe": pk, "item": removed}
    else:
        request.session.pop(REMOVED, None)
    if not request.htmx:
        messages.success(request, said)
        return redirect(reverse("recipe", args=[pk]) + (f"#{at}" if at else ""))
    return answer(request, _page(request, pk), said=said, is_removed=bool(removed))


def _is_removed(request: HttpRequest, pk: int) -> bool:
    """Say whether the last change of a recipe's foods took one out of this one."""
    return bool(request.session.get(REMOVED, {}).get("recipe") == pk)


def _refused(request: HttpRequest, day: date, problems: list[str]) -> HttpResponse:
    for problem in problems:
        messages.error(request, problem)
    return redirect("day", day)
