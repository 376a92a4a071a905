"""Checks of one visit to a page: axe, print, a small phone and a wide screen."""

from functools import cache
from pathlib import Path
from typing import Any

import axe_playwright_python

RULES_ON_COLOUR = ["color-contrast", "link-in-text-block"]
"""In dark mode only the colours can differ."""
RUN_AXE = """([within, rules]) => axe.run(within, { resultTypes: ["violations"], ...rules }).then(
  ({ violations }) => violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target }) => `${id}: ${help} at ${target.join(" ")}`)))"""
A4_PX = 703
"""The width between the margins of the sheet."""
PHONE_PX, WIDE_PX = 320, 1280
WIDTH = "document.documentElement.scrollWidth"
OPEN_ALL = "document.querySelectorAll('details').forEach((box) => { box.open = true; })"
TOO_WIDE = """() => [...document.querySelectorAll("main *, header, footer")]
  .filter((box) => !box.closest("svg, .visually-hidden, .skip-link, .chart__live"))
  .filter((box) => box.clientWidth > 1 && box.checkVisibility())
  .filter((box) => getComputedStyle(box).display !== "inline")
  .filter((box) => !box.matches("input, select, textarea, progress"))
  .filter((box) => box.scrollWidth > box.clientWidth + 1)
  .map((box) => `${box.tagName}.${box.className} ${box.scrollWidth} > ${box.clientWidth}`)"""
"""What does not fit its box, including tables that could be scrolled sideways."""
CONTROLS = "button, .button, nav, input:not([type=hidden]), select, textarea"


@cache
def axe_source() -> str:
    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()


def faults_to_eyes(page: Any, within: str = "html") -> list[str]:
    """Return what axe finds on the current page in light and dark, one line each."""
    found = []
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe_source())
    for scheme, rules in (("light", {}), ("dark", {"runOnly": RULES_ON_COLOUR})):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found += [f"{scheme}: {line}" for line in page.evaluate(RUN_AXE, [within, rules])]
    return found


def faults_on_paper(page: Any) -> list[str]:
    """Return the controls that would be printed, and whether the page is wider than a sheet."""
    page.set_viewport_size({"width": A4_PX, "height": 1000})
    page.emulate_media(media="print", color_scheme="dark")
    shown = page.locator(CONTROLS).locator("visible=true").all_inner_texts()
    width_px = page.evaluate(WIDTH)
    page.emulate_media(media="screen")
    faults = [f"paper: shows the control {text!r}" for text in shown]
    return faults + ([f"paper: {width_px} px wide"] if width_px > A4_PX else [])


def faults_of_width(page: Any) -> list[str]:
    """Return what is too wide for a small phone, and what overflows on a wide screen."""
    page.set_viewport_size({"width": PHONE_PX, "height": 640})
    width_px = page.evaluate(WIDTH)
    page.set_viewport_size({"width": WIDE_PX, "height": 800})
    faults = [f"phone: {width_px} px wide"] if width_px > PHONE_PX else []
    return faults + [f"wide screen: {line}" for line in page.evaluate(TOO_WIDE)]


def faults_of(page: Any) -> list[str]:
    """Check a page in one visit; open all its collapsed parts before axe reads it."""
    on_paper = faults_on_paper(page)
    page.evaluate(OPEN_ALL)
    widths = faults_of_width(page)
    return [*on_paper, *widths, *faults_to_eyes(page)]
