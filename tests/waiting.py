"""Wait for a page without evaluating text on it, which its content policy blocks."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

PATIENCE_MS = 10_000
PAUSE_MS = 50
SETTLED = "!document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling')"
"""Nothing is asked for and nothing is on its way into the page."""


def wait_until(page: Any, script: str) -> None:
    """Return as soon as an expression is true on the page; fail after ten seconds.

    Playwright's own wait_for_function polls inside the page, where the policy forbids eval, so it
    only works if the expression is true at once.
    """
    for _again in range(PATIENCE_MS // PAUSE_MS):
        if page.evaluate(script):
            return
        page.wait_for_timeout(PAUSE_MS)
    raise AssertionError(f"never true: {script}")


def open_food_box(page: Any, address: str = "/") -> None:
    """Open a page and wait until typed text goes into its food box."""
    page.goto(address)
    wait_until(page, "document.activeElement.id == 'q'")


@contextmanager
def suggestion_asked_again(page: Any) -> Iterator[None]:
    """Wait until the suggestion beside the day has reloaded after the change in the block."""
    with page.expect_response(lambda response: "/next/" in response.url):
        yield
    wait_until(page, SETTLED)
