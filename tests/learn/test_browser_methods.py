"""The methods page in a real browser."""

import pytest
from playwright.sync_api import expect

from tests.insights.test_browser_week import LISTEN, SAVE_DATA
from tests.looking import OPEN_ALL, faults_of_width, faults_on_paper, faults_to_eyes

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


def test_the_drawing_without_the_live_chart_has_no_faults(page, live_server):
    """Axe checks the rest of the page, with the live chart, in the test of every page."""
    page.add_init_script(SAVE_DATA)
    page.goto(ADDRESS)

    expect(page.locator("#dose-chart .chart-svg")).to_be_visible()
    on_paper = faults_on_paper(page)
    page.evaluate(OPEN_ALL)
    widths = faults_of_width(page)
    assert [*on_paper, *widths, *faults_to_eyes(page, within="#dose-chart")] == []
