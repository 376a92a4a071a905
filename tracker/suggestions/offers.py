"""What one person is offered on a day: read what is needed, then rank."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from tracker.intake.bands import is_covered
from tracker.intake.day import DayIntake
from tracker.memo.store import ANSWERS, DIARY, FOODS, memo
from tracker.profiles.models import Profile
from tracker.profiles.standing import Standing
from tracker.suggestions.candidates import Catalogue, catalogue, own_foods
from tracker.suggestions.gap import Gap, absorbed_gap, last_days
from tracker.suggestions.models import Hidden
from tracker.suggestions.pantry import Pantry
from tracker.suggestions.ranking import rank
from tracker.suggestions.reasons import Reasons, reasons_for
from tracker.suggestions.room import Place, places_ahead
from tracker.suggestions.suggestion import Suggestion

MOST_OFFERED = 12
SHOWN_AT_ONCE = 6


@dataclass(frozen=True, slots=True)
class Ideas:
    """The gap of a person and what would help; nothing to rank where food cannot do it."""

    gap: Gap
    reasons: Reasons
    suggestions: tuple[Suggestion, ...] = ()
    is_diet_known: bool = True
    has_injections: bool = False
    covered: DayIntake | None = None
    """The day, where what is known of it comes to the reference: then no food is pushed."""

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


def offer(
    profile: Profile,
    day: date,
    intakes: Sequence[DayIntake],
    standing: Standing,
    *,
    now: datetime | None = None,
    hidden: frozenset[int] | None = None,
) -> Ideas:
    """Return the gap and what would help; ``now`` is on the person's own clock.

    ``intakes`` are the days up to this one, best the last fourteen. Two queries; two more where
    the person logs foods from beyond the curated table or the catalogue has just changed.
    """
    days = last_days(day, intakes)
    found = Ideas(
        gap=absorbed_gap(day, days, standing),
        reasons=reasons_for(standing),
        is_diet_known=standing.diet != "",
        has_injections=any(row.is_injection for d in days for row in d.rows),
    )
    places = places_ahead(day, now or profile.now())
    if found.reasons.food_cannot or not places:
        return found
    if hidden is None:
        hidden = hidden_from(profile, day)
    covered = next((d for d in days if d.day == day and is_covered(d)), None)
    ranked = _ranked(profile, day, days, standing, hidden, places)
    return replace(found, covered=covered, suggestions=ranked)


def _ranked(
    profile: Profile,
    day: date,
    days: Sequence[DayIntake],
    standing: Standing,
    hidden: frozenset[int],
    places: Sequence[Place],
) -> tuple[Suggestion, ...]:
    """Rank anew when the diary, the answers, the catalogue or the meals ahead have changed."""

    curated = catalogue()

    def read() -> tuple[Suggestion, ...]:
        ranked = rank(day, days, standing, pantry_of(profile, days, hidden, curated), places)
        return tuple(ranked[:MOST_OFFERED])

    eaten = tuple((past.status, past.absorbed_ug, past.rows) for past in days)
    key = "ranked", day, eaten, standing, tuple(places), hidden, curated.version
    return memo(profile, (DIARY, ANSWERS, FOODS), key, read)


def hidden_from(profile: Profile, day: date) -> frozenset[int]:
    return memo(profile, FOODS, ("hidden", day), lambda: _read_hidden(profile, day))


def _read_hidden(profile: Profile, day: date) -> frozenset[int]:
    hidden = Hidden.objects.filter(profile=profile).in_force(day)
    return frozenset(hidden.values_list("food_id", flat=True))


def pantry_of(
    profile: Profile, days: Iterable[DayIntake], hidden: frozenset[int], curated: Catalogue
) -> Pantry:
    logged = {row.food_id for day in days for row in day.rows if row.food_id is not None}
    beyond = own_foods(profile.account_id, logged - curated.foods.keys())
    return Pantry({**curated.foods, **beyond}, curated.ideas, hidden)
