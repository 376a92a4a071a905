"""What a count without a unit counts: "3 eggs" are eggs, but "5 clams" are not 5 × 3 oz.

A number before a name counts pieces. It is used only if a portion of the food is a piece. The
portions are tried in this order:

1. the usual portion, by its noun (egg, fillet, tablet) or its size (1 large);
2. a portion named in the food's name or in the typed words: "sardine", "fish stick", "clam";
3. the usual portion, if it is a slice or piece, or the container of a drink or a yogurt;
4. a portion with nothing but a size: "20 small", "1 medium".

These are not pieces: weights, servings, bowls and spoons; 100 g where a table gives no portion; a
part ("0.5 fillet"), unless the food is named after it ("chicken breast"); and, except as the usual
portion, anything heavier than a person eats (a whole roast). A cup, glass, can or bottle is one
drink, but a measure of anything else. If nothing fits there is no answer, and the caller offers the
usual portion and says that the count does not fit. Otherwise five clams became 5 × 3 oz, or 420 µg.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from foods.catalogue.folding import tokens
from foods.labels import DETAIL, MEASURES, NOUNS, SIZES
from foods.models import Food, Portion
from foods.portions import PILLS, PLAIN_UNITS, count_and_unit, usual_portion

VESSELS = frozenset({"bottle", "can", "carton", "cup", "drink", "glass", "mug"})
CONTAINERS = frozenset({"container", "pot"})
BULK = frozenset({"bag", "box", "jar", "package", "packet", "portion", "pouch", "serving", "tray"})
SHARES = frozenset({"piece", "slice"})
PIECES = (NOUNS - MEASURES - VESSELS - CONTAINERS - BULK) | {"fruit", "whole", "each"}
NOT_NAMED = (MEASURES - SHARES) | VESSELS | CONTAINERS | BULK | {"roast"}
"""Words that have another meaning in a food's name, as in "ramen bowl" and "pork roast"."""
DOSES = frozenset({"tablet", "drop", "dropper", "gummy", "lozenge", "spray", "puff", "dose"})
"""The pieces in which supplements are taken."""
MIDDLING = frozenset({"medium", "regular"})
SMALLEST = frozenset({"baby", "bite", "cherry", "grape", "mini", "miniature", "tiny"})
LARGEST_PIECE_G = 500
_SIZES = SIZES | {"whole"}


@dataclass(frozen=True, slots=True)
class _Piece:
    """A portion as a number of things; without a noun if its label has only a size."""

    place: int
    count: float
    words: tuple[str, ...]
    mass_g: float

    @property
    def noun(self) -> str:
        if self.words[0] in MEASURES | BULK:
            return self.words[0]  # "cup penne", "piece small pizza", "serving 28 pieces"
        if self.is_size or self.is_weighed:
            return ""
        return self.words[-1]

    @property
    def is_size(self) -> bool:
        return _SIZES.issuperset(self.words)

    @property
    def is_weighed(self) -> bool:
        """Whether it is a weight of pieces ("3 oz patties"), not a "6 oz container"."""
        weighed = (PLAIN_UNITS - {"inch"}) & set(self.words)
        return bool(weighed) and self.words[-1] not in VESSELS | CONTAINERS

    @property
    def oddness(self) -> int:
        """Medium sizes come first; a cherry tomato only if there is no other."""
        return 0 if MIDDLING & set(self.words) else 2 if SMALLEST & set(self.words) else 1


def unit_of_count(food: Food, said: str = "") -> str | None:
    """Return the unit of a bare count of a food, as ``weigh`` takes it; None if none fits.

    ``said`` are the words typed for the food. No query if its portions are prefetched.
    """
    if food.is_unit_food:
        return "" if _is_taken_in(food, said) else None
    pieces = sorted(_pieces(food.portions.all()), key=lambda piece: piece.oddness)
    for fits in (_is_usual, _is_named, _is_usual_share, _is_sized):
        for piece in pieces:
            if fits(piece, food, said):
                return _unit(piece)
    return None


def _is_taken_in(food: Food, said: str) -> bool:
    """Whether a supplement is counted in this unit: a drop is not a serving of 30 drops."""
    named = {PILLS.get(word, word) for word in tokens(said)} & DOSES
    if not named:
        return True
    usual = usual_portion(food)
    words = tokens(count_and_unit(usual)[1]) if usual else []
    return not named.isdisjoint(PILLS.get(word, word) for word in words)


def _pieces(portions: Iterable[Portion]) -> Iterator[_Piece]:
    for place, portion in enumerate(portions):
        count, words = count_and_unit(portion)
        head = tuple(tokens(DETAIL.split(words)[0]))
        if head and count > 0:
            yield _Piece(place, count, head, portion.mass_g / count)


def _is_usual(piece: _Piece, food: Food, said: str) -> bool:
    return not piece.place and piece.count >= 1 and (piece.is_size or piece.noun in PIECES)


def _is_named(piece: _Piece, food: Food, said: str) -> bool:
    if not piece.noun or piece.mass_g > LARGEST_PIECE_G:
        return False
    in_name = piece.noun in tokens(food.name) and piece.noun not in NOT_NAMED
    if piece.count < 1:
        return in_name and piece.noun in PIECES
    return piece.noun in tokens(said) or (in_name and not food.is_drink)


def _is_usual_share(piece: _Piece, food: Food, said: str) -> bool:
    nouns = SHARES | CONTAINERS | (VESSELS if food.is_drink else frozenset())
    return not piece.place and piece.count >= 1 and piece.noun in nouns


def _is_sized(piece: _Piece, food: Food, said: str) -> bool:
    return piece.is_size and piece.count >= 1 and piece.mass_g <= LARGEST_PIECE_G


def _unit(piece: _Piece) -> str:
    """Name the portion; one piece out of several is named by its noun or size alone."""
    if piece.place == 0:
        return ""
    return f"p{piece.place}" if piece.count == 1 else piece.noun or piece.words[0]
