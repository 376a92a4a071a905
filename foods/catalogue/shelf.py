"""The shared catalogue's search words kept at hand, so that a keystroke scans no table."""

from bisect import bisect_right
from collections import Counter
from functools import cached_property
from itertools import accumulate

from foods.catalogue.ranking import Match, Readings
from foods.catalogue.version import PerVersion
from foods.models import Food

SIZE = 30_000
"""The best-trusted foods; the long tail of a branded catalogue is asked for in the database."""
COLUMNS = ("pk", "name", "search", "head", "rank", "owner_id", "diet")


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


def filled(_version: int = 0, *, size: int = SIZE) -> Shelf:
    """Read the shared foods on offer, the best-trusted where there are too many."""
    offered = Food.objects.current().filter(owner=None).order_by("-source__trust", "pk")
    rows = list(offered.values_list(*COLUMNS)[: size + 1])
    foods = [Match(*row) for row in rows[:size]]
    foods.sort(key=lambda food: (-food.rank, len(food.search), food.pk))
    return Shelf(foods, is_whole=len(rows) <= size)


shelf = PerVersion(filled)
"""The shelf of this process. One query, another one where the catalogue has changed."""
