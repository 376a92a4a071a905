"""A keystroke in the food box, with the tables that people import and with 400,000 foods."""

import os
import random
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from django.core.management import call_command
from django.db import connections

from foods.models import Food, Source
from foods.search import index_food
from tests.bench.browsing import Answer, medians
from tests.bench.pages import Scene
from tests.bench.serving import ROOT
from tests.bench.table import Target, show

TABLES = ("fdc_sr_legacy*.zip", "fdc_survey*.zip", "fdc_foundation*.zip")
WANTED, MANY = 13_000, 400_000
TYPED = (
    "m", "mi", "milk", "milk f", "soy", "soy mi", "egg", "eggs scr", "chee", "cheddar ch", "sal",
    "salmon smo", "yog", "beef liv", "corn fl", "nutr yeast", "tun", "chick br", "oat drink",
)  # fmt: skip


def data_folder() -> Path:
    """Return where the published tables lie, if they are at hand."""
    return Path(os.environ.get("COBALOG_DATA") or ROOT.parent / "shared" / "data")


def import_tables() -> int:
    """Bring the catalogue to 13,000 foods: published tables, then made-up ones for the rest."""
    files = [str(path) for name in TABLES for path in sorted(data_folder().glob(name))]
    for path in files:
        call_command("import_foods", path, stdout=StringIO(), stderr=StringIO())
    fill_up(WANTED)
    return len(files)


def fill_up(wanted: int) -> None:
    """Add made-up branded foods until there are as many as wanted."""
    source, _ = Source.objects.get_or_create(
        slug="made-up", defaults={"name": "Made up", "trust": 1}
    )
    missing = wanted - Food.objects.count()
    start = Food.objects.filter(source=source).count()
    names = made_up_names(start, max(0, missing))
    Food.objects.bulk_create((made_up(source, name) for name in names), batch_size=5000)
    connections.close_all()


def made_up_names(start: int, count: int) -> Iterator[str]:
    draw = random.Random(start)
    words = sorted({word for name in Food.objects.values_list("name", flat=True)[:5000]
                    for word in name.replace(",", " ").split() if word.isalpha()})  # fmt: skip
    for number in range(start, start + count):
        yield f"{' '.join(draw.choices(words, k=4))} {number}"


def made_up(source: Source, name: str) -> Food:
    search, head, rank = index_food(name, brand="Made Up Foods")
    return Food(
        source=source,
        source_key=name,
        name=name,
        brand="Made Up Foods",
        source_class="mixed_dish",
        b12_ug_per_100g=1.0,
        search=search,
        head=head,
        rank=rank,
    )


def measure_keystroke(scene: Scene, target: Target, *, rounds: int) -> None:
    browser = scene.browser(scene.decade)

    def find(number: int) -> Answer:
        query = TYPED[number % len(TYPED)].replace(" ", "+")
        return browser.get(f"/day/{scene.today}/find/?slot=lunch&q={query}", htmx=True)

    bare, keystroke = medians(rounds, scene.bare(browser), find, warm_up=len(TYPED))
    count = f"{Food.objects.count():,}"
    connections.close_all()
    ratio, note = keystroke.over(bare)
    show(f"a keystroke among {count} foods / bare view", ratio, target, note=note)
