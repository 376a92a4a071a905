"""From a barcode to a food: the own catalogue first, then Open Food Facts, which is kept."""

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
"""What Open Food Facts allows one address, so it holds for everybody on this site together."""
PAUSE_S = 60
UNKNOWN_FOR_S = 24 * 60 * 60
KNOWN_FOR = timedelta(days=90)
INCOMPLETE_FOR = timedelta(days=1)

ASKED_OFTEN = _(
    "This site has reached its limit of requests to Open Food Facts. Try again in a minute."
)


def local_food(gtin: str, account: Any) -> Food | None:
    """Return the food of a barcode that this person sees: an own one, else the best-trusted."""
    foods = Food.objects.visible_to(account).filter(gtin__in=same(gtin), retired_at=None)
    found = list(foods.select_related("source"))
    return max(found, key=lambda food: _precedence(food, gtin), default=None)


def same(gtin: str) -> list[str]:
    """Return the stored number, and that of a UPC-A which it may be the short form of."""
    return readings(as_printed(gtin)) or [gtin]


def _precedence(food: Food, gtin: str) -> tuple[bool, bool, bool, int, int]:
    is_known = food.b12_ug_per_100g is not None
    is_own = food.owner_id is not None
    return is_own, food.gtin == gtin, is_known, food.source.trust, food.pk


def is_fresh(food: Food) -> bool:
    """Whether a food need not be asked for again: makers change recipes, gaps get filled."""
    if food.source.slug != SLUG:
        return True
    keeps = INCOMPLETE_FOR if food.b12_ug_per_100g is None else KNOWN_FOR
    return timezone.now() - food.updated_at < keeps


def look_up(gtin: str) -> Food | None:
    """Ask Open Food Facts and keep what it says; None where nobody has entered the product.

    Raises NoAnswer. Eight digits that fit both ways are asked for both ways, the EAN-8 first.
    """
    answers = (_look_up_one(number) for number in same(gtin))
    return next((food for food in answers if food), None)


def _look_up_one(gtin: str) -> Food | None:
    """Ask for one number. That nobody has entered it is remembered for a day."""
    from foods.barcodes.client import UNREADABLE, NoAnswer, ask  # 20 MB that few workers need

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
    """Take one of the requests of the last sixty seconds; False when all are taken.

    Each turn is a key of its own, because adding one is the step that two workers cannot share.
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
    # What a product is called there changes with its contributors, what it is made of does not.
    if known and known.keeps_diet(product.draft.diet_basis, name=known.name):
        values |= {"diet": known.diet, "diet_basis": known.diet_basis}
    food, _created = Food.objects.update_or_create(**key, defaults=values)
    write_label(food, product.draft.statement)
    return food


def address_of(food: Food) -> str:
    """Return the page of a food at Open Food Facts; empty for other foods."""
    if food.source.slug != SLUG:
        return ""
    return f"{SOURCE['url']}product/{as_printed(food.gtin)}"


def _unknown_key(gtin: str) -> str:
    return f"{SLUG}-unknown-{gtin}"
