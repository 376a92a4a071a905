"""Break the code in listed places and report what no test notices: ``python -m tests.mutants``.

Each place is changed in a temporary copy of the repository, where its tests then run. If they
pass, the mutant survives: a test is missing, or the code is not needed. Arguments select the
places whose path contains one of them: ``python -m tests.mutants science history``.
It is run by hand and takes some minutes.
"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "var", "node_modules", ".*_cache", "__pycache__")
PYTEST = ("-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-m", "not browser and not slow")
VERDICTS = {0: "SURVIVED", 4: "not tried: no such tests", 5: "not tried: no tests"}
"""By pytest's exit code; any other number means that a test or an import failed."""
LONGEST_S = 600


class Place(NamedTuple):
    """A text that occurs once in a module, its replacement, and the tests to run."""

    path: str
    old: str
    new: str
    tests: str


ABSORPTION, ADEQUACY = "tests/science/test_absorption.py", "tests/science/test_adequacy.py"
BIOMARKERS, DIARY = "tests/science/test_biomarkers.py", "tests/diary tests/today"
HISTORY = "tests/history tests/today/test_notices.py"
PLACES = (
    # tracker/science
    Place("tracker/science/absorption.py", "self.egg_ug * ratio", "self.egg_ug", ABSORPTION),
    Place(
        "tracker/science/absorption.py",
        "return self.free_ug + self.food_ug + self.egg_ug\n",
        "return self.free_ug + self.food_ug\n",
        ABSORPTION,
    ),
    Place(
        "tracker/science/absorption.py",
        "if with_food and free > LARGE_FREE_DOSE_UG",
        "if free > LARGE_FREE_DOSE_UG",
        ABSORPTION,
    ),
    Place(
        "tracker/science/absorption.py",
        "passive + PASSIVE_SHARE * bound",
        "passive",
        ABSORPTION,
    ),
    Place(
        "tracker/science/absorption.py",
        "entry.clock - first >= window",
        "entry.clock - first > window",
        ABSORPTION,
    ),
    Place(
        "tracker/science/absorption.py",
        "start - plain_meals[before - 1] < window",
        "start - plain_meals[before - 1] <= window",
        ABSORPTION,
    ),
    Place("tracker/science/absorption.py", "min(dose, power)", "power", ABSORPTION),
    Place(
        "tracker/science/adequacy.py",
        "math.log1p(math.expm1(log_sd**2) / len(days))",
        "math.log1p(math.expm1(log_sd**2))",
        ADEQUACY,
    ),
    Place("tracker/science/adequacy.py", "* share**2", "* share", ADEQUACY),
    Place(
        "tracker/science/adequacy.py",
        "if probability > ENOUGH_PROBABILITY",
        "if probability >= ENOUGH_PROBABILITY",
        ADEQUACY,
    ),
    Place(
        "tracker/science/adequacy.py",
        "if probability < LOW_PROBABILITY",
        "if probability <= LOW_PROBABILITY",
        ADEQUACY,
    ),
    Place(
        "tracker/science/adequacy.py",
        "is_early = days < LOW_VERDICT_DAYS",
        "is_early = days <= LOW_VERDICT_DAYS",
        ADEQUACY,
    ),
    Place("tracker/science/adequacy.py", "mean <= IOM_CV_LIMIT", "mean < IOM_CV_LIMIT", ADEQUACY),
    Place(
        "tracker/science/adequacy.py",
        "math.log(max(day, LOG_FLOOR_UG))",
        "math.log(max(day, 2 * LOG_FLOOR_UG))",
        ADEQUACY,
    ),
    Place(
        "tracker/science/biomarkers.py",
        "if entered.lowest <= number <= entered.highest",
        "if entered.lowest < number < entered.highest",
        BIOMARKERS,
    ),
    Place(
        "tracker/science/biomarkers.py",
        "age >= row.age_from_years",
        "age > row.age_from_years",
        BIOMARKERS,
    ),
    # tracker/diary
    Place("tracker/diary/slots.py", "clock < time(15)", "clock <= time(15)", "tests/diary"),
    Place("tracker/diary/slots.py", "time(17, 30) <= clock", "time(17, 30) < clock", "tests/diary"),
    Place(
        "tracker/diary/writing.py",
        "is_free = is_added or is_supplement",
        "is_free = is_added",
        DIARY,
    ),
    Place(
        "tracker/diary/writing.py",
        "if len(originals) > MOST_COPIED",
        "if len(originals) >= MOST_COPIED",
        DIARY,
    ),
    Place("tracker/diary/writing.py", "pk, entry.created_at\n", "pk, None\n", DIARY),
    Place("tracker/diary/writing.py", "sorted({f", "list({f", DIARY),
    Place("tracker/diary/writing.py", "if status == stored:", "if False:", DIARY),
    Place(
        "tracker/diary/writing.py",
        "twin.slot, twin.slot_order = slot, ORDER[Slot(slot)]",
        "twin.slot = slot",
        DIARY,
    ),
    Place("tracker/diary/measures.py", "count <= MOST_PORTIONS", "True", "tests/diary"),
    Place("tracker/diary/measures.py", "(count * 4)) < 1e-6", "(count * 4)) < 1", "tests/diary"),
    Place("tracker/diary/typed.py", 'if typed.amount != 0 or typed.unit == "µg"', "if True", DIARY),
    Place("tracker/diary/models.py", "day__lte=last", "day__lt=last", "tests/intake tests/diary"),
    Place("tracker/diary/measures.py", "if amount <= 0", "if amount < 0", DIARY),
    Place("tracker/diary/measures.py", "if mass > most_at_once", "if mass >= most_at_once", DIARY),
    # tracker/history
    Place("tracker/history/once.py", "days=60", "days=59", HISTORY),
    Place("tracker/history/steps.py", "or not step.is_undone", "", HISTORY),
    Place("tracker/history/steps.py", "[:STEPS_KEPT]", "[: STEPS_KEPT - 1]", HISTORY),
    Place(
        "tracker/history/snapshots.py",
        '| {"profile_id": profile_id}',
        "",
        HISTORY,
    ),
    Place("tracker/history/snapshots.py", "surplus = set(pks) - there", "surplus = {*()}", HISTORY),
    # foods
    Place(
        "foods/binding.py",
        "free_ug = min(added_ug, amount_ug)",
        "free_ug = added_ug",
        "tests/foods/test_binding.py",
    ),
    Place(
        "foods/binding.py",
        "is_plain and bool(b12_ug_per_100g)",
        "is_plain",
        "tests/foods",
    ),
    Place("foods/portions.py", "volume_ml * density", "volume_ml", "tests/foods"),
    Place("foods/portions.py", "* portion.mass_g / count", "* portion.mass_g", "tests/foods"),
    Place("foods/label.py", "self.serving_size * 100", "self.serving_size", "tests/foods"),
    Place(
        "foods/importing/retiring.py",
        "len(missing) > max(SHRUNK_ROWS, SHRUNK_SHARE * count)",
        "len(missing) >= max(SHRUNK_ROWS, SHRUNK_SHARE * count)",
        "tests/foods/importing/test_retiring.py",
    ),
    Place(
        "foods/importing/importer.py",
        "len(lost) > limit",
        "len(lost) >= limit",
        "tests/foods/importing/test_importer.py",
    ),
    Place(
        "foods/importing/retiring.py",
        ", superseded_by=None",
        "",
        "tests/foods/importing/test_retiring.py",
    ),
    Place(
        "foods/catalogue/variants.py",
        "<= MAX_VARIANTS",
        "< MAX_VARIANTS",
        "tests/foods/catalogue/test_variants.py",
    ),
)


