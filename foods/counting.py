"""What a count without a unit is a count of: "3 eggs" are eggs, "5 clams" are not 5 × 3 oz.

A number before a name counts pieces. It is taken only where a portion of the food is a piece, in
this order:

1. the usual portion, by its noun (egg, fillet, tablet) or its size (1 large);
2. a portion that the food's name or the typed words name: "sardine", "fish stick", "clam";
3. the usual portion as a slice or piece, or as what a drink or a yogurt comes in;
4. a portion that has a size alone: "20 small", "1 medium".

Weights, servings, bowls and spoons are no pieces, nor are 100 g where a table gives no portion, nor
a part ("0.5 fillet") unless the food is named for it ("chicken breast"), nor, but as the usual
portion, what weighs more than a person eats of it (a whole roast). A cup, glass, can or bottle is
one drink; of anything else it is a measure. Then there is no answer, and whoever asks offers the
usual portion and says that the count does not fit: 5 × 3 oz is how five clams became 420 µg.
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
"""What a food's name says for another reason, as "ramen bowl" and "pork roast" do."""
DOSES = frozenset({"tablet", "drop", "dropper", "gummy", "lozenge", "spray", "puff", "dose"})
"""In which supplements are taken."""
MIDDLING = frozenset({"medium", "regular"})
SMALLEST = frozenset({"baby", "bite", "cherry", "grape", "mini", "miniature", "tiny"})
LARGEST_PIECE_G = 500
_SIZES = SIZES | {"whole"}


@dataclass(frozen=True, slots=True)
class _Piece:
    """A portion as so many of a noun; without a noun where its label has a size alone."""

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
        """Whether it is a weight of pieces ("3 oz patties"), and no "6 oz container"."""
        weighed = (PLAIN_UNITS - {"inch"}) & set(self.words)
        return bool(weighed) and self.words[-1] not in VESSELS | CONTAINERS

    @property
    def oddness(self) -> int:
        """The middling size first; a cherry tomato only where there is no other."""
        return 0 if MIDDLING & set(self.words) else 2 if SMALLEST & set(self.words) else 1


def unit_of_count(food: Food, said: str = "") -> str | None:
    """Return the unit that a bare count of a food has, as ``weigh`` takes it; None where none fits.

    ``said`` are the words typed for the food. No query where its portions are prefetched.
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
    """Whether a supplement is counted in what is said: a drop is not a serving of 30 drops."""
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
    """Name the portion; single ones of several have no name but their noun or size."""
    if piece.place == 0:
        return ""
    return f"p{piece.place}" if piece.count == 1 else piece.noun or piece.words[0]
