"""What breaks a fasting day: one rule for marking a day and for reading it."""


def breaks_fast(
    *, b12_ug: float | None, is_drink: bool, is_supplement: bool, is_injection: bool
) -> bool:
    """Whether an entry is food: not a supplement, an injection or a drink without B12 (coffee).

    An unknown amount counts as food.
    """
    is_plain_drink = is_drink and b12_ug == 0
    return not (is_supplement or is_injection or is_plain_drink)
