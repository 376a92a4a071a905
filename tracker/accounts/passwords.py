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
IN_PLACE_OF_LETTERS = str.maketrans("@4301!5$7", "aaeoiisst")
ROWS = (
    *("1qaz", "2wsx", "3edc", "4rfv", "5tgb", "6yhn", "7ujm", "8ik", "9ol", "0p"),
    *("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm"),
    *("qwertzuiop", "yxcvbnm", "azertyuiop", "qsdfghjklm", "wxcvbn"),
    "abcdefghijklmnopqrstuvwxyz",
)
STEPS = frozenset(pair for row in ROWS for way in (row, row[::-1]) for pair in pairwise(way))
OUR_WORDS = ("cobalog", "cobalamin", "vitamin")

TOO_LONG = _("This password is too long. It may have at most %(most)d characters.")
INVISIBLE = _(
    "A password cannot consist of spaces only. Use letters, digits or other visible characters."
)
TOO_EVEN = _("This password repeats itself or follows the keyboard or the alphabet.")
TOO_NEAR_A_NAME = _("This password is too similar to your user name or the name of this site.")
TOO_COMMON = _("This password is too similar to a very common one.")


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
        if self.is_common(core(shown)) and len(shown) <= len(core(shown)) + MOST_AROUND_A_WORD:
            raise ValidationError(TOO_COMMON, "password_too_common")

    def is_common(self, word: str) -> bool:
        """Say whether a word is a common password, also written twice or with signs in it."""
        once = re.sub(r"^(.+?)\1+$", r"\1", word)
        return not self.passwords.isdisjoint({word, once, once.translate(IN_PLACE_OF_LETTERS)})

    def get_help_text(self) -> str:
        return _("Your password must not be a common one, a row of keys or only spaces.")


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


def core(shown: str) -> str:
    """Return a password without the digits and signs around it."""
    return re.sub(r"^[\d\W_]+|[\d\W_]+$", "", shown)
