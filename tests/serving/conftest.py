import os
from pathlib import Path

import pytest

from tests.serving.running import environment, run


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder prepared by a start, under a umask that hides nothing."""
    folder = tmp_path_factory.mktemp("prepared") / "var"
    before = os.umask(0)
    try:
        done = run("prepare", **environment(folder))
    finally:
        os.umask(before)
    assert done.returncode == 0, done.stderr
    return folder
