"""What counts as a password, and in which form it is hashed."""

import re
import unicodedata
from itertools import pairwise

from django.contrib.auth.models import AbstractBaseUser
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tracker.accounts.names import folded, is_invisible

MOST_CHARACTERS = 1000
FEWEST_UNLIKE = 4
"""How many characters must neither repeat nor continue the one before."""
MOST_AROUND_A_WORD = 6
"""A year and two signs."""
SHORTEST = 4
"""Of a common word that counts where two are joined."""
FIRST_TRIED = frozenset(
    ("password", "qwerty", "letmein", "welcome", "iloveyou", "admin", "login", "dragon", "monkey")
)
"""Two common words make a good password, but not with one of these."""
DIGITS, SIGNS = "0123456789", "!?.,;:-_*#$@&+=()/"
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
INVISIBLE = _("Blanks alone are no password. Use letters, digits or other signs that can be seen.")
TOO_EVEN = _("This password repeats itself or follows the keyboard or the alphabet.")
TOO_NEAR_A_NAME = _("This password is little more than your user name or the name of this site.")
TOO_COMMON = _("This password is little more than a very common one.")


def as_hashed(password: str) -> str:
    """Return the one form in which a password is hashed, however a keyboard composes it."""
    return unicodedata.normalize("NFKC", password)


def forms(password: str) -> list[str]:
    """Return what may have been hashed when a password was set, the form of today first.

    Before there was one form, it was hashed as the browser sent it. Too long: none at all.
    """
    if len(password) > MOST_CHARACTERS:
        return []
    others = (unicodedata.normalize(form, password) for form in ("NFC", "NFD"))
    return list(dict.fromkeys([as_hashed(password), password, *others]))


class LengthValidator:
    """Refuses what takes long to hash, before any other validator reads it."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        if len(password) > MOST_CHARACTERS:
            raise ValidationError(TOO_LONG, "password_too_long", {"most": MOST_CHARACTERS})

    def get_help_text(self) -> str:
        return _("Your password may have at most %(most)d characters.") % {"most": MOST_CHARACTERS}


class ObviousPasswordValidator(CommonPasswordValidator):
    """Refuses what is guessed first: blanks, repeats, rows of keys, names and common ones."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        if len(password) > MOST_CHARACTERS:
            return
        shown = "".join(c for c in folded(password) if not c.isspace() and not is_invisible(c))
        if len(shown) < FEWEST_UNLIKE:
            raise ValidationError(INVISIBLE, "password_invisible")
        super().validate(password, user)
        if is_even(shown):
            raise ValidationError(TOO_EVEN, "password_too_even")
        name = folded(user.get_username()) if user else ""
        if is_little_more_than(shown, (name, *OUR_WORDS)):
            raise ValidationError(TOO_NEAR_A_NAME, "password_too_similar")
        bare = without_accents(shown)
        rests = (bare.replace(word, "", 1) for word in (name, *OUR_WORDS) if len(word) >= 3)
        if any(map(self.is_common_at_heart, {bare, *rests})):
            raise ValidationError(TOO_COMMON, "password_too_common")

    def is_common_at_heart(self, shown: str) -> bool:
        """Say whether a common password with little around it makes it up."""
        words = core(shown), shown.rstrip(SIGNS)
        return any(self.is_little_more(shown, word) for word in words)

    def is_little_more(self, shown: str, word: str) -> bool:
        return self.is_common(word) and len(shown) <= len(word) + MOST_AROUND_A_WORD

    def is_common(self, word: str) -> bool:
        """Say whether a word is a common password, or two of them, also with signs in it."""
        once = re.sub(r"^(.+?)\1+$", r"\1", word)
        ways = {word, once, once.translate(IN_PLACE_OF_LETTERS)}
        return not self.passwords.isdisjoint(ways) or any(map(self.is_two_common, ways))

    def is_two_common(self, word: str) -> bool:
        """Say whether a word is two common ones, one of them tried first, digits between or not."""
        parts = (
            (word[:place], word[place:]) for place in range(SHORTEST, len(word) - SHORTEST + 1)
        )
        pairs = ({first.strip(DIGITS), second.strip(DIGITS)} for first, second in parts)
        return any(pair <= self.passwords and not FIRST_TRIED.isdisjoint(pair) for pair in pairs)

    def get_help_text(self) -> str:
        return _("Your password must not be a common one, a row of keys, or blanks alone.")


def is_even(shown: str) -> bool:
    """Say whether a password is a repeated piece, or runs of equal or neighbouring keys."""
    if len(set(shown)) <= 2 or re.fullmatch(r"(.{1,5}?)\1+", shown):
        return True
    unlike = sum(a != b and (a, b) not in STEPS for a, b in pairwise(shown))
    return unlike + 1 < FEWEST_UNLIKE


def is_little_more_than(shown: str, names: tuple[str, ...]) -> bool:
    """Say whether next to nothing is left of a password without one of the names."""
    bare = left = re.sub(r"[\W_]", "", shown)
    words = {re.sub(r"[\W_]", "", name) for name in names}
    for word in (way for name in words if len(name) >= 3 for way in (name, name[::-1])):
        left = left.replace(word, "")
    return left != bare and len(left.strip("0123456789")) < FEWEST_UNLIKE


def without_accents(shown: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", shown) if not unicodedata.combining(c))


def core(shown: str) -> str:
    """Return a password without the digits and signs around it."""
    return re.sub(r"^[\d\W_]+|[\d\W_]+$", "", shown)
