"""A keystroke in the food box, with the tables that people import and with 400,000 foods."""

import os
import random
from collections.abc import Callable, Iterator, Sequence
from io import StringIO
from pathlib import Path
from urllib.parse import quote_plus

from django.core.management import call_command
from django.db import connections

from foods.catalogue.search import index_food
from foods.models import Food, Source
from tests.bench.browsing import Answer, Browser, medians
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
    """Return the folder of the published tables, if there is one."""
    return Path(os.environ.get("COBALOG_DATA") or ROOT.parent / "shared" / "data")


def import_tables() -> int:
    """Fill the catalogue to 13,000 foods: published tables, then invented foods for the rest."""
    files = [str(path) for name in TABLES for path in sorted(data_folder().glob(name))]
    for path in files:
        call_command("import_foods", path, stdout=StringIO(), stderr=StringIO())
    fill_up(WANTED)
    return len(files)


def fill_up(wanted: int) -> None:
    """Add invented branded foods up to the wanted number."""
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
    """Measure common searches, then searches that are new to this server."""
    count = f"{Food.objects.count():,}"
    unheard = new_queries(rounds + len(TYPED))
    connections.close_all()
    for what, queries in (("", TYPED), (", never asked before", unheard)):
        browser = scene.browser(scene.decade)
        find = finder(scene, browser, queries)
        bare, keystroke = medians(rounds, scene.bare(browser), find, warm_up=len(TYPED))
        ratio, note = keystroke.over(bare)
        show(f"a keystroke among {count} foods{what}", ratio, target, note=note)


def finder(scene: Scene, browser: Browser, queries: Sequence[str]) -> Callable[[int], Answer]:
    def find(number: int) -> Answer:
        query = quote_plus(queries[number % len(queries)])
        return browser.get(f"/day/{scene.today}/find/?slot=lunch&q={query}", htmx=True)

    return find


def new_queries(count: int) -> list[str]:
    """Return different beginnings of real names: one to three words, the last one cut off."""
    names = list(Food.objects.current().values_list("search", flat=True).order_by("pk")[:9000])
    dice = random.Random(12)
    found: dict[str, None] = {}
    while len(found) < count:
        words = dice.choice(names).split()[: dice.randint(1, 3)]
        found[" ".join([*words[:-1], words[-1][: dice.randint(2, 6)]])] = None
    return list(found)
