"""How names and queries are normalised before they are compared."""

import re
import unicodedata

_WORD = re.compile(r"[a-z0-9]+")
_PLURAL_EXCEPTIONS = {"swiss", "hummus", "couscous", "asparagus", "molasses", "octopus", "lens"}


def fold(text: str) -> str:
    """Return lower-case ASCII letters and digits, with one space between words."""
    text = unicodedata.normalize("NFKD", text.replace("µ", "u").replace("%", " percent ")).lower()
    text = "".join(c for c in text if not unicodedata.combining(c))
    return " ".join(_WORD.findall(text.replace("ß", "ss").replace("'", "")))


def singular(word: str) -> str:
    """Return a word without its English plural ending, where that is clear."""
    if len(word) < 4 or word in _PLURAL_EXCEPTIONS or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("oes", "shes", "ches", "xes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") else word


def tokens(text: str) -> list[str]:
    return [singular(word) for word in fold(text).split()]
