"""Requests about saved meals and recipes: list, create, edit, log, delete."""

from collections.abc import Callable
from contextlib import nullcontext
from datetime import date
from functools import wraps
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from foods.models import Food
from tracker.diary.days import is_loggable
from tracker.diary.measures import reopened
from tracker.diary.models import Entry
from tracker.diary.picks import ASK
from tracker.history.once import AlreadyPosted, is_posted, step_of
from tracker.history.steps import lock
from tracker.profiles.requests import DiaryRequest
from tracker.recipes import editing, telling
from tracker.recipes.content import content_of
from tracker.recipes.finding import recipes_logged
from tracker.recipes.forms import (
    FindForm,
    ItemAmountForm,
    ItemForm,
    PutBackForm,
    RecipeForm,
    SaveMealForm,
    ShareForm,
)
from tracker.recipes.models import Item, Recipe
from tracker.recipes.page import RecipePage, answer, problems_of
from tracker.recipes.writing import log_recipe, save_meal
from tracker.versions.forms import focus_first
from tracker.versions.keys import key_of, posted_key

LISTED = 30
LONGEST_QUERY = 200
DONE_BEFORE = gettext_lazy("That was already done, so nothing was changed.")
View = Callable[..., HttpResponse]


def leads_from_deleted(view: View) -> View:
    """Redirect from a deleted recipe to the list, where it can be restored."""

    @wraps(view)
    def answered(request: DiaryRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except editing.Deleted as gone:
            said = _("%(name)s was deleted. It can be restored at the end of this list.")
            messages.info(request, said % {"name": gone.recipe.name})
            address = reverse("recipes")
            return HttpResponseClientRedirect(address) if request.htmx else redirect(address)

    return answered


@require_safe
@never_cache
def recipe_list(request: DiaryRequest) -> HttpResponse:
    mine = Recipe.objects.filter(profile=request.profile)
    page = Paginator(mine.current().with_items(), LISTED).get_page(request.GET.get("page"))
    retired = mine.exclude(retired_at=None).order_by("-retired_at")[:LISTED]
    contents = [content_of(recipe) for recipe in page]
    just_deleted = telling.deleted_once(request.session)
    context = {
        "page": page,
        "contents": contents,
        "retired": retired,
        "deleted": next((one for one in retired if one.pk == just_deleted), None),
        "fresh_uuid": uuid4(),
    }
    return render(request, "recipes/list.html", context)


@never_cache
def recipe_new(request: DiaryRequest) -> HttpResponse:
    form = RecipeForm(request.POST or None, initial={"client_uuid": uuid4()})
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        once = key_of(request, values["client_uuid"])
        made, is_new = editing.make(request.profile, values, once=once)
        return redirect("recipe", made.pk) if is_new else _saved_before(request, made)
    if form.is_bound:
        focus_first(form)
    return render(request, "recipes/new.html", {"form": form})


@never_cache
@leads_from_deleted
def recipe(request: DiaryRequest, pk: int) -> HttpResponse:
    if request.method != "POST":
        page = _page(request, pk)
        said = "" if request.htmx else telling.said_once(request.session, pk)
        return answer(request, page, said=said)
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
@leads_from_deleted
def recipe_find(request: DiaryRequest, pk: int) -> HttpResponse:
    """The foods found. Without scripts the form is posted to keep the token out of the URL."""
    page = _page(request, pk)
    if request.method == "POST":
        query = urlencode({"q": request.POST.get("q", "")[:LONGEST_QUERY]})
        return redirect(f"{reverse('recipe', args=[pk])}?{query}#add-title")
    return render(request, "recipes/_found.html", {"page": page})


@require_POST
@leads_from_deleted
def item_add(request: DiaryRequest, pk: int) -> HttpResponse:
    page = _page(request, pk)
    pick = request.POST.get("pick", "")
    if pick.startswith(ASK):
        asked = {"pick": pick.removeprefix(ASK), "words": _("That is already in it.")}
        return answer(request, page, asked=asked)
    form = ItemForm(request.POST, account=request.user)
    if not form.is_valid():
        return answer(request, page, problems=problems_of(form))
    values = form.cleaned_data
    try:
        item = editing.add_item(
            page.recipe,
            values["food"],
            values["mass_g"],
            values["quantity"],
            once=key_of(request, values["client_uuid"]),
        )
    except AlreadyPosted:
        return _told(request, pk, _("That was already added, so nothing was added now."))
    except ValidationError as error:
        return answer(request, page, problems=error.messages)
    return _told(request, pk, _("Added %(name)s.") % {"name": item.called})


@leads_from_deleted
def item_change(request: DiaryRequest, pk: int, item_pk: int) -> HttpResponse:
    with transaction.atomic() if request.method == "POST" else nullcontext():
        if request.method == "POST":
            lock(request.profile.pk)
        page = _page(request, pk)
        item = _items(page).filter(pk=item_pk).first()
        if item is None:
            return _told(request, pk, _("That food is no longer in it, so nothing was changed."))
        if item.food is None:
            raise Http404
        form = _amount_form(request, item, item.food)
        is_saved = request.method == "POST" and form.is_valid()
        if is_saved and form.has_changed():  # an unchanged number may be rounded
            values = form.cleaned_data
            editing.change_amount(item, values["mass_g"], values["quantity"])
    if is_saved and not form.has_changed():
        return _told(request, pk, _("Nothing was changed."), at=f"item-{item.pk}")
    if is_saved:
        return _told(request, pk, _("Changed %(name)s.") % {"name": item}, at=f"item-{item.pk}")
    context = {"recipe": page.recipe, "item": item, "form": form}
    name = "recipes/_item_form.html" if request.htmx else "recipes/item.html"
    return render(request, name, context)


@require_POST
@leads_from_deleted
def item_remove(request: DiaryRequest, pk: int, item_pk: int) -> HttpResponse:
    page = _page(request, pk)
    try:
        item = editing.remove(page.recipe, item_pk, once=posted_key(request))
    except AlreadyPosted:
        item = Item.with_removed.filter(recipe=page.recipe, pk=item_pk).first()
        if item is None or item.removed_at is None:
            return _told(request, pk, str(DONE_BEFORE))
    if item is None:
        return _told(request, pk, _("That food was already removed."))
    return _told(request, pk, _("Removed %(name)s.") % {"name": item})


@require_POST
@leads_from_deleted
def item_put_back(request: DiaryRequest, pk: int) -> HttpResponse:
    """Restore the food that the button names, as it was, even if it has changed since."""
    page = _page(request, pk)
    form = PutBackForm(request.POST)
    form.is_valid()
    wanted = form.cleaned_data.get("item", 0)
    try:
        item = editing.put_back(page.recipe, wanted, once=posted_key(request))
    except AlreadyPosted:
        item = Item.objects.filter(recipe=page.recipe, pk=wanted).first()
        if item is None:
            return _told(request, pk, str(DONE_BEFORE))
    except ValidationError as error:
        return answer(request, page, problems=error.messages)
    if item is None:
        return _told(request, pk, _("There is nothing to put back any more."))
    return _told(request, pk, _("Put back %(name)s.") % {"name": item})


@require_POST
@leads_from_deleted
def recipe_log(request: DiaryRequest, pk: int) -> HttpResponse:
    once = posted_key(request)
    with transaction.atomic():
        lock(request.profile.pk)
        if is_posted(request.profile.pk, once):  # even if the recipe has changed since
            return _logged_before(request, once)
        page = _page(request, pk)
        form = ShareForm(request.POST, content=page.content, today=request.profile.today())
        if not form.is_valid():
            return answer(request, page, share_form=form)
        values = form.cleaned_data
        is_there = pk in recipes_logged(request.profile, values["day"], values["slot"])
        if is_there and "again" not in request.POST:
            return answer(request, page, share_form=form, is_logged=True)
        try:
            _log(page.recipe, values, once)
        except ValidationError as error:
            form.add_error("amount", error)
            return answer(request, page, share_form=form)
    return redirect(_address_of(request, values["day"]) + "#day")


@require_POST
@leads_from_deleted
def recipe_retire(request: DiaryRequest, pk: int) -> HttpResponse:
    found = _page(request, pk).recipe
    try:
        editing.retire(found, once=posted_key(request))
    except AlreadyPosted:
        messages.info(request, DONE_BEFORE)
        return redirect("recipe", pk)
    telling.keep_deleted(request.session, pk)
    return redirect("recipes")


@require_POST
def recipe_restore(request: DiaryRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Recipe, profile=request.profile, pk=pk)
    try:
        is_restored = editing.restore(found, once=posted_key(request))
    except AlreadyPosted:
        messages.info(request, DONE_BEFORE)
        return redirect("recipe", pk)
    said = _("%(name)s was restored.") if is_restored else _("%(name)s was already restored.")
    messages.success(request, said % {"name": found.name})
    return redirect("recipe", pk)


@require_POST
def recipe_from_meal(request: DiaryRequest, day: date) -> HttpResponse:
    if not is_loggable(day, request.profile.today()):
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


def _saved_before(request: DiaryRequest, made: Recipe) -> HttpResponse:
    """Redirect to what the form saved the first time, and say that nothing was saved now."""
    if made.retired_at:
        said = _("%(name)s was saved and later deleted, so it was not saved again.")
        messages.info(request, said % {"name": made.name})
        return redirect("recipes")
    messages.info(request, _("%(name)s was already saved.") % {"name": made.name})
    return redirect("recipe", made.pk)


def _amount_form(request: DiaryRequest, item: Item, food: Food) -> ItemAmountForm:
    assert item.mass_g is not None  # guaranteed by a database constraint on items with a food
    before = reopened(food, item.mass_g, item.quantity)
    initial = {"amount": before.amount, "unit": before.unit}
    return ItemAmountForm(
        request.POST or None, item=item, food=food, kept=before.kept, initial=initial
    )


def _log(recipe: Recipe, values: dict[str, Any], once: UUID | None) -> None:
    log_recipe(
        recipe, values["day"], values["slot"], values["share"], clock=values["clock"], once=once
    )


def _logged_before(request: DiaryRequest, once: UUID | None) -> HttpResponse:
    """Redirect to the day of what the form logged the first time, and say so."""
    messages.info(request, _("That was already logged, so nothing was added now."))
    step = step_of(request.profile, once)
    return redirect(_address_of(request, step.day if step else request.profile.today()))


def _address_of(request: DiaryRequest, day: date) -> str:
    return reverse("today") if day == request.profile.today() else reverse("day", args=[day])


def _page(request: DiaryRequest, pk: int) -> RecipePage:
    """Raise Http404 if the recipe never existed, and Deleted if it was deleted."""
    mine = Recipe.objects.filter(profile=request.profile)
    found = get_object_or_404(mine.with_items(), pk=pk)
    if found.retired_at:
        raise editing.Deleted(found)
    form = FindForm(request.GET)
    form.is_valid()
    return RecipePage(found, request.profile, request.user, **form.cleaned_data)


def _items(page: RecipePage) -> QuerySet[Item]:
    items = Item.objects.filter(recipe=page.recipe).select_related("food")
    return items.prefetch_related("food__portions")


def _told(request: DiaryRequest, pk: int, said: str, *, at: str = "dish") -> HttpResponse:
    """Say something above the dish: the dish again under htmx, else a redirect to it."""
    if not request.htmx:
        telling.keep_said(request.session, pk, said)
        return redirect(reverse("recipe", args=[pk]) + f"#{at}")
    return answer(request, _page(request, pk), said=said)


def _refused(request: DiaryRequest, day: date, problems: list[str]) -> HttpResponse:
    for problem in problems:
        messages.error(request, problem)
    return redirect("day", day)
