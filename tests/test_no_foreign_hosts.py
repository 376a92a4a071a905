"""No committed file names a package registry or a folder of someone's machine."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

# Split up, because this file would otherwise be found itself.
REGISTRIES = ("pypi" + ".org", "python" + "hosted", "registry." + "npmjs", "deb." + "debian.org")
FOLDERS = ("/" + "work/", "/tmp/" + "bash", "/" + "root/", "/home/" + "[a-z]")
FORBIDDEN = re.compile("|".join((*map(re.escape, REGISTRIES), *FOLDERS)), re.I)


def committed_files():
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode != 0:
        pytest.skip("not a git clone, so what is committed is not known")
    return [ROOT / name for name in listed.stdout.split("\0") if name]


def test_no_committed_file_names_a_registry_or_a_machine():
    found = {
        str(path.relative_to(ROOT)): hits
        for path in committed_files()
        if path.is_file() and (hits := FORBIDDEN.findall(path.read_text(errors="ignore")))
    }

    assert found == {}


def test_generated_files_are_not_committed():
    """The database, the secret key and pictures of failures stay on the machine."""
    made = re.compile(r"(^|/)(\.venv|var|node_modules|__pycache__)/|\.sqlite3|\.pyc$|\.env$")

    assert [p for p in committed_files() if made.search(str(p.relative_to(ROOT)))] == []
