"""What the button of a row stands for: a food and its amount, packed into one value."""

ASK = "ask:"
"""Before the pick of a row whose food is there already: a press of it asks first."""


def unpack(pick: str) -> dict[str, str]:
    """Take the value of a row's button apart.

    It is "food:12:2:p0", "ug:12:added" or "again:<entry>:<its mass in g>".
    """
    kind, *parts = pick.split(":")
    if kind == "food" and len(parts) == 3:
        return dict(zip(("food", "amount", "unit"), parts, strict=True))
    if kind == "ug" and len(parts) == 2:
        return dict(zip(("quick_ug", "quick_kind"), parts, strict=True))
    if kind == "again" and len(parts) in (1, 2):
        return dict(zip(("again", "again_g"), parts, strict=False))
    return {}


def pick_again(entry_pk: int, mass_g: float) -> str:
    """The mass is what the row shows: if the entry is changed meanwhile, nothing else is logged."""
    return f"again:{entry_pk}:{mass_g:.6g}"


def pick_food(food_pk: int, amount: float, unit: str) -> str:
    return f"food:{food_pk}:{amount:.6g}:{unit}"


def pick_quick(b12_ug: float, kind: str) -> str:
    return f"ug:{b12_ug:.6g}:{kind}"
