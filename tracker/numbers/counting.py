"""Counts for commands and reports in English; pages use ngettext."""


def so_many(number: int, noun: str) -> str:
    """so_many(1, "food") is "1 food", so_many(1200, "food") "1,200 foods"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
