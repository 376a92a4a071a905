"""The cache in which tries are counted, shared by all workers."""

from typing import Any

from django.core.cache.backends.db import DatabaseCache
from django.db import DatabaseError, connections

COUNTS = "%:allauth:rl:%"
LOCKS = "%:lock"
PER_ACCOUNT = "%:login\\_failed\\_account:%"
"""One row for an account at most, so they never fill the table, and only they bar a guesser who
has many addresses."""
TRIES = 5
"""How often a row is added before it is a failure: a lock may go in between."""


class CountingCache(DatabaseCache):
    """Django's database cache, which never drops a count before its time to make room.

    Django's own keeps 300 rows and deletes the lowest third beyond: as many requests flush every
    limit. Here only expired rows go. Where a flood from very many addresses still fills the table,
    counts per address go, those that end soonest first.
    """

    _table: str
    most_rows = 200_000
    dropped_at_once = 20_000

    def __init__(self, table: str, params: dict[str, Any]) -> None:
        # Django calls _cull beyond this number; deleting expired rows is cheap.
        super().__init__(table, {"MAX_ENTRIES": 500, **params})

    def add(self, key: Any, value: Any, *args: Any, **more: Any) -> bool:
        """Add what is not there yet; raise DatabaseError where that cannot be written.

        Django's own says False then as well, and whoever comes is told that they tried too often.
        """
        for _try in range(TRIES):
            if super().add(key, value, *args, **more):
                return True
            if self.has_key(key):
                return False  # else it went meanwhile, as a lock does
        raise DatabaseError("a count could not be written")

    def _cull(self, db: str, cursor: Any, now: Any, num: int) -> None:
        ops = connections[db].ops
        table = ops.quote_name(self._table)
        cursor.execute(
            f"DELETE FROM {table} WHERE expires < %s", [ops.adapt_datetimefield_value(now)]
        )
        if num - cursor.rowcount <= self.most_rows:
            return
        cursor.execute(
            f"DELETE FROM {table} WHERE cache_key IN (SELECT cache_key FROM {table}"
            " WHERE cache_key LIKE %s AND cache_key NOT LIKE %s"
            " AND cache_key NOT LIKE %s ESCAPE '\\' ORDER BY expires LIMIT %s)",
            [COUNTS, LOCKS, PER_ACCOUNT, self.dropped_at_once],
        )
