"""What each food would add to one day: own foods, new ones and swaps."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tracker.diary.slots import Slot
from tracker.intake.bands import NO_GAP_UG
from tracker.intake.day import DayIntake
from tracker.suggestions.candidates import Candidate
from tracker.suggestions.habits import Habit, Swap, habits, stands_in, swaps
from tracker.suggestions.outlook import Outlook
from tracker.suggestions.pantry import Pantry, richest
from tracker.suggestions.room import Place, Room, absorbed_day_ug, rooms, row_at, rows_expected
from tracker.suggestions.suggestion import Suggestion, SuggestionKind

SMALLEST_GAIN_UG = 0.05


@dataclass(frozen=True, slots=True)
class Table:
    """One day, as logged and as expected if the meals ahead are the usual ones."""

    outlook: Outlook
    eaten: Mapping[int, Habit]
    logged: Mapping[Place, Room]
    expected: Mapping[Place, Room]

    @property
    def today(self) -> DayIntake:
        return self.outlook.today

    @property
    def held(self) -> frozenset[int]:
        """The foods already logged on the day: do not suggest them again."""
        return frozenset(row.food_id for row in self.today.rows if row.food_id is not None)

    def own(self, pantry: Pantry) -> Iterator[Suggestion]:
        for habit in self.eaten.values():
            if habit.food_id in self.held:
                continue
            food = pantry.food_of(habit, self.outlook.standing)
            if food is not None:
                yield from self._offer(SuggestionKind.OWN, food, {*food.slots, *habit.slots}, habit)

    def new(self, offered: Iterable[Candidate]) -> Iterator[Suggestion]:
        for food in richest(food for food in offered if food.pk not in self.held):
            kind = SuggestionKind.FORTIFIED if food.is_fortified else SuggestionKind.ANIMAL
            yield from self._offer(kind, food, food.slots)

    def swaps(
        self, known: Mapping[int, Candidate], offered: Sequence[Candidate]
    ) -> Iterator[Suggestion]:
        held = [known[pk] for pk in self.held if pk in known]
        for swap in swaps(self.eaten, known, offered):
            if not any(stands_in(food, known[swap.habit.food_id]) for food in held):
                yield from self._swap(swap)

    def _offer(
        self,
        kind: SuggestionKind,
        food: Candidate,
        slots: Iterable[Slot],
        habit: Habit | None = None,
    ) -> Iterator[Suggestion]:
        """Yield the food at the place with the most room, if it adds anything there."""
        gains = {
            place: room.gain_ug(food.split)
            for place, room in self.expected.items()
            if place.slot in slots
        }
        best = max(gains, key=gains.__getitem__, default=None)  # the first of equal ones
        if best is None or gains[best] <= SMALLEST_GAIN_UG:
            return
        now_ug = self.logged[best].gain_ug(food.split)
        if now_ug >= SMALLEST_GAIN_UG:
            yield self._suggestion(
                kind,
                food,
                best,
                now_ug,
                expected_gain_ug=gains[best],
                habit=habit,
                has_most_room=gains[best] - min(gains.values()) >= NO_GAP_UG,
            )

    def _swap(self, swap: Swap) -> Iterator[Suggestion]:
        """Yield the sibling at the food's usual meal, or in place of the food if eaten today."""
        had = [row for row in self.today.rows if row.food_id == swap.habit.food_id][:1]
        ahead = [place for place in self.logged if place.slot == swap.habit.slot]
        there = [Place(Slot(row.slot), row.clock) for row in had]
        place = [*there, *ahead, Place(swap.habit.slot)][0]
        kept = [row for row in self.today.rows if row not in had]
        after = [*kept, row_at(swap.sibling, self.today.day, place)]
        gain_ug = absorbed_day_ug(after, self.outlook.standing) - self.today.absorbed_ug
        if gain_ug >= SMALLEST_GAIN_UG:
            yield self._suggestion(
                SuggestionKind.SWAP,
                swap.sibling,
                place,
                gain_ug,
                expected_gain_ug=gain_ug,
                habit=swap.habit,
                swap=swap,
                is_addable=bool(ahead) and not had,
            )

    def _suggestion(
        self, kind: SuggestionKind, food: Candidate, place: Place, gain_ug: float, **more: Any
    ) -> Suggestion:
        return Suggestion(
            kind=kind,
            food=food,
            day=self.today.day,
            slot=place.slot,
            clock=place.clock,
            gain_ug=gain_ug,
            day_before_ug=self.today.absorbed_ug,
            gap_ug=self.outlook.gap.gap_ug,
            week=self.outlook.week,
            **more,
        )


def table_of(outlook: Outlook) -> Table:
    """Return a day with the person's habits and the room at each place."""
    expected = rows_expected(outlook.today, outlook.past, outlook.places)
    logged, ahead = (
        rooms(outlook.places, outlook.day, rows, outlook.standing)
        for rows in (outlook.today.rows, expected)
    )
    return Table(outlook=outlook, eaten=habits(outlook.days), logged=logged, expected=ahead)
