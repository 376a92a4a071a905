"""One bar of a chart: a day, or the average day of a week or month."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from tracker.intake.coverage import Coverage
from tracker.intake.period import Period
from tracker.intake.spans import Span, bar_span, parts
from tracker.intake.summary import DaySummary
from tracker.profiles.standing import Standing


@dataclass(frozen=True)
class IntakeBar:
    """Consecutive days. Amounts are means over the complete ones, as in every average. [µg/d]

    If none is complete, they are means over the days with entries, and the bar is open.
    """

    period: Period
    span: Span
    """The span it stands for; at the ends of a range it may hold fewer days."""

    @property
    def is_day(self) -> bool:
        return self.span == Span.DAY

    @cached_property
    def counted(self) -> list[DaySummary]:
        return self.period.complete_days or [day for day in self.period.days if day.is_logged]

    @property
    def is_open(self) -> bool:
        """Whether the bar has begun and none of its days is marked complete."""
        return not self.period.is_empty and not any(day.is_complete for day in self.period.days)

    @cached_property
    def coverage(self) -> Coverage:
        return sum((day.coverage for day in self.counted), Coverage())

    @property
    def standing(self) -> Standing:
        return self.period.standing

    @cached_property
    def food_by_class(self) -> dict[str, float]:
        keys = dict.fromkeys(key for day in self.counted for key in day.food_by_class)
        return {key: self._mean(lambda day, k=key: day.food_by_class.get(k, 0.0)) for key in keys}  # type: ignore[misc]

    @property
    def food_ug(self) -> float:
        return self._mean(lambda day: day.food_ug)

    @property
    def supplement_ug(self) -> float:
        return self._mean(lambda day: day.supplement_ug)

    @property
    def absorbed_ug(self) -> float | None:
        """None if nothing is logged, or if no logged entry has a known B12."""
        if not any(day.is_known for day in self.counted):
            return None
        return self._mean(lambda day: day.absorbed_ug)

    def _mean(self, amount: Callable[[DaySummary], float]) -> float:
        return sum(map(amount, self.counted)) / len(self.counted) if self.counted else 0.0


def bars(period: Period, span: Span | None = None) -> list[IntakeBar]:
    """Return a period as bars of one span, by default of the one that keeps them readable."""
    span = span or bar_span(period.first, period.last)
    found, start = [], 0
    for first, last in parts(period.first, period.last, span):
        end = start + (last - first).days + 1
        found.append(IntakeBar(Period(period.days[start:end], period.today), span))
        start = end
    return found
