"""The secret key: from the environment, or made once and kept in a file."""

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

from tracker.keeping import advice, close_to_others, make_folder, write_once

SHORTEST = 32
RENEW = (
    "Restore it from your copy, or delete it: the next start makes a new one, "
    "and everybody has to sign in again."
)


def secret_key(given: str, path: Path) -> str:
    """Return the key that was given, or the kept one; a blank one counts as none."""
    if given.strip():
        return given
    try:
        return _kept_key(path)
    except OSError as error:
        raise ImproperlyConfigured(
            f"Cobalog cannot keep its secret key in {path}: {error.strerror}. {advice(error)}"
        ) from None


def _kept_key(path: Path) -> str:
    if not path.exists():
        make_folder(path.parent)
        write_once(path, get_random_secret_key() + "\n")
    if not path.is_file():
        raise ImproperlyConfigured(
            f"Cobalog: {path} should be the file of the secret key and is none."
        )
    close_to_others(path)
    key = path.read_bytes().decode("ascii", "replace").strip(" \t\r\n")
    if not key:
        raise ImproperlyConfigured(f"Cobalog: the secret key in {path} is empty. {RENEW}")
    # After a power cut a file may hold zeros, on a full disk a part of what it should.
    if not key.isascii() or not key.isprintable() or len(key) < SHORTEST:
        raise ImproperlyConfigured(f"Cobalog: the secret key in {path} is damaged. {RENEW}")
    return key
