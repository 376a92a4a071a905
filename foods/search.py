"""Finding the food that somebody means."""

from collections.abc import Sequence

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Length

from foods.folding import tokens
from foods.models import DIETS_ALLOWED, Food

MAX_WORDS = 8
MAX_QUERY = 120


def index_food(
    name: str, *, brand: str = "", aliases: str = "", is_starter: bool = False
) -> tuple[str, str, int]:
    """Return what is stored of a food for the search: folded words, head, fixed rank."""
    words = tokens(" ".join((name, brand, aliases.replace("\n", " "))))
    head = " ".join(tokens(name.split(",")[0]))
    return " " + " ".join(words), head[:120], 8 if is_starter else 0


def search_foods(
    text: str,
    *,
    account=None,
    diet: str = "",
    recent_ids: Sequence[int] = (),
    among: QuerySet[Food] | None = None,
    limit: int = 12,
) -> list[Food]:
    """Return the foods that a typed text most likely means, best first. Two queries.

    ``diet`` keeps only foods that it allows, ``among`` only those of a queryset;
    ``recent_ids`` (foods this person logged) come first.
    """
    words = tokens(text[:MAX_QUERY])[:MAX_WORDS]
    if not words:
        return []
    foods = Food.objects.current() if among is None else among
    foods = foods.visible_to(account)
    if diet in DIETS_ALLOWED:
        foods = foods.fitting(diet)
    for word in words:
        foods = foods.filter(search__contains=" " + word)
    return list(
        foods.annotate(closeness=_closeness(words, recent_ids))
        .order_by("-closeness", "-rank", Length("name"), "pk")
        .select_related("source")
        .prefetch_related("portions")[:limit]
    )


def _closeness(words: list[str], recent_ids: Sequence[int]) -> Case:
    joined = " ".join(words)
    return Case(
        When(pk__in=list(recent_ids), then=Value(30)),
        When(~Q(owner=None), then=Value(25)),
        When(head=joined, then=Value(20)),
        When(head__startswith=joined + " ", then=Value(14)),
        When(search__startswith=f" {joined} ", then=Value(12)),
        When(search__startswith=" " + words[0], then=Value(6)),
        default=Value(0),
        output_field=IntegerField(),
    )
