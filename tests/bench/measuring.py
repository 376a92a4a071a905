"""The order of the measurements."""

import time

from django.core.management import call_command
from django.db import connections
from django.utils import timezone

from foods.models import Food
from tests.bench import catalogue, diaries, lighthouse, loading, pages, science, table
from tests.bench.pages import Scene
from tests.bench.serving import Server, real_server, weight_mb
from tests.bench.table import Target, at_most

LIGHT_WORKER = at_most(120, " MB")
PAGES_BEFORE_WEIGHING = 20


def measure_all(port: int, *, is_quick: bool) -> None:
    missing = "--quick" if is_quick else lighthouse.why_not()
    scene = set_up(port)
    table.head()
    with real_server(port) as server:
        measure_pages(scene, server)
        if missing:
            table.skip("Lighthouse on today and on the week", missing)
        else:
            lighthouse.measure(scene, "today", "/", (98, 100, 100))
            lighthouse.measure(scene, "week, basic bundle", "/week/", (80, 100, 100))
    if not missing:
        with real_server(port, COBALOG_NODE_MODULES="none"):
            lighthouse.measure(scene, "week, full bundle", "/week/", None)
    measure_catalogue(scene, is_quick=is_quick)
    science.measure_columns()


def set_up(port: int) -> Scene:
    """Create the database: ten years of one person, and another person without entries."""
    start = time.monotonic()
    call_command("prepare", verbosity=0)
    today = timezone.localdate()
    decade, empty = diaries.make_person("decade", today), diaries.make_person("empty", today)
    count = diaries.fill(decade, today)
    food = Food.objects.filter(diet="vegan", b12_ug_per_100g__gt=0, portions__position=0).earliest(
        "pk"
    )
    sessions = {profile.pk: diaries.session_of(profile) for profile in (decade, empty)}
    connections.close_all()
    print(f"{count:,} entries in {time.monotonic() - start:.0f} s\n", flush=True)
    return Scene(port, today, decade.pk, empty.pk, food.pk, sessions)


def measure_pages(scene: Scene, server: Server) -> None:
    pages.measure_today(scene)
    pages.measure_empty(scene)
    pages.measure_week(scene)
    weigh(scene, server, "a worker after today and the week")
    pages.measure_logging(scene)
    pages.measure_crowd(scene)
    loading.measure_first_load(scene)


def weigh(scene: Scene, server: Server, what: str, target: Target | None = LIGHT_WORKER) -> None:
    """Let every worker answer, then print the memory of the largest."""
    for number in range(PAGES_BEFORE_WEIGHING):
        scene.browser(scene.decade).get("/week/" if number % 2 else "/")
    for name in ("Rss", "Pss"):
        heaviest = max(weight_mb(pid, name) for pid in server.workers())
        table.show(f"{what}, {name}", heaviest, target)


def measure_catalogue(scene: Scene, *, is_quick: bool) -> None:
    """Use a new server for each size, so that it starts as after an import."""
    files = catalogue.import_tables()
    note = "published tables" if files else "made-up names: the published tables are not here"
    print(f"\nfoods: {note}", flush=True)
    with real_server(scene.port) as server:
        catalogue.measure_keystroke(scene, at_most(2), rounds=95)
        weigh(scene, server, "a worker with 13,000 foods")
    if is_quick:
        table.skip("a keystroke among 400,000 foods", "--quick")
        return
    catalogue.fill_up(catalogue.MANY)
    with real_server(scene.port) as server:
        catalogue.measure_keystroke(scene, at_most(10), rounds=57)
        weigh(scene, server, "a worker with 400,000 foods", None)
