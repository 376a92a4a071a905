"""Which foods may be suggested to a person at all: hard filters, before anything is ranked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from foods.models import SourceClass
from tracker.profiles.standing import Standing
from tracker.science.risk_profile import RiskFactor
from tracker.suggestions.candidates import Candidate
from tracker.suggestions.habits import Habit


@dataclass(frozen=True, slots=True)
class Pantry:
    """The foods that suggestions are made from; ``known`` holds what the person logged as well."""

    known: Mapping[int, Candidate]
    ideas: Sequence[Candidate]
    hidden: frozenset[int] = frozenset()

    def ideas_for(self, standing: Standing) -> list[Candidate]:
        return [
            food
            for food in self.ideas
            if food.fits(standing.diet) and food.pk not in self.hidden and is_fit(food, standing)
        ]

    def food_of(self, habit: Habit, standing: Standing) -> Candidate | None:
        """Return a food that the person logs, in their own amount, unless it is left out."""
        food = self.known.get(habit.food_id)
        if food is None or food.pk in self.hidden or not food.is_possible:
            return None
        # Who has not said how they eat has said so by eating it.
        if not (food.fits(standing.diet) or standing.diet == "") or not is_fit(food, standing):
            return None
        return food.weighing(habit.mass_g) if habit.mass_g else food


def is_fit(food: Candidate, standing: Standing) -> bool:
    """Whether a food may be proposed: no liver in pregnancy, for the vitamin A in it."""
    is_pregnant = RiskFactor.PREGNANCY in standing.risk_factors
    return not (is_pregnant and food.source_class == SourceClass.ORGAN_MEAT)
