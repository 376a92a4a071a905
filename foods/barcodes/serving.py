"""The serving that Open Food Facts gives as free text: "240 ml (1 cup)", "2 biscuits (25 g)"."""

import re
from dataclasses import dataclass

ML_PER_FL_OZ_ON_LABELS = 30.0
SMALLEST_SERVING, LARGEST_SERVING = 0.5, 2000.0
_SIZE = re.compile(r"(\d+(?:[.,]\d+)?)\s*(ml|cl|dl|l|kg|g|gr|gram|grams)\b\.?", re.IGNORECASE)
_FL_OZ = re.compile(r"(\d+(?:[.,]\d+)?)\s*(?:us )?fl\.?\s*oz", re.IGNORECASE)
_COUNTED = re.compile(r"(?<![\d.,])(\d{1,2}|one|an?) ([^\W\d]{3,20}(?: [^\W\d]{3,20})?)")
_PER_UNIT = {"cl": 10.0, "dl": 100.0, "l": 1000.0, "kg": 1000.0}
_VOLUMES = ("ml", "cl", "dl", "l")
_ONE = ("1", "one", "a", "an")


@dataclass(frozen=True, slots=True)
class Serving:
    """How much one serving is, in g or in ml, and what people call it."""

    size: float
    is_by_volume: bool
    word: str = ""


def read_serving(text: str, quantity: float | None, quantity_unit: str) -> Serving | None:
    """Return the serving, or None if it is missing or implausible."""
    if found := _SIZE.search(text):
        unit = found[2].lower()
        size, is_by_volume = _float(found[1]) * _PER_UNIT.get(unit, 1.0), unit in _VOLUMES
    elif ounces := _FL_OZ.search(text):
        size, is_by_volume = _float(ounces[1]) * ML_PER_FL_OZ_ON_LABELS, True
    elif quantity:
        size, is_by_volume = quantity, quantity_unit.lower() == "ml"
    else:
        return None
    size = _mended(size, text) if is_by_volume else size
    # Energy and juice drinks are often entered in g: "314 g (10 fl oz)".
    is_by_volume = is_by_volume or bool(_FL_OZ.search(text))
    if not SMALLEST_SERVING <= size <= LARGEST_SERVING:
        return None
    return Serving(round(size, 1), is_by_volume, _word(text))


def _mended(size_ml: float, text: str) -> float:
    """Prefer fluid ounces that contradict the millilitres: "8 ml (8 fl oz)" is 240 ml."""
    ounces = _FL_OZ.search(text)
    stated_ml = _float(ounces[1]) * ML_PER_FL_OZ_ON_LABELS if ounces else 0.0
    if not stated_ml:
        return size_ml
    return size_ml if 0.75 < size_ml / stated_ml < 1.33 else stated_ml


def _word(text: str) -> str:
    found = _COUNTED.search(_FL_OZ.sub("", _SIZE.sub("", text)).lower())
    if not found:
        return ""
    return found[2] if found[1] in _ONE else f"{found[1]} {found[2]}"


def _float(text: str) -> float:
    return float(text.replace(",", "."))
