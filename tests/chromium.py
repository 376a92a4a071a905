"""How to start this machine's Chromium, and what a page showed when a test failed."""

import shutil
from typing import Any

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))),
    None,
)
# Quiet, as root too, with one process for all pages of a window, and with no movement of the
# window's own, such as the wheel in a tab, which would be drawn though nobody sees it.
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync "
    "--disable-background-networking --disable-component-update "
    "--renderer-process-limit=1 --disable-site-isolation-trials "
    "--wm-window-animations-disabled --animation-duration-scale=0"
)
STATE = """() => {
  const text = (selector) => document.querySelector(selector)?.innerText ?? "none";
  const at = document.activeElement;
  return [
    `title: ${document.title}, ${document.readyState}`,
    `focus: ${at?.tagName} id=${at?.id} name=${at?.name} value=${at?.value}`,
    `food box: ${document.getElementById("q")?.value ?? "none"}`,
    `found: ${text("#found")}`,
    `problems: ${text("#problems")}`,
    `messages: ${text("#messages")}`,
  ].join("\\n");
}"""


class Window:
    """A browser's context that one test after the other opens its pages in.

    A context of its own for each test would start two processes for it and fetch every style and
    script anew. Its first page stays open, so that the others live in that page's process.
    """

    def __init__(self, browser: Any, address: str) -> None:
        self.address = address
        self.context = browser.new_context(base_url=address)
        self.first = self.context.new_page()
        self.first.goto("/healthz")
        self.devtools = self.context.new_cdp_session(self.first)

    def clear(self) -> None:
        """Close what a test has opened, and forget all that a site may keep."""
        for page in self.context.pages:
            if page is not self.first:
                page.close()
        self.context.unroute_all()
        self.context.set_offline(False)
        self.context.clear_permissions()
        self.context.clear_cookies()
        everything = {"origin": self.address, "storageTypes": "all"}
        self.devtools.send("Storage.clearDataForOrigin", everything)


def state_of(page: Any) -> str:
    """Return what a page shows, for a failure report from a machine without a screen."""
    from playwright.sync_api import Error

    try:
        return f"address: {page.url}\n{page.evaluate(STATE)}"
    except Error as error:  # the page is closed or navigating
        return f"it cannot be read: {error}"
