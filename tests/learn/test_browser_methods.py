"""The methods page in a real browser."""

import pytest
from playwright.sync_api import expect

from tests.insights.test_browser_week import LISTEN, SAVE_DATA

pytestmark = pytest.mark.browser
ADDRESS = "/methods/"


def test_the_dose_curve_takes_over_and_nothing_leaves(page, live_server):
    requests = []
    page.on("request", lambda request: requests.append(request.url))
    page.add_init_script(LISTEN)

    page.goto(ADDRESS)
    page.locator("#dose-chart").scroll_into_view_if_needed()
    expect(page.locator("#dose-chart.is-live")).to_be_attached(timeout=30_000)

    assert page.locator(".modebar-btn").count() == 0
    assert page.evaluate("refused") == []
    own = ("data:", "blob:", live_server.url)
    assert [url for url in requests if not url.startswith(own)] == []


def test_it_fits_the_screen_and_axe_finds_nothing(page, live_server, axe):
    page.add_init_script(SAVE_DATA)
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(ADDRESS)
    page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")

    expect(page.locator(".dose-svg")).to_be_visible()
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") == width
    axe(page)
