"""Today, the week and logging, each against the bare view on the same connection."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import uuid4

from django.db import connections

from tests.bench.browsing import Answer, Browser, medians
from tests.bench.table import at_most, show
from tracker.diary.models import Entry

ROUNDS = 60
LOG_ROUNDS = 40
CLIENTS, WRITES_EACH = 50, 4


@dataclass(frozen=True)
class Scene:
    """The people in the database, and the port of the server."""

    port: int
    today: date
    decade: int
    empty: int
    food: int
    sessions: dict[int, str]

    def browser(self, profile: int, **options: str) -> Browser:
        return Browser(self.port, self.sessions[profile], **options)

    def bare(self, browser: Browser) -> Callable[[int], Answer]:
        path = f"/bare/{self.decade}/{self.food}/{self.today}/"
        return lambda _round: browser.get(path)

    def values(self) -> dict[str, str]:
        """Return what the page posts when somebody chooses a food from the list."""
        return {"slot": "lunch", "pick": f"food:{self.food}:1:p0", "client_uuid": str(uuid4())}


def measure_today(scene: Scene) -> None:
    browser = scene.browser(scene.decade)
    bare, today = medians(ROUNDS, scene.bare(browser), lambda _: browser.get("/"))
    show("bare view: signed in, three queries, 8 entries [ms]", bare.ms)
    ratio, note = today.over(bare)
    show("today, 10-year diary / bare view", ratio, at_most(3), note=note)
    show("today, queries", browser.get("/").queries, at_most(12))


def measure_empty(scene: Scene) -> None:
    """Compare two people on one connection: a day without entries, and today with eight."""
    browser, other = scene.browser(scene.decade), scene.browser(scene.empty)
    other.connection = browser.connection
    tomorrow = f"/day/{scene.today + timedelta(days=1)}/"
    for what, path in (
        ("a day without entries: 10-year / empty diary", tomorrow),
        ("today: 10-year diary with 8 entries / empty diary", "/"),
    ):
        long, short = medians(ROUNDS, _getter(browser, path), _getter(other, path))
        ratio, note = long.over(short)
        show(what, ratio, at_most(1.3), note=note)
    show("today, empty diary, queries", other.get("/").queries, at_most(12))


def _getter(browser: Browser, path: str) -> Callable[[int], Answer]:
    return lambda _round: browser.get(path)


def measure_week(scene: Scene) -> None:
    browser = scene.browser(scene.decade)
    path = f"/week/{scene.today - timedelta(days=scene.today.weekday() + 7)}/"
    bare, week = medians(ROUNDS, scene.bare(browser), _getter(browser, path))
    ratio, note = week.over(bare)
    show("week with its chart data / bare view", ratio, at_most(4), note=note)
    show("week, queries", browser.get(path).queries)


def measure_logging(scene: Scene) -> None:
    """Log each food on its own day, so that the response always has nine entries."""
    browser = scene.browser(scene.decade)

    def log(number: int) -> Answer:
        day = scene.today - timedelta(days=100 + number)
        return browser.post(f"/day/{day}/log/", scene.values())

    def insert(number: int) -> Answer:
        day = scene.today - timedelta(days=100 + number)
        return browser.post(f"/bare/insert/{scene.empty}/{day}/", {})

    bare, logged = medians(LOG_ROUNDS, insert, log)
    show("bare insert, signed in [ms]", bare.ms)
    ratio, note = logged.over(bare)
    show("log with its panel / bare insert", ratio, at_most(4), note=note)
    day = scene.today - timedelta(days=99)
    show("log with its panel, queries", browser.post(f"/day/{day}/log/", scene.values()).queries)


def measure_crowd(scene: Scene) -> None:
    """Let 50 clients log at once and count the entries that are missing."""
    day = scene.today - timedelta(days=2000)
    before = entries_on(scene, day)

    def client(_number: int) -> list[Answer]:
        browser = scene.browser(scene.decade)
        return [browser.post(f"/day/{day}/log/", scene.values()) for _ in range(WRITES_EACH)]

    with ThreadPoolExecutor(CLIENTS) as pool:
        answers = [answer for found in pool.map(client, range(CLIENTS)) for answer in found]
    failed = sum(answer.status != 200 for answer in answers)
    lost = CLIENTS * WRITES_EACH - (entries_on(scene, day) - before)
    slowest = max(answer.ms for answer in answers)
    show("50 clients log at once: failed of 200 writes", failed, at_most(0))
    show("50 clients log at once: lost of 200 writes", lost, at_most(0), note=_ms(slowest, "max "))


def entries_on(scene: Scene, day: date) -> int:
    connections.close_all()
    return Entry.objects.filter(profile=scene.decade, day=day).count()


def _ms(value: float, word: str = "") -> str:
    return f"({word}{value:.1f} ms)"
