"""From what somebody typed to the words to search for."""

import re

from foods.catalogue.folding import tokens
from foods.catalogue.synonyms import Words

MAX_WORDS = 8
MAX_QUERY = 120
SILENT = frozenset(
    {"a", "an", "and", "at", "for", "from", "in", "my", "of", "on", "or", "the", "with"}
)
JOINED_STRENGTH = re.compile(r"(\d)([µμ]g|ug|mcg|mg)\b", re.I)
"""The strength on a tablet, "1000mcg"."""
THOUSANDS = re.compile(r"\b([1-9]\d{0,2}),(\d{3})\b")
MILLIGRAMS = re.compile(r"(\d+(?:[.,]\d+)?) ?mg\b", re.I)
VITAMIN = re.compile(r"b ?12|cobalamin", re.I)
"""Tables give strengths of this vitamin in µg; "mg" of another vitamin is left alone."""


def query_words(text: str) -> Words:
    """Return the folded search words; stop words only if there are no others."""
    text = text[:MAX_QUERY]
    if VITAMIN.search(text):
        text = MILLIGRAMS.sub(in_micrograms, THOUSANDS.sub(r"\1\2", text))
    words = tokens(JOINED_STRENGTH.sub(r"\1 \2", text))[:MAX_WORDS]
    return tuple([word for word in words if word not in SILENT] or words)


def in_micrograms(found: re.Match[str]) -> str:
    return f"{float(found[1].replace(',', '.')) * 1000:.10g} µg"
