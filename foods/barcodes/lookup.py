"""From a barcode to a food: the catalogue first, then Open Food Facts, whose answer is stored."""

from datetime import timedelta
from typing import Any

from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foods.barcodes.gtin import as_printed, readings
from foods.barcodes.product import Product, read_product
from foods.catalogue.version import one_version
from foods.models import Food, Source
from foods.own_foods import write_label

SLUG = "openfoodfacts"
SOURCE = {
    "name": "Open Food Facts",
    "publisher": "Open Food Facts contributors",
    "licence": "Open Database License (ODbL) 1.0",
    "credit": "© Open Food Facts contributors",
    "url": "https://world.openfoodfacts.org/",
    "trust": 40,
}
ASKED_A_MINUTE = 15
"""The limit of Open Food Facts for one IP address, shared by everybody on this site."""
PAUSE_S = 60
UNKNOWN_FOR_S = 24 * 60 * 60
KNOWN_FOR = timedelta(days=90)
INCOMPLETE_FOR = timedelta(days=1)

ASKED_OFTEN = _(
    "This site has reached its limit of requests to Open Food Facts. Try again in a minute."
)


def local_food(gtin: str, account: Any) -> Food | None:
    """Return the food with a barcode that this person sees: their own, else the most trusted."""
    foods = Food.objects.visible_to(account).filter(gtin__in=same(gtin), retired_at=None)
    found = list(foods.select_related("source"))
    return max(found, key=lambda food: _precedence(food, gtin), default=None)


def same(gtin: str) -> list[str]:
    """Return the stored number, and that of the UPC-A which it may abbreviate."""
    return readings(as_printed(gtin)) or [gtin]


def _precedence(food: Food, gtin: str) -> tuple[bool, bool, bool, int, int]:
    is_known = food.b12_ug_per_100g is not None
    is_own = food.owner_id is not None
    return is_own, food.gtin == gtin, is_known, food.source.trust, food.pk


def is_fresh(food: Food) -> bool:
    """Whether a food is too recent to look up again (recipes change and gaps get filled)."""
    if food.source.slug != SLUG:
        return True
    keeps = INCOMPLETE_FOR if food.b12_ug_per_100g is None else KNOWN_FOR
    return timezone.now() - food.updated_at < keeps


def look_up(gtin: str) -> Food | None:
    """Ask Open Food Facts and store the answer; None if nobody has entered the product.

    Raises NoAnswer. Eight digits that can be read both ways are looked up both ways, EAN-8 first.
    """
    answers = (_look_up_one(number) for number in same(gtin))
    return next((food for food in answers if food), None)


def _look_up_one(gtin: str) -> Food | None:
    """Ask for one number. Misses are cached for a day."""
    from foods.barcodes.client import UNREADABLE, NoAnswer, ask  # 20 MB that few workers use

    if cache.get(_unknown_key(gtin)):
        return None
    if not take_turn():
        raise NoAnswer(ASKED_OFTEN)
    try:
        answer = ask(gtin)
    except NoAnswer as failure:
        if failure.is_busy:
            cache.set(f"{SLUG}-pause", True, PAUSE_S)
        raise
    if answer is None:
        cache.set(_unknown_key(gtin), True, UNKNOWN_FOR_S)
        return None
    try:
        return keep(read_product(answer, gtin))
    except ValueError:
        raise NoAnswer(UNREADABLE) from None


def take_turn() -> bool:
    """Take one of the requests allowed in sixty seconds; False if all are taken.

    Each turn has its own cache key, because adding a key is atomic across workers.
    """
    if cache.get(f"{SLUG}-pause"):
        return False
    turns = range(ASKED_A_MINUTE)
    return any(cache.add(f"{SLUG}-turn-{turn}", True, PAUSE_S) for turn in turns)


@one_version()
def keep(product: Product) -> Food:
    """Create or update the shared food of a product, under its own source and licence."""
    source, _created = Source.objects.get_or_create(slug=SLUG, defaults=SOURCE)
    values = product.draft.columns(timezone.localdate()) | {
        "source_text": product.source_text,
        "b12_kind": product.kind,
        "review": product.doubt[:200],
        "retired_at": None,
    }
    if product.doubt:
        values["b12_ug_per_100g"] = None
    key: dict[str, Any] = {"source": source, "owner": None, "source_key": product.gtin}
    known = Food.objects.filter(**key).first()
    # Contributors rename products there; the composition stays.
    if known and known.keeps_diet(product.draft.diet_basis, name=known.name):
        values |= {"diet": known.diet, "diet_basis": known.diet_basis}
    food, _created = Food.objects.update_or_create(**key, defaults=values)
    write_label(food, product.draft.statement)
    return food


def address_of(food: Food) -> str:
    """Return the address of a food at Open Food Facts; empty for other foods."""
    if food.source.slug != SLUG:
        return ""
    return f"{SOURCE['url']}product/{as_printed(food.gtin)}"


def _unknown_key(gtin: str) -> str:
    return f"{SLUG}-unknown-{gtin}"
