"""Finding the food that somebody means."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from heapq import nsmallest
from itertools import chain
from typing import Any

from django.db.models import Q, QuerySet

from foods.catalogue.folding import tokens
from foods.catalogue.query import query_words
from foods.catalogue.ranking import (
    ALIASES,
    ALSO_CALLED,
    BEHIND,
    STARTER,
    Match,
    closeness,
    fixed_rank,
    habit,
    head_of,
    is_named,
    score,
)
from foods.catalogue.shelf import COLUMNS, Shelf, shelf
from foods.catalogue.spelling import corrected, respaced
from foods.catalogue.synonyms import Words, finished, readings, without_spare
from foods.catalogue.variants import grouped
from foods.models import DIETS_ALLOWED, Food

MAX_CANDIDATES = 80
"""This many are ranked in full; a rough score chooses them."""
MAX_TAIL = 200
MANY = 600
ANSWERS_KEPT = 500


@dataclass(frozen=True, slots=True)
class Found:
    """The foods that a query means, and the corrected spelling, if one was used."""

    foods: list[Food] = field(default_factory=list)
    corrected: str = ""


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose foods are searched, and which of them may be found."""

    account: object = None
    diet: str = ""
    recent_ids: frozenset[int] = frozenset()
    among: QuerySet[Food] | None = None
    has_own: bool = True
    shelf: Shelf = field(default_factory=shelf)
    """Of the whole search: it asks once whether the catalogue has changed."""

    @property
    def own_id(self) -> int | None:
        return getattr(self.account, "pk", None) if self.has_own else None


def index_food(
    name: str,
    *,
    brand: str = "",
    aliases: str = "",
    is_starter: bool = False,
    source_class: str = "",
) -> tuple[str, str, int]:
    """Return what is stored of a food for searching: folded words, head, fixed rank."""
    others = [brand, *aliases.splitlines()]
    parts = [tokens(name), *(tokens(other) for other in others if other.strip())]
    search = f" {ALIASES}".join("".join(f" {word}" for word in part) for part in parts)
    head = " ".join(tokens(head_of(name)))
    return search, head[:120], fixed_rank(name, is_starter=is_starter, source_class=source_class)


def search_foods(
    text: str,
    *,
    account: Any = None,
    diet: str = "",
    recent_ids: Sequence[int] = (),
    among: QuerySet[Food] | None = None,
    limit: int = 12,
) -> list[Food]:
    """Return the foods that a typed text most likely means, best first.

    Four queries, a fifth with ``among``. ``diet`` keeps only foods that it allows, ``among``
    only those of a queryset; ``recent_ids`` (foods this person logged) come first. Each food has
    its other forms (raw, canned, without salt) in ``variants``, as Candidates with pk and name.
    """
    return find_foods(
        text, account=account, diet=diet, recent_ids=recent_ids, among=among, limit=limit
    ).foods


def find_foods(
    text: str,
    *,
    account: Any = None,
    diet: str = "",
    recent_ids: Sequence[int] = (),
    among: QuerySet[Food] | None = None,
    limit: int = 12,
    has_own: bool = True,
) -> Found:
    """Return the foods as search_foods does, and the corrected spelling if one was used.

    ``has_own`` is False if the caller knows that the account has no foods of its own.
    """
    words = query_words(text)
    if not words:
        return Found()
    scope = Scope(account, diet, frozenset(recent_ids), among, has_own)
    ranked, better = asked_before(words, scope, limit)
    return Found(load(ranked, scope, limit), better)


def asked_before(words: Words, scope: Scope, limit: int) -> tuple[list[Match], str]:
    """Return the ranking for these words and the corrected spelling, if one was used.

    The shelf caches its latest answers, because the same words are typed again and again. A
    ranking that depends on more than the shelf (own foods, a queryset) is not cached.
    """
    if scope.own_id is not None or scope.among is not None:
        return ranked_somehow(words, scope, limit)
    shelf = scope.shelf
    key = words, scope.diet, scope.recent_ids, limit
    answer = shelf.answers.get(key)
    if answer is None:
        answer = ranked_somehow(words, scope, limit)
        if len(shelf.answers) >= ANSWERS_KEPT:
            shelf.answers.clear()  # other threads may clear it too, so it is not read again
        shelf.answers[key] = answer
    return answer


def ranked_somehow(words: Words, scope: Scope, limit: int) -> tuple[list[Match], str]:
    """Rank the matches of the words, else of other readings, else of a corrected spelling."""
    for meant in chain([words], otherwise(words, scope.shelf)):
        if ranked := ranked_matches(meant, scope, limit):
            return ranked, ""
    better = corrected(words, scope.shelf.vocabulary)
    ranked = ranked_matches(better, scope, limit) if better else []
    return ranked, " ".join(better) if ranked and better else ""


