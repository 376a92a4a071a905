"""The catalogue: find a food, read about it, add one of your own."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from foods.barcodes.gtin import looks_like_gtin
from foods.catalogue.search import Found, find_foods
from foods.forms import BeginForm, LogFromForm, SearchForm
from foods.going_on import food_address, way_on
from foods.kinds import Fortification, SourceClass
from foods.label_form import NO_INJECTION, LabelForm, fresh_initial, initial_of
from foods.models import Food
from foods.own_foods import NamedAlike, add_own_food, change_own_food, draft_of, retire
from foods.page import foods_for_pages, page_of
from foods.requests import FoodRequest
from tracker.versions.keys import key_of

LISTED = 30
OTHER_MEASURE = gettext_lazy(
    "A food counted in pieces cannot become one that is weighed, or the other way round. "
    "Add it as a new food."
)


@require_safe
def food_list(request: FoodRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    found = _matches(request, form.cleaned_data) if form.is_valid() else Found()
    wanted = form.cleaned_data
    context = {
        "form": form,
        "query": wanted.get("q", ""),
        "gtin": looks_like_gtin(wanted.get("q", "")),
        "foods": found.foods,
        "corrected": found.corrected,
        "count": Food.objects.current().visible_to(request.user).count(),
    }
    name = "foods/_list.html" if request.htmx else "foods/list.html"
    response = render(request, name, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_safe
def food_page(request: FoodRequest, pk: int) -> HttpResponse:
    food = get_object_or_404(foods_for_pages(request.user), pk=pk)
    form = LogFromForm(request.GET)
    form.is_valid()
    wanted = form.cleaned_data
    context = page_of(request, food, day=wanted.get("day"), slot=wanted.get("slot", ""))
    return render(request, "foods/food.html", context)


@never_cache
def food_new(request: FoodRequest) -> HttpResponse:
    """An empty form, or one pre-filled with a name, a barcode or another food."""
    if request.method != "POST":
        return _beginning(request)
    form = LabelForm(request.POST)
    if not form.is_valid():
        return _show_label_form(request, form)
    key = key_of(request, form.cleaned_data["client_uuid"]) or uuid4()
    is_second = form.cleaned_data["again"]
    try:
        food, is_new = add_own_food(request.user, form.draft(), key=str(key), is_second=is_second)
    except NamedAlike:
        form.ask_about_name()
        return _show_label_form(request, form)
    if is_new:
        return _saved(request, food)
    return _sent_before(request, food)


@never_cache
def food_edit(request: FoodRequest, pk: int) -> HttpResponse:
    if request.method != "POST":
        food = _own_food(request, pk)
        form = LabelForm(initial=initial_of(draft_of(food)))
        return _show_label_form(request, form, food=food)
    with transaction.atomic():
        food = _own_food(request, pk, is_locked=True)
        form = LabelForm(request.POST, initial=initial_of(draft_of(food)))
        if form.is_valid():
            draft = form.draft()
            if draft.statement.is_in_pieces == food.is_unit_food:
                change_own_food(food, draft)
                return _saved(request, food)
            # Logged amounts would be read as tablets instead of grams, or the other way round.
            form.add_error("serving_unit", OTHER_MEASURE)
    return _show_label_form(request, form, food=food)


@require_POST
def food_retire(request: FoodRequest, pk: int) -> HttpResponse:
    is_back = "back" in request.POST
    with transaction.atomic():
        food = _own_food(request, pk, is_locked=True)
        is_done = retire(food, is_back=is_back)
    if is_back:
        said = _("The food was restored.") if is_done else _("The food was already restored.")
    elif is_done:
        said = _("The food was deleted. Your diary has not changed.")
    else:
        said = _("The food was already deleted.")
    messages.success(request, said)
    return redirect(food_address(food.pk, way_on(request)))


# --- shared by the views above


def _own_food(request: FoodRequest, pk: int, *, is_locked: bool = False) -> Food:
    foods = Food.objects.filter(owner=request.user).prefetch_related("portions")
    if is_locked:
        # Its key does not change, so a request that logs the food need not wait for this lock. Such
        # a request holds the profile, which is updated here last: the two would deadlock.
        foods = foods.select_for_update(no_key=True)
    return get_object_or_404(foods, pk=pk)


def _beginning(request: FoodRequest) -> HttpResponse:
    begin = BeginForm(request.GET)
    begin.is_valid()
    wanted = begin.cleaned_data
    gtin = looks_like_gtin(wanted.get("code", "")) or ""
    initial = fresh_initial(name=wanted.get("name", ""), gtin=gtin)
    like = None
    if pk := wanted.get("like"):
        foods = Food.objects.visible_to(request.user).select_related("source")
        like = get_object_or_404(foods.prefetch_related("portions"), pk=pk)
        if like.is_injection:
            messages.info(request, NO_INJECTION)
            return redirect(food_address(like.pk, way_on(request)))
        initial |= initial_of(draft_of(like))
    return _show_label_form(request, LabelForm(initial=initial), like=like)


def _show_label_form(request: FoodRequest, form: LabelForm, **about: Food | None) -> HttpResponse:
    context = {"form": form, "way_on": way_on(request), **about}
    return render(request, "foods/label.html", context)


def _saved(request: FoodRequest, food: Food) -> HttpResponse:
    said = _("Saved. Only you can see this food.")
    if food.retired_at:
        said = _("Saved, but this food is deleted and no list shows it.")
    messages.success(request, said)
    return redirect(food_address(food.pk, way_on(request)))


def _sent_before(request: FoodRequest, food: Food) -> HttpResponse:
    """Redirect to the food that this form has already created; nothing is written again."""
    said = _("This food was already saved, so nothing was changed.")
    if food.retired_at:
        said = _("This food was saved and later deleted, so it was not saved again.")
    messages.info(request, said)
    return redirect(food_address(food.pk, way_on(request)))


def _matches(request: FoodRequest, wanted: dict[str, Any]) -> Found:
    foods = _filtered(request, wanted)
    if wanted.get("q"):
        return find_foods(wanted["q"], account=request.user, among=foods, limit=LISTED)
    best = foods.filter(b12_ug_per_100g__gt=0).exclude(source_class=SourceClass.SUPPLEMENT)
    best = best.exclude(fortification=Fortification.PSEUDO)
    best = best.order_by("-rank", "-b12_ug_per_100g", "pk").select_related("source")
    return Found(list(best.prefetch_related("portions")[:LISTED]))


def _filtered(request: FoodRequest, wanted: dict[str, Any]) -> QuerySet[Food]:
    foods = Food.objects.current().visible_to(request.user)
    if wanted.get("fits") and request.profile:
        foods = foods.fitting(request.profile.diet_now)
    if wanted.get("fortified"):
        foods = foods.filter(fortification__in=[Fortification.FORTIFIED, Fortification.MIXED])
    if wanted.get("mine"):
        foods = foods.filter(owner=request.user)
    return foods
