"""Which user names may be chosen, and which of them count as the same."""

import re
import unicodedata

EAST_ASIAN = {"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "IDEOGRAPHIC", "HANGUL"} | {
    "BOPOMOFO"
}
SCRIPTS = EAST_ASIAN | {
    *("LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "GEORGIAN", "HEBREW", "ARABIC", "ETHIOPIC"),
    *("DEVANAGARI", "BENGALI", "GURMUKHI", "GUJARATI", "ORIYA", "TAMIL", "TELUGU", "KANNADA"),
    *("MALAYALAM", "SINHALA", "THAI", "LAO", "TIBETAN", "MYANMAR", "KHMER", "THAANA"),
}
"""Scripts of languages in everyday use, by the first word of a character's Unicode name."""

LOOKALIKES = str.maketrans(
    # Cyrillic, Greek, Armenian and digits, above the Latin letters that they resemble in one of
    # their two cases.
    "абвгезһнкмопрстухіјӏѕԁԛԝьүѵαβγεζηικμνορτυχωօսոհցզյ0i1",
    "a6bre3hhkmonpctyxljlsdqwbyv" + "abyeznlkuvoptuxw" + "ounhgqj" + "oll",
)
RESEMBLING_PAIRS = (("rn", "m"), ("vv", "w"))
COMBINING = re.compile("[\u0300-\u036f]")
INVISIBLE_LETTERS = frozenset("\u115f\u1160\u3164\uffa0\u2800\u034f\u17b4\u17b5\u180e")
"""Hangul fillers and their like: letters by category that show nothing."""
LATIN_VARIANT = re.compile(
    r"LATIN (?:SMALL|CAPITAL|LETTER SMALL CAPITAL)(?: LETTER)?"
    r"(?: SCRIPT| DOTLESS| LONG| OPEN| INSULAR)? ([A-Z])(?: WITH .+)?"
)
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
    """Return a name as it is kept: compatible forms made one, no blanks around it."""
    return unicodedata.normalize("NFKC", name).strip()


def folded(name: str) -> str:
    """Return what is left of a name when neither case nor the way of typing it matters."""
    return unicodedata.normalize("NFKC", tidy(name).casefold())


def name_key(name: str) -> str:
    """Return a text that is equal for names which look the same, or nearly.

    It errs on the side of sameness ("ian" and "lan", "José" and "jose"): a newcomer can choose
    another name, a deceived reader cannot.
    """
    shown = "".join(_plain(letter) for letter in folded(name) if not is_invisible(letter))
    bare = COMBINING.sub("", unicodedata.normalize("NFD", shown)).translate(LOOKALIKES)
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
    """Say whether a character shows nothing, or changes how its neighbours are shown."""
    return letter in INVISIBLE_LETTERS or unicodedata.category(letter) in {
        *("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"),
    }


def has_invisible(name: str) -> bool:
    return any(is_invisible(letter) for letter in name)


def scripts_of(name: str) -> set[str]:
    """Return the scripts of a name's letters, by the first word of their Unicode names."""
    return {unicodedata.name(letter, "?").split()[0] for letter in name if letter.isalpha()}


def mixes_scripts(name: str) -> bool:
    """Say whether letters of several scripts stand side by side, or one of a dead script.

    Japanese, Chinese and Korean mix their own, and Latin with them.
    """
    scripts = scripts_of(name)
    if not scripts <= SCRIPTS:
        return True
    others = scripts - EAST_ASIAN
    return len(others) > 1 or (bool(scripts & EAST_ASIAN) and not others <= {"LATIN"})


def is_reserved(name: str) -> bool:
    """Say whether a name could pass for the site itself or for a guest."""
    bare = SEPARATORS.sub("", name_key(name))
    return bool(GUEST_PREFIX.match(folded(name))) or bare in RESERVED_KEYS


RESERVED_KEYS = frozenset(name_key(name) for name in RESERVED)
