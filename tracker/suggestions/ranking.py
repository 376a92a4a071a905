"""What to eat next: what would help a person on a day, in a stable order.

Known foods that help come first, then fortified ones, then others, each by what the body would
absorb of them in the meal with the most room; one of each food group before seconds.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from tracker.insights.intake import DayIntake
from tracker.profiles.standing import Standing
from tracker.suggestions.pantry import Pantry
from tracker.suggestions.reasons import is_fortified_first
from tracker.suggestions.room import Place
from tracker.suggestions.suggestion import Suggestion
from tracker.suggestions.table import table_of

KNOWN_FOOD_LEADS_FROM = 0.5
"""Share of the best gain from which a food that the person knows comes before the others."""


def rank(
    day: date,
    intakes: Sequence[DayIntake],
    standing: Standing,
    pantry: Pantry,
    places: Sequence[Place],
) -> list[Suggestion]:
    """Return all that would help at the places of a day, each food once. No query."""
    if not places:
        return []
    table = table_of(day, intakes, standing, places)
    offered = pantry.ideas_for(standing)
    found: dict[int, Suggestion] = {}
    for suggestion in (
        *table.swaps(pantry.known, offered),
        *table.own(pantry),
        *table.new(offered),
    ):
        found.setdefault(suggestion.food.pk, suggestion)
    return _spread(_ordered(found.values(), added_first=is_fortified_first(standing)))


def _ordered(found: Iterable[Suggestion], *, added_first: bool) -> list[Suggestion]:
    """Return known foods that help, then fortified ones, then others; each by gain, then name."""
    suggestions = list(found)
    enough_ug = KNOWN_FOOD_LEADS_FROM * max((s.expected_gain_ug for s in suggestions), default=0)

    def key(suggestion: Suggestion) -> tuple:
        leads = suggestion.habit is not None and suggestion.expected_gain_ug >= enough_ug
        steps = (not leads, not suggestion.food.is_fortified)
        gain_ug = round(suggestion.expected_gain_ug, 9)
        food = suggestion.food
        return *(reversed(steps) if added_first else steps), -gain_ug, food.name, food.pk

    return sorted(suggestions, key=key)


def _spread(ordered: Sequence[Suggestion]) -> list[Suggestion]:
    """Return one of each food group before seconds: not six nutritional yeasts in a row."""
    seen: Counter[str] = Counter()
    rounds = []
    for suggestion in ordered:
        group = suggestion.food.group or suggestion.food.name
        rounds.append((seen[group], suggestion))
        seen[group] += 1
    return [suggestion for _round, suggestion in sorted(rounds, key=lambda pair: pair[0])]
