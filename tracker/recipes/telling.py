"""Messages about a recipe's last change, kept in the session for the next page."""

from django.contrib.sessions.backends.base import SessionBase

SAID = "said_of_recipe"
DELETED = "deleted_recipe"


def keep_said(session: SessionBase, recipe_pk: int, text: str) -> None:
    """Store a message for the next time the whole page is shown."""
    session[SAID] = {"recipe": recipe_pk, "text": text}


def said_once(session: SessionBase, recipe_pk: int) -> str:
    if session.get(SAID, {}).get("recipe") != recipe_pk:
        return ""
    return str(session.pop(SAID)["text"])


def keep_deleted(session: SessionBase, recipe_pk: int) -> None:
    """Store which recipe was just deleted, for the next list page."""
    session[DELETED] = recipe_pk


def deleted_once(session: SessionBase) -> int | None:
    """Return the recipe that was just deleted, the first time this is called."""
    pk: int | None = session.pop(DELETED, None)
    return pk