def otherwise(words: Words, shelf: Shelf) -> Iterator[Words]:
    """Yield other readings of a query without matches: completed, respaced, with fewer words."""
    if begun := finished(words):
        yield begun
    yield from respaced(words, shelf.vocabulary)
    if fewer := without_spare(words):
        yield fewer


def ranked_matches(words: Words, scope: Scope, limit: int) -> list[Match]:
    """Return the matching foods, best first; ties go to the shorter name, then the older food."""
    meant = readings(words)
    shelf = scope.shelf
    found = permitted(shelf.matching(meant), scope)
    if not shelf.is_whole and len(found) < limit:
        known = {candidate.pk for candidate in found}
        tail = permitted(in_database(Q(owner=None), meant), scope)
        found += [candidate for candidate in tail if candidate.pk not in known]
    if scope.own_id is not None:
        found += permitted(in_database(Q(owner=scope.own_id), meant), scope)
    if scope.among is not None:
        allowed = scope.among.filter(pk__in=[candidate.pk for candidate in found])
        kept = set(allowed.values_list("pk", flat=True))
        found = [candidate for candidate in found if candidate.pk in kept]
    likely = likeliest(found, meant, scope)
    points = scored(likely, meant, scope)
    return sorted(likely, key=lambda c: (-points[c.pk], len(c.search), c.pk))


def likeliest(found: list[Match], meant: list[Words], scope: Scope) -> list[Match]:
    """Return the foods to rank in full; a single letter matches a quarter of the catalogue."""
    if len(found) > MANY:
        starts = tuple(f" {reading[0]}" for reading in meant)
        sooner = [c for c in found if c.search.startswith(starts) or is_habit(c, scope)]
        found = [*sooner[:MANY], *found[: MANY // 3]]
        found = list({candidate.pk: candidate for candidate in found}.values())
    return nsmallest(
        MAX_CANDIDATES, found, key=lambda c: (-closeness(c, meant, scope.recent_ids), c.pk)
    )


def permitted(candidates: Iterable[Match], scope: Scope) -> list[Match]:
    """Return the foods that a diet allows; all of them if no diet is given."""
    allowed = DIETS_ALLOWED.get(scope.diet)
    return [c for c in candidates if allowed is None or c.diet in allowed]


def in_database(whose: Q, meant: list[Words]) -> Iterable[Match]:
    """Yield matches that are not on the shelf: a person's own foods, a catalogue's long tail."""
    wanted = Q()
    for reading in meant:
        wanted |= Q(*(Q(search__contains=f" {word}") for word in reading))
    rows = Food.objects.filter(whose, wanted).order_by("-rank", "pk")
    return [Match(*row) for row in rows.values_list(*COLUMNS)[:MAX_TAIL]]


def scored(likely: list[Match], meant: list[Words], scope: Scope) -> dict[int, float]:
    """Return the points of each food.

    Own foods and habits come first among foods that match about equally well: whole milk comes
    before Greek yogurt of whole milk, however often that was eaten.
    """
    fitting = {c.pk: fitting_readings(c, meant) for c in likely}
    points = {c.pk: best_score(c, meant, fitting[c.pk]) for c in likely}
    habits = [c for c in likely if is_habit(c, scope)]
    if not habits:
        return points
    named = [c.pk for c in likely if any(is_named(c, reading) for reading in fitting[c.pk])]
    most = max((points[pk] for pk in named), default=math.inf) - BEHIND
    for c in habits:
        extra = habit(c, fitting[c.pk], is_recent=c.pk in scope.recent_ids)
        total = points[c.pk] + extra
        points[c.pk] = total if c.pk in named else min(total, most)
    return points


def is_habit(candidate: Match, scope: Scope) -> bool:
    return candidate.owner_id is not None or candidate.pk in scope.recent_ids


def fitting_readings(candidate: Match, meant: list[Words]) -> list[Words]:
    return [r for r in meant if all(f" {word}" in candidate.search for word in r)]


def best_score(candidate: Match, meant: list[Words], fitting: list[Words]) -> float:
    """Return the score under the reading that fits best."""
    is_called = candidate.rank == STARTER and " ".join(meant[0]) in candidate.aliases
    return max(score(candidate, reading) for reading in fitting) + ALSO_CALLED * is_called


def load(ranked: list[Match], scope: Scope, limit: int) -> list[Food]:
    """Return the first foods with source and portions, each with its other forms."""
    groups = grouped(ranked)[:limit]
    offered = Food.objects.current().visible_to(scope.account)
    offered = offered.select_related("source").prefetch_related("portions")
    offered = offered.defer("search", "head", "aliases", "notes", "source_text", "review")
    by_pk = offered.in_bulk([group[0].pk for group in groups])
    for first, *others in groups:
        if first.pk in by_pk:
            by_pk[first.pk].variants = others
    return [by_pk[group[0].pk] for group in groups if group[0].pk in by_pk]
