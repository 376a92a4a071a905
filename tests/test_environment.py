"""``.ci/env``, which creates the environment, with a Python that only pretends to install."""

import shutil
import subprocess
import sys

import pytest

from tests.serving.running import ROOT, until

PRETENDS = f"""#!/bin/sh
case "$*" in
    "-m venv .venv") mkdir -p .venv/bin; cp "$0" .venv/bin/python; echo made >.venv/pyvenv.cfg ;;
    *"pip --version"*) ;;
    *"pip install"*) echo installing >>installed; until [ -e go ]; do sleep 0.02; done ;;
    *) exec {sys.executable} "$@" ;;
esac
"""


@pytest.fixture
def checkout(tmp_path):
    (tmp_path / ".ci").mkdir()
    shutil.copy(ROOT / ".ci" / "env", tmp_path / ".ci" / "env")
    (tmp_path / "requirements.txt").touch()
    python = tmp_path / "python"
    python.write_text(PRETENDS)
    python.chmod(0o755)
    return tmp_path


def make_environment(checkout):
    return subprocess.Popen(
        ["sh", ".ci/env", "requirements.txt"],
        cwd=checkout,
        env={"PATH": "/usr/bin:/bin", "PYTHON": str(checkout / "python")},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def test_two_starts_in_a_new_checkout_make_one_environment(checkout):
    first = make_environment(checkout)
    until((checkout / "installed").exists)
    second = make_environment(checkout)
    waits = second.stdout.readline()
    (checkout / "go").touch()

    rest = [process.communicate(timeout=20)[0] for process in (first, second)]

    assert waits == "Cobalog: another start is making the environment; waiting for it\n"
    assert (first.returncode, second.returncode, rest[1]) == (0, 0, "")
    assert (checkout / "installed").read_text() == "installing\n"


def test_an_unfinished_environment_is_created_again(checkout):
    first = make_environment(checkout)
    until((checkout / "installed").exists)
    first.kill()
    first.communicate()
    (checkout / "go").touch()

    second = make_environment(checkout)

    assert "making the environment in .venv" in second.communicate(timeout=20)[0]
    assert second.returncode == 0


def test_a_finished_environment_is_not_changed(checkout):
    (checkout / "go").touch()
    make_environment(checkout).communicate(timeout=20)

    again = make_environment(checkout)

    assert (again.communicate(timeout=20)[0], again.returncode) == ("", 0)
