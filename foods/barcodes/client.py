"""Ask Open Food Facts about one barcode, within six seconds in all.

What is sent: the number, this server's address, and the name and version of this app (with the
contact from the settings, if any). Nothing about a person.
"""

import json
import time
from typing import Any

import httpx
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from foods.barcodes.gtin import as_printed
from foods.timelimit import within

HOST = "world.openfoodfacts.org"
FIELDS = (
    *("code", "product_name", "brands", "quantity", "serving_size", "serving_quantity"),
    *("serving_quantity_unit", "nutrition_data_per", "nutriments", "nutrition"),
    *("categories_tags", "labels_tags", "countries_tags", "vitamins_tags"),
    *("ingredients_analysis_tags", "last_modified_t"),
)
WHOLE_TIME_S = 6.0
STEP_TIME_S = 4.0
LARGEST_ANSWER = 1_000_000
BUSY = (429, 503)
TRANSPORT: httpx.BaseTransport | None = None
"""None means the real network. Tests replace it."""


class NoAnswer(Exception):
    """Open Food Facts gave no usable answer; ``said`` tells a person why."""

    def __init__(self, said: Any, *, is_busy: bool = False) -> None:
        super().__init__(str(said))
        self.said, self.is_busy = said, is_busy


UNREACHABLE = _("Open Food Facts could not be reached.")
TOO_SLOW = _("Open Food Facts did not answer in time.")
TOO_BUSY = _("Open Food Facts is busy. Try again in a minute.")
ELSEWHERE = _("Open Food Facts refers to another site for this number, so it may not be a food.")
UNREADABLE = _("Open Food Facts sent an answer that could not be read.")
FAILED = _("Open Food Facts answered with an error (%(status)d).")


def ask(gtin: str) -> dict[str, Any] | None:
    """Return the Open Food Facts product of a barcode, or None if nobody has entered it.

    Raises NoAnswer for everything else.
    """
    try:
        return within(WHOLE_TIME_S, lambda: _product(*_fetch(gtin)))
    except TimeoutError:
        raise NoAnswer(TOO_SLOW) from None


def _fetch(gtin: str) -> tuple[int, bytes]:
    """Return status and body, reading no more of the body than is allowed."""
    deadline = time.monotonic() + WHOLE_TIME_S
    url = httpx.URL(
        f"https://{HOST}/api/v2/product/{as_printed(gtin)}", params={"fields": ",".join(FIELDS)}
    )
    try:
        with _client() as client, client.stream("GET", url) as response:
            _refuse_unusable(response)
            body = bytearray()
            for chunk in response.iter_bytes():
                body += chunk
                if len(body) > LARGEST_ANSWER:
                    raise NoAnswer(UNREADABLE)
                if time.monotonic() > deadline:
                    raise NoAnswer(TOO_SLOW)
            return response.status_code, bytes(body)
    except httpx.TimeoutException:
        raise NoAnswer(TOO_SLOW) from None
    except httpx.HTTPError:
        raise NoAnswer(UNREACHABLE) from None


def _client() -> httpx.Client:
    return httpx.Client(
        transport=TRANSPORT,
        timeout=STEP_TIME_S,
        follow_redirects=False,
        headers={
            "User-Agent": user_agent(),
            "Accept": "application/json",
            # A compressed answer would have to be unpacked before its size is known.
            "Accept-Encoding": "identity",
        },
    )


def user_agent() -> str:
    contact = settings.OPENFOODFACTS_CONTACT
    return f"Cobalog/{settings.VERSION} (self-hosted{'; ' + contact if contact else ''})"


def _refuse_unusable(response: httpx.Response) -> None:
    if response.status_code in BUSY:
        raise NoAnswer(TOO_BUSY, is_busy=True)
    if response.is_redirect or 300 <= response.status_code < 400:
        raise NoAnswer(ELSEWHERE)
    if response.status_code not in (200, 404):
        raise NoAnswer(FAILED % {"status": response.status_code})
    if response.headers.get("Content-Encoding", "identity") != "identity":
        raise NoAnswer(UNREADABLE)


def _product(status: int, body: bytes) -> dict[str, Any] | None:
    """Return the product in an answer. An unknown one is a 404, or a 200 that says so."""
    if status == 404:
        return None
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        raise NoAnswer(UNREADABLE) from None
    if not isinstance(answer, dict):
        raise NoAnswer(UNREADABLE)
    result = answer.get("result")
    result_id = result.get("id") if isinstance(result, dict) else None
    if answer.get("status") in (0, "failure") or result_id == "product_not_found":
        return None
    product = answer.get("product")
    if not isinstance(product, dict):
        raise NoAnswer(UNREADABLE)
    return {"code": answer.get("code"), **product}
