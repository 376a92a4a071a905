"""How much each food contributed: a range's entries summed by food, supplements apart."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import ngettext

from tracker.insights.palette import Shade, shade
from tracker.intake.coverage import Coverage, covered_amount
from tracker.intake.events import Event
from tracker.science.absorption import LARGE_FREE_DOSE_UG

FOODS_SHOWN = 8


@dataclass(frozen=True)
class Contribution:
    """What one food gave in a range. ``share`` is of all food B12, None for a supplement."""

    name: str
    food_id: int | None
    shade: Shade
    times: int
    swallowed_ug: float
    inactive_ug: float
    coverage: Coverage
    largest_ug: float = 0.0
    share: float | None = None

    @property
    def times_text(self) -> str:
        text = ngettext("%(count)d time", "%(count)d times", self.times)
        return text % {"count": self.times}

    @property
    def amount(self) -> str:
        return covered_amount(self.swallowed_ug, self.coverage)

    @property
    def share_percent(self) -> int | None:
        """Whole percent, for a meter; never rounded up to 100 beside another food."""
        if self.share is None:
            return None
        return 99 if 0.985 <= self.share < 1 else round(self.share * 100)


@dataclass(frozen=True)
class Contributions:
    """Foods that gave B12, largest first; supplements; and what could not be counted."""

    foods: tuple[Contribution, ...]
    supplements: tuple[Contribution, ...]
    injections: tuple[Contribution, ...]
    unknown: tuple[Contribution, ...]
    inactive: tuple[Contribution, ...]
    without_count: int
    """Foods whose source reports no B12 at all (a known zero)."""

    @property
    def first_foods(self) -> tuple[Contribution, ...]:
        return self.foods if len(self.foods) <= FOODS_SHOWN + 2 else self.foods[:FOODS_SHOWN]

    @property
    def more_foods(self) -> tuple[Contribution, ...]:
        return self.foods[len(self.first_foods) :]

    @property
    def more_text(self) -> str:
        """The smaller amounts as one line, to save the template a loop."""
        return "; ".join(f"{item.name}\u00a0({item.amount})" for item in self.more_foods)

    @property
    def has_large_tablet(self) -> bool:
        return any(item.largest_ug >= LARGE_FREE_DOSE_UG for item in self.supplements)


def contributions(rows: Iterable[Event]) -> Contributions:
    """Return the entries of a range summed by food."""
    rows = list(rows)
    injected = [row for row in rows if row.is_injection]
    swallowed = [row for row in rows if not row.is_injection]
    food_ug = sum(row.active_ug for row in swallowed if not row.is_supplement)
    found = [_contribution(same, food_ug) for same in _by_food(swallowed)]
    found.sort(key=lambda item: (-item.swallowed_ug, item.name))
    gave = [item for item in found if item.swallowed_ug]
    nothing = [item for item in found if not item.swallowed_ug]
    return Contributions(
        foods=tuple(item for item in gave if item.share is not None),
        supplements=tuple(item for item in gave if item.share is None),
        injections=tuple(_contribution(same, 0.0) for same in _by_food(injected)),
        unknown=tuple(item for item in found if not item.coverage.is_full),
        inactive=tuple(item for item in nothing if item.inactive_ug),
        without_count=sum(item.coverage.is_full and not item.inactive_ug for item in nothing),
    )


def _by_food(rows: Iterable[Event]) -> Iterable[list[Event]]:
    groups: dict[object, list[Event]] = defaultdict(list)
    for row in rows:
        groups[row.food_id or row.name, row.is_supplement].append(row)
    return groups.values()


def _contribution(rows: list[Event], food_ug: float) -> Contribution:
    latest, swallowed_ug = rows[-1], sum(row.active_ug for row in rows)
    share = swallowed_ug / food_ug if food_ug else 0.0
    return Contribution(
        name=latest.called,
        food_id=latest.food_id,
        shade=shade(latest.counted_as),
        times=len(rows),
        swallowed_ug=swallowed_ug,
        inactive_ug=sum(row.inactive_ug for row in rows),
        coverage=Coverage(sum(row.b12_ug is not None for row in rows), len(rows)),
        largest_ug=max(row.active_ug for row in rows),
        share=None if latest.is_supplement else share,
    )
