"""What a browser fetches for the first view of a page."""

import re
from html.parser import HTMLParser

from tests.bench.pages import Scene
from tests.bench.table import at_most, show


class Parts(HTMLParser):
    """The URLs of a page's own scripts, style sheets, icons and drawings."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        is_wanted = given.get("rel") in ("stylesheet", "icon", "preload", "manifest")
        if (tag == "link" and is_wanted) or tag in ("use", "image"):
            self.found.add((given.get("href") or "").partition("#")[0])
        if tag in ("script", "img", "source") and given.get("src"):
            self.found.add(given["src"] or "")


def measure_first_load(scene: Scene) -> None:
    browser = scene.browser(scene.decade, encoding="br, gzip")
    # The page itself is the longest that today can be: eight entries and all offers.
    page = scene.browser(scene.decade).get("/")
    parts = Parts()
    parts.feed(scene.browser(scene.decade, encoding="identity").get("/").body.decode())
    sizes = {path: len(browser.get(path).body) for path in sorted(parts.found - {""})}
    kilobytes = (len(page.body) + sum(sizes.values())) / 1000
    charts = sum(bool(re.search("plotly|chart", path)) for path in sizes)
    note = f"({len(sizes) + 1} files)"
    show("first load of today, compressed", kilobytes, at_most(100, " kB"), note=note)
    show("chart libraries in the first load of today", charts, at_most(0))
