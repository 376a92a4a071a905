"""The barcode page: find a food by its number, and who may be asked about it."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from foods.barcodes.forms import BarcodeForm
from foods.barcodes.gtin import as_printed
from foods.barcodes.lookup import is_fresh, local_food, look_up
from foods.going_on import food_address, way_on, with_query
from foods.models import Food, LookupConsent
from foods.requests import FoodRequest


@never_cache
def barcode(request: FoodRequest) -> HttpResponse:
    """Find the food with a number. Only a POST ever asks Open Food Facts, and only with consent."""
    if request.method != "POST":
        return _from_catalogue(request)
    form = BarcodeForm(request.POST)
    if not form.is_valid():
        return _show(request, form)
    gtin = form.cleaned_data["code"]
    if settings.OPENFOODFACTS and "agree" in request.POST:
        LookupConsent.objects.get_or_create(account=request.user)
    food = local_food(gtin, request.user)
    if (food and is_fresh(food)) or not _may_ask(request):
        return _go_to(request, food) if food else _show(request, form, gtin=gtin)
    return _asked(request, form, gtin, food)


@require_POST
def barcode_consent(request: FoodRequest) -> HttpResponse:
    """Withdraw the consent; foods already looked up stay in the catalogue."""
    LookupConsent.objects.filter(account=request.user).delete()
    messages.success(request, _("Barcodes are no longer looked up at Open Food Facts for you."))
    return redirect(with_query(reverse("barcode"), way_on(request)))


def _from_catalogue(request: FoodRequest) -> HttpResponse:
    form = BarcodeForm(request.GET if "code" in request.GET else None)
    if not form.is_bound or not form.is_valid():
        return _show(request, form)
    gtin = form.cleaned_data["code"]
    food = local_food(gtin, request.user)
    return _go_to(request, food) if food else _show(request, form, gtin=gtin)


def _asked(request: FoodRequest, form: BarcodeForm, gtin: str, known: Food | None) -> HttpResponse:
    from foods.barcodes.client import NoAnswer

    try:
        food = look_up(gtin) or known
    except NoAnswer as failure:
        if known:
            return _go_to(request, known)
        return _show(request, form, gtin=gtin, problem=failure.said)
    return _go_to(request, food) if food else _show(request, form, gtin=gtin, is_unknown=True)


def _go_to(request: FoodRequest, food: Food) -> HttpResponse:
    """Redirect to logging or, if the B12 is unknown, to the form for a label."""
    if food.b12_ug_per_100g is None and food.owner_id is None:
        query = {"like": str(food.pk), **way_on(request)}
        return redirect(with_query(reverse("food-new"), query))
    return redirect(food_address(food.pk, way_on(request)))


def _may_ask(request: FoodRequest) -> bool:
    if not settings.OPENFOODFACTS:
        return False
    return LookupConsent.objects.filter(account=request.user).exists()


def _show(request: FoodRequest, form: BarcodeForm, *, gtin: str = "", **said: Any) -> HttpResponse:
    code = as_printed(gtin) if gtin else ""
    context = {
        "form": form,
        "code": code,
        "is_on": settings.OPENFOODFACTS,
        "contact": settings.OPENFOODFACTS_CONTACT,
        "version": settings.VERSION,
        "may_ask": _may_ask(request),
        "way_on": way_on(request),
        "label_address": with_query(reverse("food-new"), {"code": code, **way_on(request)}),
        **said,
    }
    return render(request, "foods/barcode.html", context)
