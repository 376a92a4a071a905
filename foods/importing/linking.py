"""The same food in several tables: one row is shown, the others link to it."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from foods.catalogue.folding import fold
from foods.models import Food

BATCH = 500


@dataclass(frozen=True, slots=True)
class Row:
    """What decides which of several equal foods is shown."""

    pk: int
    trust: int
    source_id: int
    ndb_no: str
    food_code: str
    gtin: str
    name: str
    is_known: bool
    superseded_by_id: int | None

    @property
    def rank(self) -> tuple[bool, int, int]:
        # A newer table that does not report B12 must not hide an older one that does.
        return self.is_known, self.trust, -self.pk

    def identities(self) -> Iterator[tuple[str, str]]:
        """Yield the keys that another table's row may share with this one."""
        if self.ndb_no:
            yield "ndb", self.ndb_no.zfill(5)
        if self.food_code:
            yield "code", self.food_code
        if self.gtin:
            yield "gtin", self.gtin.zfill(14)
        else:  # a packaged product equals no other food, however generic its name
            yield "name", fold(self.name)


def link_duplicates() -> int:
    """Link every food to the most trusted equal one; return how many links changed."""
    rows = {row.pk: row for row in shared_rows()}
    wanted = links(list(rows.values()))
    changed = [
        Food(pk=pk, superseded_by_id=wanted.get(pk))
        for pk, row in rows.items()
        if row.superseded_by_id != wanted.get(pk)
    ]
    Food.objects.bulk_update(changed, ["superseded_by"], batch_size=BATCH)
    return len(changed)


def shared_rows() -> Iterator[Row]:
    """Yield the shared foods that are not retired."""
    foods = Food.objects.filter(owner=None, retired_at=None).values_list(
        "pk",
        "source__trust",
        "source_id",
        "ndb_no",
        "food_code",
        "gtin",
        "name",
        "b12_ug_per_100g",
        "superseded_by_id",
    )
    for pk, trust, source, ndb, code, gtin, name, b12_ug_per_100g, better in foods.iterator():
        yield Row(pk, trust, source, ndb, code, gtin, name, b12_ug_per_100g is not None, better)


def links(rows: list[Row]) -> dict[int, int]:
    """Return food → the food shown in its place. A link never leads to another link."""
    groups: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        for identity in row.identities():
            groups[identity].append(row)
    best: dict[int, Row] = {row.pk: row for row in rows}
    for group in groups.values():
        winner = max(group, key=lambda row: row.rank)
        for row in group:
            # Two rows of one table are always two foods.
            if row.source_id != winner.source_id and winner.rank > best[row.pk].rank:
                best[row.pk] = winner
    return {pk: end_of(pk, best) for pk in best if best[pk].pk != pk}


def end_of(pk: int, best: dict[int, Row]) -> int:
    """Follow the chain of better foods to its end. Every step is better, so it does end."""
    while best[pk].pk != pk:
        pk = best[pk].pk
    return pk
