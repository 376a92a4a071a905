"""What one person is offered on a day: read the data, then rank."""

from dataclasses import dataclass, replace
from datetime import date

from tracker.intake.bands import is_covered
from tracker.intake.day import DayIntake
from tracker.memo.store import ANSWERS, DIARY, FOODS, memo
from tracker.profiles.models import Profile
from tracker.suggestions.candidates import Catalogue, catalogue, own_foods
from tracker.suggestions.gap import Gap
from tracker.suggestions.models import Hidden
from tracker.suggestions.outlook import Outlook
from tracker.suggestions.pantry import Pantry
from tracker.suggestions.ranking import rank
from tracker.suggestions.reasons import Reasons, reasons_for
from tracker.suggestions.suggestion import Suggestion

MOST_OFFERED = 12
SHOWN_AT_ONCE = 6


@dataclass(frozen=True, slots=True)
class Ideas:
    """A person's gap and what would help; nothing to rank if food cannot help."""

    gap: Gap
    reasons: Reasons
    suggestions: tuple[Suggestion, ...] = ()
    is_diet_known: bool = True
    has_injections: bool = False
    covered: DayIntake | None = None
    """The day, if its known part reaches the reference: then no food is promoted."""

    @property
    def first(self) -> tuple[Suggestion, ...]:
        return self.suggestions[:SHOWN_AT_ONCE]

    @property
    def more(self) -> tuple[Suggestion, ...]:
        return self.suggestions[SHOWN_AT_ONCE:]

    @property
    def best(self) -> Suggestion | None:
        """The first that can be eaten today, else the first; none while the day is covered."""
        if self.covered:
            return None
        addable = (s for s in self.suggestions if s.is_addable)
        return next(addable, next(iter(self.suggestions), None))


def offer(profile: Profile, outlook: Outlook, *, hidden: frozenset[int] | None = None) -> Ideas:
    """Return the gap and what would help.

    Two queries; two more if the person logs foods that are not curated or the catalogue has just
    changed.
    """
    standing = outlook.standing
    found = Ideas(
        gap=outlook.gap,
        reasons=reasons_for(standing),
        is_diet_known=standing.diet != "",
        has_injections=any(row.is_injection for past in outlook.days for row in past.rows),
    )
    if found.reasons.food_cannot or not outlook.places:
        return found
    if hidden is None:
        hidden = hidden_from(profile, outlook.day)
    covered = outlook.today if is_covered(outlook.today) else None
    return replace(found, covered=covered, suggestions=_ranked(profile, outlook, hidden))


def _ranked(profile: Profile, outlook: Outlook, hidden: frozenset[int]) -> tuple[Suggestion, ...]:
    """Rank again if the diary, the answers, the catalogue or the meals ahead have changed."""
    curated = catalogue()

    def read() -> tuple[Suggestion, ...]:
        ranked = rank(outlook, pantry_of(profile, outlook, hidden, curated))
        return tuple(ranked[:MOST_OFFERED])

    asked = outlook.day, outlook.eaten, outlook.standing, outlook.places
    key = "ranked", *asked, hidden, curated.version
    return memo(profile, (DIARY, ANSWERS, FOODS), key, read)


def hidden_from(profile: Profile, day: date) -> frozenset[int]:
    return memo(profile, FOODS, ("hidden", day), lambda: _read_hidden(profile, day))


def _read_hidden(profile: Profile, day: date) -> frozenset[int]:
    hidden = Hidden.objects.filter(profile=profile).in_force(day)
    return frozenset(hidden.values_list("food_id", flat=True))


def pantry_of(
    profile: Profile, outlook: Outlook, hidden: frozenset[int], curated: Catalogue
) -> Pantry:
    beyond = own_foods(profile.account_id, outlook.food_ids - curated.foods.keys())
    return Pantry({**curated.foods, **beyond}, curated.ideas, hidden)
