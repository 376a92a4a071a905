"""What counts as a password, and in which form it is hashed."""

import re
import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING

from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
    NumericPasswordValidator,
    UserAttributeSimilarityValidator,
)
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tracker.accounts.names import LOOKALIKES, folded, is_invisible

if TYPE_CHECKING:
    from tracker.accounts.models import User

FEWEST_CHARACTERS, MOST_CHARACTERS = 8, 1000
FEWEST_UNLIKE = 4
"""How many characters must neither repeat nor follow the one before."""
MOST_AROUND_A_WORD = 6
"""Room for a year and two symbols."""
SHORTEST = 4
"""The shortest common word that counts when two are joined."""
FIRST_TRIED = frozenset(
    ("password", "qwerty", "letmein", "welcome", "iloveyou", "admin", "login", "dragon", "monkey")
)
"""Two common words make a good password, unless one of them is here."""
DIGITS, SIGNS = "0123456789", "!?.,;:-_*#$@&+=()/"
LATIN_LOOKALIKES = {number: letter for number, letter in LOOKALIKES.items() if number > 127}
IN_PLACE_OF_LETTERS = str.maketrans("@4301!5$7", "aaeoiisst")
ROWS = (
    *("1qaz", "2wsx", "3edc", "4rfv", "5tgb", "6yhn", "7ujm", "8ik", "9ol", "0p"),
    *("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm"),
    *("qwertzuiop", "yxcvbnm", "azertyuiop", "qsdfghjklm", "wxcvbn"),
    *("!@#$%^&*()", "!qaz", "@wsx", "#edc", "$rfv", "%tgb", "^yhn", "&ujm"),
    *("йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю", "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"),
    "abcdefghijklmnopqrstuvwxyz",
)
STEPS = frozenset(pair for row in ROWS for way in (row, row[::-1]) for pair in pairwise(way))
OUR_WORDS = ("cobalog", "cobalamin", "vitamin")

TOO_LONG = _("This password is too long. It may have at most %(most)d characters.")
INVISIBLE = _(
    "A password cannot consist of spaces only. Use letters, digits or other visible characters."
)
TOO_SHORT = _("This password is too short. Use at least %(least)d characters.")
ONLY_DIGITS = _("This password has only digits. Add letters or other characters.")
TOO_EVEN = _("This password repeats itself or follows the keyboard or the alphabet.")
TOO_NEAR_A_NAME = _(
    "This password is too much like your user name, your mail address or this site."
)
DIGITS_AND_SIGNS = _("This password has only digits and signs, as dates and numbers have.")
TOO_COMMON = _("This password is a very common one, or little more than one.")


def as_hashed(password: str) -> str:
    """Return the Unicode form in which a password is hashed, however it was typed."""
    return unicodedata.normalize("NFKC", password)


def forms(password: str) -> list[str]:
    """Return the forms in which a password may have been hashed, the current one first.

    Older passwords were hashed as the browser sent them. Empty if the password is too long.
    """
    if len(password) > MOST_CHARACTERS:
        return []
    others = (unicodedata.normalize(form, password) for form in ("NFC", "NFD"))
    return list(dict.fromkeys([as_hashed(password), password, *others]))


class LengthValidator:
    """Refuses passwords that are slow to hash, before any other validator reads them."""

    def validate(self, password: str, user: "User | None" = None) -> None:
        if len(password) > MOST_CHARACTERS:
            raise ValidationError(TOO_LONG, "password_too_long", {"most": MOST_CHARACTERS})

    def get_help_text(self) -> str:
        return _("Your password may have at most %(most)d characters.") % {"most": MOST_CHARACTERS}


class ShortValidator(MinimumLengthValidator):
    """Refuses fewer than eight characters."""

    def __init__(self) -> None:
        super().__init__(FEWEST_CHARACTERS)

    def get_error_message(self) -> str:
        return TOO_SHORT % {"least": FEWEST_CHARACTERS}


class DigitsValidator(NumericPasswordValidator):
    """Refuses passwords of digits alone."""

    def get_error_message(self) -> str:
        return str(ONLY_DIGITS)


class NameValidator(UserAttributeSimilarityValidator):
    """Refuses a password similar to the user name, the e-mail address or the name of the site."""

    def validate(self, password: str, user: "User | None" = None) -> None:
        if len(password) > MOST_CHARACTERS:
            return
        shown = shown_of(password)
        ways = shown, shown.translate(IN_PLACE_OF_LETTERS)
        if any(is_little_more_than(way, names_near(user)) for way in ways):
            raise ValidationError(self.get_error_message(), "password_too_similar")
        super().validate(password, user)

    def get_error_message(self) -> str:
        return str(TOO_NEAR_A_NAME)

    def get_help_text(self) -> str:
        return str(_("Your password must not be much like your user name or your mail address."))


