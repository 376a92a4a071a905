"""What was said of a recipe's last change, kept in the session for the page that comes next."""

from django.contrib.sessions.backends.base import SessionBase

SAID = "said_of_recipe"
DELETED = "deleted_recipe"


def keep_said(session: SessionBase, recipe_pk: int, text: str) -> None:
    """Keep a line for the next time the page is shown whole."""
    session[SAID] = {"recipe": recipe_pk, "text": text}


def said_once(session: SessionBase, recipe_pk: int) -> str:
    if session.get(SAID, {}).get("recipe") != recipe_pk:
        return ""
    return str(session.pop(SAID)["text"])


def keep_deleted(session: SessionBase, recipe_pk: int) -> None:
    """Remember which recipe was just deleted, for the list that is shown next."""
    session[DELETED] = recipe_pk


def deleted_once(session: SessionBase) -> int | None:
    """Return the recipe that was just deleted, the first time it is asked for."""
    pk: int | None = session.pop(DELETED, None)
    return pk
