"""Raw, boiled, canned: forms of one food that share a line in the results."""

from collections.abc import Sequence

from foods.catalogue.ranking import ALIASES, Match

FORMS = frozenset(
    {
        *("raw", "fresh", "dried", "dry", "canned", "frozen", "chilled", "drained", "undrained"),
        *("cooked", "boiled", "braised", "roasted", "baked", "broiled", "grilled", "fried", "pan"),
        *("steamed", "simmered", "stewed", "microwaved", "heated", "unheated", "heat", "moist"),
        *("prepared", "unprepared", "commercially", "home", "weight", "solid", "liquid", "water"),
        *(
            "salt",
            "salted",
            "unsalted",
            "enriched",
            "unenriched",
            "added",
            "total",
            "can",
            "content",
        ),
        *("with", "without", "no", "in", "and", "or", "nfs", "skin", "bone", "oil"),
    }
)
MAX_VARIANTS = 6


def grouped(ranked: Sequence[Match]) -> list[list[Match]]:
    """Return the foods best first, each with its further forms in the order of their rank."""
    groups: dict[tuple[str, frozenset[str]], list[Match]] = {}
    for candidate in ranked:
        members = groups.setdefault(identity(candidate), [])
        if len(members) <= MAX_VARIANTS:
            members.append(candidate)
    return list(groups.values())


def identity(candidate: Match) -> tuple[str, frozenset[str]]:
    """Return the words of a name that do not say its form; without any, the food stands alone."""
    words = candidate.search.partition(ALIASES)[0].split()
    kept = frozenset(word for word in words if word not in FORMS)
    return ("", kept) if kept else (str(candidate.pk), kept)
