"""Corrects one typing mistake, using the words of the catalogue."""

from collections.abc import Iterator, Mapping
from itertools import groupby

SHORTEST = 4
"""A word of three letters is one mistake away from a dozen others."""
SHORT = 5
COMMON = 3
"""A word of up to five letters is corrected only to one that this many foods use."""
HALF = 3
"""The minimum length of each half of a compound."""


def corrected(words: tuple[str, ...], known: Mapping[str, int]) -> tuple[str, ...]:
    """Return the query with its unknown words corrected; empty if that is not possible."""
    better = tuple(mended(word, known) for word in words)
    return () if "" in better or better == words else better


def mended(word: str, known: Mapping[str, int]) -> str:
    """Return the word itself if it begins a known one, else the commonest word one mistake away."""
    if word in known or any(other.startswith(word) for other in known):
        return word
    if len(word) < SHORTEST:
        return ""
    same_start = [other for other in known if other[:1] == word[0]]
    if len(word) <= SHORT:
        sure = [o for o in same_start if known[o] >= COMMON and is_sure_slip(word, o)]
        return max(sure, key=lambda other: (known[other], other), default="")
    alike = [*same_start, *(o for o in known if o[:1] != word[0] and o[1:2] == word[1])]
    near = [other for other in alike if is_one_slip(word, other)]
    # Half a word with a wrong first letter is too uncertain.
    near = near or [other for other in same_start if is_one_slip(word, other[: len(word)])]
    same_start = [other for other in near if other[0] == word[0]]
    return max(same_start or near, key=lambda other: (known[other], other), default="")


def is_sure_slip(typed: str, meant: str) -> bool:
    """Return whether letters were swapped, doubled or left out, and none replaced.

    A brand that the catalogue lacks is often one replaced letter from a food: milo, soja, huel.
    """
    if not -1 <= len(typed) - len(meant) <= 1:
        return False
    if undoubled(typed) in (undoubled(meant), undoubled(f"{meant}s")):
        return True
    if len(typed) > len(meant) + typed.endswith("s"):
        return False
    of_equals = sorted(typed) == sorted(meant)
    is_left_out = len(typed) < len(meant)
    return (of_equals or is_left_out) and is_one_slip(typed, meant)


def undoubled(word: str) -> str:
    return "".join(letter for letter, _ in groupby(word))


def respaced(words: tuple[str, ...], known: Mapping[str, int]) -> Iterator[tuple[str, ...]]:
    """Yield the query with a compound written as two words, or two words as a compound."""
    for at, word in enumerate(words):
        joined = word + "".join(words[at + 1 : at + 2])
        if joined != word and joined in known:
            yield (*words[:at], joined, *words[at + 2 :])
        if word not in known:
            for cut in range(HALF, len(word) - HALF + 1):
                if word[:cut] in known and word[cut:] in known:
                    yield (*words[:at], word[:cut], word[cut:], *words[at + 1 :])


def is_one_slip(typed: str, meant: str) -> bool:
    """Return whether one letter was left out, doubled, replaced or swapped with its neighbour."""
    if abs(len(typed) - len(meant)) > 1 or typed == meant:
        return False
    shared = 0
    while shared < min(len(typed), len(meant)) and typed[shared] == meant[shared]:
        shared += 1
    rest, other = typed[shared:], meant[shared:]
    if len(rest) == len(other):
        return rest[1:] == other[1:] or (rest[:2] == other[1::-1] and rest[2:] == other[2:])
    if len(rest) < len(other):
        return rest == other[1:]
    is_doubled = typed[shared : shared + 1] == typed[shared - 1 : shared]
    return rest[1:] == other and (is_doubled or not other)
