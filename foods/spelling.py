"""One slip of the keyboard, mended from the words that the catalogue uses."""

from collections.abc import Mapping

SHORTEST = 4
"""A word of three letters is one slip away from a dozen others."""


def corrected(words: tuple[str, ...], known: Mapping[str, int]) -> tuple[str, ...]:
    """Return the query with its unknown words mended, empty when that cannot be done."""
    better = tuple(mended(word, known) for word in words)
    return () if "" in better or better == words else better


def mended(word: str, known: Mapping[str, int]) -> str:
    """Return the word itself where it begins a known one, else the commonest one slip away."""
    if word in known or any(other.startswith(word) for other in known):
        return word
    if len(word) < SHORTEST:
        return ""
    same_start = [other for other in known if other[:1] == word[0]]
    alike = [*same_start, *(o for o in known if o[:1] != word[0] and o[1:2] == word[1])]
    near = [other for other in alike if is_one_slip(word, other)]
    # Half a word with a wrong first letter is a guess too far.
    near = near or [other for other in same_start if is_one_slip(word, other[: len(word)])]
    same_start = [other for other in near if other[0] == word[0]]
    return max(same_start or near, key=lambda other: (known[other], other), default="")


def is_one_slip(typed: str, meant: str) -> bool:
    """Return whether one letter was left out, doubled, mistaken or swapped with its neighbour."""
    if abs(len(typed) - len(meant)) > 1 or typed == meant:
        return False
    shared = 0
    while shared < min(len(typed), len(meant)) and typed[shared] == meant[shared]:
        shared += 1
    rest, other = typed[shared:], meant[shared:]
    if len(rest) == len(other):
        return rest[1:] == other[1:] or (rest[:2] == other[1::-1] and rest[2:] == other[2:])
    return rest[1:] == other if len(rest) > len(other) else rest == other[1:]
