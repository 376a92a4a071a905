import json
import re
from pathlib import Path

import pytest

from tracker.staticfiles import (
    BASIC_FILE,
    PLOTLY_FILE,
    PlotlyFinder,
    QuickCompressor,
    plotly_folder,
)

ROOT = Path(__file__).parent.parent


@pytest.fixture
def basic_folder(settings, tmp_path):
    folder = tmp_path / "plotly.js-basic-dist-min"
    folder.mkdir()
    (folder / BASIC_FILE).write_text("small")
    settings.NODE_MODULES = tmp_path
    return folder


def test_the_full_bundle_is_that_of_the_installed_package(settings, tmp_path):
    settings.NODE_MODULES = tmp_path

    finder = PlotlyFinder()

    assert finder.find(f"vendor/{PLOTLY_FILE}") == str(plotly_folder() / PLOTLY_FILE)
    assert [name for name, _ in finder.list([])] == [PLOTLY_FILE]


def test_the_basic_bundle_is_found_once_it_is_installed(basic_folder):
    finder = PlotlyFinder()

    assert finder.find(f"vendor/{BASIC_FILE}") == str(basic_folder / BASIC_FILE)
    assert [name for name, _ in finder.list([])] == [PLOTLY_FILE, BASIC_FILE]


def test_a_collected_bundle_asks_to_be_compiled_beside_the_page(basic_folder):
    storages = dict(PlotlyFinder().list([]))

    with storages[BASIC_FILE].open(BASIC_FILE) as collected:
        assert collected.read() == b"//# allFunctionsCalledOnLoad\nsmall"
    assert (basic_folder / BASIC_FILE).read_text() == "small"


@pytest.mark.parametrize("path", [PLOTLY_FILE, "vendor/other.js", "vendor/../plotly.min.js", ""])
def test_any_other_path_gives_an_empty_list_and_never_none(path):
    assert PlotlyFinder().find(path) == []


def test_both_bundles_are_the_same_plotly():
    head = (plotly_folder() / PLOTLY_FILE).read_text()[:200]
    locked = json.loads((ROOT / "package-lock.json").read_text())

    version = re.search(r"plotly\.js v([\d.]+)", head).group(1)
    assert locked["packages"]["node_modules/plotly.js-basic-dist-min"]["version"] == version


def test_the_node_lock_names_no_host():
    assert "://" not in (ROOT / "package-lock.json").read_text()


def test_large_files_are_compressed_quickly_and_small_ones_well():
    small, large = b"vitamin b12 " * 2000, b"vitamin b12 " * 50_000

    sizes = [len(QuickCompressor.compress_brotli(data)) for data in (small, large)]

    assert sizes[0] < 100
    assert sizes[1] < 1000
