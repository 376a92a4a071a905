"""Cases that are left to the slow tests, beside one that every run has."""

from typing import Any

import pytest


def also(*values: Any) -> Any:
    """Return a case of ``parametrize`` for the slow tests alone."""
    return pytest.param(*values, marks=pytest.mark.slow)
