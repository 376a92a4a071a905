"""Read one table cell: a number as the tables write it, or the reason why it is refused."""

import math
import re

from foods.sources.record import MAX_B12_UG_PER_100G, MAX_PORTION_G, NAME_LENGTH, KindName
from tracker.fields.naming import tidy
from tracker.numbers.counting import so_many

NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,3})?")
MAX_DIGITS = 9
"""For a code or an id: the tables use at most 8, and a database column holds any 9 digits."""
UNKNOWN = {"", "-", "n", "nd", "na"}
TRACE = {"tr", "trace", "traces"}


def number(text: str) -> float:
    """Return a finite number; "nan", "1_000" and "12 mg" are refused."""
    cleaned = text.strip()
    if not NUMBER.fullmatch(cleaned):
        raise ValueError(f"{shortened(text)!r} is not a number")
    value = float(cleaned) + 0.0  # -0 is 0
    if not math.isfinite(value):
        raise ValueError(f"{shortened(text)!r} is not a finite number")
    return value


def is_whole(text: str) -> bool:
    """Return whether the text is a code: a few ASCII digits and nothing else."""
    return text.isascii() and text.isdigit() and len(text) <= MAX_DIGITS


def whole_number(text: str) -> int:
    """Return a code or an id."""
    if is_whole(text):
        return int(text)
    if text.isascii() and text.isdigit():
        raise ValueError(f"{shortened(text)} has {len(text)} digits; at most {MAX_DIGITS} are read")
    raise ValueError(f"{shortened(text)!r} is not a whole number")


def b12_ug(text: str) -> float | None:
    """Return B12 per 100 g, None for an empty cell. [µg]"""
    if not text.strip():
        return None
    value = number(text)
    if value < 0:
        raise ValueError(f"B12 is negative: {value:g} µg per 100 g")
    if value > MAX_B12_UG_PER_100G:
        raise ValueError(
            f"B12 of {value:g} µg per 100 g is above {MAX_B12_UG_PER_100G:g}: another unit?"
        )
    return value


def mass_g(text: str) -> float:
    """Return a portion's mass, which must be above 0 and plausible for a meal. [g]"""
    value = number(text)
    if value <= 0:
        raise ValueError(f"portion of {value:g} g")
    if value > MAX_PORTION_G:
        raise ValueError(f"portion of {value:g} g is above {MAX_PORTION_G:g} g")
    return value


def european_b12(text: str, *, kind: KindName) -> tuple[float | None, KindName]:
    """Return B12 and its kind from a cell with a decimal comma, `-`, `N`, `Tr` or `< 0,1`. [µg]

    A value below the limit of detection counts as 0: half the limit would give 300 g of apples
    B12 that has never been found in them.
    """
    cleaned = " ".join(text.replace("\xa0", " ").split()).lower()
    if cleaned in UNKNOWN:
        return None, "unknown"
    if cleaned in TRACE:
        return 0.0, "trace"
    if cleaned.startswith("<"):
        b12_ug(cleaned[1:].replace(",", "."))
        return 0.0, "below_limit"
    return b12_ug(cleaned.replace(",", ".")), kind


def animal_marker(text: str) -> float | None:
    """Return cholesterol or retinol from a European cell; a trace or less counts as none."""
    cleaned = " ".join(text.split()).lower()
    if cleaned in UNKNOWN:
        return None
    if cleaned in TRACE or cleaned.startswith("<"):
        return 0.0
    return number(cleaned.replace(",", "."))


def shortened(text: str, length: int = 40) -> str:
    """Return the text shortened for a message."""
    return text if len(text) <= length else text[: length - 1] + "…"


def told(name: str) -> str:
    """Return a food's name shortened for a message."""
    return shortened(clean_text(name), 60)


def name_problem(name: str) -> str:
    """Return why a food cannot have this name; empty if it can."""
    if "\0" in name:
        return f"{told(name)}: a NUL character in the name"
    length = len(clean_text(name))
    if 1 <= length <= NAME_LENGTH:
        return ""
    return f"{told(name)}: name of {so_many(length, 'character')}; 1 to {NAME_LENGTH} are kept"


def clean_text(text: str) -> str:
    """Return the text on one line, without control characters (PostgreSQL refuses NUL)."""
    return tidy(text)


def cell_text(value: object) -> str:
    """Return a spreadsheet cell as text: empty for None, whole floats without ".0"."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
