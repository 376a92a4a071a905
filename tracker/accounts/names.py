"""Which user names are allowed, and which of them count as the same."""

import re
import unicodedata

from tracker.fields.naming import BLANK, UNSEEN_MARKS

HAN = {"CJK", "IDEOGRAPHIC"}
WRITTEN_TOGETHER = (
    HAN | {"HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA"},
    HAN | {"HANGUL"},
    HAN | {"BOPOMOFO"},
)
"""Scripts that are mixed within one language: Japanese, Korean and Chinese."""
SCRIPTS = set().union(*WRITTEN_TOGETHER) | {
    *("LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "GEORGIAN", "HEBREW", "ARABIC", "ETHIOPIC"),
    *("DEVANAGARI", "BENGALI", "GURMUKHI", "GUJARATI", "ORIYA", "TAMIL", "TELUGU", "KANNADA"),
    *("MALAYALAM", "SINHALA", "THAI", "LAO", "TIBETAN", "MYANMAR", "KHMER", "THAANA"),
}
"""Scripts of languages in everyday use, by the first word of a character's Unicode name."""

LOOKALIKES = str.maketrans(
    # Cyrillic, Greek, Armenian and other letters and digits, above the Latin letters that they
    # resemble in upper or lower case.
    "абвгезһнкмопрстухіјӏѕԁԛԝьүѵєөԍαβγεζηικμνορτυχωσօսոհցզյտլռყჿ〇ഠဝוסןاه이0i1",
    "a6bre3hhkmonpctyxljlsdqwbyveog" + "abyeznlkuvoptuxwo" + "ounhgqjslnyoo" + "oolollool" + "oll",
)
CAPITALS = LOOKALIKES | str.maketrans("ημνυ", "hmny")
"""Greek letters whose capitals resemble other Latin letters than their lower case: ΗΜΝΥ."""
RESEMBLING_PAIRS = (("rn", "m"), ("vv", "w"))
COMBINING = re.compile("[\u0300-\u036f]")
INVISIBLE_LETTERS = frozenset(BLANK + UNSEEN_MARKS)
LATIN_VARIANT = re.compile(
    r"LATIN (?:SMALL|CAPITAL|LETTER SMALL CAPITAL)(?: LETTER)?"
    r"(?: SCRIPT| DOTLESS| LONG| OPEN| INSULAR)? ([A-Z])(?: WITH .+)?"
)
OTHER_LATIN = frozenset("æœþðŋə")
"""Latin letters of current alphabets that are not variants of a to z (ß is folded to ss)."""
RENAMED = {"LATIN SMALL LETTER ALPHA": "a", "LATIN SMALL LETTER IOTA": "l"}

RESERVED = (
    *("abuse", "account", "accounts", "admin", "administrator", "anonymous", "api", "cobalog"),
    *("contact", "demo", "everyone", "guest", "guests", "help", "helpdesk", "hostmaster", "info"),
    *("mail", "me", "mod", "moderator", "nobody", "none", "noreply", "null", "official"),
    *("operator", "owner", "postmaster", "privacy", "root", "security", "service", "staff"),
    *("superuser", "support", "sysadmin", "system", "team", "undefined", "webmaster", "you"),
)
GUEST_PREFIX = re.compile(r"guest[-_.@+]", re.I)
SEPARATORS = re.compile(r"[-_.@+]")


def tidy(name: str) -> str:
    """Return a name as it is stored: compatible forms unified, no spaces around it."""
    return unicodedata.normalize("NFKC", name).strip()


def folded(name: str) -> str:
    """Return a name folded so that neither case nor Unicode form matters."""
    return unicodedata.normalize("NFKC", tidy(name).casefold())


def name_key(name: str) -> str:
    """Return a key that is equal for names that look the same, or nearly so.

    If in doubt, names count as the same ("ian" and "lan", "José" and "jose"): a newcomer can choose
    another name, but a deceived reader cannot.
    """
    return _key(name, LOOKALIKES)


def capital_key(name: str) -> str:
    """Return the key for the capitals of a name: "ΗΑΝΝΑ" in Greek is "hanna"."""
    return _key(name, CAPITALS)


def _key(name: str, lookalikes: dict[int, int]) -> str:
    shown = "".join(_plain(letter) for letter in folded(name) if not is_invisible(letter))
    bare = COMBINING.sub("", unicodedata.normalize("NFD", shown)).translate(lookalikes)
    for pair, letter in RESEMBLING_PAIRS:
        bare = bare.replace(pair, letter)
    return bare


def _plain(letter: str) -> str:
    """Return the plain letter or digit of a variant: ø, ı, ɑ and ᴀ are o, i, a and a; ٣ is 3."""
    if letter.isascii():
        return letter
    if letter.isdecimal():
        return str(unicodedata.decimal(letter))
    name = unicodedata.name(letter, "")
    if variant := LATIN_VARIANT.fullmatch(name):
        return variant[1].lower()
    return RENAMED.get(name, letter)


def is_invisible(letter: str) -> bool:
    """Return whether a character is invisible, or changes how its neighbours are shown."""
    return letter in INVISIBLE_LETTERS or unicodedata.category(letter) in {
        *("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"),
    }


def has_invisible(name: str) -> bool:
    return any(is_invisible(letter) for letter in name)


def scripts_of(name: str) -> set[str]:
    """Return the scripts of a name's letters, by the first word of their Unicode names.

    A numeral that is a letter counts as one: "〇" passes for an o.
    """
    letters = (c for c in name if c.isalpha() or unicodedata.category(c) == "Nl")
    return {unicodedata.name(letter, "?").split()[0] for letter in letters}


def mixes_scripts(name: str) -> bool:
    """Return whether a name mixes scripts, or has a letter of a script that is not in use.

    Japanese, Chinese and Korean may mix their own, but not with Latin: too many of their strokes
    and circles pass for an l or an o.
    """
    scripts = scripts_of(name)
    if not scripts <= SCRIPTS or has_odd_latin(name):
        return True
    return len(scripts) > 1 and not any(scripts <= together for together in WRITTEN_TOGETHER)


def has_odd_latin(name: str) -> bool:
    """Return whether a Latin letter is phonetic or historical: clicks, tones, a barred o."""
    latin = (c for c in folded(name) if unicodedata.name(c, "").startswith("LATIN "))
    return any(not _plain(c).isascii() and c not in OTHER_LATIN for c in latin)


def is_reserved(name: str) -> bool:
    """Return whether a name could pass for the site itself or for a guest."""
    ways = folded(name), name_key(name), capital_key(name)
    keys = {SEPARATORS.sub("", key) for key in ways[1:]}
    return any(map(GUEST_PREFIX.match, ways)) or not RESERVED_KEYS.isdisjoint(keys)


RESERVED_KEYS = frozenset(name_key(name) for name in RESERVED)
