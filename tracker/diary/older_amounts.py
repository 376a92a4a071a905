"""For migrations: replace an amount kept as text by a number and a unit.

"150 g", "2 slices" or "1.5 × 1 cup, diced" becomes a number and a unit that read the same. Any
other text ("1 of 4 servings", "1 large egg") is kept as the unit.
"""

import re
from typing import Any

from django.db import migrations, models

NUMBER_AND_WORD = re.compile(r"(\d+(?:[.,]\d+)?) ([^\W\d_]+)")
TIMES = re.compile(r"(\d+(?:[.,]\d+)?) × (\d.*)")
ROUNDED_FROM = 100
BATCH = 2000


def take_apart(text: str, mass_g: float | None) -> tuple[float | None, str]:
    """Return the number (or None) and the unit of a text; grams get the exact number."""
    found = NUMBER_AND_WORD.fullmatch(text) or TIMES.fullmatch(text)
    if found is None:
        return None, text
    amount, unit = float(found[1].replace(",", ".")), found[2]
    if unit == "g" and mass_g is not None:
        return mass_g, unit
    if not amount or mass_g is None or (amount >= ROUNDED_FROM and unit != "ml"):
        return None, text
    return amount, unit


def amounts_of_texts(app: str, model: str) -> list[Any]:
    """Return the operations that turn the ``amount_text`` of a model into ``Measured`` columns."""

    def take_texts_apart(apps: Any, _editor: Any) -> None:
        rows = apps.get_model(app, model)._base_manager
        changed = []
        for row in rows.exclude(unit="").only("unit", "mass_g", "amount").iterator(BATCH):
            row.amount, row.unit = take_apart(row.unit, row.mass_g)
            if row.amount is not None:
                changed.append(row)
            if len(changed) >= BATCH:
                rows.bulk_update(changed, ["amount", "unit"])
                changed.clear()
        rows.bulk_update(changed, ["amount", "unit"])

    def write_texts(apps: Any, _editor: Any) -> None:
        rows = apps.get_model(app, model)._base_manager
        for row in rows.exclude(amount=None).iterator(BATCH):
            row.unit = f"{row.amount:g} {row.unit}"
            row.save(update_fields=["unit"])

    unit = models.CharField(
        blank=True, max_length=160, help_text="g, ml, a word, or a portion’s label."
    )
    amount = models.FloatField(null=True, help_text="How many of the unit; None: only words.")
    amount_of = models.FloatField(null=True, help_text="Servings of the whole dish, for a part.")
    return [
        migrations.RenameField(model, "amount_text", "unit"),
        migrations.AlterField(model, "unit", unit),
        migrations.AddField(model, "amount", amount),
        migrations.AddField(model, "amount_of", amount_of),
        migrations.RunPython(take_texts_apart, write_texts),
    ]
