"""Plot the dose curve with the published points, to show how well it fits.

``python -m tracker.science.figures OUT.html`` (needs Plotly) or ``OUT.json``. For a page,
``dose_curve_figure`` gives the figure as a plain dict of lists.
"""

import argparse
import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from tracker.science._tables import csv_rows
from tracker.science.absorption import (
    HEALTHY,
    AbsorptionFactors,
    B12Split,
    absorbed_ug,
    absorbed_ug_doets_2013,
)

NO_INTRINSIC_FACTOR: Final = AbsorptionFactors(if_route=0.0)
# A population mean applies to one person within +-35 % at best.
BAND: Final = 0.35
DOETS_SPAN_UG: Final = 0.5, 10.0
CURVE_SPAN_UG: Final = 0.1, 1000.0
POINTS_PER_DECADE: Final = 20
SYMBOLS: Final = {"verified": "circle", "second-hand": "square", "unconfirmed": "x"}
LABELS: Final[Mapping[str, str]] = {
    "title": "B12 absorbed from one sitting: model and published values",
    "dose": "B12 in one sitting [µg]",
    "absorbed": "B12 absorbed [µg]",
    "curve": "model",
    "band": "model ± 35 %",
    "no_if": "model without intrinsic factor",
    "doets": "Doets 2013, food only",
    "verified": "published, verified",
    "second-hand": "published, second-hand",
    "unconfirmed": "published, unconfirmed",
    "points_no_if": "published, without intrinsic factor",
}


@dataclass(frozen=True, slots=True)
class DosePoint:
    """One published value: the amount absorbed from a single oral dose. [µg]"""

    dose_ug: float
    absorbed_ug: float
    has_intrinsic_factor: bool
    is_fitted: bool
    status: str
    source: str
    seen_at: str

    @property
    def model_ug(self) -> float:
        """The model's value for the dose. [µg]"""
        factors = HEALTHY if self.has_intrinsic_factor else NO_INTRINSIC_FACTOR
        return absorbed_ug(B12Split(free_ug=self.dose_ug), factors)

    @property
    def residual_percent(self) -> float:
        """How far the model is above (+) or below (-) the published value. [%]"""
        return 100.0 * (self.model_ug / self.absorbed_ug - 1.0)


@cache
def dose_points() -> tuple[DosePoint, ...]:
    """Return the published points of ``data/dose_points.csv``, in its order."""
    return tuple(
        DosePoint(
            dose_ug=float(row["dose_ug"]),
            absorbed_ug=float(row["absorbed_ug"]),
            has_intrinsic_factor=row["intrinsic_factor"] == "normal",
            is_fitted=row["is_fitted"] == "1",
            status=row["status"],
            source=row["source"],
            seen_at=row["seen_at"],
        )
        for row in csv_rows("dose_points.csv")
    )


def rms_log_error(points: Iterable[DosePoint]) -> float:
    """Return the root mean square of ln(model / published) over the points.

    Their sources are in ``data/dose_points.csv``; ``ValueError`` without a point.
    """
    squares = [math.log(point.model_ug / point.absorbed_ug) ** 2 for point in points]
    if not squares:
        raise ValueError("points must hold at least one point")
    return math.sqrt(math.fsum(squares) / len(squares))


def dose_curve_figure(labels: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return the figure as a plain dict (``data``, ``layout``) of lists, numbers and text.

    Doses and amounts in µg; sources as ``dose_points``. ``labels`` replaces some or all of
    ``LABELS``, for translation. Raises nothing.
    """
    text = {**LABELS, **(labels or {})}
    doses = _log_steps(*CURVE_SPAN_UG)
    normal = [point for point in dose_points() if point.has_intrinsic_factor]
    without = [point for point in dose_points() if not point.has_intrinsic_factor]
    data = [
        _line(doses, lambda d: (1.0 - BAND) * _healthy(d), "", width=0),
        _line(doses, lambda d: (1.0 + BAND) * _healthy(d), text["band"], width=0, fill="tonexty"),
        _line(doses, _healthy, text["curve"]),
        _line(doses, _no_if, text["no_if"], dash="dash"),
        _line(_log_steps(*DOETS_SPAN_UG), absorbed_ug_doets_2013, text["doets"], dash="dot"),
    ]
    for status, symbol in SYMBOLS.items():
        data.append(_markers([p for p in normal if p.status == status], text[status], symbol))
    data.append(_markers(without, text["points_no_if"], "diamond-open"))
    return {"data": data, "layout": _layout(text)}


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the figure (sources: ``dose_points``) to a file that ends in ``.html`` or ``.json``.

    Any other suffix raises ``SystemExit`` with a usage message, a forbidden path ``OSError``.
    """
    parser = argparse.ArgumentParser(prog="python -m tracker.science.figures", description=__doc__)
    parser.add_argument("out", type=Path, help="OUT.html or OUT.json")
    out: Path = parser.parse_args(arguments).out
    if out.suffix not in (".html", ".json"):
        parser.error(f"out must end in .html or .json, got {out.name!r}")
    figure = dose_curve_figure()
    if out.suffix == ".json":
        out.write_text(json.dumps(figure, ensure_ascii=False, indent=1), encoding="utf-8")
        return
    from plotly.graph_objects import Figure  # type: ignore[import-untyped,unused-ignore]

    # The file contains the whole script, so it opens without a network.
    Figure(figure).write_html(out, include_plotlyjs=True)


def _healthy(dose_ug: float) -> float:
    return absorbed_ug(B12Split(free_ug=dose_ug))


def _no_if(dose_ug: float) -> float:
    return absorbed_ug(B12Split(free_ug=dose_ug), NO_INTRINSIC_FACTOR)


def _log_steps(low: float, high: float) -> list[float]:
    count = round(math.log10(high / low) * POINTS_PER_DECADE)
    steps = [low * (high / low) ** (step / count) for step in range(count)]
    return [*steps, high]


def _line(
    doses: list[float],
    curve: Callable[[float], float],
    name: str,
    *,
    dash: str = "solid",
    width: int = 2,
    fill: str = "none",
) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": doses,
        "y": [curve(dose) for dose in doses],
        "name": name,
        "line": {"dash": dash, "width": width},
        "fill": fill,
        "hoverinfo": "skip" if fill != "none" or not name else "x+y+name",
        "showlegend": bool(name),
    }


def _markers(points: list[DosePoint], name: str, symbol: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [point.dose_ug for point in points],
        "y": [point.absorbed_ug for point in points],
        "text": [point.source for point in points],
        "name": name,
        "marker": {"symbol": symbol, "size": 9},
        "hoverinfo": "x+y+text",
    }


def _layout(text: Mapping[str, str]) -> dict[str, Any]:
    return {
        "title": {"text": text["title"]},
        "xaxis": {"type": "log", "title": {"text": text["dose"]}},
        "yaxis": {"type": "log", "title": {"text": text["absorbed"]}},
    }


if __name__ == "__main__":
    main()
