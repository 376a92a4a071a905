"""A small client that keeps its connection, as a browser does, and times whole responses."""

import http.client
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlencode

TOKEN = "b" * 32


@dataclass(frozen=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes
    ms: float

    @property
    def cpu_ms(self) -> float:
        """Processor time of the worker's thread, which a busy machine does not lengthen."""
        return float(self.headers["X-Cpu-Ms"])

    @property
    def queries(self) -> int:
        return int(self.headers["X-Queries"])


@dataclass
class Browser:
    """One persistent connection, so that the same worker answers everything compared."""

    port: int
    session: str = ""
    encoding: str = "gzip"
    connection: http.client.HTTPConnection = field(init=False)

    def __post_init__(self) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def get(self, path: str, *, htmx: bool = False, signed_in: bool = True) -> Answer:
        return self._ask("GET", path, None, htmx=htmx, signed_in=signed_in)

    def post(self, path: str, values: dict, *, htmx: bool = True, signed_in: bool = True) -> Answer:
        return self._ask("POST", path, urlencode(values), htmx=htmx, signed_in=signed_in)

    def _ask(
        self, method: str, path: str, body: str | None, *, htmx: bool, signed_in: bool
    ) -> Answer:
        headers = {"Accept-Encoding": self.encoding, "Accept-Language": "en"}
        if signed_in:
            headers["Cookie"] = f"sessionid={self.session}; csrftoken={TOKEN}"
        if htmx:
            headers["HX-Request"] = "true"
        if body is not None:
            headers |= {
                "Content-Type": "application/x-www-form-urlencoded",
                "X-CSRFToken": TOKEN,
            }
        start = time.perf_counter()
        self.connection.request(method, path, body, headers)
        response = self.connection.getresponse()
        content = response.read()
        ms = 1e3 * (time.perf_counter() - start)
        return Answer(response.status, response.headers, content, ms)


@dataclass(frozen=True)
class Median:
    """The median of many responses: elapsed time, and processor time of the worker. [ms]"""

    ms: float
    cpu_ms: float

    def over(self, bare: "Median") -> tuple[float, str]:
        """Return the ratio of elapsed times, and a note with the time and the processor ratio."""
        return self.ms / bare.ms, f"({self.ms:.1f} ms; cpu {self.cpu_ms / bare.cpu_ms:.2f})"


def medians(rounds: int, *actions: Callable[[int], Answer], warm_up: int = 5) -> list[Median]:
    """Return the median of each action, run in turn so that noise affects all of them.

    Each action gets the number of the round; every response must be a 200.
    """
    taken: list[list[Answer]] = [[] for _ in actions]
    for number in range(rounds + warm_up):
        for action, answers in zip(actions, taken, strict=True):
            answer = action(number)
            if answer.status != 200:
                raise RuntimeError(f"{answer.status} instead of 200: {answer.body[:200]!r}")
            if number >= warm_up:
                answers.append(answer)
    return [
        Median(statistics.median(a.ms for a in found), statistics.median(a.cpu_ms for a in found))
        for found in taken
    ]
