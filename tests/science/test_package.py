import importlib
import inspect
import re
import subprocess
import sys
from pathlib import Path

import tracker.science

FOLDER = Path(tracker.science.__file__).parent
BLOCKER = """
import importlib, sys
class Blocker:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("django", "plotly", "pandas"):
            raise ImportError(f"blocked: {name}")
sys.meta_path.insert(0, Blocker())
for name in sys.argv[1:]:
    importlib.import_module(f"tracker.science.{name}")
"""


def test_every_module_imports_without_django_plotly_or_pandas():
    names = [path.stem for path in FOLDER.glob("*.py") if path.stem != "__init__"]

    run = subprocess.run([sys.executable, "-c", BLOCKER, *names], capture_output=True, text=True)

    assert (run.returncode, run.stderr) == (0, "")
    assert len(names) == 13


def public_functions():
    names = [path.stem for path in FOLDER.glob("*.py") if not path.stem.startswith("_")]
    modules = [importlib.import_module(f"tracker.science.{name}") for name in names]
    return [
        (f"{module.__name__.rpartition('.')[2]}.{name}", found)
        for module in modules
        for name, found in inspect.getmembers(module, callable)
        if not name.startswith("_") and not inspect.isclass(found)
        if getattr(found, "__module__", "") == module.__name__
    ]


def test_every_public_function_documents_its_errors():
    silent = [
        name
        for name, function in public_functions()
        if inspect.signature(function).parameters
        and not re.search(r"[Rr]aises|Error|errors as", inspect.getdoc(function))
    ]

    assert silent == []


def test_every_public_function_names_a_source():
    pattern = r"\b(19|20)\d\d\b|[Ss]ources?\b|data/|README|standard normal"

    silent = [
        name
        for name, function in public_functions()
        if not re.search(pattern, inspect.getdoc(function))
    ]

    assert silent == []


def test_every_amount_in_a_signature_has_its_unit_in_the_docstring():
    silent = [
        name
        for name, function in public_functions()
        if any(parameter.endswith("_ug") for parameter in inspect.signature(function).parameters)
        and not re.search(r"µg", inspect.getdoc(function))
    ]

    assert silent == []


def test_every_table_is_named_in_the_readme_of_the_data():
    readme = (FOLDER / "data" / "README.md").read_text(encoding="utf-8")

    tables = {path.name for path in (FOLDER / "data").iterdir()} - {"README.md"}
    assert {name for name in tables if f"`{name}`" not in readme} == set()


def test_no_file_uses_the_greek_letter_for_micro():
    texts = {
        path.name: path.read_text(encoding="utf-8")
        for path in [*FOLDER.glob("*.*"), *(FOLDER / "data").iterdir()]
        if path.suffix in (".py", ".csv", ".toml", ".md")
    }

    assert [name for name, text in texts.items() if "\u03bc" in text] == []
