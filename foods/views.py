"""The catalogue: find a food, read all there is about it."""

from uuid import uuid4

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from foods.forms import LogFromForm, SearchForm
from foods.models import Food, Fortification, SourceClass
from foods.search import search_foods
from tracker.science.reference_intakes import percent_daily_value

LISTED = 30
LARGEST_LABEL_PERCENT = 100
"""Beyond it a percentage says nothing more: a rich food is not so many times healthier."""


@require_safe
def food_list(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {"q": ""}
    context = {
        "form": form,
        "query": wanted.get("q", ""),
        "foods": _matches(request, wanted),
        "count": Food.objects.current().visible_to(request.user).count(),
    }
    name = "foods/_list.html" if request.htmx else "foods/list.html"
    response = render(request, name, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_safe
def food_page(request: HttpRequest, pk: int) -> HttpResponse:
    foods = Food.objects.visible_to(request.user).select_related("source", "superseded_by")
    food = get_object_or_404(foods.prefetch_related("portions"), pk=pk)
    target = LogFromForm(request.GET)
    target = target.cleaned_data if target.is_valid() else {}
    context = {
        "food": food,
        "portions": [(p, food.b12_ug(p.mass_g)) for p in food.portions.all()],
        "daily_value_percent": _percent_of_label(food),
        "day": target.get("day") or timezone.localdate(),
        "slot": target.get("slot", ""),
        "client_uuid": uuid4(),
    }
    return render(request, "foods/food.html", context)


def _matches(request: HttpRequest, wanted: dict) -> list[Food]:
    foods = _filtered(request, wanted)
    if wanted.get("q"):
        return search_foods(wanted["q"], account=request.user, among=foods, limit=LISTED)
    best = foods.filter(b12_ug_per_100g__gt=0).exclude(source_class=SourceClass.SUPPLEMENT)
    best = best.exclude(fortification=Fortification.PSEUDO)
    return list(
        best.order_by("-rank", "-b12_ug_per_100g", "pk").prefetch_related("portions")[:LISTED]
    )


def _filtered(request: HttpRequest, wanted: dict) -> QuerySet[Food]:
    foods = Food.objects.current().visible_to(request.user)
    if wanted.get("fits") and request.profile:
        foods = foods.fitting(request.profile.diet_now)
    if wanted.get("fortified"):
        foods = foods.filter(fortification__in=[Fortification.FORTIFIED, Fortification.MIXED])
    if wanted.get("mine"):
        foods = foods.filter(owner=request.user)
    return foods


def _percent_of_label(food: Food) -> float | None:
    portion = next(iter(food.portions.all()), None)
    amount = food.b12_ug(portion.mass_g) if portion else None
    percent = percent_daily_value(amount, "eu") if amount else None
    return percent if percent and percent <= LARGEST_LABEL_PERCENT else None
