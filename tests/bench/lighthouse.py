"""Lighthouse on today and the week, if Node, npm and a Chromium are installed."""

import json
import os
import shutil
import subprocess
from pathlib import Path

from tests.bench.pages import Scene
from tests.bench.serving import ROOT
from tests.bench.table import Target, at_least, show, skip
from tests.chromium import CHROMIUM, FLAGS

FOLDER = ROOT / "var" / "bench"
PACKAGES = ("lighthouse@12", "plotly.js-basic-dist-min@4.1.1")
CATEGORIES = ("performance", "accessibility", "best-practices")
RUNS = 5
NPM_PATIENCE_S, RUN_PATIENCE_S = 240, 120


def why_not() -> str:
    """Return what is missing, or install what is needed into an ignored folder."""
    if not CHROMIUM:
        return "no Chromium"
    if not shutil.which("npm"):
        return "no Node and npm"
    if (FOLDER / "node_modules" / "lighthouse").is_dir():
        return ""
    FOLDER.mkdir(parents=True, exist_ok=True)
    install = ["npm", "install", "--prefix", str(FOLDER), "--no-audit", "--no-fund", "--silent"]
    try:
        done = subprocess.run([*install, *PACKAGES], timeout=NPM_PATIENCE_S, capture_output=True)
    except subprocess.TimeoutExpired:
        return "npm took too long"
    return "" if done.returncode == 0 else "npm could not install lighthouse (no network?)"


def measure(scene: Scene, what: str, path: str, bounds: tuple[int, int, int] | None) -> None:
    """Print the median, lowest and highest score of the runs for each category."""
    runs, failed = [], ""
    for _ in range(RUNS):
        try:
            runs.append(scores(scene, path))
        except (subprocess.SubprocessError, OSError, ValueError) as error:
            failed = type(error).__name__  # a busy machine: Chromium did not answer in time
    if not runs:
        skip(f"Lighthouse {what}", failed)
        return
    for place, category in enumerate(CATEGORIES):
        target = at_least(bounds[place]) if bounds else None
        show_median(f"Lighthouse {what}: {category}", [run[place] for run in runs], target)
    # This distinguishes a busy machine from a slow page when the performance is low.
    show_median(f"Lighthouse {what}: blocked [ms]", [run[-1] for run in runs])


def show_median(what: str, values: list[float], target: Target | None = None) -> None:
    values = sorted(values)
    note = f"({values[0]:.0f} to {values[-1]:.0f}, {len(values)} runs)"
    show(what, values[len(values) // 2], target, note=note)


def scores(scene: Scene, path: str) -> tuple[float, ...]:
    """Return the score of each category, and how long the page was blocked. [ms]"""
    headers = json.dumps({"Cookie": f"sessionid={scene.sessions[scene.decade]}"})
    command = [
        str(FOLDER / "node_modules" / ".bin" / "lighthouse"),
        f"http://127.0.0.1:{scene.port}{path}",
        "--quiet",
        "--output=json",
        "--output-path=stdout",
        f"--only-categories={','.join(CATEGORIES)}",
        f"--extra-headers={headers}",
        f"--chrome-flags={FLAGS}",
    ]
    done = subprocess.run(
        command,
        env=os.environ | {"CHROME_PATH": str(CHROMIUM)},
        capture_output=True,
        timeout=RUN_PATIENCE_S,
        check=True,
    )
    found = json.loads(done.stdout)
    keep(path, done.stdout)
    blocked_ms = found["audits"]["total-blocking-time"]["numericValue"]
    return *(100 * (found["categories"][name]["score"] or 0) for name in CATEGORIES), blocked_ms


def keep(path: str, report: bytes) -> None:
    """Save the last report of a page."""
    Path(FOLDER / f"lighthouse{path.replace('/', '-').rstrip('-')}.json").write_bytes(report)
