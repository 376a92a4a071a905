"""Change counters: one for each profile and subject."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

DIARY, ANSWERS, FOODS = SUBJECTS = "diary", "answers", "foods"
"""What was eaten; answers about oneself; own foods, recipes and hidden foods."""
AT_ONCE = 500

_INCREMENT = """
INSERT INTO {counters} ({profile}, {subject}, {count})
SELECT {pk}, %s, 1 FROM {profiles} WHERE {pk} IN ({pks}) ORDER BY {pk} {lock}
ON CONFLICT ({profile}, {subject}) DO UPDATE SET {count} = {counters}.{count} + 1
"""


def increment(subject: str, profile_pks: Iterable[int]) -> None:
    """Increment a counter of each profile; deleted ones are skipped. One query.

    It locks the profiles first, in the order of their keys, as every write of a person does.
    """
    pks = sorted(profile_pks)
    for start in range(0, len(pks), AT_ONCE):
        some = pks[start : start + AT_ONCE]
        with connection.cursor() as cursor:
            cursor.execute(_increment_sql(len(some)), [subject, *some])


def _increment_sql(pk_count: int) -> str:
    quote = connection.ops.quote_name
    counters, profiles = _model("memo", "Counter")._meta, _model("profiles", "Profile")._meta
    columns = ("profile", "subject", "count")
    return _INCREMENT.format(
        counters=quote(counters.db_table),
        **{name: quote(counters.get_field(name).column) for name in columns},
        profiles=quote(profiles.db_table),
        pk=quote(profiles.pk.column),
        pks=", ".join(["%s"] * pk_count),
        lock="FOR NO KEY UPDATE" if connection.features.has_select_for_no_key_update else "",
    )


def with_counts(profiles: QuerySet[Any]) -> QuerySet[Any]:
    """Load the counters with the profiles, so that ``memo`` needs no query for them."""
    every: QuerySet[Any] = _model("memo", "Counter").objects.all()
    counters = every.filter(profile=OuterRef("pk"))
    counts = {
        attribute_of(subject): Subquery(counters.filter(subject=subject).values("count"))
        for subject in SUBJECTS
    }
    counted: QuerySet[Any] = profiles.annotate(
        **{attribute: Coalesce(count, Value(0)) for attribute, count in counts.items()}
    )
    return counted


def attribute_of(subject: str) -> str:
    return f"{subject}_count"


def read_counts(profile_pk: int) -> dict[str, int] | None:
    """Return a person's current counters; None if the person is deleted."""
    names = [attribute_of(subject) for subject in SUBJECTS]
    profiles = with_counts(_model("profiles", "Profile").objects.filter(pk=profile_pk))
    found = profiles.values_list(*names).first()
    return None if found is None else dict(zip(SUBJECTS, found, strict=True))


def _model(app: str, name: str) -> Any:
    return apps.get_model(app, name)
