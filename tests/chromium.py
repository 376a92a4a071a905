"""The Chromium of this machine, how it is started here, and what its page shows on a failure."""

import shutil
from typing import Any

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))),
    None,
)
# Quiet, and as root too.
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync "
    "--disable-background-networking --disable-component-update"
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


def state_of(page: Any) -> str:
    """Return what a page shows, for the report of a machine where nobody can look."""
    from playwright.sync_api import Error

    try:
        return f"address: {page.url}\n{page.evaluate(STATE)}"
    except Error as error:  # the page is gone, or on its way to another
        return f"it cannot be read: {error}"
