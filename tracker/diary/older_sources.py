"""For migrations: replace English sentences by a kind and parameters."""

import re
from typing import Any

from django.db import migrations, models

from tracker.diary.origin import SourceKind, source_kind

TYPED_IN = "typed in by hand"
OWN_RECIPE = re.compile(r"own recipe of (\d+) foods?: (.*)", re.DOTALL)
NAMELESS = "Quick add"
BATCH = 2000


def parts_of(text: str) -> tuple[str, str, int | None]:
    """Return kind, cited tables and number of foods of a source kept as a sentence."""
    if text == TYPED_IN:
        return SourceKind.TYPED, "", None
    if found := OWN_RECIPE.fullmatch(text):
        return SourceKind.RECIPE, found[2], int(found[1])
    return SourceKind.FOOD, text, None


def name_of_older(row: dict[str, Any]) -> str:
    """Return the name that a person entered; "" if the row was only called a quick add."""
    name: str = row["name"]
    return "" if name == NAMELESS and row["mass_g"] is None else name


def sources_of_texts(app: str, model: str, prefix: str = "") -> list[Any]:
    """Return operations that split a model's sources and drop names that nobody entered."""
    kind, text, count = (f"{prefix}source_{part}" for part in ("kind", "text", "count"))

    def part_texts(apps: Any, _editor: Any) -> None:
        rows = apps.get_model(app, model)._base_manager
        rows.filter(name=NAMELESS, mass_g=None, food=None).update(name="")
        rows.filter(**{text: TYPED_IN}).update(**{kind: SourceKind.TYPED, text: ""})
        changed = []
        for row in rows.filter(**{f"{text}__startswith": "own recipe of "}).iterator(BATCH):
            for name, value in zip((kind, text, count), parts_of(getattr(row, text)), strict=True):
                setattr(row, name, value)
            changed.append(row)
        rows.bulk_update(changed, [kind, text, count], batch_size=BATCH)

    def write_texts(apps: Any, editor: Any) -> None:
        rows = apps.get_model(app, model)._base_manager
        rows.filter(name="").update(name=NAMELESS)
        rows.filter(**{kind: SourceKind.TYPED}).update(**{text: TYPED_IN})
        for row in rows.filter(**{kind: SourceKind.RECIPE}).iterator(BATCH):
            foods = "food" if getattr(row, count) == 1 else "foods"
            said = f"own recipe of {getattr(row, count)} {foods}: {getattr(row, text)}"
            setattr(row, text, said[:400])
            row.save(update_fields=[text])
        # PostgreSQL alters no table with checks of foreign keys still to be made.
        editor.connection.check_constraints()

    return [
        migrations.AddField(model, kind, source_kind()),
        migrations.AddField(model, count, models.PositiveSmallIntegerField(null=True)),
        migrations.AlterField(model, "name", models.CharField(max_length=250, blank=True)),
        migrations.RunPython(part_texts, write_texts),
    ]
