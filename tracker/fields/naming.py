"""Clean names that people type: one line, no invisible characters."""

import re
import unicodedata

BLANK = "\u115f\u1160\u2800\u3164\uffa0\ufffc\U0001d159"
"""Invisible letters and symbols: Hangul fillers, the empty Braille cell, the object replacement
character, the musical null notehead."""
_OVERRIDES = re.compile("[\u202d\u202e]")
_JOINERS = {"\u200c", "\u200d"}
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
UNSEEN_MARKS = "\u034f\u17b4\u17b5\u180b\u180c\u180d\u180e\u180f"
"""Invisible combining marks."""
_UNSEEN_UNASSIGNED = re.compile("[\u2065\ufff0-\ufff8\ufffe\uffff\U000e0000-\U000e0fff]")
_SHOWN_FORMATS = re.compile("[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd]")
"""Number and verse signs: in the class of format characters, but visible."""
_JOINED_SCRIPTS = re.compile(
    r"(ARABIC|SYRIAC|MONGOLIAN|NKO|MANDAIC|DEVANAGARI|BENGALI|GURMUKHI|GUJARATI|ORIYA|TAMIL|TELUGU"
    r"|KANNADA|MALAYALAM|SINHALA|TIBETAN|MYANMAR|KHMER|BALINESE|JAVANESE) "
)
"""Scripts in which a joiner changes the text."""


def turns_text_round(text: str) -> bool:
    """Return whether a text is not shown in its stored order: "\u202e" shows "gpj" as "jpg"."""
    return _OVERRIDES.search(text) is not None


def tidy(text: str) -> str:
    """Return a name on one line without invisible characters; empty if nothing is visible.

    Joiners are kept only in emoji and in scripts that need them, so that names that look the same
    are the same.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    text = unicodedata.normalize("NFC", text)
    kept = "".join(_shown(text, place) for place in range(len(text)))
    name = unicodedata.normalize("NFC", " ".join(kept.split()))
    return name if any(_is_seen(c) for c in name) else ""


def _shown(text: str, place: int) -> str:
    """Return what becomes of one character: itself, a space or nothing."""
    char = text[place]
    if char in _JOINERS:
        return char if _is_joined(text, place) else ""
    if _SELECTORS.match(char):
        return char if place and _takes_selector(text[place - 1]) else ""
    if char in UNSEEN_MARKS or _UNSEEN_UNASSIGNED.match(char):
        return ""
    category = unicodedata.category(char)
    if category == "Cf":
        return char if _SHOWN_FORMATS.match(char) else ""
    return " " if char in BLANK or category in ("Cc", "Cs", "Zl", "Zp", "Zs") else char


def _is_joined(text: str, place: int) -> bool:
    before, after = text[:place][-1:], text[place + 1 :][:1]
    if not before or not after:
        return False
    if _JOINED_SCRIPTS.match(unicodedata.name(before, "")):
        return bool(_JOINED_SCRIPTS.match(unicodedata.name(after, "")))
    return _is_symbol(after) and (_is_symbol(before) or bool(_SELECTORS.match(before)))


def _is_symbol(char: str) -> bool:
    return char not in BLANK and unicodedata.category(char) in ("So", "Sk", "Sm")


def _takes_selector(char: str) -> bool:
    """Emoji, keycaps and Han characters have variants; Latin letters have none."""
    return (
        _is_symbol(char) or char in "#*0123456789" or unicodedata.name(char, "").startswith("CJK")
    )


def _is_seen(char: str) -> bool:
    return unicodedata.category(char)[0] in "LNPS"
