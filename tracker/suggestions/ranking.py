"""What to eat next: what would help a person on a day, in a stable order.

Known foods that help come first, then fortified ones, then others, each by how much the body
would absorb in the meal with the most room; one of each food group before any second one.
"""

from collections import Counter
from collections.abc import Sequence

from tracker.suggestions.outlook import Outlook
from tracker.suggestions.pantry import Pantry
from tracker.suggestions.reasons import is_fortified_first
from tracker.suggestions.suggestion import Suggestion
from tracker.suggestions.table import table_of

KNOWN_FOOD_LEADS_FROM = 0.5
"""Share of the gap (or of the best gain, if that is less) from which a known food comes first."""


def rank(outlook: Outlook, pantry: Pantry) -> list[Suggestion]:
    """Return everything that would visibly help in the meals of a day, each food once."""
    if not outlook.places:
        return []
    table = table_of(outlook)
    offered = pantry.ideas_for(outlook.standing)
    found: dict[int, Suggestion] = {}
    for suggestion in (
        *table.swaps(pantry.known, offered),
        *table.own(pantry),
        *table.new(offered),
    ):
        if suggestion.reads_as_a_change:
            found.setdefault(suggestion.food.pk, suggestion)
    added_first = is_fortified_first(outlook.standing)
    ordered = _ordered(list(found.values()), outlook.gap.gap_ug, added_first=added_first)
    return _spread(ordered)


def _ordered(found: list[Suggestion], gap_ug: float, *, added_first: bool) -> list[Suggestion]:
    """Return known foods that help, then fortified ones, then others; each by gain, then name."""
    best_ug = max((suggestion.expected_gain_ug for suggestion in found), default=0.0)
    enough_ug = KNOWN_FOOD_LEADS_FROM * min(gap_ug, best_ug)

    def key(suggestion: Suggestion) -> tuple[object, ...]:
        food, gain_ug = suggestion.food, suggestion.expected_gain_ug
        is_leading = suggestion.habit is not None and gain_ug >= enough_ug
        steps = (not is_leading, not suggestion.is_plain_swap, not food.is_fortified)
        if added_first:
            steps = (not food.is_fortified, *steps[:2])
        return *steps, -round(gain_ug, 9), food.name, food.pk

    return sorted(found, key=key)


def _spread(ordered: Sequence[Suggestion]) -> list[Suggestion]:
    """Put one of each food group first: not six nutritional yeasts in a row."""
    seen: Counter[str] = Counter()
    rounds = []
    for suggestion in ordered:
        group = suggestion.food.group or suggestion.food.name
        rounds.append((seen[group], suggestion))
        seen[group] += 1
    return [suggestion for _round, suggestion in sorted(rounds, key=lambda pair: pair[0])]
