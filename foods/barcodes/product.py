"""Read an Open Food Facts product: the newest format first, then the old one."""

import html
import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from foods.barcodes.gtin import as_printed, readings
from foods.barcodes.serving import Serving, read_serving
from foods.barcodes.sorting import diet_of, is_us, may_be_rich, says_b12_is_added, source_class_of
from foods.kinds import Diet, SourceClass, ValueKind
from foods.label import PLAUSIBLE_UG_PER_100G, LabelStatement, LabelUnit, Per, ServingUnit
from foods.own_foods import ADDED, NATURAL, NOT_SAID, WITHOUT_B12_OF_THEIR_OWN, Draft
from tracker.fields.naming import tidy

UG_PER_G = 1e6
UG_PER_UNIT = {"g": UG_PER_G, "mg": 1e3, "µg": 1.0, "ug": 1.0, "mcg": 1.0}
RICH_UG_PER_100G = 20.0
BELOW, ABOUT, ABSENT = ("<", "<=", "≤"), ("~",), ("-",)
NUTRIENT = "vitamin-b12"

BELOW_ZERO = _(
    "Open Food Facts gives less than 0 µg, which is impossible. Use the value on the label."
)
UNIT_ERROR = _(
    "Open Food Facts gives more than any food contains, so its unit is wrong. Use the value on "
    "the label."
)
RICH = _(
    "Open Food Facts gives %(amount)s µg per 100 g, which is a lot for this kind of food. Compare "
    "it with the label."
)
US_ZERO = _(
    "Open Food Facts gives 0, which on a US label usually means that nothing is declared. "
    "Enter 0 only if the label says so."
)
COUNTED = _("Supplements are counted in tablets or drops. Use the amount on the label.")


@dataclass(frozen=True, slots=True)
class Reported:
    """B12 as reported. ``ug_per_100g`` is None if there is no reliable value."""

    ug_per_100g: float | None = None
    kind: str = ValueKind.UNKNOWN
    is_by_volume: bool = False


@dataclass(frozen=True, slots=True)
class Product:
    """A product for the catalogue. If there is a doubt, its B12 must be checked on the label."""

    gtin: str
    draft: Draft
    kind: str
    doubt: str
    changed: date | None

    @property
    def source_text(self) -> str:
        changed = f", changed {date_format(self.changed)}" if self.changed else ""
        return f"Open Food Facts, product {as_printed(self.gtin)}{changed}"


def read_product(product: dict[str, Any], gtin: str) -> Product:
    """Return what the catalogue can use of an answer. Raises ValueError for another product."""
    codes = readings(_text(product.get("code"), 20))
    if codes and gtin not in codes:
        raise ValueError("the answer is about another product")
    reported = read_b12(product)
    serving = read_serving(
        _text(product.get("serving_size"), 200),
        number(product.get("serving_quantity")),
        _text(product.get("serving_quantity_unit"), 10),
    )
    tags = Tags.of(product)
    name = _text(product.get("product_name"), 250)
    is_drink = (
        reported.is_by_volume
        or bool(serving and serving.is_by_volume)
        or any("beverages" in tag for tag in tags.categories)
    )
    diet, diet_basis = diet_of(tags.analysis, tags.labels)
    source_class = source_class_of(
        tags.categories,
        name,
        is_drink=is_drink,
        is_vegan=diet == Diet.VEGAN,
        has_b12=bool(reported.ug_per_100g),
    )
    brand = _text(product.get("brands"), 300).split(",")[0].strip()[:120]
    doubt = doubt_about(product, reported, tags, source_class)
    return Product(
        gtin=gtin,
        draft=Draft(
            name=name or brand or as_printed(gtin),
            brand=brand if name else "",
            gtin=gtin,
            statement=_statement(reported, serving, source_class, is_drink),
            source_class=source_class,
            origin=_origin(tags, source_class),
            diet=diet,
            diet_basis=diet_basis,
        ),
        kind=ValueKind.UNKNOWN if doubt else reported.kind,
        doubt=doubt,
        changed=_day(product.get("last_modified_t")),
    )


@dataclass(frozen=True, slots=True)
class Tags:
    categories: tuple[str, ...]
    labels: tuple[str, ...]
    countries: tuple[str, ...]
    vitamins: tuple[str, ...]
    analysis: tuple[str, ...]

    @classmethod
    def of(cls, product: dict[str, Any]) -> "Tags":
        names = ("categories", "labels", "countries", "vitamins", "ingredients_analysis")
        return cls(*(_tags(product.get(f"{name}_tags")) for name in names))


def _origin(tags: Tags, source_class: str) -> str:
    if says_b12_is_added(tags.vitamins):
        return ADDED
    is_animal = source_class not in (*WITHOUT_B12_OF_THEIR_OWN, SourceClass.MIXED_DISH)
    return NATURAL if is_animal else NOT_SAID