def verdict_on(place: Place, copy: Path) -> str:
    """Return "killed", "SURVIVED", or why it could not be tried; the copy is restored."""
    module = copy / place.path
    if not module.exists():
        return "not tried: no such file"
    text = module.read_text()
    if text.count(place.old) != 1:
        return f"not tried: the text is there {text.count(place.old)} times"
    module.write_text(text.replace(place.old, place.new))
    try:
        return VERDICTS.get(code_of_tests(place.tests, copy), "killed")
    except subprocess.TimeoutExpired:
        return "killed"  # a mutant that never ends is noticed, too
    finally:
        module.write_text(text)


def code_of_tests(tests: str, copy: Path) -> int:
    run = [sys.executable, "-B", *PYTEST, *tests.split()]  # a cached module may be a mutant
    return subprocess.run(run, cwd=copy, capture_output=True, timeout=LONGEST_S).returncode


def main(words: Sequence[str]) -> int:
    chosen = [place for place in PLACES if not words or any(word in place.path for word in words)]
    verdicts: list[str] = []
    with tempfile.TemporaryDirectory(prefix="cobalog-mutants-") as folder:
        copy = Path(folder) / "copy"
        shutil.copytree(ROOT, copy, ignore=LEFT_OUT)
        for place in chosen:
            verdicts.append(verdict_on(place, copy))
            change = f"{place.old.strip()!r} -> {place.new.strip()!r}"
            print(f"{verdicts[-1]:9} {place.path}: {change}", flush=True)
    killed = verdicts.count("killed")
    print(f"{killed} of {len(chosen)} killed, {verdicts.count('SURVIVED')} survived")
    return int(killed < len(chosen))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
