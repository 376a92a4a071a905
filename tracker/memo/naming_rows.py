"""For migrations: add a ``uuid`` to existing and future rows."""

from typing import Any
from uuid import uuid4

from django.db import models
from django.db.migrations import AddField, AlterField, RunPython
from django.db.migrations.operations.base import Operation

from tracker.memo.models import row_uuid

AT_ONCE = 500


def named_rows(app: str, *names: str) -> list[Operation]:
    """Return the operations that fill it: one default would be the same for all rows."""

    def fill(apps: Any, _editor: Any) -> None:
        for name in names:
            rows = apps.get_model(app, name)._base_manager
            nameless = list(rows.filter(uuid=None).only("pk"))
            for row in nameless:
                row.uuid = uuid4()
            rows.bulk_update(nameless, ["uuid"], batch_size=AT_ONCE)

    return [
        *(AddField(name, "uuid", models.UUIDField(null=True)) for name in names),
        RunPython(fill, RunPython.noop),
        *(AlterField(name, "uuid", row_uuid()) for name in names),
    ]
