"""The printed table: what was measured, its target and its value."""

import operator
from dataclasses import dataclass

WIDTHS = (54, 10, 30)
COMPARISONS = {"at most": operator.le, "at least": operator.ge}


@dataclass(frozen=True)
class Target:
    """A bound that is printed and never tested, because a machine may be busy."""

    word: str
    bound: float
    unit: str = ""

    def is_met(self, value: float) -> bool:
        return bool(COMPARISONS[self.word](value, self.bound))

    def __str__(self) -> str:
        sign = "<=" if self.word == "at most" else ">="
        return f"{sign} {self.bound:g}{self.unit}"


def at_most(bound: float, unit: str = "") -> Target:
    return Target("at most", bound, unit)


def at_least(bound: float, unit: str = "") -> Target:
    return Target("at least", bound, unit)


def head() -> None:
    row("what", "asked", "measured", "")
    row(*("-" * width for width in WIDTHS), "-" * 4)


def show(what: str, value: float, target: Target | None = None, *, note: str = "") -> None:
    unit = target.unit if target else ""
    measured = f"{value:.3g}{unit}" if value < 1000 else f"{value:,.0f}{unit}"
    verdict = "" if target is None else "ok" if target.is_met(value) else "MISS"
    row(what, str(target or ""), f"{measured} {note}".strip(), verdict)


def skip(what: str, why: str) -> None:
    row(what, "", f"not measured: {why}", "")


def row(what: str, asked: str, measured: str, verdict: str) -> None:
    cells = zip((what, asked, measured), WIDTHS, strict=True)
    print(" ".join(f"{cell:<{width}}" for cell, width in cells), verdict, flush=True)
