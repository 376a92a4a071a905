"""Other words for the same food: the query is widened, never the stored names."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from foods.catalogue.folding import tokens

LONGEST = 3
MAX_READINGS = 4
SHORTEST_BEGINNING = 4

Words = tuple[str, ...]


Pairs = dict[Words, tuple[Words, ...]]
ONLY, SPARE = "only ", "spare "
PERCENT = "percent"


@cache
def synonyms() -> Pairs:
    """Return folded left side → its folded readings, from synonyms.txt."""
    return folded(line for line in lines() if not line.startswith((ONLY, SPARE)))


@cache
def whole_queries() -> Pairs:
    """Return the readings of words that are the whole query."""
    return folded(line.removeprefix(ONLY) for line in lines() if line.startswith(ONLY))


@cache
def spare_words() -> tuple[str, ...]:
    """Return the folded words that may be dropped from a query."""
    found = [line.removeprefix(SPARE) for line in lines() if line.startswith(SPARE)]
    return tuple(tokens(" ".join(found)))


def without_spare(words: Words) -> Words:
    """Return the query without portions, cuts and makers; empty if nothing is dropped or left.

    The last word may be unfinished.
    """
    spare, last = spare_words(), words[-1]
    words_left = words[_end_of_percent(words) :]
    kept = tuple(word for word in words_left if word not in spare)
    is_begun = len(last) > 1 and any(word.startswith(last) for word in spare)
    if is_begun and kept[-1:] == (last,):
        kept = kept[:-1]
    return kept if kept != words else ()


def _end_of_percent(words: Words) -> int:
    """Return where a query continues after "3.5 percent"; 0 if it does not begin like that."""
    for place, word in enumerate(words[:-1]):
        if word == PERCENT:
            return place + 1
        if not word.isdigit():
            break
    return 0


def lines() -> list[str]:
    text = Path(__file__).with_name("synonyms.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def folded(pairs: Iterable[str]) -> Pairs:
    sides = (pair.split("=") for pair in pairs)
    return {
        tuple(tokens(left)): tuple(tuple(tokens(r)) for r in right.split("|"))
        for left, right in sides
    }


def readings(words: Words) -> list[Words]:
    """Return the readings of a query, the typed words first."""
    others = whole_queries().get(words, ())
    return list(dict.fromkeys((words, *others, *replaced(words))))[:MAX_READINGS]


def replaced(words: Words) -> list[Words]:
    """Return the query as typed and with its synonyms replaced.

    The longest synonym at the earliest position is replaced first, then the rest of the query.
    """
    found = [words]
    for start in range(len(words)):
        for length in range(min(LONGEST, len(words) - start), 0, -1):
            others = synonyms().get(words[start : start + length], ())
            if others:
                rest = replaced(words[start + length :]) if start + length < len(words) else [()]
                found += [words[:start] + other + tail for other in others for tail in rest]
                return list(dict.fromkeys(found))[:MAX_READINGS]
    return found


def finished(words: Words) -> Words:
    """Return the query with an unfinished synonym at its end completed; empty if there is none."""
    *before, last = words
    if len(last) < SHORTEST_BEGINNING:
        return ()
    keys = sorted(key for key in synonyms() if len(key) == 1 and key[0].startswith(last))
    return (*before, *keys[0]) if keys else ()