def _statement(
    reported: Reported, serving: Serving | None, source_class: str, is_drink: bool
) -> LabelStatement:
    if source_class == SourceClass.SUPPLEMENT:
        return LabelStatement(None, LabelUnit.UG, Per.SERVING, 1, ServingUnit.PIECE)
    amount = reported.ug_per_100g
    is_sound = amount is not None and 0 <= amount <= PLAUSIBLE_UG_PER_100G
    return LabelStatement(
        amount if is_sound else None,
        LabelUnit.UG,
        Per.ML100 if is_drink else Per.G100,
        serving.size if serving else None,
        ServingUnit.ML if serving and serving.is_by_volume else ServingUnit.G,
        serving.word if serving else "",
    )


def doubt_about(product: dict[str, Any], reported: Reported, tags: Tags, source_class: str) -> str:
    """Return why a value must first be compared with the label; empty if it need not be."""
    amount = reported.ug_per_100g
    if source_class == SourceClass.SUPPLEMENT:
        return str(COUNTED)
    if amount is None:
        return ""
    if amount < 0:
        return str(BELOW_ZERO)
    if amount > PLAUSIBLE_UG_PER_100G:
        return str(UNIT_ERROR)
    if amount > RICH_UG_PER_100G and not may_be_rich(tags.categories):
        return RICH % {"amount": f"{amount:.4g}"}
    is_plain_zero = amount == 0 and reported.kind == ValueKind.LABEL
    if is_plain_zero and is_us(tags.countries, _text(product.get("code"), 20)):
        return str(US_ZERO)
    return ""


# --- B12


def read_b12(product: dict[str, Any]) -> Reported:
    """Return the B12 of a product [µg per 100 g or 100 ml], in whichever format it is given."""
    newest = _newest(product)
    return _older(product) if newest is None else newest


def _newest(product: dict[str, Any]) -> Reported | None:
    """Read nutrition.aggregated_set (API 3.5); None if it does not mention B12."""
    nutrients = _dict(_dict(product.get("nutrition")).get("aggregated_set"))
    nutrient = _dict(_dict(nutrients.get("nutrients")).get(NUTRIENT))
    amount = number(nutrient.get("value"))
    per = nutrients.get("per")
    if amount is None or per not in (Per.G100, Per.ML100):
        return None
    if nutrients.get("preparation") == "prepared":
        return None  # people weigh what they eat as it is sold
    if nutrient.get("source") == "estimate":
        return Reported()
    factor = UG_PER_UNIT.get(_text(nutrient.get("unit"), 10).lower().replace("\u03bc", "µ"))
    if factor is None:
        return Reported()
    is_by_volume = per == Per.ML100
    return _reported(amount * factor, nutrient.get("modifier"), is_by_volume=is_by_volume)


def _older(product: dict[str, Any]) -> Reported:
    """Read nutriments (API 2): always g in 100 g, or in 100 ml of a drink."""
    nutriments = _dict(product.get("nutriments"))
    amount = number(nutriments.get(f"{NUTRIENT}_100g"))
    if amount is None:
        return Reported()
    is_by_volume = product.get("nutrition_data_per") == Per.ML100
    modifier = nutriments.get(f"{NUTRIENT}_modifier")
    return _reported(amount * UG_PER_G, modifier, is_by_volume=is_by_volume)


def _reported(ug_per_100g: float, modifier: Any, *, is_by_volume: bool) -> Reported:
    if modifier in ABSENT:
        return Reported()
    if modifier in BELOW:
        return Reported(0.0, ValueKind.BELOW_LIMIT, is_by_volume)
    kind = ValueKind.ESTIMATE if modifier in ABOUT else ValueKind.LABEL
    # Twelve digits: 3.8e-07 g is 0.38 µg and not 0.37999999999999995.
    return Reported(float(f"{ug_per_100g:.12g}"), kind, is_by_volume)


# --- whatever contributors may have typed


def number(value: Any) -> float | None:
    """Return a finite number, given as a number or as text, else None."""
    if isinstance(value, str):
        value = value.strip().replace(",", ".")
        if not re.fullmatch(r"[+-]?[\d.]{1,30}(e[+-]?\d{1,3})?", value, re.ASCII | re.IGNORECASE):
            return None
    elif isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        found = float(value) + 0.0  # -0 is 0
    except (ValueError, OverflowError):
        return None
    return found if math.isfinite(found) else None


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: Any, length: int) -> str:
    """Return a text without control characters and HTML entities, cut to a maximum length."""
    if isinstance(value, list):
        value = ", ".join(part for part in value if isinstance(part, str))
    if not isinstance(value, str):
        return ""
    return tidy(html.unescape(value[:5000]))[:length].strip()


def _tags(value: Any) -> tuple[str, ...]:
    return tuple(_slugs(value)) if isinstance(value, list) else ()


def _slugs(tags: Iterable[Any]) -> Iterator[str]:
    """Yield "beverages" for "en:beverages"; the language does not matter."""
    for tag in list(tags)[:300]:
        if isinstance(tag, str):
            yield tag.lower().rpartition(":")[2][:100]


def _day(stamp: Any) -> date | None:
    seconds = number(stamp)
    if seconds is None or not 0 < seconds < 4e9:
        return None
    return datetime.fromtimestamp(seconds, UTC).date()
