"""The week page in a real browser: the drawing, the requests and keyboard use."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from foods.kinds import SourceClass
from tests.factories import make_entry
from tests.insights.people import MONDAY, log_days
from tests.waiting import wait_until

pytestmark = pytest.mark.browser
ADDRESS = f"/week/{MONDAY}/"
LISTEN = """
window.refused = [];
addEventListener("securitypolicyviolation", (event) => refused.push(event.violatedDirective));
"""
FITS = """() => {
  const box = document.querySelector(".chart__live"), drawn = box.querySelector(".main-svg");
  return Math.abs(box.clientWidth - drawn.clientWidth) < 2;
}"""
SAVE_DATA = "Object.defineProperty(navigator, 'connection', {value: {saveData: true}});"


@pytest.fixture
def diary(ada):
    """Log a week of soy milk with a fish dinner, a tablet and a liver dinner."""
    log_days(ada.profile, complete=5)
    bound = {"free_ug": 0, "slot": "dinner", "clock": None}
    dinner = {"name": "Salmon", "source_class": "fish", "b12_ug": 3, "food_ug": 3, **bound}
    liver = {"name": "Liver", "source_class": "organ_meat", "b12_ug": 70, "food_ug": 70, **bound}
    make_entry(ada.profile, **dinner)
    make_entry(ada.profile, day=MONDAY + timedelta(1), **liver)
    tablet = {"name": "Tablet", "source_class": "supplement", "is_supplement": True}
    make_entry(ada.profile, b12_ug=1000, free_ug=1000, slot="snack", clock=None, **tablet)
    return ada


def live(page):
    expect(page.locator("#week-chart.is-live")).to_be_attached(timeout=30_000)
    return page.locator("#week-chart .chart__live")


def test_plotly_loads_by_itself_and_sends_nothing_elsewhere(diary, ada_page, live_server):
    requests = []
    ada_page.on("request", lambda request: requests.append(request.url))
    ada_page.add_init_script(LISTEN)

    ada_page.goto(ADDRESS)
    chart = live(ada_page)
    chart.hover(position={"x": 70, "y": 200})
    expect(chart.locator(".hoverlayer")).to_contain_text("Mon 2")
    expect(chart.locator(".hoverlayer")).to_contain_text("Fish")
    expect(chart.locator(".hoverlayer")).to_contain_text("All food: 4.0")
    expect(chart.locator(".hoverlayer")).to_contain_text("Supplements: 1,000")
    expect(chart.locator(".hoverlayer")).to_contain_text("Target: 2.4")
    expect(chart.locator(".hoverlayer")).to_contain_text("B12 known for 3 of 3 foods")
    expect(chart.locator(".hoverlayer")).not_to_contain_text("not known")
    chart.hover(position={"x": 72, "y": 35})  # over the tablet
    expect(chart.locator(".hoverlayer")).to_contain_text("All food: 4.0")
    expect(chart.locator(".hoverlayer")).to_contain_text("Supplements: 1,000")
    expect(chart.locator(".hoverlayer")).not_to_contain_text("Not marked complete")

    chart.hover(position={"x": chart.bounding_box()["width"] - 5, "y": 200})  # beside every bar
    expect(chart.locator(".hoverlayer")).to_contain_text("Sun 8")

    assert chart.locator(".modebar-btn").count() == 0
    assert not re.search("share|cloud|send|edit chart", chart.inner_text(), re.IGNORECASE)
    context = chart.evaluate("box => box._context")
    assert (context["showSendToCloud"], context["plotlyServerURL"]) == (False, "")
    assert (context["displayModeBar"], context["displaylogo"]) == (False, False)
    assert ada_page.evaluate("refused") == []
    own = ("data:", "blob:", live_server.url)
    assert [url for url in requests if not url.startswith(own)] == []


def test_the_live_chart_hatches_open_days_and_says_so(diary, ada_page):
    make_entry(diary.profile, day=MONDAY + timedelta(7), b12_ug=None, free_ug=0)
    ada_page.goto(f"/week/{MONDAY + timedelta(7)}/")
    chart = live(ada_page)

    chart.hover(position={"x": 70, "y": 200})

    expect(chart.locator(".hoverlayer")).to_contain_text("Not marked complete")
    stub = chart.locator(".barlayer .point path").first
    assert stub.bounding_box()["height"] > 12
    assert "url(" in stub.evaluate("path => path.style.fill")


@pytest.mark.parametrize(("width", "is_wide"), [(1280, True), (1024, True), (375, False)])
def test_a_week_of_every_class_fits_its_card_on_a_wide_screen(ada, ada_page, width, is_wide):
    log_days(ada.profile, complete=7)
    for kind in SourceClass.values:
        for day in range(7):
            is_supplement = kind == SourceClass.SUPPLEMENT
            amounts = {"b12_ug": 1234.5, "free_ug": 1234.5, "source_class": kind}
            day = MONDAY + timedelta(day)
            make_entry(ada.profile, day=day, is_supplement=is_supplement, **amounts)
    make_entry(ada.profile, b12_ug=None, free_ug=0)
    ada_page.set_viewport_size({"width": width, "height": 900})
    ada_page.goto(ADDRESS)
    ada_page.get_by_text("The same numbers as a table").click()

    wrap = ada_page.locator(".week-table .table-wrap")

    assert (wrap.evaluate("box => box.scrollWidth <= box.clientWidth")) is is_wide
    assert ada_page.evaluate("document.documentElement.scrollWidth") == width


def test_plotly_loads_only_on_request_with_save_data(diary, ada_page):
    asked = []
    ada_page.on("request", lambda request: asked.append(request.url))
    ada_page.add_init_script(SAVE_DATA)
    ada_page.goto(ADDRESS)
    button = ada_page.get_by_role("button", name="Interactive chart")
    expect(button).to_be_visible()
    ada_page.wait_for_timeout(300)
    assert [url for url in asked if "plotly" in url] == []

    button.press("Enter")

    live(ada_page)
    expect(button).to_be_hidden()


def test_nothing_below_the_chart_moves_when_plotly_loads(diary, ada_page):
    hold = "(() => { const go = window.requestIdleCallback; window.start = () => 0; "
    hold += "window.requestIdleCallback = (work) => { window.start = () => go(work); }; })()"
    ada_page.add_init_script(hold)
    ada_page.goto(ADDRESS)
    summary = ada_page.locator("#week-summary")
    before = summary.bounding_box()

    ada_page.evaluate("start()")
    live(ada_page)

    assert summary.bounding_box() == before


def test_the_drawing_stays_if_plotly_cannot_load(diary, ada_page):
    ada_page.route("**/vendor/**", lambda route: route.abort())
    ada_page.goto(ADDRESS)

    expect(ada_page.get_by_role("button", name="Interactive chart")).to_be_visible(timeout=20_000)
    expect(ada_page.locator("#week-chart .chart-svg")).to_be_visible()


def test_it_fits_every_width_and_a_tap_opens_a_day(diary, ada_page):
    ada_page.goto(ADDRESS)
    live(ada_page)
    for width in (1280, 375, 320):
        ada_page.set_viewport_size({"width": width, "height": 800})
        assert ada_page.evaluate("document.documentElement.scrollWidth") == width
        wait_until(ada_page, FITS)
    day = ada_page.locator("a.week-day").nth(2)
    box = day.bounding_box()
    assert box["width"] >= 24
    assert box["height"] >= 44

    day.click()

    expect(ada_page).to_have_url(re.compile(f"/day/{MONDAY + timedelta(2)}/$"))


def test_a_keyboard_reaches_weeks_days_and_numbers(diary, ada_page):
    ada_page.add_init_script(SAVE_DATA)
    ada_page.goto(ADDRESS)

    ada_page.get_by_role("link", name="Previous").focus()
    ada_page.keyboard.press("Enter")
    expect(ada_page).to_have_url(re.compile(f"/week/{MONDAY - timedelta(7)}/$"))
    ada_page.go_back()
    summary = ada_page.locator(".week-table summary")
    summary.focus()
    ada_page.keyboard.press("Enter")
    expect(ada_page.get_by_role("region", name="B12 by day, in µg")).to_be_visible()
    ada_page.locator("a.week-day").first.focus()
    ada_page.keyboard.press("Enter")
    expect(ada_page).to_have_url(re.compile(f"/day/{MONDAY}/$"))


def test_colours_follow_the_scheme_and_print_uses_the_drawing(diary, ada_page):
    ada_page.emulate_media(color_scheme="light")
    ada_page.goto(ADDRESS)
    chart = live(ada_page)
    colour = "box => box.data.find((trace) => trace.name === 'Fish').marker.color"
    token = "() => getComputedStyle(document.documentElement).getPropertyValue('--class-fish')"
    light = chart.evaluate(colour)
    assert light == ada_page.evaluate(token)

    ada_page.emulate_media(color_scheme="dark")

    expect(chart).to_be_visible()
    changed = f"() => ({colour})(document.querySelector('.chart__live')) !== '{light}'"
    wait_until(ada_page, changed)
    assert chart.evaluate(colour) == ada_page.evaluate(token)
    ada_page.emulate_media(media="print", color_scheme="light")
    expect(ada_page.locator("#week-chart .chart-svg")).to_be_visible()
    expect(chart).to_be_hidden()
    expect(ada_page.get_by_role("table")).to_be_visible()
    expect(ada_page.get_by_role("navigation", name="Weeks")).to_be_hidden()


def test_the_drawing_has_no_faults(diary, ada_page, looked_over):
    ada_page.add_init_script(SAVE_DATA)
    ada_page.goto(ADDRESS)

    looked_over(ada_page)


def test_the_live_chart_has_no_faults(diary, ada_page, looked_over):
    ada_page.goto(ADDRESS)
    live(ada_page)

    looked_over(ada_page)


def test_an_empty_week_has_no_faults(ada_page, looked_over):
    ada_page.goto(ADDRESS)

    looked_over(ada_page)
