"""One line for each fault that keeps the app from running, and what to do about it."""

from django.conf import settings
from django.db import DatabaseError

from tracker.keeping import advice
from tracker.serving.sqlite import RESTORE, Unusable, database_file

SQLITE_WORDS = {
    "file is not a database": f"is damaged. {RESTORE}",
    "malformed": f"is damaged. {RESTORE}",
    "readonly": "cannot be written. This user needs the right to write it and all beside it.",
    "unable to open": "cannot be opened. This user needs all rights on it and its folder.",
    "disk i/o": "cannot be read or written. Look whether the disk is full or damaged.",
    "full": "cannot be written: the disk is full. Make room and start again.",
    "locked": "is locked by another program. Stop that one and start again.",
    "no such table": "is not set up. Run: manage.py prepare",
}


def line_of(error: Exception) -> str:
    """Return the message for the person who started the app."""
    if isinstance(error, Unusable):
        return f"Cobalog: {error}"
    if isinstance(error, DatabaseError):
        return f"Cobalog: {_of_database(error)}"
    assert isinstance(error, OSError)
    place = error.filename or settings.VAR_DIR
    return f"Cobalog: {place} cannot be used: {error.strerror}. {advice(error)}"


def _of_database(error: DatabaseError) -> str:
    said = " ".join(str(error).split())
    path = database_file()
    for words, what_to_do in SQLITE_WORDS.items() if path else ():
        if words in said.lower():
            return f"the database {path} ({said}) {what_to_do}"
    return f"the database cannot be used: {said}"
