"""Which foods may be suggested to a person at all: hard filters before any ranking."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from foods.kinds import Diet, SourceClass
from foods.models import DIETS_ALLOWED
from tracker.profiles.standing import Standing
from tracker.science.risk_profile import RiskFactor
from tracker.suggestions.candidates import Candidate
from tracker.suggestions.habits import Habit

DEPENDS_ON_KIND = (SourceClass.FISH, SourceClass.SHELLFISH)
DEPENDS_ON_MAKE = ("Cheese", "Sausages and cold cuts")
MOST_OF_A_GROUP = 3


@dataclass(frozen=True, slots=True)
class Pantry:
    """The foods that can be suggested; ``known`` also holds what the person logged."""

    known: Mapping[int, Candidate]
    ideas: Sequence[Candidate]
    hidden: frozenset[int] = frozenset()

    def ideas_for(self, standing: Standing) -> list[Candidate]:
        allowed = diets_allowed(standing.diet)
        foods = [f for f in self.ideas if f.diet in allowed and f.pk not in self.hidden]
        is_pregnant = RiskFactor.PREGNANCY in standing.risk_factors
        return [f for f in foods if is_fit_in_pregnancy(f)] if is_pregnant else foods

    def food_of(self, habit: Habit, standing: Standing) -> Candidate | None:
        """Return a food that the person logs, in their own amount, or None if it is excluded."""
        food = self.known.get(habit.food_id)
        if food is None or food.pk in self.hidden or not food.is_possible:
            return None
        # A person who has not stated a diet shows it by what they log.
        if standing.diet != "" and food.diet not in diets_allowed(standing.diet):
            return None
        is_pregnant = RiskFactor.PREGNANCY in standing.risk_factors
        if is_pregnant and not is_fit_in_pregnancy(food, is_known=True):
            return None
        return food.weighing(habit.mass_g) if habit.mass_g else food


def diets_allowed(diet: str) -> list[str]:
    """Return the diet marks of the foods a diet allows; if unknown, those every diet allows."""
    return DIETS_ALLOWED.get(diet, [Diet.VEGAN])


def is_fit_in_pregnancy(food: Candidate, *, is_known: bool = False) -> bool:
    """Whether a food may be proposed in pregnancy: no liver, because of its vitamin A.

    Also no fish, shellfish, cheese or cold cuts, unless the person already eats them: which of them
    are advised against depends on kind and preparation, which a food table does not state.
    """
    if food.source_class == SourceClass.ORGAN_MEAT:
        return False
    return is_known or not (food.source_class in DEPENDS_ON_KIND or food.group in DEPENDS_ON_MAKE)


def richest(foods: Iterable[Candidate]) -> Iterator[Candidate]:
    """Yield the first few of each group; more would not reach the list. Expects sorted foods."""
    seen: Counter[str] = Counter()
    for food in foods:
        seen[food.group] += 1
        if seen[food.group] <= MOST_OF_A_GROUP:
            yield food
