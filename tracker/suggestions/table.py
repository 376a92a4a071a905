"""What each food would add to one day: own foods, new ones, and swaps."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tracker.diary.slots import Slot
from tracker.intake.bands import NO_GAP_UG
from tracker.intake.day import DayIntake, day_intake
from tracker.profiles.standing import Standing
from tracker.suggestions.candidates import Candidate
from tracker.suggestions.gap import Gap, WeekSoFar, absorbed_gap, last_days, week_so_far
from tracker.suggestions.habits import Habit, Swap, habits, stands_in, swaps
from tracker.suggestions.pantry import Pantry, richest
from tracker.suggestions.room import Place, Room, absorbed_day_ug, rooms, row_at, rows_expected
from tracker.suggestions.suggestion import Suggestion, SuggestionKind

SMALLEST_GAIN_UG = 0.05


@dataclass(frozen=True, slots=True)
class Table:
    """One day, as logged and as it will be if the meals ahead are the usual ones."""

    today: DayIntake
    standing: Standing
    eaten: Mapping[int, Habit]
    gap: Gap
    week: WeekSoFar
    logged: Mapping[Place, Room]
    expected: Mapping[Place, Room]

    @property
    def held(self) -> frozenset[int]:
        """The foods that the day holds already: none of them is an idea any more."""
        return frozenset(row.food_id for row in self.today.rows if row.food_id is not None)

    def own(self, pantry: Pantry) -> Iterator[Suggestion]:
        for habit in self.eaten.values():
            if habit.food_id in self.held:
                continue
            food = pantry.food_of(habit, self.standing)
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
        """Yield the food at the place with the most room for it, if it gains anything there."""
        gains = {
            place: room.gain_ug(food.split)
            for place, room in self.expected.items()
            if place.slot in slots
        }
        best = max(gains, key=gains.__getitem__, default=None)  # the first of those alike
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
        """Yield the sibling where the other is usually eaten; in its stead if it is there today."""
        had = [row for row in self.today.rows if row.food_id == swap.habit.food_id][:1]
        ahead = [place for place in self.logged if place.slot == swap.habit.slot]
        there = [Place(Slot(row.slot), row.clock) for row in had]
        place = [*there, *ahead, Place(swap.habit.slot)][0]
        kept = [row for row in self.today.rows if row not in had]
        after = [*kept, row_at(swap.sibling, self.today.day, place)]
        gain_ug = absorbed_day_ug(after, self.standing) - self.today.absorbed_ug
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
            gap_ug=self.gap.gap_ug,
            week=self.week,
            **more,
        )


def table_of(
    day: date, intakes: Sequence[DayIntake], standing: Standing, places: Sequence[Place]
) -> Table:
    """Return a day with what surrounds it: habits, gap, week, and the room at each place."""
    days = last_days(day, intakes)
    today = next((d for d in days if d.day == day), None) or day_intake(day, [], "", standing)
    expected = rows_expected(today, [d for d in days if d.day < day], places)
    return Table(
        today=today,
        standing=standing,
        eaten=habits(days),
        gap=absorbed_gap(day, days, standing),
        week=week_so_far(day, days),
        logged=rooms(places, day, today.rows, standing),
        expected=rooms(places, day, expected, standing),
    )
