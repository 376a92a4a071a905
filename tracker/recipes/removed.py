"""What was taken out of a recipe, and what was said of its last change, kept in the session.

What was taken out can be put back, the last one first, until something else changes the recipe.
"""

from typing import Any

from django.contrib.sessions.backends.base import SessionBase

REMOVED = "removed_from_recipe"
SAID = "said_of_recipe"
MOST_KEPT = 20

Columns = dict[str, Any]


def removed(session: SessionBase, recipe_pk: int) -> list[Columns]:
    """Return what was taken out of a recipe by its last changes, the last one last."""
    kept = session.get(REMOVED, {})
    return kept["items"] if kept.get("recipe") == recipe_pk else []


def without(items: list[Columns], pk: int) -> list[Columns]:
    return [columns for columns in items if columns["id"] != pk]


def keep_removed(session: SessionBase, recipe_pk: int, items: list[Columns]) -> None:
    session[REMOVED] = {"recipe": recipe_pk, "items": items[-MOST_KEPT:]}


def forget_removed(session: SessionBase) -> None:
    session.pop(REMOVED, None)


def keep_said(session: SessionBase, recipe_pk: int, text: str) -> None:
    """Keep a line for the next time the page is shown whole."""
    session[SAID] = {"recipe": recipe_pk, "text": text}


def said_once(session: SessionBase, recipe_pk: int) -> str:
    if session.get(SAID, {}).get("recipe") != recipe_pk:
        return ""
    return str(session.pop(SAID)["text"])
