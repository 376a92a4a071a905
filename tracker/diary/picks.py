"""The value of a row's button: a food and its amount.

The value ends with the numbers that the row shows. If the food, recipe or repeated entry changes in
another window in the meantime, the form refuses to log something else.
"""

import math

ASK = "ask:"
"""Prefix of the pick of a row whose food is in the meal already: its button asks first."""
ALIKE = 1e-3
"""Tolerance: shown amounts are rounded."""


def unpack(pick: str) -> dict[str, str]:
    """Parse the value of a row's button.

    It is "food:12:2:p0:60/1.5" (the last part: mass and B12 as shown), "ug:12:added" or
    "again:<entry>:60/1.5". The part after the last colon is optional.
    """
    kind, *parts = pick.split(":")
    if kind == "food" and len(parts) in (3, 4):
        return dict(zip(("food", "amount", "unit", "shown"), parts, strict=False))
    if kind == "ug" and len(parts) == 2:
        return dict(zip(("quick_ug", "quick_kind"), parts, strict=True))
    if kind == "again" and len(parts) in (1, 2):
        return dict(zip(("again", "shown"), parts, strict=False))
    return {}


def pick_again(entry_pk: int, mass_g: float, b12_ug: float | None) -> str:
    return f"again:{entry_pk}:{shown(mass_g, b12_ug)}"


def pick_food(
    food_pk: int, amount: float, unit: str, mass_g: float | None = None, b12_ug: float | None = None
) -> str:
    ending = "" if mass_g is None else f":{shown(mass_g, b12_ug)}"
    return f"food:{food_pk}:{amount:.6g}:{unit}{ending}"


def pick_quick(b12_ug: float, kind: str) -> str:
    return f"ug:{b12_ug:.6g}:{kind}"


def shown(mass_g: float, b12_ug: float | None) -> str:
    """Return an amount as a row shows it. [g, µg] Unknown B12 is left empty."""
    return f"{mass_g:.6g}/{'' if b12_ug is None else f'{b12_ug:.6g}'}"


def is_as_shown(said: str, mass_g: float, b12_ug: float | None) -> bool:
    """Return whether an amount is what a row showed; true if the row does not say."""
    return all(
        _is_alike(before, now)
        for before, now in zip(said.split("/"), shown(mass_g, b12_ug).split("/"), strict=False)
        if said
    )


def _is_alike(before: str, now: str) -> bool:
    try:
        return math.isclose(float(before), float(now), rel_tol=ALIKE, abs_tol=ALIKE)
    except ValueError:
        return before == now
