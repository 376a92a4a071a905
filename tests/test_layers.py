"""Who may import whom: imports point one way only."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

CORE = {"tracker.science", "tracker.numbers", "tracker.memo", "tracker.fields"}
CORE |= {"tracker.versions"}
PEOPLE = {"tracker.accounts", "tracker.profiles"}
DIARY = {"foods", "tracker.history", "tracker.diary"}
NUMBERS = CORE | PEOPLE | DIARY | {"tracker.intake"}
JOINED = NUMBERS | {"tracker.recipes", "tracker.insights", "tracker.suggestions"}

MAY_IMPORT = {
    "tracker.formats": set(),
    "tracker.science": set(),
    "tracker.numbers": set(),
    "tracker.charts": {"tracker.numbers"},
    "tracker.fields": set(),
    "tracker.memo": set(),
    "tracker.versions": set(),
    "tracker.history": CORE,
    "foods": CORE - {"tracker.memo"},
    "tracker.accounts": {"tracker.numbers", "tracker.fields"},
    "tracker.profiles": CORE | {"tracker.accounts", "tracker.history"},
    "tracker.diary": CORE | {"foods", "tracker.accounts", "tracker.history"},
    "tracker.recipes": CORE | PEOPLE | DIARY,
    "tracker.intake": CORE | PEOPLE | DIARY,
    "tracker.insights": NUMBERS | {"tracker.charts"},
    "tracker.suggestions": NUMBERS,
    "tracker.learn": CORE | {"foods", "tracker.charts"},
    "tracker.today": JOINED,
    "tracker.demo": JOINED | {"tracker.today"},
    "tracker.serving": {"foods", "tracker"},
}
"""The packages of this project that each may import, beside itself. ``tracker`` is the project's
own glue (settings, urls, wsgi), which may import everything."""

SCIENCE_LIBRARIES = sys.stdlib_module_names | {"numpy", "pandas"}
NO_NETWORK_OR_CLOCK = {"socket", "http", "urllib", "asyncio", "time"}


def modules() -> Iterator[tuple[str, Path]]:
    for top in ("foods", "tracker"):
        for path in sorted((ROOT / top).rglob("*.py")):
            if "migrations" not in path.parts:
                yield module_name(path), path


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(name: str, path: Path) -> Iterator[str]:
    """Yield the full name of everything that a module imports, also inside functions."""
    package = name.split(".") if path.stem == "__init__" else name.split(".")[:-1]
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*above, *filter(None, [node.module])])
            yield from (f"{base}.{alias.name}" for alias in node.names)


def package_of(module: str) -> str | None:
    """Return the package of this project that a module belongs to."""
    top, _, rest = module.partition(".")
    if top == "foods":
        return "foods"
    if top != "tracker":
        return None
    subject = rest.partition(".")[0]
    return f"tracker.{subject}" if subject and (ROOT / "tracker" / subject).is_dir() else "tracker"


def points_down(importer: str, found: str) -> bool:
    package, target = package_of(importer), package_of(found)
    return package == "tracker" or target in {None, package, *MAY_IMPORT[package]}


MODULES = dict(modules())
IMPORTS = [(name, found) for name, path in MODULES.items() for found in imports_of(name, path)]


def test_every_package_has_its_row_in_the_table():
    found = {package_of(name) for name in MODULES} - {"tracker"}

    assert found == set(MAY_IMPORT)


def test_imports_point_one_way():
    wrong = [f"{name} imports {found}" for name, found in IMPORTS if not points_down(name, found)]

    assert wrong == []


def test_the_core_knows_no_django_clock_or_network():
    allowed = SCIENCE_LIBRARIES - NO_NETWORK_OR_CLOCK
    wrong = [
        f"{name} imports {found}"
        for name, found in IMPORTS
        if name.startswith("tracker.science")
        and found.split(".")[0] not in allowed
        and package_of(found) != "tracker.science"
        and (name, found) != ("tracker.science.figures", "plotly.graph_objects.Figure")
    ]

    assert wrong == []


def test_plotly_is_imported_only_where_charts_are_drawn():
    drawing = {"tracker.science.figures", *(n for n in MODULES if n.endswith(".charts"))}
    wrong = [n for n, found in IMPORTS if found.split(".")[0] == "plotly" and n not in drawing]

    assert wrong == []


ROOMS_OF_FOODS = {
    "foods.catalogue": ("foods.importing", "foods.sources", "foods.barcodes"),
    "foods.sources": ("foods.importing", "foods.catalogue", "foods.barcodes"),
}
"""What each room of the catalogue knows nothing of."""


@pytest.mark.parametrize("room", ROOMS_OF_FOODS)
def test_packages_of_the_catalogue_do_not_import_each_other(room):
    wrong = [
        f"{name} imports {found}"
        for name, found in IMPORTS
        if name.startswith(f"{room}.") and found.startswith(ROOMS_OF_FOODS[room])
    ]

    assert wrong == []


def test_no_subject_imports_the_views_of_another():
    wrong = [
        f"{name} imports {found}"
        for name, found in IMPORTS
        if ".views" in found and package_of(found) != package_of(name) and package_of(found)
    ]

    assert wrong == []


def test_models_import_neither_views_nor_forms():
    wrong = [
        f"{name} imports {found}"
        for name, found in IMPORTS
        if name.endswith(".models") and {"views", "forms"} & set(found.split("."))
    ]

    assert wrong == []


LOAD_EVERYTHING = """
import sys, tracker.wsgi
from django.urls import get_resolver
def load(patterns):
    for pattern in patterns:
        load(getattr(pattern, "url_patterns", []))
load(get_resolver().url_patterns)
print([name for name in ("pandas", "numpy", "plotly") if name in sys.modules])
"""


def test_the_web_process_starts_without_pandas_numpy_and_plotly(tmp_path):
    """They cost 60 MB per worker; code that needs them imports them when it is called."""
    done = subprocess.run(
        [sys.executable, "-c", LOAD_EVERYTHING],
        cwd=ROOT,
        env={"COBALOG_VAR": str(tmp_path), "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout == "[]\n"


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("from . import slots", ["tracker.diary.slots"]),
        ("from ..profiles.models import Profile", ["tracker.profiles.models.Profile"]),
        ("def f():\n    import plotly.graph_objects", ["plotly.graph_objects"]),
    ],
)
def test_imports_are_found_in_every_form(tmp_path, source, found):
    path = tmp_path / "views.py"
    path.write_text(source)

    assert list(imports_of("tracker.diary.views", path)) == found


OF_THE_FRAMEWORK = {"Command", "Meta"}
"""Names that Django looks for, one in each place."""


def test_class_names_are_unique():
    homes: dict[str, set[str]] = {}
    for name, path in modules():
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.ClassDef) and node.name not in OF_THE_FRAMEWORK:
                homes.setdefault(node.name, set()).add(name)

    assert {name: found for name, found in homes.items() if len(found) > 1} == {}
