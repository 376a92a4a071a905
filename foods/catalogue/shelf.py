"""The shared catalogue's search words kept at hand, so that a keystroke scans no table."""

import time
from bisect import bisect_right
from collections import Counter
from functools import cached_property
from itertools import accumulate
from threading import Lock

from django.db.models import Count, Max

from foods.catalogue.ranking import Match, Readings
from foods.models import Food

SIZE = 30_000
"""The best-trusted foods; the long tail of a branded catalogue is asked for in the database."""
LOOK_EVERY_S = 1.0
CHECK_EVERY_S = 2.0
CHECK_TIMES = 100
"""The whole catalogue is counted again this often, and for a hundredth of the time at most."""
COLUMNS = ("pk", "name", "search", "head", "rank", "owner_id", "diet")

Stamp = tuple[object, ...]


class Shelf:
    """The foods on offer, the likeliest first, and all their words in one long text."""

    def __init__(self, foods: list[Match], *, is_whole: bool = True) -> None:
        self.foods, self.is_whole = foods, is_whole
        lines = [f"{food.search}\n" for food in foods]
        self._text = "".join(lines)
        self._ends = list(accumulate(len(line) for line in lines))
        self.answers: dict[tuple[object, ...], tuple[list[Match], str]] = {}
        """What was asked of this shelf lately; gone with it when the catalogue changes."""

    def matching(self, meant: Readings) -> list[Match]:
        """Return the foods that hold every word of a reading."""
        found: dict[int, None] = {}
        for reading in meant:
            longest, *others = (f" {word}" for word in sorted(reading, key=len, reverse=True))
            places = self._places(longest)
            for other in others:
                places = [place for place in places if other in self.foods[place].search]
            found.update(dict.fromkeys(places))
        return [self.foods[place] for place in found]

    def _places(self, fragment: str) -> list[int]:
        """Return the numbers of the lines that hold a fragment."""
        text, ends = self._text, self._ends
        places = []
        at = text.find(fragment)
        while at >= 0:
            place = bisect_right(ends, at)
            places.append(place)
            at = text.find(fragment, ends[place])
        return places

    @cached_property
    def vocabulary(self) -> dict[str, int]:
        """Every word with its number of foods."""
        return Counter(self._text.split())


class Keeper:
    """Holds the shelf of this process and notices when the catalogue has changed.

    A new food shows within a second, a renamed one within seconds. What was retired since is left
    out when the hits are loaded.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self.forget()

    def forget(self) -> None:
        """Let the next search fill the shelf anew."""
        self._shelf: Shelf | None = None
        self._newest: Stamp = ()
        self._whole: Stamp = ()
        self._check_at = self._look_at = 0.0

    def shelf(self) -> Shelf:
        """Return the shelf. No query for a second, then one or two, three when it is filled."""
        with self._lock:
            if self._shelf is not None and time.monotonic() < self._look_at:
                return self._shelf
            self._look_at = time.monotonic() + LOOK_EVERY_S
            newest = newest_stamp()
            if self._shelf is None or newest != self._newest or self._has_changed():
                self._shelf = filled()
                self._newest = newest
                self._whole = self._counted()
            return self._shelf

    def _has_changed(self) -> bool:
        if time.monotonic() < self._check_at:
            return False
        return self._counted() != self._whole

    def _counted(self) -> Stamp:
        """Return what changes with any shared food, and put the next count off."""
        begin = time.monotonic()
        stamp = whole_stamp()
        took_s = time.monotonic() - begin
        self._check_at = begin + max(CHECK_EVERY_S, CHECK_TIMES * took_s)
        return stamp


def newest_stamp() -> Stamp:
    newest = Food.objects.filter(owner=None).order_by("-pk").values_list("pk", "updated_at")
    return newest.first() or ()


def whole_stamp() -> Stamp:
    shared = Food.objects.filter(owner=None)
    return tuple(shared.aggregate(n=Count("pk"), latest=Max("updated_at")).values())


def filled() -> Shelf:
    """Read the shared foods on offer, the best-trusted where there are too many."""
    offered = Food.objects.current().filter(owner=None).order_by("-source__trust", "pk")
    rows = list(offered.values_list(*COLUMNS)[: SIZE + 1])
    foods = [Match(*row) for row in rows[:SIZE]]
    foods.sort(key=lambda food: (-food.rank, len(food.search), food.pk))
    return Shelf(foods, is_whole=len(rows) <= SIZE)


keeper = Keeper()