class ObviousPasswordValidator(CommonPasswordValidator):
    """Refuses what is guessed first: spaces, repeats, rows of keys, common passwords."""

    def validate(self, password: str, user: "User | None" = None) -> None:
        shown = shown_of(password)
        if not FEWEST_CHARACTERS <= len(password) <= MOST_CHARACTERS or _is_refused_for_its_name(
            password, user
        ):
            return  # already reported; each fault is reported once
        if len(shown) < FEWEST_UNLIKE:
            raise ValidationError(INVISIBLE, "password_invisible")
        signless = re.sub(r"[\W_]", "", shown)
        if is_even(shown) or (len(signless) >= FEWEST_UNLIKE and is_even(signless)):
            raise ValidationError(TOO_EVEN, "password_too_even")
        if signless.isdecimal() and signless != shown:  # digits alone: above
            raise ValidationError(DIGITS_AND_SIGNS, "password_entirely_numeric")
        super().validate(password, user)
        bare = without_accents(shown).translate(LATIN_LOOKALIKES)
        rests = (bare.replace(word, "", 1) for word in names_near(user) if len(word) >= 3)
        if any(map(self.is_common_at_heart, {bare, *rests})):
            raise ValidationError(TOO_COMMON, "password_too_common")

    def get_error_message(self) -> str:
        return str(TOO_COMMON)

    def is_common_at_heart(self, shown: str) -> bool:
        """Return whether it is a common password with little around it."""
        words = core(shown), shown.rstrip(SIGNS)
        return any(self.is_little_more(shown, word) for word in words)

    def is_little_more(self, shown: str, word: str) -> bool:
        return self.is_common(word) and len(shown) <= len(word) + MOST_AROUND_A_WORD

    def is_common(self, word: str) -> bool:
        """Return whether a word is a common password, or two of them, even with symbols in it."""
        once = re.sub(r"^(.+?)\1+$", r"\1", word)
        ways = {word, once, once.translate(IN_PLACE_OF_LETTERS)}
        return not self.passwords.isdisjoint(ways) or any(map(self.is_two_common, ways))

    def is_two_common(self, word: str) -> bool:
        """Return whether it is two common words, one often guessed, maybe with digits between."""
        parts = (
            (word[:place], word[place:]) for place in range(SHORTEST, len(word) - SHORTEST + 1)
        )
        pairs = ({first.strip(DIGITS), second.strip(DIGITS)} for first, second in parts)
        return any(pair <= self.passwords and not FIRST_TRIED.isdisjoint(pair) for pair in pairs)

    def get_help_text(self) -> str:
        return str(_("Your password must not be a common one, a row of keys or only spaces."))


def _is_refused_for_its_name(password: str, user: "User | None") -> bool:
    try:
        NameValidator().validate(password, user)
    except ValidationError:
        return True
    return False


def shown_of(password: str) -> str:
    """Return the visible characters of a password, in lower case."""
    if len(password) > MOST_CHARACTERS:
        return ""
    return "".join(c for c in folded(password) if not c.isspace() and not is_invisible(c))


def names_near(user: "User | None") -> tuple[str, ...]:
    return (folded(user.get_username()) if user else "", *OUR_WORDS)


def is_even(shown: str) -> bool:
    """Return whether a password is a repeated piece, or runs of equal or adjacent keys."""
    if len(set(shown)) <= 2 or re.fullmatch(r"(.{1,5}?)\1+", shown):
        return True
    unlike = sum(a != b and (a, b) not in STEPS for a, b in pairwise(shown))
    return unlike + 1 < FEWEST_UNLIKE


def is_little_more_than(shown: str, names: tuple[str, ...]) -> bool:
    """Return whether next to nothing is left of a password without one of the names."""
    bare = left = re.sub(r"[\W_]", "", shown)
    words = {re.sub(r"[\W_]", "", name) for name in names}
    for word in (way for name in words if len(name) >= 3 for way in (name, name[::-1])):
        left = left.replace(word, "")
    return left != bare and len(left.strip("0123456789")) < FEWEST_UNLIKE


def without_accents(shown: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", shown) if not unicodedata.combining(c))


def core(shown: str) -> str:
    """Return a password without leading and trailing digits and symbols."""
    return re.sub(r"^[\d\W_]+|[\d\W_]+$", "", shown)
