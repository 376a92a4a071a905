"""The cache in which attempts are counted, shared by all workers."""

from typing import Any

from django.core.cache.backends.db import DatabaseCache
from django.db import DatabaseError, connections

COUNTS = "%:allauth:rl:%"
LOCKS = "%:lock"
PER_ACCOUNT = "%:login\\_failed\\_account:%"
"""At most one row for each account, so they never fill the table; and only they stop somebody who
guesses from many addresses."""
TRIES = 5
"""How often adding a row is tried: a lock may be released in between."""


class CountingCache(DatabaseCache):
    """Django's database cache, except that counts are not evicted before they expire.

    Django's own keeps 300 rows and then deletes the lowest third, so that 300 requests reset every
    limit. Here only expired rows are deleted. If a flood from very many addresses still fills the
    table, counts per address are deleted, those that expire first.
    """

    _table: str
    most_rows = 200_000
    dropped_at_once = 20_000

    def __init__(self, table: str, params: dict[str, Any]) -> None:
        # Django calls _cull beyond this number; deleting expired rows is cheap.
        super().__init__(table, {"MAX_ENTRIES": 500, **params})

    def add(self, key: Any, value: Any, *args: Any, **more: Any) -> bool:
        """Add a missing key; raise DatabaseError if it cannot be written.

        Django's own returns False in that case too, which would be taken for too many attempts.
        """
        for _try in range(TRIES):
            if super().add(key, value, *args, **more):
                return True
            if self.has_key(key):
                return False  # otherwise it was deleted meanwhile, as a lock is
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
